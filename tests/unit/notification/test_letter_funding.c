/* Letters about grants and municipal cases as their readers see them: names in three languages, last days, money in exact cents, and what
 * is left out because it is not so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notification/outbound/format.h"
#include "tests/unit/notification/letters.h"

static struct letter letter;
static struct format *format;

static void expect_piece(enum message_kind kind, enum language language, const struct facts *facts, const char *piece, bool there)
{
    const struct template_texts texts = letters_texts(kind, language);
    const struct manner manner = format_manner(format, language);

    assert_int_equal(letter_write(kind, language, &texts, facts, &manner, "", &letter), LETTER_OK);
    if ((strstr(letter.text, piece) != NULL) != there)
        fail_msg("%s: \"%s\"\nin: %s", there ? "missing" : "should not be there", piece, letter.text);
}

/* A call's name is the reader's, or the Finnish one where theirs is not known. */
static void test_letter_call(void **state)
{
    struct facts facts = letters_facts(KIND_DRAFT_CLOSES, true);

    (void)state;
    expect_piece(KIND_DRAFT_CLOSES, LANGUAGE_FI, &facts, "Avustushaku Johtamisen kehittäminen 2026 päättyy pian", true);
    expect_piece(KIND_DRAFT_CLOSES, LANGUAGE_SV, &facts, "Utlysningen Utveckling av ledarskapet 2026 stängs snart", true);
    expect_piece(KIND_DRAFT_CLOSES, LANGUAGE_EN, &facts, "The call Developing leadership 2026 closes soon", true);
    facts.of[FACT_CALL_SV].known = false;
    expect_piece(KIND_DRAFT_CLOSES, LANGUAGE_SV, &facts, "Utlysningen Johtamisen kehittäminen 2026 stängs snart", true);
}

/* A day that ends at midnight is the day people mean; money is the reader's. */
static void test_letter_grant(void **state)
{
    struct facts facts = letters_facts(KIND_GRANT_DECISION, true);

    (void)state;
    expect_piece(KIND_GRANT_DECISION, LANGUAGE_FI, &facts, "viimeistään keskiviikkona 30. syyskuuta 2026", true);
    expect_piece(KIND_GRANT_DECISION, LANGUAGE_FI, &facts,
                 "Myönnetty avustus: 98\u00a0000,00\u00a0€\nSiitä organisaatiosi osuus: 24\u00a0500,50", true);
    expect_piece(KIND_GRANT_DECISION, LANGUAGE_EN, &facts, "Of which your organisation's share: €24,500.50", true);
    expect_piece(KIND_GRANT_DECISION, LANGUAGE_SV, &facts, "Beslutsfattare: Exempelverket\n", true);
    facts.of[FACT_LEAD].number = 0;
    expect_piece(KIND_GRANT_DECISION, LANGUAGE_FI, &facts, "kieltäytyä", false);
}

/* What a board did with a case: decided, with money and the last day to have it reviewed, or not decided yet, with neither. */
static void test_letter_decided(void **state)
{
    struct facts facts = letters_facts(KIND_CASE_DECIDED, true);

    (void)state;
    facts_text(&facts, FACT_OUTCOME, span_text("approved"));
    facts_number(&facts, FACT_APPLIED, 316300);
    facts_number(&facts, FACT_AMOUNT, 316300);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_FI, &facts,
                 "Kunta: Esimerkkilän kaupunki\nToimielin: Kaupunginhallitus\nKokous: 10. maaliskuuta 2026\nPykälä: 29\n\n"
                 "Päätösehdotus hyväksyttiin.\nRatkaisu: rahoitusosuus on myönnetty\nHaettu: 3\u00a0163,00\u00a0€\n"
                 "Myönnetty: 3\u00a0163,00\u00a0€\n\nJos olet tyytymätön",
                 true);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_SV, &facts, "Kommun: Exempelby stad\nOrgan: Stadsstyrelsen\n", true);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_EN, &facts, "Board: City board\nMeeting: 10 March 2026\nSection: 29\n", true);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_EN, &facts, "Applied for: €3,163.00\nGranted: €3,163.00\n", true);
    facts.of[FACT_GRANTED].number = 0; /* a proposal not to take part was approved */
    facts.of[FACT_AMOUNT].known = false;
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_FI, &facts, "Päätösehdotus hyväksyttiin.\nRatkaisu: rahoitusosuutta ei ole myönnetty\n", true);
    facts_text(&facts, FACT_OUTCOME, span_text("returned"));
    facts.of[FACT_GRANTED].known = facts.of[FACT_DUE].known = false;
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_FI, &facts, "Toimielin palautti asian valmisteltavaksi.", true);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_FI, &facts, "Ratkaisu", false);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_FI, &facts, "oikaisua", false);
    facts_text(&facts, FACT_OUTCOME, span_text("tabled"));
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_SV, &facts, "Organet bordlade ärendet.", true);
    facts_text(&facts, FACT_OUTCOME, span_text("withdrawn"));
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_FI, &facts, "Olet peruuttanut hakemuksesi", true);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_FI, &facts, "Hakemustasi ei ole vielä ratkaistu", false);
    expect_piece(KIND_CASE_DECIDED, LANGUAGE_SV, &facts, "Avgörande", false);
}

