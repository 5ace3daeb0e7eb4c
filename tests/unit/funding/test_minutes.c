/* Extracts of minutes as their readers see them: the PDF by qpdf, poppler and a reader of tags, the HTML by html5lib at its strictest. The
 * section is that of Kannus (3 163 € of 401 052 €, § 29), its people invented. What stands in one form stands in the other; what is
 * confidential stands in none, and names of people only where they may. */
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
#include "services/funding/document/minutes.h"
#include "tests/unit/doc/look.h"

#define PLAIN    " | sed 's/\xc2\xa0/ /g' | tr '\\n' ' '"
#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static struct arena *arena;

struct section { /* a world of one item */
    struct municipality town;
    struct board board;
    struct meeting meeting;
    struct item item;
    struct municipal_case c;
    struct board_proposal proposal;
    struct minutes_facts facts;
};

static struct impact_dimension dimensions[] = {{1, {"Toteuttaa kaupungin strategiaa", "Genomför stadens strategi", "Strategy"}, true},
                                               {4, {"Parantaa työllisyyttä", "Förbättrar sysselsättningen", "Employment"}, true}};
static struct case_preparer preparers[] = {{"kasvatus- ja opetusjohtaja", "Onerva Opettavainen"}, {"kehitysjohtaja", "Kuisma Kehittyvä"}};
static struct case_text texts[] = {
    {TEXT_BACKGROUND, "", "Yliopistokeskus hakee kuntarahaa. Yhteyshenkilö on [[Hilja Hakeva]].\n\nHanke kehittää mallin.", false},
    {TEXT_GOALS, "", "Tavoitteena on:\n1. tilannekuva <nyt & heti>\n2. selvitys\n\n3. verkosto", false},
    {TEXT_WORK_PACKAGES, "Työpaketti 1", "- ohjausryhmä\n- viestintä", false},
    {TEXT_WORK_PACKAGES, "Työpaketti 2", "Kysely.", false},
    {TEXT_OTHER, "Salainen otsikko", "Liikesalaisuus 4711", true}};
static struct case_impact impacts[] = {{1, IMPACT_POSITIVE, "lisää henkilöstön hyvinvointia"}, {4, IMPACT_NEGATIVE, ""}};
static struct statement statements[] = {
    {.asked = "Yritysyhtiön hallitus", .state = STATEMENT_REFERRED, .words = "Emme ole oikea taho.", .referred_to = "opetustoimen johto"},
    {.asked = "Opetustoimen johto", .state = STATEMENT_GIVEN, .words = "Kannatamme asiaa, sanoo [[Lauri Lausuva]]."},
    {.asked = "Nuorisovaltuusto", .state = STATEMENT_REQUESTED, .words = ""}};
static struct case_document documents[] = {{.n = 1, .title = "Kuntarahahakemus"},
                                           {.n = 2, .title = "Salainen liite", .confidential = true, .ground = "621/1999, 24 §"}};
static struct case_item before[] = {
    {.board = {"kaupunginhallitus", "stadsstyrelsen", ""}, .section = 11, .outcome = OUTCOME_TABLED, .published = true},
    {.board = {"kaupunginhallitus", "stadsstyrelsen", ""}, .section = 29}};
static struct nomination proposed[] = {{"hankkeen ohjausryhmä", NOMINEE_MEMBER, "kasvatus- ja opetusjohtaja", "", {{0}}, false}};
static struct nomination decided[] = {{"hankkeen ohjausryhmä", NOMINEE_MEMBER, "kasvatus- ja opetusjohtaja", "", {{0}}, false},
                                      {"hankkeen ohjausryhmä", NOMINEE_DEPUTY, "perusopetuksen rehtori", "Reino Rehti", {{0}}, true}};
static struct attendee attendees[] = {{{{1}}, "Pirkko Puheenjohtava", SEAT_CHAIR, false, 0},
                                      {{{2}}, "Jalmari Jäsenevä", SEAT_MEMBER, true, 1},
                                      {{{3}}, "Tyyne Tarkka", SEAT_MEMBER, true, 1}};
static struct vote votes[] = {{{{1}}, "Pirkko Puheenjohtava", CHOICE_PROPOSAL}, {{{2}}, "Jalmari Jäsenevä", CHOICE_COUNTER}};
static struct disqualified disqualified[] = {{{{3}}, "Tyyne Tarkka", "hakijan palveluksessa"}};
static const char *dissents[] = {"[[Jalmari Jäsenevä]]: raha riittää tärkeämpäänkin."};

