/* PutProposal: the presenting official says what the board is to decide: how much, in which words, and whom to nominate. It is shown as a
 * proposal, by whom it is presented, and may be saved anew until the case is on an agenda. What is missing in the case is refused here. */
#include "common/base/workday.h"
#include "services/funding/domain/money.h"
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"

enum { PROPOSAL_WORDS_MAX = 10000 };

static enum err check_proposal(struct job *job, const Municipal__Proposal *proposal)
{
    if (proposal == NULL)
        return fail_missing(job, "proposal");
    enum err err = case_content_words(job, "proposal.words", proposal->words, 1, PROPOSAL_WORDS_MAX);
    if (err == ERR_OK)
        err = check_range(job, "proposal.cents", proposal->cents, 0, MONEY_MAX);
    if (err == ERR_OK)
        err =
            case_content_nominations(job, "proposal.nominations", proposal->nominations, proposal->n_nominations, PROPOSAL_NOMINATIONS_MAX);
    return err;
}

enum err put_proposal_needs(struct job *job, struct workset *w)
{
    const Municipal__PutProposalRequest *request = (const Municipal__PutProposalRequest *)job->message;
    enum err err = municipal_who(job, OFFICE_PRESENTER);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_proposal(job, request->proposal);
    return err == ERR_OK ? prepared_case_want(job, w, &request->case_id, true) : err;
}

static bool refuse_state(struct job *job, const struct municipal_case *c)
{
    switch (c->state) {
    case CASE_IN_PREPARATION:
    case CASE_PROPOSED:
        return false;
    case CASE_FILED:
        return prepared_case_refuse(job, c, "Asian valmistelua ei ole aloitettu: valmistelija kirjaa ensin asian sisällön",
                                    "Beredningen av ärendet har inte börjat: beredaren antecknar först ärendets innehåll",
                                    "The case is not in preparation yet: its preparer writes its content first");
    case CASE_ON_AGENDA:
    case CASE_DECIDED:
    case CASE_WITHDRAWN:
        return prepared_case_refuse(job, c, "Asia on jo esityslistalla tai sen käsittely on päättynyt: ehdotusta ei voi muuttaa",
                                    "Ärendet finns redan på en föredragningslista eller är avslutat: förslaget kan inte ändras",
                                    "The case is on an agenda or closed already: the proposal cannot be changed");
    }
    return true;
}

static bool refuse_cents(struct job *job, const struct municipal_case *c, int64_t cents)
{
    if (cents <= c->applied_cents)
        return false;
    (void)job_fail(job, ERR_REFUSED, "municipal.proposal.cents", "proposal.cents", "Enintään haettu osuus voidaan myöntää: pienennä summaa",
                   "Högst den sökta andelen kan beviljas: minska beloppet", "At most what is applied for can be granted: lower the amount");
    fact_number(job, "appliedCents", (uint64_t)c->applied_cents);
    return true;
}

static bool refuse_findings(struct job *job, const struct workset *w, const struct municipal_case *c)
{
    struct findings *findings = arena_alloc(job->arena, sizeof *findings);

    case_check(c, municipality_found(w, job), helsinki_day(w->now_us), findings);
    return findings_refuse(job, findings);
}

/* In the place of the one that is on no public agenda; else a new one behind those that were. */
static const struct board_proposal *build(const struct job *job, const struct workset *w, struct municipal_case *c)
{
    const Municipal__Proposal *request = ((const Municipal__PutProposalRequest *)job->message)->proposal;
    const struct municipal_official *presenter = municipality_official(municipality_found(w, job), job->actor, OFFICE_PRESENTER);
    const bool open = c->proposal != NULL && c->proposal->made_us == 0;
    struct board_proposal *rows = arena_array(w->arena, c->proposal_count + 1, sizeof *rows);
    const size_t at = open ? c->proposal_count - 1 : c->proposal_count;

    for (size_t i = 0; i < at; i++)
        rows[i] = c->proposals[i];
    rows[at] = (struct board_proposal){
        .id = open ? c->proposal->id : uuid_v7(w->now_us),
        .case_id = c->id,
        .words = request->words,
        .cents = request->cents,
        .presenter = job->actor,
        .presenter_title = strcmp(c->language, "sv") == 0 && *presenter->title.sv != '\0' ? presenter->title.sv : presenter->title.fi,
        .presenter_name = presenter->name,
        .saved_us = w->now_us,
        .nominations = case_content_read_nominations(w->arena, request->nominations, request->n_nominations),
        .nomination_count = request->n_nominations};
    c->proposals = rows;
    c->proposal_count = at + 1;
    return c->proposal = &rows[at];
}

void put_proposal_decide(struct job *job, struct workset *w)
{
    const Municipal__Proposal *proposal = ((const Municipal__PutProposalRequest *)job->message)->proposal;
    struct municipal_case *c = prepared_case_of(job, w, OFFICE_PRESENTER);

    if (c == NULL || check_version(job, (uint64_t)c->version) != ERR_OK)
        return;
    if (refuse_state(job, c) || refuse_cents(job, c, proposal->cents) || refuse_findings(job, w, c))
        return;
    const struct board_proposal *saved = build(job, w, c);
    if (prepared_case_too_large(job, c))
        return;
    c->version++;
    proposal_put(w, c, saved);
    if (c->state == CASE_IN_PREPARATION)
        prepared_case_move(job, w, c, CASE_PROPOSED, "proposed to the board", "");
    prepared_case_answer(job, w, c);
}
