/* PDFs: checked by qpdf, read by poppler as a screen reader would read them: by their tags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/doc/pdf.h"
#include "tests/unit/doc/look.h"

static const struct pdf_about about = {"sv", "Intyg över Kuopio", "Itä-Suomen yliopisto", 1790000000 * TIME_SECOND};
static const double widths[] = {3, 1, 1};

static void write_sample(struct buf *out)
{
    static const char *const cells[] = {"Opintojakso", "op", "Suoritettu", "Johtaminen ja <yhteisöt>", "1,5", "1.9.2026", "", "0", ""};
    struct pdf *pdf = pdf_new(&about);

    pdf_footer(pdf, "Hakuväylä, footer");
    pdf_heading(pdf, 1, "Todistus");
    pdf_paragraph(pdf, "Aava Koivula\non suorittanut koulutuksen.");
    pdf_heading(pdf, 2, "Opintojaksot");
    pdf_table(pdf, cells, 3, 3, widths, 1, 2);
    pdf_space(pdf, 20);
    pdf_paragraph(pdf, "wrong \xff\xfe end \x02");
    pdf_paragraph(pdf, "");
    assert_int_equal(pdf_end(pdf, out), ERR_OK);
}

static void a_document_is_sound_tagged_and_has_its_language(void **state)
{
    (void)state;
    struct buf out = {0};

    write_sample(&out);
    char *words = look("x.pdf", &out, "qpdf --check x.pdf && pdfinfo x.pdf && qpdf --json x.pdf | grep -E 'Lang|DisplayDocTitle'");
    assert_non_null(strstr(words, "No syntax or stream encoding errors found"));
    assert_non_null(strstr(words, "Tagged:          yes"));
    assert_non_null(strstr(words, "Title:           Intyg över Kuopio"));
    assert_non_null(strstr(words, "Author:          Itä-Suomen yliopisto"));
    assert_non_null(strstr(words, "CreationDate:    Mon Sep 21 14:13:20 2026 UTC"));
    assert_non_null(strstr(words, "Page size:       595.276 x 841.89 pts (A4)"));
    assert_non_null(strstr(words, "\"/Lang\": \"u:sv\""));
    assert_non_null(strstr(words, "\"/DisplayDocTitle\": true"));
    free(words);
    words = look("x.pdf", &out, "pdftotext -layout x.pdf -");
    assert_non_null(strstr(words, "Johtaminen ja <yhteisöt>"));
    assert_non_null(strstr(words, "Hakuväylä, footer"));
    free(words);
    words = look("x.pdf", &out, "pdffonts x.pdf");
    assert_non_null(strstr(words, "DejaVuSans "));
    assert_non_null(strstr(words, "yes yes yes")); /* embedded, a subset, with its characters told */
    free(words);
    buf_fini(&out);
}

static void tags_follow_the_reading_order(void **state)
{
    (void)state;
    struct buf out = {0};
    static const char *const order[] = {"Document",     "H1",         "Todistus", "P",  "Aava Koivula", "H2",
                                        "Opintojaksot", "Table",      "TR",       "TH", "op",           "TR",
                                        "TD",           "Johtaminen", "1.9.2026", "P",  "wrong"};

    write_sample(&out);
    char *words = look("x.pdf", &out, "pdfinfo -struct-text x.pdf");
    const char *at = words;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        at = strstr(at, order[i]);
        if (!at)
            fail_msg("%s is missing after its neighbour in:\n%s", order[i], words);
    }
    assert_null(strstr(words, "footer")); /* readers pass over it */
    free(words);
    buf_fini(&out);
}

static void a_long_table_goes_over_pages_with_its_headings(void **state)
{
    (void)state;
    struct buf out = {0};
    static const char *cells[3 * 201] = {"Nimi", "n:o", "Tila"};
    static char numbers[200][8];
    struct pdf *pdf = pdf_new(&about);

    for (int i = 0; i < 200; i++) {
        snprintf(numbers[i], sizeof numbers[i], "no%d.", i + 1);
        cells[3 * (i + 1)] = "Aava Koivula";
        cells[3 * (i + 1) + 1] = numbers[i];
        cells[3 * (i + 1) + 2] = "seated";
    }
    pdf_footer(pdf, "f");
    pdf_table(pdf, cells, 201, 3, widths, 1, 2);
    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    char *words = look("x.pdf", &out,
                       "qpdf --check x.pdf >/dev/null && pdfinfo x.pdf | grep Pages && pdftotext -layout x.pdf - && pdfinfo -struct x.pdf");
    long pages = strtol(strstr(words, "Pages:") + 6, NULL, 10);
    assert_true(pages >= 4);
    assert_int_equal(look_count(words, "n:o"), pages);
    assert_int_equal(look_count(words, "Table"), 1); /* one, over all of them */
    assert_int_equal(look_count(words, "seated"), 200);
    for (int i = 1; i <= 200; i++) {
        char number[16];
        snprintf(number, sizeof number, "no%d.", i);
        assert_int_equal(look_count(words, number), 1);
    }
    free(words);
    buf_fini(&out);
}

