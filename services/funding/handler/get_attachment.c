/* GetAttachment: the file itself, to its owner and to the officials of the call. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/attachment_type.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/seen_application.h"

enum err get_attachment_needs(struct job *job, struct workset *w)
{
    const Funding__AttachmentRequest *request = (const Funding__AttachmentRequest *)job->message;
    struct uuid attachment;
    enum err err = check_id(job, "attachmentId", &request->attachment_id, &attachment);

    if (err != ERR_OK)
        return err;
    const struct application_ask *ask = seen_application_want(job, w, &request->application_id, CONTENT_NONE, &err);
    if (ask != NULL)
        attachment_want(w, job, ask->id, attachment);
    return err;
}

void get_attachment_decide(struct job *job, struct workset *w)
{
    const struct seen_application seen = seen_application(job, w);
    const struct attachment_ask *found = attachment_asked(w, job);

    if (seen.row == NULL)
        return;
    const struct attachment *row = seen.official ? found->submitted : found->rows;
    if ((seen.official ? found->submitted_count : found->count) == 0) {
        (void)fail_absent(job, "attachmentId");
        return;
    }
    Bus__File *file = arena_alloc(w->arena, sizeof *file);
    bus__file__init(file);
    file->name = attachment_type_name(w->arena, row->name, row->media_type);
    file->media_type = convert_text(row->media_type);
    file->content = convert_bytes(row->content);
    file->one_language = true;
    job_answer(job, &file->base, 0);
}