/* Everything that names somebody. */
static const char *const NAMES[] = {"Onerva", "Kuisma", "Hilja", "Lauri", "Reino", "Jalmari", "Tyyne", "Pirkko", "Kaino"};

#define DECIDED date_days(2026, 3, 10)

static struct municipal_case case_in(const char *language)
{
    statements[0].given_on = date_days(2026, 2, 17);
    statements[1].given_on = date_days(2026, 3, 4);
    statements[2].due_on = date_days(2026, 3, 6);
    before[0].starts_us = date_days(2026, 2, 10) * TIME_DAY;
    before[1].starts_us = DECIDED * TIME_DAY + 15 * TIME_HOUR;
    return (struct municipal_case){.register_number = "18/00.01.05/2026",
                                   .title = "Rahoitusosuus Timantti-hankkeeseen",
                                   .language = language,
                                   .applicant = "Esimerkkiyliopisto",
                                   .project_title = "Timantti",
                                   .project_starts_on = date_days(2026, 1, 1),
                                   .project_ends_on = date_days(2028, 12, 31),
                                   .total_cents = 40105200,
                                   .applied_cents = 316300,
                                   .preparers = preparers,
                                   .preparer_count = COUNT(preparers),
                                   .texts = texts,
                                   .text_count = COUNT(texts),
                                   .impacts = impacts,
                                   .impact_count = COUNT(impacts),
                                   .statements = statements,
                                   .statement_count = COUNT(statements),
                                   .documents = documents,
                                   .document_count = COUNT(documents),
                                   .items = before,
                                   .item_count = COUNT(before)};
}

static struct meeting meeting_of_march(void)
{
    attendees[1].checked_us = attendees[2].checked_us = date_days(2026, 3, 12) * TIME_DAY;
    return (struct meeting){.starts_us = DECIDED * TIME_DAY + 15 * TIME_HOUR,
                            .place = "Kaupungintalo",
                            .attendees = attendees,
                            .attendee_count = COUNT(attendees)};
}

static struct section *kannus(const char *language)
{
    struct section *s = arena_alloc(arena, sizeof *s);

    s->town = (struct municipality){.name = {"Kannuksen kaupunki", "Kannus stad", "City of Kannus"},
                                    .contact = "Kirjaamo, Esimerkkikatu 1, kirjaamo@example.fi",
                                    .dimensions = dimensions,
                                    .dimension_count = COUNT(dimensions)};
    s->board = (struct board){.code = "KH", .title = {"kaupunginhallitus", "stadsstyrelsen", "city board"}};
    s->meeting = meeting_of_march();
    s->item = (struct item){.section = 29,
                            .outcome = OUTCOME_APPROVED,
                            .manner = MANNER_UNANIMOUS,
                            .words = "Kaupunginhallitus hyväksyi ehdotuksen ja nimesi varaedustajaksi rehtorin [[Reino Rehti]].",
                            .cents = 316300,
                            .counter = "",
                            .nominations = decided,
                            .nomination_count = COUNT(decided)};
    s->c = case_in(language);
    s->proposal = (struct board_proposal){.words = "Kaupunginhallitus päättää osallistua hankkeeseen.",
                                          .cents = 316300,
                                          .presenter_title = "kaupunginjohtaja",
                                          .presenter_name = "Kaino Kaupunkinen",
                                          .nominations = proposed,
                                          .nomination_count = COUNT(proposed)};
    s->facts = (struct minutes_facts){.municipality = &s->town,
                                      .board = &s->board,
                                      .meeting = &s->meeting,
                                      .item = &s->item,
                                      .c = &s->c,
                                      .proposal = &s->proposal,
                                      .days = minutes_days(s->item.outcome, DECIDED, date_days(2026, 3, 16), 30),
                                      .published_us = date_days(2026, 3, 16) * TIME_DAY + 8 * TIME_HOUR};
    return s;
}

/* Freed by the caller. */
static char *read_pdf(const struct letter *letter, const char *command)
{
    struct buf out = {0};

    assert_int_equal(letter_pdf(letter, NULL, &out), ERR_OK);
    char *words = look("x.pdf", &out, command);
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
             "print(t.get('lang'),' '.join(' '.join(t.itertext()).split(' ')))\"" PLAIN);
    buf_fini(&out);
    return words;
}

struct both {
    char *pdf, *html;
};

static struct both read_both(const struct section *s, bool bare)
{
    const struct letter *letter = minutes_build(arena, &s->facts, bare);

    return (struct both){read_pdf(letter, "qpdf --check x.pdf > /dev/null && pdftotext -nopgbrk -raw x.pdf -" PLAIN), read_html(letter)};
}