/* Paragraphs and cells that are longer than a page are cut between lines, and nothing is lost. */
static void long_texts_break_between_lines(void **state)
{
    (void)state;
    struct buf out = {0}, text = {0};
    const char *cells[2];
    static const double two[] = {1, 1};
    struct pdf *pdf = pdf_new(&about);

    for (int i = 0; i < 1500; i++)
        buf_printf(&text, "sana%d ", i);
    buf_u8(&text, 0);
    pdf_heading(pdf, 3, "Pitkä");
    pdf_paragraph(pdf, (const char *)text.data);
    cells[0] = (const char *)text.data;
    cells[1] = "lyhyt";
    pdf_table(pdf, cells, 1, 2, two, 0, 0);
    pdf_table(pdf, cells, 1, 2, two, 1, 0); /* a heading that is taller than a page does not repeat itself for ever */
    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    char *words = look("x.pdf", &out, "qpdf --check x.pdf >/dev/null && pdftotext x.pdf - | tr '\\n\\f' '  '");
    for (int i = 0; i < 1500; i++) {
        char word[16];
        snprintf(word, sizeof word, "sana%d ", i);
        assert_int_equal(look_count(words, word), 3);
    }
    assert_int_equal(look_count(words, "lyhyt"), 2);
    free(words);
    buf_fini(&text);
    buf_fini(&out);
}

/* Rows of headings that together leave no room for a row are shown once; else no page would ever have one. */
static void headings_that_fill_a_page_do_not_repeat(void **state)
{
    (void)state;
    static const double one[] = {1};
    static const char many[] = "otsikko\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"; /* 17 lines: a little less than a third of a page */

    for (size_t lines = 1; lines < 8; lines++) {
        struct buf out = {0};
        struct pdf *pdf = pdf_new(&about);
        const char *const cells[] = {many, many, many, many + sizeof many - lines, "yksi", "kaksi"};
        pdf_table(pdf, cells, 6, 1, one, 4, 0);
        assert_int_equal(pdf_end(pdf, &out), ERR_OK);
        char *words = look("x.pdf", &out, "qpdf --check x.pdf >/dev/null && pdfinfo x.pdf | grep Pages && pdftotext x.pdf -");
        assert_true(strtol(strstr(words, "Pages:") + 6, NULL, 10) <= 3);
        assert_int_equal(look_count(words, "otsikko"), 3);
        assert_int_equal(look_count(words, "yksi"), 1);
        assert_int_equal(look_count(words, "kaksi"), 1);
        free(words);
        buf_fini(&out);
    }
}

/* How far from the left this word begins, in points. */
static double left_of(const struct buf *pdf, const char *word)
{
    char *words = look("x.pdf", pdf, "pdftotext -bbox x.pdf -"), *at = words, *next;

    while ((next = strstr(at, "<word xMin=\"")) != NULL) {
        const char *text = strchr(next, '>');
        at = next + 1;
        if (text != NULL && strncmp(text + 1, word, strlen(word)) == 0) {
            const double left = strtod(next + strlen("<word xMin=\""), NULL);
            free(words);
            return left;
        }
    }
    fail_msg("%s is not in: %s", word, words);
    return 0;
}

static void what_is_centred_stands_in_the_middle(void **state)
{
    (void)state;
    struct buf out = {0};
    struct pdf *pdf = pdf_new(&about);

    pdf_paragraph(pdf, "vasen");
    pdf_centred(pdf, true);
    pdf_heading(pdf, 1, "keskellä");
    pdf_paragraph(pdf, "yksi");
    pdf_centred(pdf, false);
    pdf_paragraph(pdf, "taas");
    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    assert_true(left_of(&out, "vasen") < 60 && left_of(&out, "taas") < 60);
    assert_true(left_of(&out, "keskellä") > 220 && left_of(&out, "keskellä") < 297);
    assert_true(left_of(&out, "yksi") > 270 && left_of(&out, "yksi") < 297);
    buf_fini(&out);
}

static void an_empty_document_is_one(void **state)
{
    (void)state;
    struct buf out = {0};
    struct pdf_about nameless = {NULL, NULL, NULL, 0};

    assert_int_equal(pdf_end(pdf_new(&nameless), &out), ERR_OK);
    free(look("x.pdf", &out, "qpdf --check x.pdf"));
    buf_fini(&out);
}

