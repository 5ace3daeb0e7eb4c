/* Tags of PDFs, followed by a reader that is none of ours (read_tags.py): from each tag to its marks and back, from glyphs to characters.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/doc/pdf.h"
#include "tests/unit/doc/look.h"

#define READER "/usr/bin/python3 " READ_TAGS " x.pdf"

static const struct pdf_about about = {"fi", "Päätös (luonnos) \\ <1> & \xf0\x9f\x8e\x93", "Itä-Suomen )yliopisto(",
                                       1790000000 * TIME_SECOND};
static const double two[] = {1, 1};

/* Ends the document; what the reader says of it, on the heap. */
static char *read_back(struct pdf *pdf)
{
    struct buf out = {0};

    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    char *words = look("x.pdf", &out, "qpdf --check x.pdf >/dev/null && " READER);
    buf_fini(&out);
    return words;
}

static void assert_has(const char *words, const char *part, size_t times)
{
    if (look_count(words, part) != times)
        fail_msg("\"%s\" stands there %zu times, not %zu:\n%s", part, look_count(words, part), times, words);
}

static void every_mark_leads_to_its_tag_and_back(void **state)
{
    (void)state;
    static const char *const cells[] = {"Nimi", "Tila", "Aava (Koivula)", NULL, "", "ok \\o/"}, *const pairs[] = {"Hakija", "Aava",
                                                                                                                  "Tunnus", "1"};
    struct pdf *pdf = pdf_new(&about);

    pdf_footer(pdf, "alaviite");
    pdf_heading(pdf, 1, "Päätös");
    pdf_table(pdf, pairs, 2, 2, two, 0, 0);
    pdf_heading(pdf, 2, "Taulukko");
    pdf_table(pdf, cells, 3, 2, two, 1, 2);
    pdf_space(pdf, 1000); /* leaves a page without anything */
    pdf_space(pdf, 1000);
    pdf_paragraph(pdf, "Loppu");
    pdf_space(pdf, 1000);
    char *words = read_back(pdf);
    assert_string_equal(words,
                        "PDF/UA 1\nDocument\nH1: Päätös\n"
                        "Table\nTR\nTH Row: Hakija\nTD: Aava\nTR\nTH Row: Tunnus\nTD: 1\nH2: Taulukko\n"
                        "Table\nTR\nTH Column: Nimi\nTH Column: Tila\nTR\nTD: Aava (Koivula)\nTD: \nTR\nTD: \nTD: ok \\o/\nP: Loppu\n"
                        "0 Layout\n0 Layout\n0 Layout\n0 Layout\n0 Layout\n0 Footer: alaviite1\n1 Footer: alaviite2\n"
                        "2 Footer: alaviite3\n3 Footer: alaviite4\n");
    free(words);
}

/* A paragraph, a cell and a table stay one over the page's end; headings that are shown again are read once. */
static void what_goes_on_over_a_page_stays_one_tag(void **state)
{
    (void)state;
    struct buf text = {0}, want = {0};
    struct pdf *pdf = pdf_new(&about);

    for (int i = 0; i < 1200; i++)
        buf_printf(&text, "%ssana%d", i > 0 ? " " : "", i);
    buf_u8(&text, 0);
    const char *const cells[] = {"Nimi", "Tila", (const char *)text.data, "lyhyt", "viimeinen", (const char *)text.data};
    pdf_heading(pdf, 1, "Pitkä");
    pdf_paragraph(pdf, (const char *)text.data);
    pdf_table(pdf, cells, 3, 2, two, 1, 0);
    char *words = read_back(pdf);
    text.len--; /* its NUL */
    buf_printf(&want, "P: %.*s\nTable\nTR\nTH Column: Nimi\nTH Column: Tila\nTR\nTD: %.*s\nTD: lyhyt\nTR\nTD: viimeinen\nTD: %.*s\n",
               (int)text.len, (const char *)text.data, (int)text.len, (const char *)text.data, (int)text.len, (const char *)text.data);
    buf_u8(&want, 0);
    assert_has(words, (const char *)want.data, 1);
    assert_true(look_count(words, "Pagination: NimiTila\n") >= 4);
    assert_has(words, "PDF/UA 1\n", 1);
    free(words);
    buf_fini(&text);
    buf_fini(&want);
}