static void both_free(struct both *both)
{
    free(both->pdf);
    free(both->html);
}

static void assert_both(const struct both *both, const char *part, bool there)
{
    if ((strstr(both->pdf, part) != NULL) != there)
        fail_msg("the PDF %s \"%s\":\n%s", there ? "does not say" : "says", part, both->pdf);
    if ((strstr(both->html, part) != NULL) != there)
        fail_msg("the HTML %s \"%s\":\n%s", there ? "does not say" : "says", part, both->html);
}

static void assert_says(const struct section *s, bool bare, const char *const *parts, bool there)
{
    struct both both = read_both(s, bare);

    for (; *parts != NULL; parts++)
        assert_both(&both, *parts, there);
    both_free(&both);
}

static void test_the_section_of_kannus(void **state)
{
    (void)state;
    assert_says(kannus("fi"), false,
                (const char *const[]){"Kannuksen kaupunki, kaupunginhallitus",
                                      "10.3.2026 klo 17.00, Kaupungintalo",
                                      "§ 29",
                                      "18/00.01.05/2026",
                                      "Esimerkkiyliopisto",
                                      "1.1.2026–31.12.2028",
                                      "401 052,00 €",
                                      "3 163,00 €",
                                      "kasvatus- ja opetusjohtaja Onerva Opettavainen",
                                      "Yhteyshenkilö on Hilja Hakeva.",
                                      "tilannekuva <nyt & heti>",
                                      "Työpaketti 1",
                                      "Toteuttaa kaupungin strategiaa",
                                      "Myönteinen",
                                      "lisää henkilöstön hyvinvointia",
                                      "Kielteinen",
                                      "Käsitelty 17.2.2026. Oikeaksi lausunnonantajaksi nimettiin opetustoimen johto.",
                                      "Emme ole oikea taho.",
                                      "Käsitelty 4.3.2026. Lausunto:",
                                      "Kannatamme asiaa, sanoo Lauri Lausuva.",
                                      "Lausuntoa pyydettiin 6.3.2026 mennessä. Sitä ei ole annettu.",
                                      "18/00.01.05/2026-1: Kuntarahahakemus",
                                      "Kaupunginhallitus 10.2.2026 § 11: jätetty pöydälle",
                                      "Esittelijä: kaupunginjohtaja Kaino Kaupunkinen",
                                      "Ehdotettu osuus: 3 163,00 €",
                                      "rehtorin Reino Rehti.",
                                      "hyväksytty ehdotuksen mukaan",
                                      "yksimielisesti",
                                      "varajäsen: perusopetuksen rehtori Reino Rehti (lisätty kokouksessa)",
                                      "Pirkko Puheenjohtava, puheenjohtajana",
                                      "12.3.2026",
                                      "Kunnan jäsenen katsotaan saaneen päätöksestä tiedon 23.3.2026",
                                      "nähtävänä 15.4.2026 asti",
                                      "14 päivän kuluessa",
                                      "2.4.2026",
                                      "7.4.2026",
                                      "Oikaisuvaatimusohje",
                                      "päätöksen tehneelle viranomaiselle: Kannuksen kaupunki, kaupunginhallitus.",
                                      "kirjaamo@example.fi",
                                      NULL},
                true);
}

static void test_what_is_confidential_is_in_none(void **state)
{
    static const char *const SECRETS[] = {"Salainen", "Liikesalaisuus", "4711", "621/1999", "[[", "]]", NULL};

    (void)state;
    assert_says(kannus("fi"), false, SECRETS, false);
    assert_says(kannus("fi"), true, SECRETS, false);
}

/* Voted on, with a dissent and somebody disqualified: all that names people. */
static struct section *quarrel(const char *language)
{
    struct section *s = kannus(language);

    s->item.manner = MANNER_VOTED;
    s->item.counter = "[[Jalmari Jäsenevä]]: hanketta ei rahoiteta";
    s->item.votes = votes;
    s->item.vote_count = COUNT(votes);
    s->item.dissents = dissents;
    s->item.dissent_count = COUNT(dissents);
    s->item.disqualified = disqualified;
    s->item.disqualified_count = COUNT(disqualified);
    return s;
}

