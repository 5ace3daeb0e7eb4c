/* GetDraw: public. What was bound, and once it is drawn the seed, the beacon and every award's tag: enough for anybody to draw again;
 * page by page where there are many. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/draw_message.h"

enum err get_draw_needs(struct job *job, struct workset *w)
{
    const Funding__GetDrawRequest *request = (const Funding__GetDrawRequest *)job->message;
    struct uuid id;
    struct span after;
    enum err err = check_range(job, "pageSize", request->page_size, 0, DRAW_PAGE);

    if (err == ERR_OK)
        err = page_key(job, request->page_token, sizeof(struct hash), sizeof(struct hash), &after);
    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_READ);
    if (err == ERR_OK)
        err = check_id(job, "callId", &request->call_id, &id);
    if (err == ERR_OK)
        draw_want(w, job, id);
    return err;
}

void get_draw_decide(struct job *job, struct workset *w)
{
    const Funding__GetDrawRequest *request = (const Funding__GetDrawRequest *)job->message;
    const size_t most = request->page_size > 0 ? request->page_size : DRAW_PAGE;
    const struct call *call = call_visible(job, w);
    struct draw_ask *draw = draw_asked(w, job);
    struct span after;

    if (call == NULL || page_key(job, request->page_token, sizeof(struct hash), sizeof(struct hash), &after) != ERR_OK)
        return;
    if (!draw->bound) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (draw->drawn_us != 0)
        draw_make(draw->seed, draw->beacon, draw->rows, draw->count, draw->permille);
    job_answer(job, &draw_message(job->arena, call, draw, after, most)->base, 0);
}