static void the_same_calls_give_the_same_bytes(void **state)
{
    (void)state;
    struct buf one = {0}, two = {0};

    write_sample(&one);
    write_sample(&two);
    assert_true(span_equal(buf_span(&one), buf_span(&two)));
    assert_true(one.len < 12000);
    buf_fini(&one);
    buf_fini(&two);
}

/* Letters of other languages make a document carry more of a face; what no face has is a box, and the rest is read all the same. */
static void words_of_other_languages_are_shown_and_read(void **state)
{
    (void)state;
    struct buf out = {0};
    struct pdf *pdf = pdf_new(&about);

    pdf_heading(pdf, 1, "Čohkkát ja Đorđe");
    pdf_paragraph(pdf, "Ελληνικά, кириллица, a\xcc\x88iti e\xcc\x81n q\xcc\x88");
    pdf_paragraph(pdf, "ennen \xf3\xb0\x80\x80\xf0\x9f\x8e\x93 jälkeen"); /* a character of private use and a picture */
    pdf_paragraph(pdf, "שלום");
    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    char *words = look("x.pdf", &out, "qpdf --check x.pdf && pdftotext x.pdf - && pdffonts x.pdf && pdfinfo -struct-text x.pdf");
    assert_non_null(strstr(words, "No syntax or stream encoding errors found"));
    assert_int_equal(look_count(words, "Čohkkát ja Đorđe"), 2);
    assert_int_equal(look_count(words, "Ελληνικά, кириллица, "), 2);
    assert_int_equal(look_count(words, "iti "), 2);
    assert_int_equal(look_count(words, "ennen \xf3\xb0\x80\x80"), 1);
    assert_int_equal(look_count(words, "\xf0\x9f\x8e\x93 jälkeen"), 1);
    assert_int_equal(look_count(words, " jälkeen"), 2);
    assert_int_equal(look_count(words, "שלום"), 1);
    assert_int_equal(look_count(words, "DejaVuSans-Bold "), 1);
    free(words);
    buf_fini(&out);
}

/* A line that is broken shows no space at its end, but a reader hears two words. */
static void a_broken_line_is_read_as_words(void **state)
{
    (void)state;
    struct buf out = {0}, text = {0};
    struct pdf *pdf = pdf_new(&about);

    for (int i = 0; i < 60; i++)
        buf_printf(&text, "%ssana%d", i > 0 ? " " : "", i);
    buf_text(&text, "\nuusi rivi pitkäsana");
    for (int i = 0; i < 30; i++)
        buf_text(&text, "jatkuu");
    buf_u8(&text, 0);
    pdf_paragraph(pdf, (const char *)text.data);
    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    char *words = look("x.pdf", &out, "pdfinfo -struct-text x.pdf");
    for (int i = 0; i + 1 < 60; i++) {
        char pair[32];
        snprintf(pair, sizeof pair, "sana%d sana%d", i, i + 1);
        assert_int_equal(look_count(words, pair), 1);
    }
    assert_non_null(strstr(words, "sana59 uusi rivi"));
    assert_int_equal(look_count(words, "jatkuujatkuujatkuu"), 28); /* a word that is cut stays one */
    free(words);
    buf_fini(&text);
    buf_fini(&out);
}

/* Wherever the table begins: the last row, which may be a sum, stands with the row before it. */
static void a_sum_does_not_stand_alone(void **state)
{
    (void)state;
    static const char *const cells[] = {"Otsikko", "Summa", "rivi", "1", "rivi", "2", "edellinen", "3", "yhteensä", "6"};
    static const double two[] = {2, 1};
    struct buf out = {0};
    unsigned moved = 0;

    for (int y = 560; y < 700; y += 4) {
        struct pdf *pdf = pdf_new(&about);
        pdf_space(pdf, y);
        pdf_table(pdf, cells, 5, 2, two, 1, 2);
        assert_int_equal(pdf_end(pdf, &out), ERR_OK);
        char *words = look("x.pdf", &out, "pdftotext -layout x.pdf - | tr '\\f' '#'");
        const char *before = strstr(words, "edellinen"), *sum = strstr(words, "yhteensä");
        assert_true(before != NULL && sum != NULL && before < sum);
        if (memchr(before, '#', (size_t)(sum - before)) != NULL)
            fail_msg("at %d the sum stands alone:\n%s", y, words);
        moved += strchr(words, '#') < sum;
        free(words);
        buf_clear(&out);
    }
    assert_true(moved > 5 && moved < 35); /* tables of both kinds were looked at */
    buf_fini(&out);
}

