/* GetReceipt: the bytes that the receipt of a submission is the SHA-256 of, so that whoever has them and the receipt can show what was
 * sent, and when it was received by the mail that told the receipt: `sha256sum FILE` prints it. They are the content as it was kept,
 * funding.Content packed (proto/funding.proto says how to read it: `protoc --decode=funding.Content`). For the owner and for the officials
 * who see the application; version: of an earlier submission, for after a supplement there is a new receipt. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/seen_application.h"

enum err get_receipt_needs(struct job *job, struct workset *w)
{
    const Funding__GetVersionRequest *request = (const Funding__GetVersionRequest *)job->message;
    enum err err = check_range(job, "version", request->version <= INT64_MAX ? (int64_t)request->version : -1, 0, INT64_MAX);
    struct application_ask *ask;

    if (err != ERR_OK)
        return err;
    ask = seen_application_want(job, w, &request->application_id, request->version == 0 ? CONTENT_SUBMITTED : CONTENT_NONE, &err);
    if (ask != NULL)
        ask->version = (int64_t)request->version;
    return err;
}

/* Empty: nothing was submitted in that version. */
static struct span submitted(const struct application_ask *found)
{
    if (found->version == 0)
        return found->submitted;
    return found->version_count > 0 && found->version_rows[0].kind != VERSION_DRAFT ? found->version_rows[0].content
                                                                                    : (struct span){.len = 0};
}

static char *file_name(struct arena *arena, const char *register_number)
{
    char *name = arena_printf(arena, "hakemus-%s.pb", register_number);

    for (char *at = name; *at != '\0'; at++)
        if (*at == '/')
            *at = '-';
    return name;
}

void get_receipt_decide(struct job *job, struct workset *w)
{
    const struct seen_application seen = seen_application(job, w);
    Bus__File *file = arena_alloc(job->arena, sizeof *file);

    if (seen.row == NULL)
        return;
    const struct span content = submitted(application_asked(w, job));
    if (content.len == 0) {
        (void)fail_absent(job, "version");
        return;
    }
    bus__file__init(file);
    file->name = file_name(job->arena, seen.row->register_number);
    file->media_type = convert_text("application/x-protobuf");
    file->content = convert_bytes(content);
    file->one_language = true;
    job_answer(job, &file->base, 0);
}
