/* CommitDraw: a preparer binds the seed of the audit sample, before the first final report of the call is handed in. The seed is random and
 * stays secret; what everybody sees is its SHA-256. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/draw_message.h"
#include "services/funding/handler/who.h"

enum err commit_draw_needs(struct job *job, struct workset *w)
{
    const Funding__GetCallRequest *request = (const Funding__GetCallRequest *)job->message;
    struct uuid id;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_LOCK);
    if (err == ERR_OK)
        err = check_id(job, "callId", &request->call_id, &id);
    if (err == ERR_OK)
        draw_want(w, job, id);
    return err;
}

static bool is_refused(struct job *job, const struct call *call, const struct draw_ask *draw)
{
    if (call->sample_permille == 0)
        (void)job_fail(job, ERR_REFUSED, "funding.draw.no-sample", NULL, "Haulle ei ole määrätty otoksen osuutta: aseta se ensin",
                       "Utlysningen har ingen andel för stickprovet: ange den först", "The call has no share of a sample: set it first");
    else if (draw->bound)
        (void)job_fail(job, ERR_REFUSED, "funding.draw.bound", NULL, "Otoksen siemenluku on jo sidottu", "Stickprovets frö är redan bundet",
                       "The seed of the sample is bound already");
    else if (draw->reported > 0)
        (void)job_fail(job, ERR_REFUSED, "funding.draw.too-late", NULL,
                       "Loppuselvityksiä on jo annettu: siemenluku olisi pitänyt sitoa ennen niitä",
                       "Slutredovisningar har redan lämnats: fröet borde ha bundits före dem",
                       "Final reports have been handed in: the seed had to be bound before them");
    else
        return false;
    return true;
}

void commit_draw_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_to_prepare(job, w);
    struct draw_ask *draw = draw_asked(w, job);

    if (call == NULL || is_refused(job, call, draw))
        return;
    random_bytes(draw->seed, sizeof draw->seed);
    draw->commitment = draw_commitment(draw->seed);
    draw->committed_us = w->now_us;
    draw->permille = call->sample_permille;
    draw_bind(w, draw);
    job_answer(job, &draw_message(w->arena, call, draw, span_text(""), 0)->base, 0);
}
