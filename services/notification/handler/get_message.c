/* GetMessage: one message with its text and its attempts, for operators and for its recipient. To anybody else it is not there. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/enclosure.h"

enum err get_message_needs(struct job *job, struct workset *w)
{
    const Notification__GetMessageRequest *request = (const Notification__GetMessageRequest *)job->message;
    struct uuid id;
    const enum err err = convert_asked_id(job, &id, request->message_id, "messageId");

    if (err != ERR_OK)
        return err;
    struct question *q = workset_ask(w, job);
    q->what = ASK_MESSAGE;
    q->id = id;
    (void)enclosure_ask(w, job, id, 0);
    return ERR_OK;
}

static void add_files(const struct job *job, Notification__Message *message, const struct enclosure_ask *ask)
{
    message->attachments = arena_array(job->arena, ask->count + 1, sizeof *message->attachments);
    message->n_attachments = ask->count;
    for (size_t i = 0; i < ask->count; i++) {
        Notification__AttachmentInfo *info = arena_alloc(job->arena, sizeof *info);
        notification__attachment_info__init(info);
        info->n = (uint32_t)ask->files[i].n;
        info->name = arena_text(job->arena, ask->files[i].name);
        info->media_type = arena_text(job->arena, ask->files[i].media_type);
        info->size = (uint32_t)ask->files[i].size;
        message->attachments[i] = info;
    }
}

void get_message_decide(struct job *job, struct workset *w)
{
    const struct question *q = workset_answer(w, job);
    bool admin = (job->request->roles & BUS__ROLE__ROLE_ADMIN) != 0;

    if (q->row_count == 0 || (!admin && uuid_compare(q->rows[0].said.recipient_id, job->actor) != 0)) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const bool own = uuid_compare(q->rows[0].said.recipient_id, job->actor) == 0;
    Notification__Message *answer = own ? page_own(job, &q->rows[0]) : convert_row(job->arena, &q->rows[0]);
    convert_attempts(job->arena, answer, q->attempts, q->attempt_count);
    add_files(job, answer, enclosure_asked(w, job));
    if (admin)
        convert_facts(job->arena, answer, &enclosure_asked(w, job)->facts);
    job_answer(job, &answer->base, 0);
}
