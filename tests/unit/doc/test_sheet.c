/* Sheets: the workbook is opened by gnumeric and told as CSV, so that what is compared is what a spreadsheet program makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "common/base/day.h"
#include "common/base/time.h"
#include "common/doc/sheet.h"
#include "tests/unit/doc/look.h"

#define SUMMER (1784000000 * TIME_SECOND) /* 2026-07-14T03:33:20Z: 06:33:20 in Helsinki */
#define WINTER (1800000000 * TIME_SECOND) /* 2027-01-15T08:00:00Z: 10:00:00 */

static const struct sheet_column columns[] = {{"Nimi", 20}, {"Määrä", 8}, {"op", 8}, {"Aika", 18}};

static void row(struct sheet *sheet, const char *text, int64_t number, int64_t tenths, int64_t us)
{
    sheet_row(sheet);
    sheet_text(sheet, text);
    sheet_number(sheet, number);
    sheet_tenths(sheet, tenths);
    sheet_time(sheet, us);
}

static struct sheet *sample(struct arena *arena)
{
    struct sheet *sheet = sheet_new(arena, "Ilmoittautuneet [2026]/a name that is far too long", columns, 4);

    row(sheet, "=1+1", 7, 45, SUMMER);
    row(sheet, "Äijälä; \"Itä\"\nja muut", -3, -5, WINTER);
    row(sheet, "@x \xff", 0, 50, 0);
    sheet_row(sheet);
    sheet_text(sheet, "short");
    return sheet;
}

static void a_workbook_opens_and_no_text_becomes_a_formula(void **state)
{
    (void)state;
    struct arena *arena = arena_new(65536);
    struct buf out = {0};

    assert_int_equal(sheet_xlsx(sample(arena), &out), ERR_OK);
    char *words =
        look("x.xlsx", &out, "ssconvert -O format=preserve -T Gnumeric_stf:stf_assistant x.xlsx x.csv >/dev/null 2>&1 && cat x.csv");
    assert_non_null(strstr(words, "Nimi,Määrä,op,Aika\n"));
    assert_non_null(strstr(words, "=1+1,7,4.5,\"2026-07-14 06:33:20\"\n"));
    assert_non_null(strstr(words, "\"Äijälä; \"\"Itä\"\"\nja muut\",−3,−0.5,\"2027-01-15 10:00:00\"\n"));
    assert_non_null(strstr(words, "\"@x \xef\xbf\xbd\",0,5.0,\n"));
    assert_non_null(strstr(words, "short,,,"));
    free(words);
    words = look("x.xlsx", &out,
                 "/usr/bin/python3 -c \"import zipfile; z = zipfile.ZipFile('x.xlsx'); "
                 "print(*(z.read('xl/' + n).decode() for n in ('worksheets/sheet1.xml', 'workbook.xml')))\"");
    assert_null(strstr(words, "<f>"));
    assert_non_null(strstr(words, "<pane ySplit=\"1\""));        /* the headings stay in sight */
    assert_non_null(strstr(words, "<autoFilter ref=\"A1:D5\"")); /* over all rows */
    assert_non_null(strstr(words, "orientation=\"landscape\""));
    assert_non_null(strstr(words, "_xlnm.Print_Titles")); /* and on every page that is printed */
    assert_non_null(strstr(words, "<sheet name=\"Ilmoittautuneet  2026  a name t\""));
    free(words);
    buf_fini(&out);
    arena_free(arena);
}

static void csv_is_what_programs_here_expect(void **state)
{
    (void)state;
    struct arena *arena = arena_new(65536);
    struct buf out = {0};

    sheet_csv(sample(arena), &out);
    buf_u8(&out, 0);
    assert_string_equal((const char *)out.data, "\xef\xbb\xbf\"Nimi\";\"Määrä\";\"op\";\"Aika\"\r\n"
                                                "\"'=1+1\";7;4,5;2026-07-14 06:33:20\r\n"
                                                "\"Äijälä; \"\"Itä\"\"\nja muut\";-3;-0,5;2027-01-15 10:00:00\r\n"
                                                "\"'@x \xef\xbf\xbd\";0;5,0;\r\n"
                                                "\"short\";;;\r\n");
    buf_fini(&out);
    arena_free(arena);
}