/* A meeting's time with its day; a board whose name is not known is left out of the subject. */
static void test_letter_meeting(void **state)
{
    struct facts facts = letters_facts(KIND_MEETING_SUMMONED, true);

    (void)state;
    expect_piece(KIND_MEETING_SUMMONED, LANGUAGE_FI, &facts,
                 "Aika: tiistai 10.3.2026 klo 16.00 (Suomen aikaa)\nPaikka: Kaupungintalo, Keskuskatu 1\nAsioita esityslistalla: 12\n",
                 true);
    assert_string_equal(letter.subject, "Kokouskutsu: Kaupunginhallitus 10.3.2026");
    expect_piece(KIND_MEETING_SUMMONED, LANGUAGE_EN, &facts, "Items on the agenda: 12\n", true);
    facts.of[FACT_BOARD].known = facts.of[FACT_BOARD_FI].known = false;
    expect_piece(KIND_MEETING_SUMMONED, LANGUAGE_FI, &facts, "Toimielin", false);
    assert_string_equal(letter.subject, "Kokouskutsu 10.3.2026");
}

/* A plan in exact cents; what is zero is left out, and the whole is said once it is covered. */
static void test_letter_plan(void **state)
{
    struct facts facts = letters_facts(KIND_SHARE_DECIDED, true);

    (void)state;
    expect_piece(KIND_SHARE_DECIDED, LANGUAGE_FI, &facts,
                 "Hankkeen kustannukset: 401\u00a0052,00\u00a0€\nMyönnetty yhteensä: 380\u00a0000,00\u00a0€\n"
                 "Ei myönnetty: 5\u00a0000,00\u00a0€\nPäätöstä odottaa: 16\u00a0052,00\u00a0€\n",
                 true);
    expect_piece(KIND_SHARE_DECIDED, LANGUAGE_FI, &facts, "Koko rahoitus", false);
    facts_number(&facts, FACT_PLAN_OPEN, 0);
    facts_number(&facts, FACT_PLAN_REFUSED, 0);
    facts.of[FACT_PLAN_OPEN].known = facts.of[FACT_PLAN_REFUSED].known = false;
    facts_number(&facts, FACT_COVERED, 1);
    expect_piece(KIND_SHARE_DECIDED, LANGUAGE_EN, &facts, "The whole funding has now been granted.\n", true);
    expect_piece(KIND_SHARE_DECIDED, LANGUAGE_EN, &facts, "Awaiting", false);
}

static int open_format(void **state)
{
    (void)state;
    return format_open(&format) == ERR_OK ? 0 : -1;
}

static int close_format(void **state)
{
    (void)state;
    format_close(format);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letter_call),    /* a call has a name in each language */
        cmocka_unit_test(test_letter_grant),   /* last days, money, and what is the lead's alone */
        cmocka_unit_test(test_letter_decided), /* what a board did with a case: decided, returned, tabled */
        cmocka_unit_test(test_letter_meeting), /* when, where, how many items */
        cmocka_unit_test(test_letter_plan),    /* a project's funding plan in exact cents */
    };

    return cmocka_run_group_tests(tests, open_format, close_format);
}
