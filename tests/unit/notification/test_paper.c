/* A letter as a document, read with other people's programs (poppler). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/alloc.h"
#include "services/notification/outbound/paper.h"
#include "tests/unit/doc/look.h"

static struct letter letter; /* too large for a stack */

static const struct paper_about ABOUT = {.author = "Hakuväylä", .language = LANGUAGE_FI, .created_us = 1726729200000000};

static void write_letter(struct buf *out)
{
    (void)snprintf(letter.subject, sizeof letter.subject, "%s", "Päätös: olet hyväksytty");
    (void)snprintf(letter.text, sizeof letter.text, "%s", "\n\nHei Väinö!\n\n\n\nKoulutus:\n- yksi\n- kaksi\n\nTerveisin\nHakuväylä\n");
    assert_int_equal(paper_write(out, &letter, &ABOUT), ERR_OK);
}

static void test_paper_says_the_letter(void **state)
{
    struct buf pdf = {0};

    (void)state;
    write_letter(&pdf);
    char *seen = look("letter.pdf", &pdf, "pdftotext -layout letter.pdf -");
    assert_non_null(strstr(seen, "Päätös: olet hyväksytty"));
    assert_non_null(strstr(seen, "Hei Väinö!"));
    assert_non_null(strstr(seen, "- yksi\n"));
    assert_non_null(strstr(seen, "- kaksi\n"));
    assert_non_null(strstr(seen, "Terveisin\n"));
    mem_free(seen);
    seen = look("letter.pdf", &pdf, "pdfinfo letter.pdf");
    assert_non_null(strstr(seen, "Tagged:          yes"));
    assert_non_null(strstr(seen, "Päätös: olet hyväksytty"));
    mem_free(seen);
    seen = look("letter.pdf", &pdf, "pdfinfo -struct letter.pdf");
    const char *heading = strstr(seen, "H1"), *first = strstr(seen, "P (block)");
    assert_non_null(heading);
    assert_non_null(first);
    assert_true(heading < first);
    assert_int_equal(look_count(seen, "\n  P"), 3); /* paragraphs */
    mem_free(seen);
    buf_fini(&pdf);
}

static void test_paper_same_bytes(void **state)
{
    struct buf first = {0}, second = {0};

    (void)state;
    write_letter(&first);
    write_letter(&second);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    buf_fini(&first);
    buf_fini(&second);
}

/* A letter of thousands of lines is several pages, not none. */
static void test_paper_long(void **state)
{
    struct buf pdf = {0};
    size_t len = 0;

    (void)state;
    (void)snprintf(letter.subject, sizeof letter.subject, "x");
    while (len + 100 < sizeof letter.text)
        len += (size_t)snprintf(letter.text + len, sizeof letter.text - len, "Rivi, joka on rivi.\n%s", len % 3 == 0 ? "\n" : "");
    assert_int_equal(paper_write(&pdf, &letter, &ABOUT), ERR_OK);
    char *pages = look("letter.pdf", &pdf, "pdfinfo letter.pdf | sed -n 's/^Pages: *//p'");
    assert_in_range(strtol(pages, NULL, 10), 20, 200);
    mem_free(pages);
    buf_fini(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paper_says_the_letter), /* its words, in its order, tagged, in its language */
        cmocka_unit_test(test_paper_same_bytes),      /* twice the same */
        cmocka_unit_test(test_paper_long),            /* pages break */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
