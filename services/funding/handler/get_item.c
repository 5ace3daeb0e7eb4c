/* GetItem: what a meeting has on its agenda, with the case: before the decision what is proposed, and once the minutes are published what
 * was decided, with where the case was before and after. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/store/municipal_case.h"

enum err get_item_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    const enum err err = check_id(job, "itemId", &((const Municipal__GetItemRequest *)job->message)->item_id, &id);

    if (err == ERR_OK) {
        (void)meeting_want(w, job, MEETING_BY_ITEM, id, false);
        (void)case_want_item(w, job, id, false);
        (void)municipality_want(w, job, MUNICIPALITY_BY_ITEM, id);
    }
    return err;
}

void get_item_decide(struct job *job, struct workset *w)
{
    const struct meeting *meeting = meeting_found(w, job);
    const struct item *item = meeting_item_found(w, job);
    const struct municipal_case *c = case_found(w, job);
    const struct municipality *municipality = municipality_found(w, job);

    if (meeting == NULL || item == NULL || c == NULL || !meeting_visible(meeting, meeting_reader_of(job, meeting, municipality)))
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &item_message_whole(job, w->arena, meeting, item, c, municipality, w->now_us)->base, (uint64_t)item->version);
}
