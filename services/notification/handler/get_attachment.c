/* GetAttachment: a file that was attached to a message, for operators and for its recipient, whether it was mailed or not. To anybody else
 * it is not there. */
#include "envelope.pb-c.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/enclosure.h"

enum err get_attachment_needs(struct job *job, struct workset *w)
{
    const Notification__GetAttachmentRequest *request = (const Notification__GetAttachmentRequest *)job->message;
    struct uuid id;
    const enum err err = convert_asked_id(job, &id, request->message_id, "messageId");

    if (err != ERR_OK)
        return err;
    (void)enclosure_ask(w, job, id, request->n <= ATTACHMENTS_MAX ? (int32_t)request->n : 0);
    return ERR_OK;
}

void get_attachment_decide(struct job *job, struct workset *w)
{
    const struct enclosure_ask *ask = enclosure_asked(w, job);
    const bool admin = (job->request->roles & BUS__ROLE__ROLE_ADMIN) != 0;
    Bus__File *answer = arena_alloc(job->arena, sizeof *answer);

    for (size_t i = 0; i < ask->count; i++) {
        const struct enclosure *file = &ask->files[i];
        if (file->n != ask->n || (!admin && uuid_compare(ask->recipient_id, job->actor) != 0))
            continue;
        bus__file__init(answer);
        answer->name = arena_text(job->arena, file->name);
        answer->media_type = arena_text(job->arena, file->media_type);
        answer->content = (ProtobufCBinaryData){file->content.len, (uint8_t *)(uintptr_t)file->content.data};
        job_answer(job, &answer->base, 0);
        return;
    }
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
}
