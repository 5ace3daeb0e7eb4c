/* ListCallVersions and GetCallVersion: who changed what a call says, and when; and what it said then. For the officials of the call, and
 * admins. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/edition_message.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/handler/who.h"

static enum err want(struct job *job, struct workset *w, const ProtobufCBinaryData *call_id, int64_t version)
{
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = call_want_request(job, w, call_id, CALL_READ);
    if (err == ERR_OK)
        edition_want(w, job, EDITION_CALL, call_asked(w, job)->id, version);
    return err;
}

/* NULL: the job has failed. */
static const struct call *seen(struct job *job, const struct workset *w)
{
    const struct call *call = call_visible(job, w);

    if (call == NULL || official_sees(job, call))
        return call;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-official", NULL, "Sinulla ei ole tehtävää tässä haussa",
                   "Du har ingen uppgift i denna utlysning", "You are no official of this call");
    return NULL;
}

enum err list_call_versions_needs(struct job *job, struct workset *w)
{
    return want(job, w, &((const Funding__GetCallRequest *)job->message)->call_id, 0);
}

void list_call_versions_decide(struct job *job, struct workset *w)
{
    const struct call *call = seen(job, w);

    if (call != NULL)
        edition_answer_calls(job, w, call);
}

enum err get_call_version_needs(struct job *job, struct workset *w)
{
    const Funding__GetCallVersionRequest *request = (const Funding__GetCallVersionRequest *)job->message;
    const enum err err = check_range(job, "version", request->version <= INT64_MAX ? (int64_t)request->version : 0, 1, INT64_MAX);

    return err == ERR_OK ? want(job, w, &request->call_id, (int64_t)request->version) : err;
}

void get_call_version_decide(struct job *job, struct workset *w)
{
    const struct call *call = seen(job, w);

    if (call != NULL)
        edition_answer_call(job, w, call);
}
