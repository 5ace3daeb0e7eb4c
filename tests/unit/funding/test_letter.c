/* Decision letters as their readers see them: the PDF by poppler and qpdf, the HTML by html5lib at its strictest. What the law asks of a
 * decision is looked for in each language; whatever stands in one form stands in the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/date.h"
#include "common/base/time.h"
#include "services/funding/document/letter_html.h"
#include "services/funding/document/letter_pdf.h"
#include "services/funding/document/letter_words.h"
#include "tests/unit/doc/look.h"

#define NBSP  "\xc2\xa0"
#define PLAIN " | sed 's/\xc2\xa0/ /g' | tr '\\n' ' '" /* readers of PDF give a plain space for one that does not break */

static struct arena *arena;

static struct call call = {.register_number = "12/20.01/2026",
                           .state = CALL_PUBLISHED,
                           .kind = GRANT_SPECIAL,
                           .authority_kind = AUTHORITY_STATE,
                           .authority = {"Esimerkkivirasto", "Exempelverket", "Example Agency"},
                           .contact = "Esimerkkiviraston kirjaamo, kirjaamo@example.fi",
                           .title = {"Oikeus oppia", "Rätt att lära", "Right to learn"},
                           .own_permille = 100};
static struct decision_partner partners[] = {{"0313471-7", "Kuopion esimerkkikoulu", 1000000},
                                             {"0245894-7", "Kuntayhtymä <A & B> \"C\"", 2163550}};
static struct decision_line lines[] = {{COST_STAFF, "Suunnittelija", 3000000, 2800000}, {COST_TRAVEL, "Matkat", 800000, 715056}};
static struct planned_instalment instalments[] = {{0, 2000000}, {0, 1163550}};
static const struct call_official presenter = {.name = "Elli Esittelijä", .title = "opetusneuvos"};
static const struct call_official decider = {.name = "Pauli Päättäjä", .title = "johtaja"};

static struct decision granted(const char *language)
{
    call.interim_due = date_days(2027, 6, 30);
    call.final_due = date_days(2028, 8, 31);
    instalments[0].due_on = date_days(2027, 1, 15);
    instalments[1].due_on = date_days(2027, 8, 16);
    return (struct decision){.granted = true,
                             .cents = 3163550,
                             .own_permille = 100,
                             .purpose = "Ohjauksen kehittäminen <yhdessä>",
                             .use_from = date_days(2027, 1, 1),
                             .use_until = date_days(2028, 6, 30),
                             .reasons = "Hanke on vaikuttava.\nSen kustannukset ovat kohtuulliset & perusteltuja.",
                             .terms = "Tuotokset julkaistaan avoimesti.",
                             .language = language,
                             .decided_us = date_days(2026, 11, 22) * TIME_DAY + 9 * TIME_HOUR,
                             .answer_until = date_days(2026, 12, 28),
                             .review_days = 30,
                             .review_version = "state-2020",
                             .partners = partners,
                             .partner_count = 2,
                             .lines = lines,
                             .line_count = 2,
                             .register_number = "345/20.01/2026",
                             .title = "Ohjaus kuntoon"};
}

static struct letter_facts facts_of(const struct decision *d, const struct decision *corrects, bool preview)
{
    return (struct letter_facts){.call = &call,
                                 .decision = d,
                                 .applied_cents = 3420000,
                                 .submitted_us = date_days(2026, 10, 15) * TIME_DAY + 12 * TIME_HOUR,
                                 .instalments = instalments,
                                 .instalment_count = d->granted ? 2 : 0,
                                 .iban = "FI21 1234 5600 0007 85",
                                 .presenter = &presenter,
                                 .decider = &decider,
                                 .corrects = corrects,
                                 .correction = "laskuvirhe",
                                 .preview = preview};
}

static const struct letter *letter_of(const struct decision *d, const struct decision *corrects, bool preview)
{
    const struct letter_facts facts = facts_of(d, corrects, preview);

    return letter_build(arena, &facts);
}

