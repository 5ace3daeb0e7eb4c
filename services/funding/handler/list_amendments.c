/* ListAmendments: the change applications of a grant, newest first, for its lead and the officials of its call. Answers are bounded: where
 * there are more than fit, the oldest are told without their reasons and parts. */
#include "services/funding/handler/amendment_message.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"

#define LIST_BYTES (256 * 1024)

enum err list_amendments_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &((const Funding__GetAwardRequest *)job->message)->application_id, &id);
    if (err == ERR_OK) {
        award_look_want(w, job, AWARD_BY_ID, id);
        amendment_want(w, job, AMENDMENTS_OF_AWARD, id);
    }
    return err;
}

void list_amendments_decide(struct job *job, struct workset *w)
{
    const struct amendment_ask *found = amendment_asked(w, job);
    size_t bytes = 0;
    Funding__AmendmentList *list = arena_alloc(job->arena, sizeof *list);

    if (award_seen(job, w) == NULL)
        return;
    funding__amendment_list__init(list);
    list->amendments = arena_array(job->arena, found->count + 1, sizeof *list->amendments);
    for (size_t i = 0; i < found->count; i++) {
        Funding__Amendment *m = list->amendments[list->n_amendments++] = amendment_message(job->arena, &found->rows[i]);
        bytes += protobuf_c_message_get_packed_size(&m->base);
        if (bytes > LIST_BYTES) {
            m->n_parts = 0;
            m->reasons = convert_text("");
        }
    }
    job_answer(job, &list->base, 0);
}