/* White space before a formula does not make it one the less: some programs drop it while they read. Nor does a wide sign: some programs
 * take it for the narrow one. */
static void a_formula_behind_white_space_is_a_text_too(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    struct sheet_column one = {"x", 10};
    struct sheet *sheet = sheet_new(arena, "x", &one, 1);
    struct buf csv = {0};
    static const char *const texts[] = {" =1+1", "\n@x", "\tx",      " \t-1",           " plain",    "a = b",  "  ",
                                        "＝1+1", "＠x",  "\u00a0=1", "\ufeff\u200b＋1", "\u3000－1", "\u3000", "ä＝"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sheet_row(sheet);
        sheet_text(sheet, texts[i]);
    }
    sheet_csv(sheet, &csv);
    buf_u8(&csv, 0);
    assert_string_equal((const char *)csv.data, "\xef\xbb\xbf\"x\"\r\n\"' =1+1\"\r\n\"'\n@x\"\r\n\"'\tx\"\r\n\"' \t-1\"\r\n"
                                                "\" plain\"\r\n\"a = b\"\r\n\"  \"\r\n\"'＝1+1\"\r\n\"'＠x\"\r\n"
                                                "\"'\u00a0=1\"\r\n\"'\ufeff\u200b＋1\"\r\n\"'\u3000－1\"\r\n\"\u3000\"\r\n\"ä＝\"\r\n");
    buf_fini(&csv);
    arena_free(arena);
}

static void cents_keep_their_two_digits(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    struct sheet_column one = {"€", 10};
    struct sheet *sheet = sheet_new(arena, "", &one, 1);
    struct buf csv = {0}, xlsx = {0};
    static const int64_t values[] = {316300, 5, -205, 0};

    for (size_t i = 0; i < 4; i++) {
        sheet_row(sheet);
        sheet_cents(sheet, values[i]);
    }
    sheet_csv(sheet, &csv);
    buf_u8(&csv, 0);
    assert_string_equal((const char *)csv.data, "\xef\xbb\xbf\"€\"\r\n3163,00\r\n0,05\r\n-2,05\r\n0,00\r\n");
    assert_int_equal(sheet_xlsx(sheet, &xlsx), ERR_OK);
    char *words =
        look("x.xlsx", &xlsx, "ssconvert -O format=preserve -T Gnumeric_stf:stf_assistant x.xlsx x.csv >/dev/null 2>&1 && cat x.csv");
    assert_string_equal(words, "€\n\"3,163.00\"\n0.05\n−2.05\n0.00\n");
    free(words);
    buf_fini(&csv);
    buf_fini(&xlsx);
    arena_free(arena);
}

static void days_are_dates(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    struct sheet_column one = {"Päivä", 10};
    struct sheet *sheet = sheet_new(arena, "", &one, 1);
    struct buf csv = {0}, xlsx = {0};
    static const char *const days[] = {"1970-01-01", "2024-02-29", "2026-03-29", "2026-10-25", "2099-12-31"};

    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        int64_t day = 0;
        assert_true(day_parse(&day, span_text(days[i])));
        sheet_row(sheet);
        sheet_day(sheet, day);
    }
    sheet_row(sheet);
    sheet_day(sheet, NO_DAY);
    sheet_csv(sheet, &csv);
    buf_u8(&csv, 0);
    assert_string_equal((const char *)csv.data,
                        "\xef\xbb\xbf\"Päivä\"\r\n1970-01-01\r\n2024-02-29\r\n2026-03-29\r\n2026-10-25\r\n2099-12-31\r\n\r\n");
    assert_int_equal(sheet_xlsx(sheet, &xlsx), ERR_OK);
    /* As the program shows them, and as it counts them: a text has no number behind it. */
    char *words =
        look("x.xlsx", &xlsx, "ssconvert -O format=preserve -T Gnumeric_stf:stf_assistant x.xlsx x.csv >/dev/null 2>&1 && cat x.csv");
    assert_string_equal(words, "Päivä\n1970-01-01\n2024-02-29\n2026-03-29\n2026-10-25\n2099-12-31\n");
    free(words);
    words = look("x.xlsx", &xlsx, "ssconvert -O format=raw -T Gnumeric_stf:stf_assistant x.xlsx x.csv >/dev/null 2>&1 && cat x.csv");
    assert_string_equal(words, "Päivä\n25569\n45351\n46110\n46320\n73050\n");
    free(words);
    buf_fini(&csv);
    buf_fini(&xlsx);
    arena_free(arena);
}

