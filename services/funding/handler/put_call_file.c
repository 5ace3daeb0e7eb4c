/* PutCallFile: a file that goes with a call - a guide, a model of a budget; without content the file of this number is removed. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/who.h"

enum { FILE_MOST = 240000 };

static enum err check_file(struct job *job, const Funding__PutCallFileRequest *request)
{
    enum err err = check_range(job, "n", request->n, 1, CALL_FILES_MAX);

    if (err != ERR_OK || request->content.len == 0)
        return err;
    err = check_text(job, "name", request->name, 1, CHECK_NAME_MAX);
    if (err == ERR_OK && strpbrk(request->name, "/\\\"") != NULL)
        err = job_fail(job, ERR_INVALID, "field.file-name", "name", "Tiedoston nimessä ei voi olla merkkejä / \\ \"",
                       "Ett filnamn kan inte ha tecknen / \\ \"", "A file name cannot hold the characters / \\ \"");
    if (err == ERR_OK)
        err = check_text(job, "mediaType", request->media_type, 3, 100);
    if (err == ERR_OK && (strchr(request->media_type, '/') == NULL || strpbrk(request->media_type, " ;,\"") != NULL))
        err = job_fail(job, ERR_INVALID, "field.media-type", "mediaType", "Median laji on muotoa application/pdf",
                       "En medietyp skrivs som application/pdf", "A media type is written as application/pdf");
    if (err == ERR_OK && request->content.len > FILE_MOST)
        err = job_fail(job, ERR_TOO_LARGE, "funding.file.large", "content", "Tiedosto saa olla enintään 240 000 tavua",
                       "En fil får vara högst 240 000 byte", "A file may be at most 240,000 bytes");
    return err;
}

enum err put_call_file_needs(struct job *job, struct workset *w)
{
    const Funding__PutCallFileRequest *request = (const Funding__PutCallFileRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_file(job, request);
    return err == ERR_OK ? call_want_request(job, w, &request->call_id, CALL_LOCK) : err;
}

/* The list with this file in its place, or without the one that goes. */
static void put_in_list(struct workset *w, struct call *call, const struct call_file *file)
{
    struct call_file *files = arena_array(w->arena, call->file_count + 1, sizeof *files);
    size_t n = 0, i = 0;

    for (; i < call->file_count && call->files[i].n < file->n; i++)
        files[n++] = call->files[i];
    if (file->size > 0)
        files[n++] = *file;
    for (; i < call->file_count; i++)
        if (call->files[i].n != file->n)
            files[n++] = call->files[i];
    call->files = files;
    call->file_count = n;
}

void put_call_file_decide(struct job *job, struct workset *w)
{
    const Funding__PutCallFileRequest *request = (const Funding__PutCallFileRequest *)job->message;
    struct call *call = call_to_prepare(job, w);
    struct call_file *file = arena_alloc(w->arena, sizeof *file);

    if (call == NULL || check_version(job, (uint64_t)call->version - 1) != ERR_OK)
        return;
    *file = (struct call_file){
        .n = (int32_t)request->n, .name = request->name, .media_type = request->media_type, .size = (int32_t)request->content.len};
    put_in_list(w, call, file);
    call_put_file(w, call, file, span_of(request->content.data, request->content.len));
    call_answer(job, w, call);
}
