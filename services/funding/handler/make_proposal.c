/* MakeProposal: a preparer has the choice computed that brings the most points under the allocations of themes and call
 * (domain/portfolio.h). It is exact, and kept as it is; preparers write assessments by it, and say why where they differ. */
#include <inttypes.h>

#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/proposal_message.h"
#include "services/funding/handler/tell_evaluation.h"
#include "services/funding/handler/who.h"

enum err make_proposal_needs(struct job *job, struct workset *w)
{
    const enum err err = who_prepares(job);

    return err == ERR_OK ? proposal_input_want(job, w, &((const Funding__MakeProposalRequest *)job->message)->call_id, CALL_LOCK) : err;
}

static bool may_make(struct job *job, const struct call *call)
{
    if (!call_prepared_by(call, job->actor))
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-preparer", NULL, "Et ole tämän haun valmistelija",
                       "Du är inte beredare för denna utlysning", "You are no preparer of this call");
    else if (call->state != CALL_PUBLISHED)
        (void)job_fail(job, ERR_REFUSED, "funding.proposal.state", NULL, "Päätösehdotus tehdään julkaistusta hausta, jota ei ole ratkaistu",
                       "Ett beslutsförslag görs för en publicerad utlysning som inte är avgjord",
                       "A proposal is made for a published call that is not resolved");
    else
        return true;
    return false;
}

static bool has_candidates(struct job *job, const struct portfolio *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->items[i].candidate)
            return true;
    (void)job_fail(job, ERR_REFUSED, "funding.proposal.nothing", NULL,
                   "Yhtäkään hakemusta ei voi ehdottaa: tallenna ensin arvioita, jotka puoltavat rahoitusta",
                   "Ingen ansökan kan föreslås: spara först bedömningar som förordar finansiering",
                   "No application can be proposed: first save evaluations that are for funding");
    fact_number(job, "applications", p->count);
    return false;
}

/* More are not loaded: a choice among some of them would not be the best. */
static bool has_all(struct job *job, const struct workset *w)
{
    if (application_asked(w, job)->count < APPLICATION_MANY)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.proposal.too-many", NULL,
                   "Haussa on liikaa hakemuksia: päätösehdotus tehdään enintään 4 999 hakemuksesta",
                   "Utlysningen har för många ansökningar: ett beslutsförslag görs för högst 4 999 ansökningar",
                   "The call has too many applications: a proposal is made for at most 4,999 of them");
    return false;
}

static bool choose(struct job *job, struct workset *w, struct portfolio *p)
{
    const size_t size = portfolio_scratch(p->count, p->theme_count);

    if (portfolio_choose(p, arena_alloc(w->arena, size), size))
        return true;
    (void)job_fail(
        job, ERR_REFUSED, "funding.proposal.too-hard", NULL,
        "Hakemusten summat ja pisteet ovat sellaisia, ettei varmasti parasta valintaa voi laskea. Pyöristä valmisteltavat summat, "
        "esimerkiksi täysiin kymmeniin tuhansiin euroihin",
        "Ansökningarnas belopp och poäng är sådana att det inte går att med säkerhet beräkna det bästa valet. Avrunda de belopp "
        "som bereds, till exempel till jämna tiotusental euro",
        "The amounts and points are such that the surely best choice cannot be computed. Round the amounts that are prepared, for "
        "example to tens of thousands of euros");
    return false;
}

static struct proposal_row row_of(const struct proposal_input *input, size_t i)
{
    const struct portfolio_item *item = &input->portfolio.items[i];
    struct proposal_row row = {.application_id = input->applications[i]->id,
                               .theme_id = input->applications[i]->theme_id,
                               .points = item->points,
                               .cents = item->cents,
                               .why = item->why,
                               .chosen = item->chosen,
                               .loss = item->loss,
                               .displaces_count = item->displaces_count,
                               .displaces_all = item->displaces_all};

    for (size_t k = 0; k < item->displaces_count; k++)
        row.displaces[k] = input->applications[item->displaces[k]]->id;
    return row;
}

static struct proposal *proposal_from(const struct job *job, struct workset *w, const struct call *call, const struct proposal_input *input)
{
    struct proposal *p = arena_alloc(w->arena, sizeof *p);
    size_t chosen = 0;

    *p = (struct proposal){.id = uuid_v7(w->now_us),
                           .call_id = call->id,
                           .actor = job->actor,
                           .made_us = w->now_us,
                           .input_hash = input->hash,
                           .points = input->portfolio.points,
                           .cents = input->portfolio.cents,
                           .count = input->portfolio.count};
    p->rows = arena_array(w->arena, p->count, sizeof *p->rows);
    for (size_t i = 0; i < p->count; i++) {
        p->rows[i] = row_of(input, i);
        chosen += p->rows[i].chosen;
    }
    p->words = arena_printf(w->arena, "%zu of %zu applications chosen: %" PRId64 " points for %" PRId64 " cents", chosen, p->count,
                            p->points, p->cents);
    return p;
}

void make_proposal_decide(struct job *job, struct workset *w)
{
    const struct call *call = proposal_call(job, w);

    if (call == NULL || !may_make(job, call) || !evaluation_call_closed(job, call, w->now_us))
        return;
    struct proposal_input *input = proposal_input_of(job, w, call);
    if (!has_all(job, w) || !has_candidates(job, &input->portfolio) || !choose(job, w, &input->portfolio))
        return;
    const struct proposal *proposal = proposal_from(job, w, call, input);
    proposal_add(w, proposal);
    tell_proposal(w, job, proposal);
    proposal_answer(job, w, call, proposal, false);
}