/* Words of both forms: the PDF's in the order of its tags, the HTML's when html5lib finds no error in it. Freed by the caller. */
static char *read_pdf(const struct letter *letter)
{
    struct buf out = {0};

    assert_int_equal(letter_pdf(letter, NULL, &out), ERR_OK);
    char *words = look("x.pdf", &out, "qpdf --check x.pdf > /dev/null && pdftotext -nopgbrk -raw x.pdf -" PLAIN);
    buf_fini(&out);
    return words;
}

static char *read_html(const struct letter *letter)
{
    struct buf out = {0};

    letter_html(letter, &out);
    char *words =
        look("x.html", &out,
             "/usr/bin/python3 -c \"import html5lib,sys;"
             "t=html5lib.HTMLParser(strict=True,namespaceHTMLElements=False).parse(open('x.html','rb').read(),transport_encoding='utf-8');"
             "print(t.get('lang'),' '.join(' '.join(t.find('body').itertext()).split(' ')))\"" PLAIN);
    buf_fini(&out);
    return words;
}

static void assert_says(const char *form, const char *words, const char *part)
{
    if (strstr(words, part) == NULL)
        fail_msg("the %s does not say \"%s\":\n%s", form, part, words);
}

static void assert_both_say(const struct letter *letter, const char *const *parts)
{
    char *pdf = read_pdf(letter), *html = read_html(letter);

    for (; *parts != NULL; parts++) {
        assert_says("PDF", pdf, *parts);
        assert_says("HTML", html, *parts);
    }
    free(pdf);
    free(html);
}

static void test_what_the_law_asks_in_finnish(void **state)
{
    (void)state;
    const struct decision d = granted("fi");
    /* 434/2003, 44-46 s.; 688/2001, 11 s. */
    assert_both_say(letter_of(&d, NULL, false), (const char *const[]){"Valtionavustuspäätös",
                                                                      "Esimerkkivirasto",
                                                                      "22.11.2026",
                                                                      "345/20.01/2026",
                                                                      "Kuopion esimerkkikoulu",
                                                                      "0313471-7",
                                                                      "Kuntayhtymä <A & B>",
                                                                      "31 635,50 €",
                                                                      "34 200,00 €",
                                                                      "90,00 %",
                                                                      "35 150,56 €",
                                                                      "10,00 %",
                                                                      "Hanke on vaikuttava.",
                                                                      "Ohjauksen kehittäminen <yhdessä>",
                                                                      "1.1.2027–30.6.2028",
                                                                      "FI21 1234",
                                                                      "15.1.2027",
                                                                      "16.8.2027",
                                                                      "28.12.2026",
                                                                      "30.6.2027",
                                                                      "31.8.2028",
                                                                      "valtionavustuslaki 13 §",
                                                                      "valtionavustuslaki 16 §",
                                                                      "hakijan tilille",
                                                                      "Hakija, yhteishankkeen hallinnoija",
                                                                      "kirjallisesti 30 päivän",
                                                                      "20 §",
                                                                      "21 ja 22 §",
                                                                      "Tuotokset julkaistaan avoimesti.",
                                                                      "30 päivän",
                                                                      "Pauli Päättäjä, johtaja",
                                                                      "Elli Esittelijä, opetusneuvos",
                                                                      "kirjaamo@example.fi",
                                                                      "Liite: Oikaisuvaatimusohje",
                                                                      "29.12.2026",
                                                                      "808/2019",
                                                                      "15.10.2026",
                                                                      NULL});
}

static void test_in_swedish_and_english(void **state)
{
    (void)state;
    const struct decision sv = granted("sv"), en = granted("en");
    assert_both_say(letter_of(&sv, NULL, false),
                    (const char *const[]){"Beslut om statsunderstöd", "Exempelverket", "Mottagare av understödet", "31 635,50 €",
                                          "Rätt att lära", "egenfinansiering", "Anvisning om begäran om omprövning", "30 dagar", NULL});
    assert_both_say(letter_of(&en, NULL, false), (const char *const[]){"Decision on a discretionary government grant", "Example Agency",
                                                                       "22 November 2026", "€31,635.50", "90.00%", "self-financing",
                                                                       "Instructions for requesting a review", "within 30 days", NULL});
    char *words = read_html(letter_of(&sv, NULL, false));
    assert_memory_equal(words, "sv ", 3);
    assert_null(strstr(words, "Päätös"));
    free(words);
}

