/* See amendment.h. */
#include "services/funding/domain/amendment.h"

#include <stdio.h>
#include <string.h>

#include "services/funding/domain/business_id.h"

struct amendment_part *amendment_part(struct amendment *amendment, enum change_kind kind)
{
    for (size_t i = 0; i < amendment->part_count; i++)
        if (amendment->parts[i].kind == kind)
            return &amendment->parts[i];
    return NULL;
}

bool amendment_late(const struct award *award, int64_t today)
{
    return award->use_until != NO_DAY && award->use_until - today < AMENDMENT_EARLY_DAYS;
}

void change_name(enum change_kind kind, struct change *change, const struct award *award)
{
    const struct amounts *known = kind == CHANGE_BUDGET ? &award->lines : &award->partners;

    if (kind != CHANGE_BUDGET && kind != CHANGE_PARTNERS)
        return;
    for (size_t i = 0; i < change->amounts.count && i < known->count; i++) {
        change->amounts.rows[i].name = known->rows[i].name;
        change->amounts.rows[i].business_id = known->rows[i].business_id;
    }
}

/* --- one change -------------------------------------------------------------------------------------------------------- */
static void check_period(const struct change *change, const struct award *award, const struct call *call, const char *field,
                         struct findings *findings)
{
    if (change->use_until == NO_DAY || change->use_until <= award->use_until)
        finding_error(findings, "funding.amendment.period",
                      FINDING_TEXT("Anna päivä, joka on nykyisen käyttöajan jälkeen", "Ange en dag efter den nuvarande användningstiden",
                                   "Give a day after the present period of use"),
                      "%s.useUntil", field);
    else if (change->use_until > call->use_until + AMENDMENT_LONGER_DAYS)
        finding_error(
            findings, "funding.amendment.period-too-long",
            FINDING_TEXT("Käyttöaika voi päättyä enintään kaksi vuotta haun käyttöajan päättymisen jälkeen: anna aikaisempi päivä",
                         "Användningstiden kan gå ut högst två år efter utlysningens användningstid: ange en tidigare dag",
                         "The use can go on for at most two years after the call's period of use: give an earlier day"),
            "%s.useUntil", field);
}

static void check_rows(const struct amounts *amounts, size_t known, const char *field, const char *list, struct findings *findings)
{
    for (size_t i = 0; i < amounts->count; i++) {
        const struct amount *row = &amounts->rows[i];
        if (row->n != i + 1)
            finding_error(findings, "funding.amendment.rows",
                          FINDING_TEXT("Anna kaikki rivit järjestyksessä, numerosta 1 alkaen", "Ange alla rader i ordning, från nummer 1",
                                       "Give all rows in order, from number 1 on"),
                          "%s.%s[%zu].n", field, list, i);
        if (row->n > known && *row->name == '\0')
            finding_error(findings, "funding.amendment.name",
                          FINDING_TEXT("Anna uuden rivin nimi", "Ange namnet på den nya raden", "Give the new row a name"),
                          "%s.%s[%zu].name", field, list, i);
    }
    if (amounts->count < known)
        finding_error(findings, "funding.amendment.rows",
                      FINDING_TEXT("Rivejä puuttuu: anna nekin, joista tulee 0 euroa", "Rader saknas: ange också dem som blir 0 euro",
                                   "Rows are missing: give those too that become 0 euros"),
                      "%s.%s", field, list);
}

static void check_budget(const struct change *change, const struct award *award, const char *field, struct findings *findings)
{
    check_rows(&change->amounts, award->lines.count, field, "lines", findings);
    if (amounts_sum(&change->amounts) != amounts_sum(&award->lines))
        finding_error(findings, "funding.amendment.budget-sum",
                      FINDING_TEXT("Käyttösuunnitelman summan on pysyttävä samana", "Användningsplanens summa ska förbli densamma",
                                   "The sum of the spending plan has to stay the same"),
                      "%s.lines", field);
}

static bool is_there(const struct amounts *partners, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(partners->rows[k].business_id, partners->rows[i].business_id) == 0)
            return true;
    return false;
}

static void check_new_partner(const struct amounts *partners, size_t i, const char *field, struct findings *findings)
{
    if (!business_id_valid(partners->rows[i].business_id))
        finding_error(findings, "funding.amendment.business-id",
                      FINDING_TEXT("Anna uuden osapuolen Y-tunnus muodossa 1234567-1",
                                   "Ange den nya partens FO-nummer i formatet 1234567-1",
                                   "Give the new partner's business ID in the form 1234567-1"),
                      "%s.partners[%zu].businessId", field, i);
    else if (is_there(partners, i))
        finding_error(findings, "funding.amendment.partner-twice",
                      FINDING_TEXT("Osapuoli on jo mukana: muuta sen omaa riviä", "Parten är redan med: ändra partens egen rad",
                                   "The partner is there already: change its own row"),
                      "%s.partners[%zu].businessId", field, i);
}

static void check_partners(const struct change *change, const struct award *award, const char *field, struct findings *findings)
{
    for (size_t i = award->partners.count; i < change->amounts.count; i++)
        check_new_partner(&change->amounts, i, field, findings);
    check_rows(&change->amounts, award->partners.count, field, "partners", findings);
    if (amounts_sum(&change->amounts) != award->granted_cents)
        finding_error(findings, "funding.amendment.partner-sum",
                      FINDING_TEXT("Osapuolten määrien on oltava yhteensä myönnetty avustus",
                                   "Parternas belopp ska tillsammans vara det beviljade understödet",
                                   "The partners' amounts have to be the grant together"),
                      "%s.partners", field);
}