/* A document says nothing of those that were written before it, with the same shelf. */
static void a_shelf_changes_no_byte(void **state)
{
    (void)state;
    struct pdf_shelf *shelf = pdf_shelf_new();
    struct buf alone = {0}, out = {0};

    for (int i = 0; i < 3; i++) {
        static const char *const more[] = {"Ψυχή", "Đorđe", ""};
        struct pdf *pdf = pdf_new_on(&about, i == 2 ? NULL : shelf);
        pdf_paragraph(pdf, more[i]);
        pdf_paragraph(pdf, "Sama");
        assert_int_equal(pdf_end(pdf, &out), ERR_OK);
        buf_clear(&out);
    }
    struct pdf *pdf = pdf_new_on(&about, shelf);
    pdf_paragraph(pdf, "Sama");
    assert_int_equal(pdf_end(pdf, &out), ERR_OK);
    pdf = pdf_new(&about);
    pdf_paragraph(pdf, "Sama");
    assert_int_equal(pdf_end(pdf, &alone), ERR_OK);
    assert_true(span_equal(buf_span(&alone), buf_span(&out)));
    pdf_shelf_free(shelf);
    buf_fini(&alone);
    buf_fini(&out);
}

/* Nor do so many that nothing of the first ones is kept: each with a letter of its own, and texts by the hundred. */
static void a_full_shelf_changes_no_byte(void **state)
{
    (void)state;
    struct pdf_shelf *shelf = pdf_shelf_new();
    struct buf alone = {0}, out = {0};

    for (int i = 0; i <= 40; i++) {
        const bool compared = i % 20 == 0; /* the first one has no shelf */
        struct pdf *pdf = pdf_new_on(&about, i > 0 ? shelf : NULL);
        pdf_heading(pdf, 1, "Sama");
        for (int k = 0; !compared && k < 100; k++) {
            char text[32];
            snprintf(text, sizeof text, "%c %d", 'A' + i % 26 + (i > 26 ? 32 : 0), 100 * i + k);
            pdf_paragraph(pdf, text);
        }
        pdf_paragraph(pdf, compared ? "Päätös" : "Määrä");
        assert_int_equal(pdf_end(pdf, i == 0 ? &alone : &out), ERR_OK);
        assert_true(i == 0 || !compared || span_equal(buf_span(&alone), buf_span(&out)));
        buf_clear(&out);
    }
    pdf_shelf_free(shelf);
    buf_fini(&alone);
    buf_fini(&out);
}

/* The outlines of what is shown, and no others. */
static void a_document_carries_what_it_shows(void **state)
{
    (void)state;
    static const char *const texts[] = {"a", "abcdefghijklmnopqrstuvwxyzåäö"};
    size_t len[2];

    for (size_t i = 0; i < 2; i++) {
        struct buf out = {0};
        struct pdf *pdf = pdf_new(&about);
        pdf_paragraph(pdf, texts[i]);
        assert_int_equal(pdf_end(pdf, &out), ERR_OK);
        char *words = look("x.pdf", &out, "qpdf --check x.pdf && pdftotext x.pdf -");
        assert_int_equal(look_count(words, texts[i]) > 0, 1);
        free(words);
        len[i] = out.len;
        buf_fini(&out);
    }
    assert_true(len[0] < 3000);
    assert_true(len[1] > len[0] + 1000 && len[1] < 6000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_sound_tagged_and_has_its_language), /* qpdf, pdfinfo, pdffonts */
        cmocka_unit_test(tags_follow_the_reading_order),                   /* Document, H1, P, Table, TR, TH, TD; no footer */
        cmocka_unit_test(a_long_table_goes_over_pages_with_its_headings),  /* 200 rows, each once */
        cmocka_unit_test(long_texts_break_between_lines),                  /* longer than a page, nothing lost */
        cmocka_unit_test(headings_that_fill_a_page_do_not_repeat),         /* three rows of them */
        cmocka_unit_test(what_is_centred_stands_in_the_middle),            /* headings and paragraphs, until it is said otherwise */
        cmocka_unit_test(an_empty_document_is_one),                        /* no text, no title */
        cmocka_unit_test(the_same_calls_give_the_same_bytes),              /* and not many of them */
        cmocka_unit_test(words_of_other_languages_are_shown_and_read),     /* Sámi, Greek, Cyrillic, Hebrew, accents, what no face has */
        cmocka_unit_test(a_broken_line_is_read_as_words),                  /* with a space that is not seen */
        cmocka_unit_test(a_sum_does_not_stand_alone),                      /* wherever its table begins */
        cmocka_unit_test(a_shelf_changes_no_byte),                         /* nor do documents before */
        cmocka_unit_test(a_full_shelf_changes_no_byte),                    /* nor what makes room on it */
        cmocka_unit_test(a_document_carries_what_it_shows),                /* a letter, and an alphabet */
    };
    return cmocka_run_group_tests_name("doc pdf", tests, NULL, NULL);
}