static void test_a_municipality_names_its_own_law(void **state)
{
    (void)state;
    struct decision d = granted("fi");
    call.authority_kind = AUTHORITY_MUNICIPAL;
    d.review_version = "municipal-2020";
    d.review_days = 14;
    char *words = read_html(letter_of(&d, NULL, false));
    call.authority_kind = AUTHORITY_STATE;
    assert_says("HTML", words, "14 päivän");
    assert_says("HTML", words, "kuntalaki 410/2015");
    assert_says("HTML", words, "Avustuspäätös");
    assert_says("HTML", words, "kuntalaki 410/2015, 140 §");
    assert_null(strstr(words, "688/2001"));
    assert_null(strstr(words, "valtionavustuslaki"));
    free(words);
}

/* What is not in this row was recalled, and is not printed. */
static void test_sections_are_those_whose_text_was_found(void **state)
{
    (void)state;
    struct decision d = granted("fi");
    char *words = read_html(letter_of(&d, NULL, false));
    assert_says("HTML", words,
                "Valtionavustuslaki (688/2001) 7, 11, 13, 14, 16, 20–22 ja 34 §; hallintolaki (434/2003) 43, 44, 46 ja 49 c §; laki "
                "sähköisestä asioinnista viranomaistoiminnassa (13/2003) 19 §.");
    assert_null(strstr(words, "15 ja 16 §"));
    assert_null(strstr(words, "7 a luku"));
    free(words);
    /* A rejection names nothing that only a recipient is bound by. */
    d.granted = false;
    d.cents = 0;
    words = read_html(letter_of(&d, NULL, false));
    assert_says("HTML", words, "Valtionavustuslaki (688/2001) 7, 11 ja 34 §;");
    assert_null(strstr(words, "20–22"));
    free(words);
}

static void test_a_rejection_says_why_and_grants_nothing(void **state)
{
    (void)state;
    struct decision d = granted("fi");
    d.granted = false;
    d.cents = 0;
    char *words = read_pdf(letter_of(&d, NULL, false));
    assert_says("PDF", words, "hylkää hakemuksen");
    assert_says("PDF", words, "Hanke on vaikuttava.");
    assert_says("PDF", words, "Oikaisuvaatimusohje");
    assert_null(strstr(words, "myöntää"));
    assert_null(strstr(words, "FI21"));
    assert_null(strstr(words, "Käyttöaika"));
    free(words);
    /* 44 s.: it names everybody it is about. */
    assert_both_say(letter_of(&d, NULL, false),
                    (const char *const[]){"Asianosaiset", "0313471-7 Kuopion esimerkkikoulu", "0245894-7 Kuntayhtymä <A & B>", NULL});
    d.partner_count = 1;
    words = read_pdf(letter_of(&d, NULL, false));
    assert_null(strstr(words, "Asianosaiset"));
    assert_null(strstr(words, "yhteishankkeen"));
    free(words);
}

static void test_one_recipient_is_no_joint_project(void **state)
{
    (void)state;
    struct decision d = granted("sv");
    d.partner_count = 1;
    char *words = read_html(letter_of(&d, NULL, false));
    assert_says("HTML", words, "i sin helhet sökanden");
    assert_null(strstr(words, "oordinator"));
    free(words);
}

/* Of a correction after the answer: nothing is to be answered; what is paid is told apart from what is to come; nobody presented it. */
static void test_a_correction_after_the_answer(void **state)
{
    (void)state;
    static const struct letter_paid DONE[] = {{.cents = 50000, .paid = true}, {.cents = 70000}};
    struct letter_paid done[2] = {DONE[0], DONE[1]};
    struct decision d = granted("fi");
    const struct decision old = d;
    done[0].day = date_days(2026, 12, 1);
    done[1].day = date_days(2026, 12, 7);
    struct letter_facts facts = facts_of(&d, &old, false);
    facts.answered = true;
    facts.presenter = NULL;
    facts.done = done;
    facts.done_count = 2;
    assert_both_say(letter_build(arena, &facts), (const char *const[]){"Avustus on jo hyväksytty", "maksettu 1.12.2026",
                                                                       "määrätty maksettavaksi, aikaisintaan 7.12.2026",
                                                                       "Avustuksesta maksetaan vielä hakijan tilille FI21", "15.1.2027",
                                                                       "Asia on ratkaistu ilman esittelyä", NULL});
    char *words = read_html(letter_build(arena, &facts));
    assert_null(strstr(words, "kieltäytyä siitä viimeistään"));
    assert_null(strstr(words, "Elli Esittelijä"));
    free(words);
    words = read_html(letter_of(&old, NULL, false));
    assert_null(strstr(words, "Avustuksesta maksetaan vielä"));
    free(words);
}

