/* MakeDraw: a preparer gives the public value that nobody knew when the seed was bound; the sample is drawn and the seed is shown. It is
 * drawn once, when all is decided and every offer of the call is answered, so that everybody who uses a grant is in it. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/draw_message.h"
#include "services/funding/handler/tell_award.h"
#include "services/funding/handler/who.h"

enum err make_draw_needs(struct job *job, struct workset *w)
{
    const Funding__MakeDrawRequest *request = (const Funding__MakeDrawRequest *)job->message;
    struct uuid id;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_LOCK);
    if (err == ERR_OK)
        err = check_text(job, "beacon", request->beacon, 1, DRAW_BEACON_MAX);
    if (err == ERR_OK)
        err = check_id(job, "callId", &request->call_id, &id);
    if (err == ERR_OK)
        draw_want(w, job, id);
    return err;
}

static bool is_refused(struct job *job, const struct call *call, const struct draw_ask *draw)
{
    if (!draw->bound)
        (void)job_fail(job, ERR_REFUSED, "funding.draw.not-bound", NULL, "Sido ensin otoksen siemenluku", "Bind först stickprovets frö",
                       "Bind the seed of the sample first");
    else if (draw->drawn_us != 0)
        (void)job_fail(job, ERR_REFUSED, "funding.draw.drawn", NULL, "Otos on jo arvottu", "Stickprovet har redan dragits",
                       "The sample has been drawn already");
    else if (call->state != CALL_RESOLVED && call->state != CALL_ENDED)
        (void)job_fail(job, ERR_REFUSED, "funding.draw.unresolved", NULL, "Arvo otos, kun kaikki haun hakemukset on ratkaistu",
                       "Dra stickprovet när alla ansökningar i utlysningen har avgjorts",
                       "Draw the sample when every application of the call is decided");
    else if (draw->offered > 0 || draw->count == 0) {
        (void)job_fail(job, ERR_REFUSED, "funding.draw.unanswered", NULL,
                       "Arvo otos, kun kaikkiin myönnettyihin avustuksiin on vastattu ja ainakin yksi on otettu vastaan",
                       "Dra stickprovet när alla beviljade understöd har besvarats och minst ett har tagits emot",
                       "Draw the sample when every grant is answered and at least one is accepted");
        fact_number(job, "unanswered", (uint64_t)draw->offered);
    } else if (draw->count > DRAW_ROWS_MAX)
        (void)job_fail(job, ERR_REFUSED, "funding.draw.too-many", NULL, "Avustuksia on enemmän kuin 10 000: otosta ei voi arpoa",
                       "Understöden är flera än 10 000: stickprovet kan inte dras",
                       "There are more than 10,000 grants: no sample can be drawn");
    else
        return false;
    return true;
}

void make_draw_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_to_prepare(job, w);
    struct draw_ask *draw = draw_asked(w, job);

    if (call == NULL || is_refused(job, call, draw))
        return;
    draw->beacon = ((const Funding__MakeDrawRequest *)job->message)->beacon;
    draw->drawn_us = draw->now_us;
    draw_make(draw->seed, draw->beacon, draw->rows, draw->count, draw->permille);
    draw_show(w, draw);
    tell_draw(w, job, call->id, draw->seed, draw->rows, draw->count);
    job_answer(job, &draw_message(w->arena, call, draw, span_text(""), DRAW_PAGE)->base, 0);
}
