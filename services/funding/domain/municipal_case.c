/* See municipal_case.h. */
#include "services/funding/domain/municipal_case.h"

#include <string.h>

/* --- statements ---------------------------------------------------------------------------------------------------------- */
struct statement *case_statement(const struct municipal_case *c, struct uuid statement_id)
{
    for (size_t i = 0; i < c->statement_count; i++)
        if (uuid_compare(c->statements[i].id, statement_id) == 0)
            return &c->statements[i];
    return NULL;
}

/* Capital letters of ASCII aside, and what is white at the ends: the same body asked by another spelling of it is the official's to see. */
static bool same_body(const char *a, const char *b)
{
    while (*a == ' ')
        a++;
    while (*b == ' ')
        b++;
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        const char x = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a, y = *b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b;
        if (x != y)
            return false;
    }
    while (*a == ' ')
        a++;
    while (*b == ' ')
        b++;
    return *a == '\0' && *b == '\0';
}

bool case_statement_ring(const struct municipal_case *c, const struct statement *last, const char *next)
{
    size_t length = 1;

    for (const struct statement *s = last; s != NULL; s = uuid_is_nil(s->follows_id) ? NULL : case_statement(c, s->follows_id)) {
        if (same_body(s->asked, next) || ++length > CASE_CHAIN_MAX)
            return true;
    }
    return false;
}

bool case_asks(const struct municipal_case *c, struct uuid person)
{
    for (size_t i = 0; i < c->statement_count; i++)
        if (!uuid_is_nil(person) && uuid_compare(c->statements[i].person_id, person) == 0)
            return true;
    return false;
}

struct uuid case_paper_owner(struct uuid case_id)
{
    return uuid_from(case_id, span_text("applicant"));
}

/* --- who sees what, and when --------------------------------------------------------------------------------------------- */
bool case_is_public(const struct municipal_case *c)
{
    return c->public_us != 0;
}

/* What is prepared anew is proposed anew: while the newest proposal is on no public agenda, the content may be another than was there. */
bool case_content_is_public(const struct municipal_case *c)
{
    return case_is_public(c) && !case_is_prepared(c) && c->state != CASE_WITHDRAWN && c->proposal != NULL && c->proposal->made_us != 0;
}

bool case_is_prepared(const struct municipal_case *c)
{
    return c->state == CASE_FILED || c->state == CASE_IN_PREPARATION;
}

bool case_takes_statements(const struct municipal_case *c)
{
    return case_is_prepared(c) || c->state == CASE_PROPOSED;
}

bool case_is_in_meeting(const struct municipal_case *c)
{
    for (size_t i = 0; i < c->item_count; i++)
        if (!c->items[i].published && c->items[i].meeting_state >= MEETING_OPEN && c->items[i].meeting_state <= MEETING_CHECKED)
            return true;
    return false;
}

const struct board_proposal *case_proposal(const struct municipal_case *c, struct uuid proposal_id)
{
    for (size_t i = 0; i < c->proposal_count; i++)
        if (uuid_compare(c->proposals[i].id, proposal_id) == 0)
            return &c->proposals[i];
    return NULL;
}

const struct board_proposal *case_proposal_made(const struct municipal_case *c)
{
    for (size_t i = c->proposal_count; i-- > 0;)
        if (c->proposals[i].made_us != 0)
            return &c->proposals[i];
    return NULL;
}

static bool is_before_a_board(const struct case_item *item)
{
    return !item->published && item->meeting_state != MEETING_PLANNED && item->meeting_state != MEETING_CANCELLED;
}

bool case_names_shown(const struct municipal_case *c, int64_t today)
{
    bool published = false;

    for (size_t i = 0; i < c->item_count; i++) {
        if (is_before_a_board(&c->items[i]) || (c->items[i].published && c->items[i].names_until >= today))
            return true;
        published = published || c->items[i].published;
    }
    return !published && c->state != CASE_WITHDRAWN;
}

/* --- what keeps it from being proposed ------------------------------------------------------------------------------------ */
static bool has_text(const struct municipal_case *c, enum case_text_kind kind)
{
    for (size_t i = 0; i < c->text_count; i++)
        if (c->texts[i].kind == kind)
            return true;
    return false;
}