static void test_a_correction_says_what_it_corrects(void **state)
{
    (void)state;
    const struct decision d = granted("fi");
    struct decision old = d;
    old.cents = 4000000;
    old.decided_us -= 30 * TIME_DAY;
    assert_both_say(letter_of(&d, &old, false),
                    (const char *const[]){"Valtionavustuspäätös, korjaus", "23.10.2026", "laskuvirhe", "40 000,00 €", "−8 364,50 €", NULL});
    old.granted = false;
    assert_both_say(letter_of(&d, &old, false), (const char *const[]){"hakemus hylättiin", NULL});
    struct decision gone = d;
    gone.granted = false;
    gone.cents = 0;
    old.granted = true;
    assert_both_say(letter_of(&gone, &old, false), (const char *const[]){"peruutetaan kokonaan", NULL});
}

static void test_a_draft_says_so(void **state)
{
    (void)state;
    const struct decision d = granted("fi");
    assert_both_say(letter_of(&d, NULL, true), (const char *const[]){"Luonnos: päätöstä ei ole tehty", NULL});
    char *words = read_pdf(letter_of(&d, NULL, false));
    assert_null(strstr(words, "Luonnos"));
    assert_null(strstr(words, "LUONNOS"));
    free(words);
    /* On each page, in the reader's language; a screen reader hears it once. */
    static const struct {
        const char *language, *line;
    } MARKS[] = {{"fi", "Luonnos:"}, {"sv", "Utkast:"}, {"en", "Draft:"}};
    for (size_t i = 0; i < 3; i++) {
        struct decision each = granted(MARKS[i].language);
        struct buf out = {0};
        assert_int_equal(letter_pdf(letter_of(&each, NULL, true), NULL, &out), ERR_OK);
        words = look("x.pdf", &out,
                     "for p in $(seq $(pdfinfo x.pdf | sed -n 's/^Pages: *//p')); do pdftotext -f $p -l $p x.pdf - | "
                     "grep -oE 'Luonnos:|Utkast:|Draft:' | sort -u | tr '\\n' ' '; echo page; done");
        const size_t pages = look_count(words, "page");
        assert_true(pages >= 3);
        assert_int_equal(look_count(words, MARKS[i].line), pages);
        free(words);
        words = look("x.pdf", &out, "qpdf --qdf --object-streams=disable x.pdf - | grep -a '0.9 g 0.574'"); /* its letters lie aslant */
        assert_int_equal(look_count(words, "cm"), pages);
        free(words);
        words = look("x.pdf", &out, "qpdf --check x.pdf > /dev/null && pdfinfo -struct-text x.pdf");
        assert_int_equal(look_count(words, MARKS[i].line), 1);
        free(words);
        buf_fini(&out);
    }
}

static void test_the_pdf_is_tagged_and_the_html_marked(void **state)
{
    (void)state;
    const struct decision d = granted("sv");
    struct buf out = {0};
    assert_int_equal(letter_pdf(letter_of(&d, NULL, false), NULL, &out), ERR_OK);
    char *words = look("x.pdf", &out, "pdfinfo x.pdf && qpdf --json x.pdf | grep -E '/Lang' && pdfinfo -struct-text x.pdf");
    assert_non_null(strstr(words, "Tagged:          yes"));
    assert_non_null(strstr(words, "u:sv"));
    assert_non_null(strstr(words, "Title:           Beslut om statsunderstöd 345/20.01/2026"));
    assert_true(look_count(words, "Table") >= 6);
    assert_true(look_count(words, "TH") >= 12);
    free(words);
    buf_clear(&out);
    letter_html(letter_of(&d, NULL, false), &out);
    buf_u8(&out, 0);
    const char *html = (const char *)out.data;
    assert_non_null(strstr(html, "<html lang=\"sv\">"));
    assert_true(look_count(html, "<th scope=\"col\"") >= 12);
    assert_true(look_count(html, "<th scope=\"row\"") >= 14);
    assert_int_equal(look_count(html, "<A & B>"), 0);
    assert_int_equal(look_count(html, "<script"), 0);
    buf_fini(&out);
}