/* A list knows how it is numbered; an item that goes on over the page stays one, and what stands before it goes with its first line. */
static void lists_are_lists(void **state)
{
    (void)state;
    static const char *const steps[] = {"1.", "Kartoitus (1)", "10.", "Malli"}, *const goals[] = {"", "yksi", NULL, "kaksi\nriviä"};

    for (int y = 0; y < 720; y += y < 660 ? 660 : 5) {
        struct pdf *pdf = pdf_new(&about);
        pdf_heading(pdf, 1, "Luettelot");
        pdf_space(pdf, y);
        pdf_list(pdf, steps, 2);
        pdf_list(pdf, goals, 2);
        pdf_list(pdf, goals, 0);
        struct buf out = {0};
        assert_int_equal(pdf_end(pdf, &out), ERR_OK);
        char *words = look("x.pdf", &out, "qpdf --check x.pdf >/dev/null && " READER);
        char *lines = look("x.pdf", &out, "pdftotext -layout x.pdf - | grep -cE '^[^a-zA-Z]*(1\\.|10\\.|\xe2\x80\xa2) +[a-zA-Z]'");
        assert_has(words, "L Decimal\nLI\nLbl: 1.\nLBody: Kartoitus (1)\nLI\nLbl: 10.\nLBody: Malli\n", 1);
        assert_has(words, "L Disc\nLI\nLbl: \xe2\x80\xa2\nLBody: yksi\nLI\nLbl: \xe2\x80\xa2\nLBody: kaksi", 1);
        assert_has(words, "PDF/UA 1\n", 1);
        assert_string_equal(lines, "4\n"); /* each begins in the line of its label */
        free(words);
        free(lines);
        buf_fini(&out);
    }
}

/* A paragraph that finds no room for its first line leaves no empty tag behind. */
static void no_empty_tag_is_left_at_the_foot(void **state)
{
    (void)state;
    for (int y = 680; y < 720; y += 5) {
        struct pdf *pdf = pdf_new(&about);
        pdf_space(pdf, y);
        pdf_paragraph(pdf, "yksi");
        char *words = read_back(pdf);
        assert_has(words, "Document\nP: yksi\n", 1);
        assert_has(words, "P:", 1);
        free(words);
    }
}

static void glyphs_read_as_what_was_written(void **state)
{
    (void)state;
    static const char *const texts[] = {"ffi fl fi \xef\xac\x81 tt",
                                        "() \\ (( )) \\( \\) \\n <> [] {} % / ~ ^",
                                        "Å Ä Ö å ä ö é ü § ° ² € – — ‘’ “” … \u00a0 •",
                                        "a\xcc\x88iti e\xcc\x81n q\xcc\x88 \xc3\xa4iti",
                                        "yhdys\u2010viiva - \u2011 \u2212.",
                                        "Ω \u2126 K \u212a Å \u212b",
                                        "\xf0\x9f\x8e\x93 kuva \xf3\xb0\x80\x80",
                                        "Ελληνικά, кириллица, Čohkkát ja Đorđe ŋ",
                                        "z\xcc\x80\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88\xcc\x89 loppu",
                                        "\xf0\x9d\x94\xb8 \xf0\x90\x8d\x88 yli 65536"};
    struct pdf *pdf = pdf_new(&about);

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        pdf_paragraph(pdf, texts[i]);
    pdf_paragraph(pdf, "sarkain\tja\u2028rivi\u2029rivi\x01\xff.");
    char *words = read_back(pdf), line[200];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        snprintf(line, sizeof line, "\nP: %s\n", texts[i]);
        assert_has(words, line, 1);
    }
    assert_has(words, "\nP: sarkain ja rivi rivi\xef\xbf\xbd\xef\xbf\xbd.\n", 1);
    free(words);
}

static void a_draft_has_its_mark_on_every_page(void **state)
{
    (void)state;
    struct pdf *pdf = pdf_new(&about);

    pdf_draft(pdf, "LUONNOS", "Luonnos, ei päätös");
    pdf_paragraph(pdf, "teksti");
    pdf_space(pdf, 1000);
    pdf_paragraph(pdf, "lisää");
    char *words = read_back(pdf);
    assert_has(words,
               "Document\nP: teksti\nP: lisää\n0 Watermark: LUONNOS\n0 Header: Luonnos, ei päätös\n"
               "1 Watermark: LUONNOS\n1 Header: Luonnos, ei päätös\n",
               1);
    free(words);
}

