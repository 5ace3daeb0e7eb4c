/* AddAttachment: a file to a draft, or to what is to be supplemented: a plan, a budget, an agreement between the partners. What it is said
 * to be has to be how it begins: officials open it. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/attachment_type.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/own_application.h"

enum err add_attachment_needs(struct job *job, struct workset *w)
{
    const Funding__AddAttachmentRequest *request = (const Funding__AddAttachmentRequest *)job->message;
    struct uuid id;
    enum err err = own_application_id(job, &request->application_id, &id);

    if (err == ERR_OK)
        err = check_range(job, "kind", request->kind, ATTACHMENT_PLAN, ATTACHMENT_OTHER);
    if (err == ERR_OK)
        err = check_text(job, "name", request->name, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_size(job, "content", &request->content, ATTACHMENT_BYTES_MAX);
    if (err == ERR_OK && !attachment_type_fits(request->media_type, span_of(request->content.data, request->content.len))) {
        err = job_fail(job, ERR_INVALID, "funding.attachment.type", "mediaType",
                       "Tiedoston tyyppi ei kelpaa: lähetä PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG tai teksti",
                       "Filtypen duger inte: skicka PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG eller text",
                       "The type of the file will not do: send PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG or text");
        job_fact(job, "mediaType", request->media_type);
    }
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_READ);
        (void)application_want(w, job, id, APPLICATION_LOCK, CONTENT_NONE);
        attachment_want_list(w, job, id);
    }
    return err;
}

static const struct attachment *build(const struct job *job, struct workset *w, struct uuid application)
{
    const Funding__AddAttachmentRequest *request = (const Funding__AddAttachmentRequest *)job->message;
    struct attachment *a = arena_alloc(w->arena, sizeof *a);
    const struct span content = span_of(request->content.data, request->content.len);
    struct hash *hash = arena_alloc(w->arena, sizeof *hash);

    *hash = hash_sha256(&content, 1);
    *a = (struct attachment){.id = uuid_v7(w->now_us),
                             .application_id = application,
                             .kind = (enum attachment_kind)request->kind,
                             .name = request->name,
                             .media_type = request->media_type,
                             .size = (int32_t)content.len,
                             .sha256 = span_of(hash->b, sizeof hash->b),
                             .content = content,
                             .added_us = w->now_us,
                             .actor = job->actor};
    return a;
}

/* The list as it is with the new one. */
static const struct attachment_ask *with(struct workset *w, const struct attachment_ask *found, const struct attachment *added)
{
    struct attachment_ask *all = arena_alloc(w->arena, sizeof *all);

    all->rows = arena_array(w->arena, found->count + 1, sizeof *all->rows);
    for (; all->count < found->count; all->count++)
        all->rows[all->count] = found->rows[all->count];
    all->rows[all->count++] = *added;
    return all;
}

void add_attachment_decide(struct job *job, struct workset *w)
{
    struct application *a = own_application(job, w);
    const struct attachment_ask *found = attachment_asked(w, job);

    if (a == NULL || !own_application_writable(job, a, call_found(w, job)))
        return;
    if (found->count >= ATTACHMENTS_MAX) {
        (void)job_fail(job, ERR_REFUSED, "funding.attachment.many", NULL, "Hakemuksessa on jo 10 liitettä: poista jokin niistä",
                       "Ansökan har redan 10 bilagor: ta bort någon av dem",
                       "The application has 10 attachments already: remove one of them");
        return;
    }
    const struct attachment *added = build(job, w, a->id);
    attachment_add(w, added);
    application_touch(w, a);
    Funding__Application *m = application_message(w->arena, a);
    application_message_attachments(w->arena, m, with(w, found, added), false);
    job_answer(job, &m->base, (uint64_t)a->version);
}
