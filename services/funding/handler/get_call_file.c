/* GetCallFile: a file of a call, for everybody once the call is published. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"

enum err get_call_file_needs(struct job *job, struct workset *w)
{
    const Funding__GetCallFileRequest *request = (const Funding__GetCallFileRequest *)job->message;
    enum err err = check_range(job, "n", request->n, 1, CALL_FILES_MAX);

    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_READ);
    if (err == ERR_OK)
        call_asked(w, job)->file = (int32_t)request->n;
    return err;
}

void get_call_file_decide(struct job *job, struct workset *w)
{
    const struct call_ask *ask = call_asked(w, job);
    Bus__File *file = arena_alloc(job->arena, sizeof *file);

    if (call_visible(job, w) == NULL)
        return;
    if (ask->file_found == NULL) {
        (void)fail_absent(job, "n");
        return;
    }
    bus__file__init(file);
    file->name = convert_text(ask->file_found->name);
    file->media_type = convert_text(ask->file_found->media_type);
    file->content = convert_bytes(ask->content);
    job_answer(job, &file->base, (uint64_t)ask->call->version);
}