static void ten_thousand_rows_and_none(void **state)
{
    (void)state;
    struct arena *arena = arena_new(65536);
    struct sheet *many = sheet_new(arena, "many", columns, 4), *none = sheet_new(arena, "none", columns, 4);
    struct buf out = {0}, empty = {0};

    for (int64_t i = 1; i <= 10000; i++)
        row(many, "Aava Koivula", i, i, WINTER + i * TIME_SECOND);
    assert_int_equal(sheet_xlsx(many, &out), ERR_OK);
    char *words =
        look("x.xlsx", &out,
             "ssconvert -O format=preserve -T Gnumeric_stf:stf_assistant x.xlsx x.csv >/dev/null 2>&1 && wc -l <x.csv && tail -1 x.csv");
    assert_string_equal(words, "10001\n\"Aava Koivula\",10000,1000.0,\"2027-01-15 12:46:40\"\n");
    free(words);
    assert_int_equal(sheet_xlsx(none, &empty), ERR_OK);
    words = look("x.xlsx", &empty, "ssconvert -O format=preserve -T Gnumeric_stf:stf_assistant x.xlsx x.csv >/dev/null 2>&1 && cat x.csv");
    assert_string_equal(words, "Nimi,Määrä,op,Aika\n");
    free(words);
    buf_fini(&out);
    buf_fini(&empty);
    arena_free(arena);
}

/* A cell takes 32,767 bytes: what is longer is cut at a character, and the file still opens. */
static void a_very_long_text_is_cut(void **state)
{
    (void)state;
    struct arena *arena = arena_new(65536);
    struct sheet_column one = {"text", 10};
    struct sheet *sheet = sheet_new(arena, "x", &one, 1);
    struct buf text = {0}, out = {0};

    for (unsigned i = 0; i < 20000; i++)
        buf_text(&text, "ä");
    buf_u8(&text, 0);
    sheet_row(sheet);
    sheet_text(sheet, (const char *)text.data);
    assert_int_equal(sheet_xlsx(sheet, &out), ERR_OK);
    char *words =
        look("x.xlsx", &out, "ssconvert -O format=preserve -T Gnumeric_stf:stf_assistant x.xlsx x.csv >/dev/null 2>&1 && tail -1 x.csv");
    assert_int_equal(look_count(words, "ä"), 16383);
    free(words);
    buf_fini(&text);
    buf_fini(&out);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workbook_opens_and_no_text_becomes_a_formula), /* gnumeric reads it; = and @ stay texts */
        cmocka_unit_test(csv_is_what_programs_here_expect),               /* BOM, semicolons, commas, apostrophes */
        cmocka_unit_test(a_formula_behind_white_space_is_a_text_too),     /* an apostrophe there as well, and only there */
        cmocka_unit_test(cents_keep_their_two_digits),                    /* in both forms */
        cmocka_unit_test(days_are_dates),                                 /* not texts; around summer time too */
        cmocka_unit_test(ten_thousand_rows_and_none),                     /* many rows, and only headings */
        cmocka_unit_test(a_very_long_text_is_cut),                        /* at a character */
    };
    return cmocka_run_group_tests_name("doc sheet", tests, NULL, NULL);
}