void change_check(enum change_kind kind, const struct change *change, const struct award *award, const struct call *call, const char *field,
                  struct findings *findings)
{
    switch (kind) {
    case CHANGE_PERIOD:
        check_period(change, award, call, field, findings);
        break;
    case CHANGE_CONTENT:
        if (*change->words == '\0')
            finding_error(
                findings, "funding.amendment.words",
                FINDING_TEXT("Kerro, mitä sisällöstä muuttuu", "Berätta vad som ändras i innehållet", "Tell what of the content changes"),
                "%s.words", field);
        break;
    case CHANGE_BUDGET:
        check_budget(change, award, field, findings);
        break;
    case CHANGE_PARTNERS:
        check_partners(change, award, field, findings);
        break;
    }
}

/* --- an application ---------------------------------------------------------------------------------------------------- */
#define FIELD_MAX 40

static bool is_twice(const struct amendment *amendment, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (amendment->parts[k].kind == amendment->parts[i].kind)
            return true;
    return false;
}

static void check_part(const struct amendment *amendment, size_t i, const struct award *award, const struct call *call, int64_t today,
                       struct findings *findings)
{
    const struct amendment_part *part = &amendment->parts[i];
    char field[FIELD_MAX];

    (void)snprintf(field, sizeof field, "parts[%zu].asked", i);
    if (is_twice(amendment, i))
        finding_error(findings, "funding.amendment.twice",
                      FINDING_TEXT("Pyydä kutakin muutosta vain kerran", "Begär varje ändring bara en gång", "Ask each change only once"),
                      "parts[%zu].kind", i);
    if (part->kind == CHANGE_PERIOD && award->use_until != NO_DAY && today > award->use_until)
        finding_error(findings, "funding.amendment.use-ended",
                      FINDING_TEXT("Käyttöaika on jo päättynyt: sitä ei voi enää jatkaa",
                                   "Användningstiden har redan gått ut: den kan inte längre förlängas",
                                   "The period of use has ended: it cannot be made longer any more"),
                      "%s", field);
    else
        change_check(part->kind, &part->asked, award, call, field, findings);
}

void amendment_check(const struct amendment *amendment, const struct award *award, const struct call *call, int64_t today,
                     struct findings *findings)
{
    if (amendment->part_count == 0)
        finding_error(findings, "funding.amendment.nothing",
                      FINDING_TEXT("Valitse, mitä muutosta haet", "Välj vilken ändring du ansöker om", "Choose what is to change"),
                      "parts");
    for (size_t i = 0; i < amendment->part_count; i++)
        check_part(amendment, i, award, call, today, findings);
    if (amendment_late(award, today))
        finding_warning(findings, "funding.amendment.late",
                        FINDING_TEXT("Muutosta haetaan alle 30 päivää ennen käyttöajan päättymistä",
                                     "Ändringen begärs mindre än 30 dagar före användningstidens slut",
                                     "The change is asked less than 30 days before the end of use"),
                        "parts");
}

/* --- its decision ------------------------------------------------------------------------------------------------------ */
static const struct amendment_part *part_of(const struct amendment *amendment, enum change_kind kind, size_t *at)
{
    for (size_t i = 0; i < amendment->part_count; i++)
        if (amendment->parts[i].kind == kind) {
            *at = i;
            return &amendment->parts[i];
        }
    return NULL;
}

static void check_outcome(const struct amendment_part *part, size_t i, const struct award *award, const struct call *call,
                          struct findings *findings)
{
    char field[FIELD_MAX];

    (void)snprintf(field, sizeof field, "parts[%zu].accepted", i);
    if (part->outcome == ANSWER_OPEN)
        finding_error(findings, "funding.amendment.open", FINDING_TEXT("Ratkaise jokainen osa", "Avgör varje del", "Decide every part"),
                      "parts[%zu].outcome", i);
    if ((part->outcome == ANSWER_CHANGED || part->outcome == ANSWER_REJECTED) && *part->reason == '\0')
        finding_error(findings, "funding.amendment.reason",
                      FINDING_TEXT("Perustele osa, jota ei hyväksytä sellaisenaan", "Motivera en del som inte godkänns som sådan",
                                   "Give reasons for a part that is not accepted as it stands"),
                      "parts[%zu].reason", i);
    if (part->outcome == ANSWER_CHANGED || part->outcome == ANSWER_ACCEPTED)
        change_check(part->kind, &part->accepted, award, call, field, findings);
}

void amendment_decision_check(const struct amendment *asked, const struct amendment *decided, const struct award *award,
                              const struct call *call, struct findings *findings)
{
    size_t at = 0;

    for (size_t i = 0; i < asked->part_count; i++) {
        const struct amendment_part *part = part_of(decided, asked->parts[i].kind, &at);
        if (part == NULL)
            finding_error(findings, "funding.amendment.undecided",
                          FINDING_TEXT("Päätöksestä puuttuu osa, jota on haettu", "En del som begärts saknas i beslutet",
                                       "A part that was asked is missing in the decision"),
                          "parts");
        else
            check_outcome(part, at, award, call, findings);
    }
    if (decided->part_count > asked->part_count)
        finding_error(findings, "funding.amendment.not-asked",
                      FINDING_TEXT("Päätöksessä on osa, jota ei ole haettu", "I beslutet finns en del som inte begärts",
                                   "The decision has a part that was not asked"),
                      "parts");
}
