/* AddCaseDocument: a document of a case: the application, a plan, a statement, a letter. It stays as it is; a newer one is added beside it.
 * A confidential one says by which provision it is, and is read by officials and by whoever added it. */
#include "common/base/hash.h"
#include "services/funding/handler/attachment_type.h"
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"
#include "services/funding/handler/who.h"

static enum err check_type(struct job *job, const Municipal__AddCaseDocumentRequest *request)
{
    if (attachment_type_fits(request->media_type, span_of(request->content.data, request->content.len)))
        return ERR_OK;
    (void)job_fail(job, ERR_INVALID, "municipal.document.type", "mediaType",
                   "Tiedoston tyyppi ei kelpaa: lähetä PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG tai teksti",
                   "Filtypen duger inte: skicka PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG eller text",
                   "The type of the file will not do: send PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG or text");
    job_fact(job, "mediaType", request->media_type);
    return ERR_INVALID;
}

enum err add_case_document_needs(struct job *job, struct workset *w)
{
    const Municipal__AddCaseDocumentRequest *request = (const Municipal__AddCaseDocumentRequest *)job->message;
    enum err err = who_has(job, (uint32_t)(BUS__ROLE__ROLE_APPLICANT | BUS__ROLE__ROLE_PREPARER));

    if (err == ERR_OK)
        err = check_range(job, "kind", (int64_t)request->kind, DOCUMENT_APPLICATION, DOCUMENT_OTHER);
    if (err == ERR_OK)
        err = check_text(job, "title", request->title, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = case_content_words(job, "title", request->title, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, "name", request->name, 1, CHECK_NAME_MAX);
    if (err == ERR_OK) /* what is not confidential has no ground for it */
        err = check_text(job, "ground", request->ground, request->confidential ? 1 : 0, request->confidential ? CHECK_NAME_MAX : 0);
    if (err == ERR_OK)
        err = check_size(job, "content", &request->content, CASE_DOCUMENT_BYTES_MAX);
    if (err == ERR_OK)
        err = check_type(job, request);
    return err == ERR_OK ? prepared_case_want(job, w, &request->case_id, true) : err;
}

/* The minutes list the documents that the board had before it. */
static bool refuse_meeting(struct job *job, const struct municipal_case *c)
{
    if (!case_is_in_meeting(c))
        return false;
    (void)job_fail(job, ERR_REFUSED, "municipal.case.meeting", NULL,
                   "Asiaa käsitellään parhaillaan kokouksessa: lisää asiakirja vasta, jos asia jää pöydälle tai palautetaan valmisteluun",
                   "Ärendet behandlas som bäst vid ett sammanträde: lägg till handlingen först om ärendet bordläggs eller återremitteras",
                   "The case is being handled in a meeting: add the document only if it is tabled or returned");
    return true;
}

static bool refuse_who(struct job *job, const struct municipal_case *c, const struct municipality *m)
{
    if (municipal_has(job, m, OFFICE_PREPARER)) {
        if (c->state != CASE_DECIDED && c->state != CASE_WITHDRAWN)
            return refuse_meeting(job, c);
        return prepared_case_refuse(job, c, "Asian käsittely on päättynyt: siihen ei lisätä asiakirjoja",
                                    "Behandlingen av ärendet är avslutad: inga handlingar läggs till",
                                    "The case is closed: no documents are added to it");
    }
    if (!who_is(job, BUS__ROLE__ROLE_APPLICANT) || uuid_compare(c->owner_id, job->actor) != 0) {
        (void)job_fail(job, case_is_public(c) ? ERR_FORBIDDEN : ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return true;
    }
    if (case_is_prepared(c))
        return false;
    return prepared_case_refuse(job, c, "Asia on jo valmisteltu päätettäväksi: lähetä asiakirja kunnan kirjaamoon",
                                "Ärendet har redan beretts för beslut: skicka handlingen till kommunens registratorskontor",
                                "The case is prepared for its decision already: send the document to the municipality's registry");
}

static bool refuse(struct job *job, const struct municipal_case *c, const struct municipality *m)
{
    if (refuse_who(job, c, m))
        return true;
    if (c->document_count < CASE_DOCUMENTS_MAX)
        return false;
    (void)job_fail(job, ERR_REFUSED, "municipal.document.many", NULL,
                   "Asiassa on jo 50 asiakirjaa: yhdistä uusi johonkin toiseen asiakirjaan",
                   "Ärendet har redan 50 handlingar: sammanfoga den nya med någon annan handling",
                   "The case has 50 documents already: put the new one together with another");
    return true;
}

/* The list as it is with the new one, which is its last. */
static struct case_document *add(const struct job *job, const struct workset *w, struct municipal_case *c)
{
    const Municipal__AddCaseDocumentRequest *request = (const Municipal__AddCaseDocumentRequest *)job->message;
    const struct span content = span_of(request->content.data, request->content.len);
    const struct hash hash = hash_sha256(&content, 1);
    struct case_document *rows = arena_array(w->arena, c->document_count + 1, sizeof *rows);
    struct case_document *added = &rows[c->document_count];

    for (size_t i = 0; i < c->document_count; i++)
        rows[i] = c->documents[i];
    *added = (struct case_document){.id = uuid_v7(w->now_us),
                                    .n = (int32_t)c->document_count + 1,
                                    .kind = (enum case_document_kind)request->kind,
                                    .title = request->title,
                                    .name = request->name,
                                    .media_type = request->media_type,
                                    .size = (int32_t)content.len,
                                    .confidential = request->confidential,
                                    .ground = request->ground,
                                    .added_by = job->actor,
                                    .added_us = w->now_us};
    memcpy(added->sha256, hash.b, sizeof added->sha256);
    c->documents = rows;
    c->document_count++;
    return added;
}

void add_case_document_decide(struct job *job, struct workset *w)
{
    const Municipal__AddCaseDocumentRequest *request = (const Municipal__AddCaseDocumentRequest *)job->message;
    struct municipal_case *c = case_found(w, job);

    if (c == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (refuse(job, c, municipality_found(w, job)))
        return;
    const struct case_document *added = add(job, w, c);
    if (prepared_case_too_large(job, c))
        return;
    c->version++;
    case_document_add(w, c, added, span_of(request->content.data, request->content.len));
    prepared_case_answer(job, w, c);
}