static void test_the_same_facts_give_the_same_bytes(void **state)
{
    (void)state;
    const struct decision d = granted("fi");
    struct buf one = {0}, two = {0};
    assert_int_equal(letter_pdf(letter_of(&d, NULL, false), NULL, &one), ERR_OK);
    assert_int_equal(letter_pdf(letter_of(&d, NULL, false), NULL, &two), ERR_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    buf_fini(&one);
    buf_fini(&two);
}

/* A hundred partners and lines, and texts of the length they may have, still travel in an event. */
static void test_the_largest_letter_fits(void **state)
{
    (void)state;
    struct decision d = granted("fi");
    char *text = arena_alloc(arena, 20001);
    static const char WORDS[] =
        "hanke vaikuttaa alueen koulutukseen ja sen tulokset otetaan käyttöön kaikissa oppilaitoksissa yhdessä sovitulla tavalla ";
    for (size_t i = 0; i < 20000; i++)
        text[i] = WORDS[i * (1 + i / 997 % 2) % (sizeof WORDS - 1)];
    d.reasons = d.terms = text;
    d.purpose = text + 10000;
    d.partners = arena_array(arena, 100, sizeof *d.partners);
    d.lines = arena_array(arena, 100, sizeof *d.lines);
    d.partner_count = d.line_count = 100;
    for (size_t i = 0; i < 100; i++) {
        d.partners[i] = partners[i % 2];
        d.lines[i] = lines[i % 2];
    }
    struct buf out = {0};
    assert_int_equal(letter_pdf(letter_of(&d, NULL, false), NULL, &out), ERR_OK);
    if (out.len > DECISION_PDF_MAX)
        fail_msg("%zu bytes", out.len);
    buf_fini(&out);
}

static void test_amounts_and_places(void **state)
{
    (void)state;
    assert_string_equal(letter_money(arena, 0, LETTER_FI), "0,00" NBSP "€");
    assert_string_equal(letter_money(arena, 100000, LETTER_SV), "1" NBSP "000,00" NBSP "€");
    assert_string_equal(letter_money(arena, 123456789, LETTER_EN), "€1,234,567.89");
    assert_string_equal(letter_money(arena, -5, LETTER_FI), "\xe2\x88\x92"
                                                            "0,05" NBSP "€");
    assert_string_equal(letter_day(arena, date_days(2026, 2, 3), LETTER_FI), "3.2.2026");
    assert_string_equal(letter_share(arena, 6667, LETTER_EN), "66.67%");
    const char *const with[] = {"x", "{0}"};
    assert_string_equal(letter_fill(arena, "{0} {1} {2} {", with, 2), "x {0} {2} {");
    for (int word = 0; word < WORD_COUNT; word++)
        for (int language = LETTER_FI; language <= LETTER_EN; language++)
            assert_true(*letter_word((enum letter_word)word, (enum letter_language)language) != '\0');
}

static int start(void **state)
{
    (void)state;
    arena = arena_new(1 << 16);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_law_asks_in_finnish),
        cmocka_unit_test(test_in_swedish_and_english),
        cmocka_unit_test(test_a_municipality_names_its_own_law),
        cmocka_unit_test(test_sections_are_those_whose_text_was_found),
        cmocka_unit_test(test_a_rejection_says_why_and_grants_nothing),
        cmocka_unit_test(test_one_recipient_is_no_joint_project),
        cmocka_unit_test(test_a_correction_after_the_answer),
        cmocka_unit_test(test_a_correction_says_what_it_corrects),
        cmocka_unit_test(test_a_draft_says_so),
        cmocka_unit_test(test_the_pdf_is_tagged_and_the_html_marked),
        cmocka_unit_test(test_the_same_facts_give_the_same_bytes),
        cmocka_unit_test(test_the_largest_letter_fits),
        cmocka_unit_test(test_amounts_and_places),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