/* PDF/UA is claimed by documents that can be read whole, and by no other. */
static void only_what_can_be_read_claims_to_be(void **state)
{
    (void)state;
    static const struct {
        const char *title, *text;
        unsigned level;
        bool claims;
    } rows[] = {{"Otsikko", "teksti", 2, true},
                {"", "teksti", 2, false},
                {"Otsikko", "\xf3\xb0\x80\x80", 2, false},
                {"Otsikko", "teksti", 3, false},
                {"Otsikko", "שלום", 2, false}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct pdf_about mine = {"fi", rows[i].title, "", 0};
        struct pdf *pdf = pdf_new(&mine);
        pdf_heading(pdf, 1, "yksi");
        pdf_heading(pdf, rows[i].level, "kaksi");
        pdf_paragraph(pdf, rows[i].text);
        char *words = read_back(pdf);
        assert_has(words, rows[i].claims ? "PDF/UA 1\n" : "PDF/UA no\n", 1);
        free(words);
    }
}

/* More objects than two bytes count. */
static void a_very_long_document_is_sound(void **state)
{
    (void)state;
    enum { ROWS = 9000, COLUMNS = 8 };
    static const double eight[COLUMNS] = {1, 1, 1, 1, 1, 1, 1, 1};
    const char **cells = mem_array((size_t)ROWS * COLUMNS, sizeof *cells);
    struct pdf *pdf = pdf_new(&about);
    struct buf out = {0};

    for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++)
        cells[i] = "osa";
    pdf_table(pdf, cells, ROWS, COLUMNS, eight, 0, 0);
    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    char *words = look("x.pdf", &out, "qpdf --check x.pdf | grep -c 'No syntax' && pdftotext x.pdf - | grep -o osa | wc -l");
    assert_string_equal(words, "1\n72000\n");
    free(words);
    buf_fini(&out);
    mem_free(cells);
}

static void *write_many(void *given)
{
    struct buf *out = given;
    struct pdf_shelf *shelf = pdf_shelf_new();

    for (int i = 0; i < 20; i++) {
        struct pdf *pdf = pdf_new_on(&about, shelf);
        buf_clear(out);
        pdf_heading(pdf, 1, "Säikeet");
        pdf_paragraph(pdf, "Jokaisella oma hyllynsä, кириллица \xf0\x9f\x8e\x93.");
        if (pdf_end(pdf, out) != ERR_OK)
            break;
    }
    pdf_shelf_free(shelf);
    return NULL;
}

static void threads_write_the_same_bytes(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    struct buf out[THREADS] = {{0}};

    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, &out[i]), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_true(out[0].len > 1000);
    for (int i = 0; i < THREADS; i++) {
        assert_true(span_equal(buf_span(&out[0]), buf_span(&out[i])));
        if (i > 0)
            buf_fini(&out[i]);
    }
    buf_fini(&out[0]);
}

/* Runs first: fontconfig looks once in a process, and this one's child finds nothing. */
static void a_machine_without_faces_makes_no_document(void **state)
{
    (void)state;
    static const char nowhere[] = "<?xml version=\"1.0\"?><fontconfig></fontconfig>";
    char path[] = "/tmp/hv-doc-XXXXXX";
    int status;
    const int file = mkstemp(path);

    assert_true(file >= 0 && write(file, nowhere, sizeof nowhere - 1) == (ssize_t)sizeof nowhere - 1 && close(file) == 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct buf out = {0};
        (void)setenv("FONTCONFIG_FILE", path, 1);
        struct pdf *pdf = pdf_new(&about);
        pdf_paragraph(pdf, "teksti");
        _exit(pdf_end(pdf, &out) == ERR_INTERNAL && out.len == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(unlink(path), 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_machine_without_faces_makes_no_document), /* and says so */
        cmocka_unit_test(every_mark_leads_to_its_tag_and_back),      /* through K and the ParentTree, over pages without any too */
        cmocka_unit_test(what_goes_on_over_a_page_stays_one_tag),    /* paragraphs, cells, tables */
        cmocka_unit_test(lists_are_lists),                           /* labels and items, wherever they begin on a page */
        cmocka_unit_test(no_empty_tag_is_left_at_the_foot),          /* wherever the paragraph begins */
        cmocka_unit_test(glyphs_read_as_what_was_written),           /* ligatures, accents, signs that share a glyph, what no face has */
        cmocka_unit_test(a_draft_has_its_mark_on_every_page),        /* and readers pass over it */
        cmocka_unit_test(only_what_can_be_read_claims_to_be),        /* PDF/UA: title, headings, boxes, right to left */
        cmocka_unit_test(a_very_long_document_is_sound),             /* 90,000 objects */
        cmocka_unit_test(threads_write_the_same_bytes),              /* each its own shelf */
    };
    return cmocka_run_group_tests_name("doc pdf_tags", tests, NULL, NULL);
}