static void test_votes_dissents_and_who_stood_aside(void **state)
{
    (void)state;
    assert_says(quarrel("fi"), false,
                (const char *const[]){"äänestyksellä", "Vastaehdotus: Jalmari Jäsenevä: hanketta ei rahoiteta",
                                      "Esittelijän ehdotus 1 Pirkko Puheenjohtava", "Vastaehdotus 1 Jalmari Jäsenevä",
                                      "Jalmari Jäsenevä: raha riittää", "Tyyne Tarkka: hakijan palveluksessa",
                                      "Äänet menivät tasan, joten puheenjohtajan ääni ratkaisi", "Jäseniä läsnä tässä asiassa 2",
                                      "Pirkko Puheenjohtava, puheenjohtajana", NULL},
                true);
}

/* The chair stands aside: somebody else led this item, and is said to; a vote with a majority says nothing of a tie. */
static void test_the_chair_stands_aside(void **state)
{
    static struct disqualified chair[] = {{{{1}}, "Pirkko Puheenjohtava", "hakijan hallituksessa"}};
    static struct vote one[] = {{{{2}}, "Jalmari Jäsenevä", CHOICE_COUNTER}};
    struct section *s = quarrel("fi");

    (void)state;
    s->item.disqualified = chair;
    s->item.votes = one;
    s->item.vote_count = COUNT(one);
    assert_says(s, false,
                (const char *const[]){"Jäseniä läsnä tässä asiassa 2", "Jalmari Jäsenevä, puheenjohtajana",
                                      "Pirkko Puheenjohtava: hakijan hallituksessa", NULL},
                true);
    assert_says(s, false, (const char *const[]){"Pirkko Puheenjohtava, puheenjohtajana", "Äänet menivät tasan", NULL}, false);
}

static void test_names_leave_and_the_decision_stays(void **state)
{
    struct both both = read_both(quarrel("fi"), true);

    (void)state;
    for (size_t i = 0; i < COUNT(NAMES); i++)
        assert_both(&both, NAMES[i], false);
    assert_both(&both, "hakijan palveluksessa", false);
    assert_both(&both, "Yhteyshenkilö on [nimi poistettu].", true);
    assert_both(&both, "kasvatus- ja opetusjohtaja", true);
    assert_both(&both, "perusopetuksen rehtori (lisätty kokouksessa)", true);
    assert_both(&both, "kaupunginjohtaja", true);
    assert_both(&both, "Esittelijän ehdotus 1", true);
    assert_both(&both, "asian käsittelyyn: 1 ", true);
    assert_both(&both, "Jäseniä läsnä tässä asiassa 2", true);
    assert_both(&both, "3 163,00 €", true);
    assert_both(&both, "Henkilöiden nimet on poistettu", true);
    both_free(&both);
}

static void test_in_swedish(void **state)
{
    struct both both = read_both(quarrel("sv"), true);

    (void)state;
    assert_int_equal(strncmp(both.html, "sv ", 3), 0);
    assert_both(&both, "Kannus stad, stadsstyrelsen", true);
    assert_both(&both, "10.3.2026 kl. 17.00", true);
    assert_both(&both, "Förbättrar sysselsättningen", true);
    assert_both(&both, "genom omröstning", true);
    assert_both(&both, "§ 11: ärendet bordlades", true);
    assert_both(&both, "Anvisning om begäran om omprövning", true);
    assert_both(&both, "[namnet borttaget]", true);
    assert_both(&both, "Esittelijän", false);
    both_free(&both);
}

/* Its applicant took it back while it was on the agenda: nothing comes after this. */
static void test_withdrawn_on_the_agenda(void **state)
{
    struct section *s = kannus("fi");

    (void)state;
    s->c.state = CASE_WITHDRAWN;
    s->item.outcome = OUTCOME_RETURNED;
    s->item.words = "Hakija on peruuttanut hakemuksensa.";
    s->item.cents = 0;
    s->facts.days = minutes_days(s->item.outcome, 20000, 20003, 30);
    assert_says(s, false, (const char *const[]){"hakemus on peruutettu, asiaa ei ratkaistu", NULL}, true);
    assert_says(s, false, (const char *const[]){"palautettu valmisteltavaksi", NULL}, false);
}

/* What was prepared is too long for one document: the extract says where it stands, and has all that was decided. */
static void test_brief(void **state)
{
    struct section *s = kannus("fi");

    (void)state;
    s->facts.brief = true;
    for (int bare = 0; bare < 2; bare++) {
        assert_says(s, bare != 0,
                    (const char *const[]){"kunnan kirjaamosta diaarinumerolla 18/00.01.05/2026", "Kuntarahahakemus",
                                          "Kaupunginhallitus päättää osallistua", "Kaupunginhallitus hyväksyi", "Oikaisuvaatimusohje",
                                          NULL},
                    true);
        assert_says(s, bare != 0, (const char *const[]){"Hanke kehittää mallin", "hyvinvointia", "Kannatamme", NULL}, false);
    }
}

