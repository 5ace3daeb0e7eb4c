/* Letters about what is decided of a grant later, as their readers see them: the PDF by poppler and qpdf, the HTML by html5lib. What the
 * law asks of a decision is looked for; whatever stands in one form stands in the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/date.h"
#include "common/base/time.h"
#include "services/funding/document/follow_letter.h"
#include "services/funding/document/letter_html.h"
#include "services/funding/document/letter_pdf.h"
#include "tests/unit/doc/look.h"

#define PLAIN " | sed 's/\xc2\xa0/ /g' | tr '\\n' ' '" /* readers of PDF give a plain space for one that does not break */

static struct arena *arena;

static struct call call = {.register_number = "12/20.01/2026",
                           .authority_kind = AUTHORITY_STATE,
                           .authority = {"Esimerkkivirasto", "Exempelverket", "Example Agency"},
                           .contact = "Esimerkkiviraston kirjaamo, kirjaamo@example.fi",
                           .payee = "Esimerkkivirasto",
                           .payee_iban = "FI21 1234 5600 0007 85",
                           .payee_reference = "",
                           .title = {"Oikeus oppia", "Rätt att lära", "Right to learn"}};
static struct amount partners[] = {{1, 1000000, "Kuopion esimerkkikoulu", "0313471-7"}, {2, 2163550, "Kuntayhtymä <A & B>", "0245894-7"}};
static struct amount asked[] = {{1, 900000, "Kuopion esimerkkikoulu", "0313471-7"},
                                {2, 2163550, "Kuntayhtymä <A & B>", "0245894-7"},
                                {3, 100000, "Uusi osapuoli", "0204819-8"}};
static const struct call_official decider = {.name = "Pauli Päättäjä", .title = "johtaja"};

static struct award award(const char *language)
{
    return (struct award){.granted_cents = 3163550,
                          .paid_cents = 2000000,
                          .register_number = "345/20.01/2026",
                          .title = "Ohjaus kuntoon",
                          .language = language,
                          .use_until = date_days(2028, 6, 30),
                          .partners = {partners, 2}};
}

static struct follow_facts facts_of(const struct award *a)
{
    return (struct follow_facts){.call = &call,
                                 .award = a,
                                 .final_due = date_days(2028, 11, 30),
                                 .decider = &decider,
                                 .review_version = "state-2020",
                                 .review_days = 30,
                                 .decided_us = date_days(2026, 11, 22) * TIME_DAY + 9 * TIME_HOUR};
}

static void assert_both_say(const struct letter *letter, const char *const *parts)
{
    struct buf out = {0};

    assert_int_equal(letter_pdf(letter, NULL, &out), ERR_OK);
    char *pdf = look("x.pdf", &out,
                     "qpdf --check x.pdf > /dev/null && pdfinfo x.pdf | grep -q 'Tagged: *yes' && pdftotext -nopgbrk -raw x.pdf -" PLAIN);
    buf_clear(&out);
    letter_html(letter, &out);
    char *html =
        look("x.html", &out,
             "/usr/bin/python3 -c \"import html5lib,sys;"
             "t=html5lib.HTMLParser(strict=True,namespaceHTMLElements=False).parse(open('x.html','rb').read(),transport_encoding='utf-8');"
             "print(t.get('lang'),' '.join(' '.join(t.find('body').itertext()).split(' ')))\"" PLAIN);
    for (; *parts != NULL; parts++) {
        if (strstr(pdf, *parts) == NULL)
            fail_msg("the PDF does not say \"%s\":\n%s", *parts, pdf);
        if (strstr(html, *parts) == NULL)
            fail_msg("the HTML does not say \"%s\":\n%s", *parts, html);
    }
    free(pdf);
    free(html);
    buf_fini(&out);
}

static struct amendment amendment(void)
{
    struct amendment m = {.reasons = "Koulutuksia siirtyi <syksyyn>.", .submitted_us = date_days(2026, 11, 2) * TIME_DAY + 12 * TIME_HOUR};

    m.parts[m.part_count++] = (struct amendment_part){.kind = CHANGE_PERIOD,
                                                      .asked = {.use_until = date_days(2028, 12, 31), .words = ""},
                                                      .outcome = ANSWER_CHANGED,
                                                      .accepted = {.use_until = date_days(2028, 9, 30), .words = ""},
                                                      .reason = "Määräraha on käytettävissä syyskuun loppuun."};
    m.parts[m.part_count++] = (struct amendment_part){.kind = CHANGE_CONTENT,
                                                      .asked = {.use_until = NO_DAY, .words = "Verkkokoulutus lähikoulutuksen sijaan."},
                                                      .outcome = ANSWER_REJECTED,
                                                      .accepted = {.use_until = NO_DAY, .words = ""},
                                                      .reason = "Lähikoulutus oli avustuksen peruste."};
    m.parts[m.part_count++] = (struct amendment_part){.kind = CHANGE_PARTNERS,
                                                      .asked = {.use_until = NO_DAY, .words = "", .amounts = {asked, 3}},
                                                      .outcome = ANSWER_ACCEPTED,
                                                      .accepted = {.use_until = NO_DAY, .words = "", .amounts = {asked, 3}},
                                                      .reason = ""};
    return m;
}