static bool has_document(const struct municipal_case *c, enum case_document_kind kind)
{
    for (size_t i = 0; i < c->document_count; i++)
        if (c->documents[i].kind == kind)
            return true;
    return false;
}

static void check_content(const struct municipal_case *c, struct findings *findings)
{
    if (c->preparer_count == 0)
        finding_error(findings, "municipal.case.preparer",
                      FINDING_TEXT("Lisää asian valmistelija: nimike ja nimi", "Lägg till ärendets beredare: titel och namn",
                                   "Add who prepares the case: title and name"),
                      "content.preparers");
    if (!has_text(c, TEXT_BACKGROUND))
        finding_error(findings, "municipal.case.background",
                      FINDING_TEXT("Kirjoita asian tausta: mistä on kyse ja kuka hakee",
                                   "Skriv ärendets bakgrund: vad saken gäller och vem som ansöker",
                                   "Write the background: what it is about and who applies"),
                      "content.texts");
    if (!has_document(c, DOCUMENT_APPLICATION))
        finding_error(findings, "municipal.case.application",
                      FINDING_TEXT("Lisää hakemus asian asiakirjoihin", "Lägg till ansökan bland ärendets handlingar",
                                   "Add the application to the documents of the case"),
                      "documents");
}

static const struct case_impact *impact_of(const struct municipal_case *c, int32_t dimension)
{
    for (size_t i = 0; i < c->impact_count; i++)
        if (c->impacts[i].dimension == dimension)
            return &c->impacts[i];
    return NULL;
}

static void check_impacts(const struct municipal_case *c, const struct municipality *m, struct findings *findings)
{
    for (size_t i = 0; i < m->dimension_count; i++) {
        const struct case_impact *impact = impact_of(c, m->dimensions[i].n);

        if (impact == NULL)
            finding_error(findings, "municipal.case.impact",
                          FINDING_TEXT("Arvioi tämä vaikutus: myönteinen, neutraali tai kielteinen",
                                       "Bedöm denna konsekvens: positiv, neutral eller negativ",
                                       "Assess this impact: positive, neutral or negative"),
                          "content.impacts[dimension=%d]", (int)m->dimensions[i].n);
        else if (impact->effect == IMPACT_NEGATIVE && *impact->remark == '\0')
            finding_warning(findings, "municipal.case.impact-remark",
                            FINDING_TEXT("Vaikutus on kielteinen: kerro huomautuksessa, miten",
                                         "Konsekvensen är negativ: berätta i anmärkningen på vilket sätt",
                                         "The impact is negative: say in the remark how"),
                            "content.impacts[dimension=%d].remark", (int)m->dimensions[i].n);
    }
}

static void check_statements(const struct municipal_case *c, int64_t today, struct findings *findings)
{
    for (size_t i = 0; i < c->statement_count; i++) {
        const struct statement *s = &c->statements[i];

        if (s->state == STATEMENT_REQUESTED && s->due_on < today)
            finding_warning(
                findings, "municipal.statement.late",
                FINDING_TEXT("Lausunnon määräpäivä on ohi: muistuta lausunnonantajaa tai merkitse, ettei lausuntoa annettu",
                             "Utlåtandets tidsfrist har gått ut: påminn den som ska ge det, eller anteckna att inget utlåtande gavs",
                             "The statement is late: remind whoever was asked, or note that none was given"),
                "statements[%zu].dueOn", i);
        else if (s->state == STATEMENT_REQUESTED)
            finding_warning(findings, "municipal.statement.open",
                            FINDING_TEXT("Lausuntoa odotetaan yhä", "Utlåtandet väntas fortfarande", "The statement is still awaited"),
                            "statements[%zu].state", i);
        else if (s->state == STATEMENT_NOT_GIVEN)
            finding_warning(findings, "municipal.statement.none",
                            FINDING_TEXT("Pyydettyä lausuntoa ei annettu", "Det begärda utlåtandet gavs inte",
                                         "The statement that was asked for was not given"),
                            "statements[%zu].state", i);
    }
}

void case_check(const struct municipal_case *c, const struct municipality *municipality, int64_t today, struct findings *findings)
{
    check_content(c, findings);
    check_impacts(c, municipality, findings);
    check_statements(c, today, findings);
}
