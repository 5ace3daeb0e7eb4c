/* RemoveAttachment: from a draft, or from what is to be supplemented. What was part of a submission stays in the file of the case. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/own_application.h"

enum err remove_attachment_needs(struct job *job, struct workset *w)
{
    const Funding__AttachmentRequest *request = (const Funding__AttachmentRequest *)job->message;
    struct uuid id, attachment;
    enum err err = own_application_id(job, &request->application_id, &id);

    if (err == ERR_OK)
        err = check_id(job, "attachmentId", &request->attachment_id, &attachment);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_READ);
        (void)application_want(w, job, id, APPLICATION_LOCK, CONTENT_NONE);
        attachment_want_list(w, job, id);
    }
    return err;
}

/* The list without it; as long as before: it was not there. */
static const struct attachment_ask *without(struct workset *w, const struct attachment_ask *found, struct uuid id)
{
    struct attachment_ask *rest = arena_alloc(w->arena, sizeof *rest);

    rest->rows = arena_array(w->arena, found->count, sizeof *rest->rows);
    for (size_t i = 0; i < found->count; i++)
        if (uuid_compare(found->rows[i].id, id) != 0)
            rest->rows[rest->count++] = found->rows[i];
    return rest;
}

static bool was_submitted(const struct attachment_ask *found, struct uuid id)
{
    for (size_t i = 0; i < found->submitted_count; i++)
        if (uuid_compare(found->submitted[i].id, id) == 0)
            return true;
    return false;
}

void remove_attachment_decide(struct job *job, struct workset *w)
{
    const Funding__AttachmentRequest *request = (const Funding__AttachmentRequest *)job->message;
    struct application *a = own_application(job, w);
    struct uuid id;

    if (a == NULL || !own_application_writable(job, a, call_found(w, job)) ||
        !uuid_read(&id, span_of(request->attachment_id.data, request->attachment_id.len)))
        return;
    const struct attachment_ask *rest = without(w, attachment_asked(w, job), id);
    if (rest->count == attachment_asked(w, job)->count) {
        (void)fail_absent(job, "attachmentId");
        return;
    }
    attachment_remove(w, id, was_submitted(attachment_asked(w, job), id));
    application_touch(w, a);
    Funding__Application *m = application_message(w->arena, a);
    application_message_attachments(w->arena, m, rest, false);
    job_answer(job, &m->base, (uint64_t)a->version);
}