static void test_a_change_part_by_part(void **state)
{
    (void)state;
    const struct award fi = award("fi"), sv = award("sv");
    const struct amendment m = amendment();
    struct follow_facts facts = facts_of(&fi);
    facts.amendment = &m;
    assert_both_say(follow_letter_build(arena, &facts), (const char *const[]){"Päätös muutoshakemukseen",
                                                                              "Esimerkkivirasto",
                                                                              "22.11.2026",
                                                                              "345/20.01/2026",
                                                                              "saapunut 2.11.2026",
                                                                              "siirtyi <syksyyn>",
                                                                              "Kuopion esimerkkikoulu (0313471-7)",
                                                                              "käyttöaika päättyy 31.12.2028",
                                                                              "avustusta saa käyttää 30.9.2028 asti",
                                                                              "viimeistään 30.11.2028",
                                                                              "Määräraha on käytettävissä",
                                                                              "hylätään tältä osin",
                                                                              "Lähikoulutus oli avustuksen peruste.",
                                                                              "Uusi osapuoli (0204819-8) – 1 000,00 €",
                                                                              "11, 13, 14 ja 34 §",
                                                                              "Pauli Päättäjä, johtaja",
                                                                              "ilman esittelyä",
                                                                              "kirjaamo@example.fi",
                                                                              "30 päivän",
                                                                              "Liite: Oikaisuvaatimusohje",
                                                                              NULL});
    facts.award = &sv;
    assert_both_say(follow_letter_build(arena, &facts),
                    (const char *const[]){"Beslut om ändringsansökan", "Exempelverket", "användas till och med 30.9.2028",
                                          "avslås i denna del", "Anvisning om begäran om omprövning", NULL});
}

static void test_a_recovery_says_where_to_pay(void **state)
{
    (void)state;
    const struct award fi = award("fi"), en = award("en");
    struct recovery r = {
        .kind = RECOVERY_RETURN, .cents = 250050, .reasons = "Avustuksesta jäi käyttämättä 2 500,50 €.", .due_on = date_days(2027, 1, 15)};
    struct follow_facts facts = facts_of(&fi);
    facts.recovery = &r;
    assert_both_say(follow_letter_build(arena, &facts),
                    (const char *const[]){"Päätös avustuksen palauttamisesta", "josta on maksettu 20 000,00 €",
                                          "palauttamaan avustusta 2 500,50 €", "viimeistään 15.1.2027", "Avustuksesta jäi käyttämättä",
                                          "20 ja 34 §", "FI21 1234 5600 0007 85", "Diaarinumero 345/20.01/2026", "Pauli Päättäjä, johtaja",
                                          "Liite: Oikaisuvaatimusohje", NULL});
    r.kind = RECOVERY_DISCRETIONARY;
    call.payee_reference = "Ref 7";
    facts.award = &en;
    assert_both_say(follow_letter_build(arena, &facts),
                    (const char *const[]){"Decision on the recovery of a grant", "recovers €2,500.50 of the grant", "sections 22 and 34",
                                          "Ref 7, register number 345/20.01/2026", "15 January 2027", NULL});
    call.payee_reference = "";
}

/* A municipality's letter rests on its own law. */
static void test_a_municipality(void **state)
{
    (void)state;
    const struct award fi = award("fi");
    const struct recovery r = {.kind = RECOVERY_MANDATORY, .cents = 100, .reasons = "Syy.", .due_on = date_days(2027, 1, 15)};
    struct follow_facts facts = facts_of(&fi);
    struct buf out = {0};

    facts.recovery = &r;
    facts.review_version = "municipal-2020";
    facts.review_days = 14;
    call.authority_kind = AUTHORITY_MUNICIPAL;
    letter_html(follow_letter_build(arena, &facts), &out);
    call.authority_kind = AUTHORITY_STATE;
    buf_u8(&out, 0);
    assert_non_null(strstr((const char *)out.data, "Takaisinperintäpäätös"));
    assert_non_null(strstr((const char *)out.data, "kuntalaki"));
    assert_null(strstr((const char *)out.data, "688/2001"));
    buf_fini(&out);
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
        cmocka_unit_test(test_a_change_part_by_part),        /* outcomes with reasons, amounts now, asked and decided */
        cmocka_unit_test(test_a_recovery_says_where_to_pay), /* whom, account, mark, amount, day */
        cmocka_unit_test(test_a_municipality),               /* names its own law */
    };
    return cmocka_run_group_tests(tests, start, stop);
}