/* However many lines, paragraphs and lists somebody makes of it, a text takes no more memory than a hundred times itself. */
static void test_texts_of_many_lines(void **state)
{
    static const char *const lines[] = {"- a\nb\n", "- a\n1. b\n", "a\n", "a\n\n", "- a\n"};
    static char text[20001];
    struct case_text only = {TEXT_OTHER, "", text, false};
    struct section *s = kannus("fi");

    (void)state;
    s->c.texts = &only;
    s->c.text_count = 1;
    for (size_t i = 0; i < COUNT(lines); i++) {
        const size_t len = strlen(lines[i]);
        for (size_t at = 0; at + 1 < sizeof text; at++)
            text[at] = lines[i][at % len];
        struct arena *own = arena_new(4096);
        assert_non_null(minutes_build(own, &s->facts, false));
        assert_in_range(arena_used(own), sizeof text, 100 * sizeof text + (size_t)64 * 1024);
        arena_free(own);
    }
}

/* What concerns preparation alone can not be had reviewed. */
static void test_returned_and_tabled(void **state)
{
    struct section *s = kannus("fi");

    (void)state;
    s->item.outcome = OUTCOME_RETURNED;
    s->item.cents = 0;
    s->item.nomination_count = 0;
    s->facts.days = minutes_days(s->item.outcome, 20000, 20003, 30);
    assert_says(s, false, (const char *const[]){"palautettu valmisteltavaksi", "136 §", "koskee vain asian valmistelua", NULL}, true);
    assert_says(s, false, (const char *const[]){"Oikaisuvaatimusohje", "14 päivän", "Myönnetty osuus", NULL}, false);
}

/* Headings, lists and tables are what they look like to a screen reader too; it follows PDF/UA. */
static void test_tags(void **state)
{
    char *words = read_pdf(minutes_build(arena, &kannus("fi")->facts, false), "/usr/bin/python3 " READ_TAGS " x.pdf" PLAIN);
    static const char *const parts[] = {"PDF/UA 1",
                                        "H1: Rahoitusosuus Timantti-hankkeeseen",
                                        "H2: Tavoitteet P: Tavoitteena on: L Decimal LI Lbl: 1. LBody: tilannekuva <nyt & heti>",
                                        "Lbl: 2. LBody: selvitys LI Lbl: 3. LBody: verkosto",
                                        "H2: Toimenpiteet H3: Työpaketti 1 L Disc LI",
                                        "viestintä H3: Työpaketti 2 P: Kysely.",
                                        "TH Column: Vaikutus TH Column: Arvio TH Column: Huomautus",
                                        "H2: Päätös"};

    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(words, parts[i]) == NULL)
            fail_msg("no \"%s\" in:\n%s", parts[i], words);
    free(words);
}

static void test_the_same_facts_give_the_same_bytes(void **state)
{
    struct buf one = {0}, two = {0};

    (void)state;
    assert_int_equal(letter_pdf(minutes_build(arena, &quarrel("fi")->facts, false), NULL, &one), ERR_OK);
    assert_int_equal(letter_pdf(minutes_build(arena, &quarrel("fi")->facts, false), NULL, &two), ERR_OK);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    assert_true(one.len < 60000);
    buf_fini(&one);
    buf_fini(&two);
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(1 << 16);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_section_of_kannus),              /* all that a reader looks for, in both forms */
        cmocka_unit_test(test_what_is_confidential_is_in_none),    /* texts, documents and their titles; no bracket is left */
        cmocka_unit_test(test_votes_dissents_and_who_stood_aside), /* with names; a tie, and whose vote decided */
        cmocka_unit_test(test_the_chair_stands_aside),             /* who led the item, who was there in it */
        cmocka_unit_test(test_names_leave_and_the_decision_stays), /* no name, in no part */
        cmocka_unit_test(test_in_swedish),                         /* the words, the instruction, what stands instead of names */
        cmocka_unit_test(test_returned_and_tabled),                /* no review can be requested */
        cmocka_unit_test(test_withdrawn_on_the_agenda),            /* it does not say that it comes again */
        cmocka_unit_test(test_brief),                              /* full and bare: where the rest stands */
        cmocka_unit_test(test_texts_of_many_lines),                /* memory grows with the text, not with its square */
        cmocka_unit_test(test_tags),                               /* headings, lists, tables; PDF/UA */
        cmocka_unit_test(test_the_same_facts_give_the_same_bytes), /* of a PDF */
    };
    return cmocka_run_group_tests(tests, begin, end);
}
