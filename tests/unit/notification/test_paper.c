/* A letter as a document, read with other people's programs (poppler). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "services/notification/outbound/paper.h"

static struct letter letter; /* too large for a stack */

static const struct paper_about ABOUT = {.author = "Hakuväylä", .language = LANGUAGE_FI, .created_us = 1726729200000000};

static void write_letter(struct buf *out)
{
    (void)snprintf(letter.subject, sizeof letter.subject, "%s", "Päätös: olet hyväksytty");
    (void)snprintf(letter.text, sizeof letter.text, "%s", "\n\nHei Väinö!\n\n\n\nKoulutus:\n- yksi\n- kaksi\n\nTerveisin\nHakuväylä\n");
    assert_int_equal(paper_write(out, &letter, &ABOUT), ERR_OK);
}

/* What the program prints about the document. */
static void look(const struct buf *pdf, const char *command, char *seen, size_t size)
{
    char path[64], line[200];
    FILE *file;

    (void)snprintf(path, sizeof path, "/tmp/hv-test-paper.%ld.pdf", (long)getpid());
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(pdf->data, 1, pdf->len, file), pdf->len);
    assert_int_equal(fclose(file), 0);
    (void)snprintf(line, sizeof line, command, path);
    file = popen(line, "r");
    assert_non_null(file);
    seen[fread(seen, 1, size - 1, file)] = '\0';
    assert_int_equal(pclose(file), 0);
    assert_int_equal(unlink(path), 0);
}

static void test_paper_says_the_letter(void **state)
{
    struct buf pdf = {0};
    char seen[4000];

    (void)state;
    write_letter(&pdf);
    look(&pdf, "pdftotext -layout %s -", seen, sizeof seen);
    assert_non_null(strstr(seen, "Päätös: olet hyväksytty"));
    assert_non_null(strstr(seen, "Hei Väinö!"));
    assert_non_null(strstr(seen, "- yksi\n"));
    assert_non_null(strstr(seen, "- kaksi\n"));
    assert_non_null(strstr(seen, "Terveisin\n"));
    look(&pdf, "pdfinfo %s", seen, sizeof seen);
    assert_non_null(strstr(seen, "Tagged:          yes"));
    assert_non_null(strstr(seen, "Päätös: olet hyväksytty"));
    look(&pdf, "pdfinfo -struct %s", seen, sizeof seen);
    const char *heading = strstr(seen, "H1"), *first = strstr(seen, "P (block)");
    assert_non_null(heading);
    assert_non_null(first);
    assert_true(heading < first);
    size_t paragraphs = 0;
    for (const char *at = seen; (at = strstr(at, "\n  P")) != NULL; at++)
        paragraphs++;
    if (paragraphs != 3)
        fail_msg("%zu paragraphs:\n%s", paragraphs, seen);
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
    char seen[4000];
    size_t len = 0;

    (void)state;
    (void)snprintf(letter.subject, sizeof letter.subject, "x");
    while (len + 100 < sizeof letter.text)
        len += (size_t)snprintf(letter.text + len, sizeof letter.text - len, "Rivi, joka on rivi.\n%s", len % 3 == 0 ? "\n" : "");
    assert_int_equal(paper_write(&pdf, &letter, &ABOUT), ERR_OK);
    look(&pdf, "pdfinfo %s | sed -n 's/^Pages: *//p'", seen, sizeof seen);
    assert_in_range(strtol(seen, NULL, 10), 20, 200);
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
