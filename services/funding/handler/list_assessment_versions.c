/* ListAssessmentVersions and GetAssessmentVersion: who changed what is prepared for the decision on an application, and when; and what it
 * said then. For whoever may see the assessment itself. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/edition_message.h"
#include "services/funding/handler/evaluation_case.h"

static enum err want(struct job *job, struct workset *w, const ProtobufCBinaryData *id, int64_t version)
{
    const enum err err = evaluation_case_want(job, w, id, false);

    if (err == ERR_OK)
        edition_want(w, job, EDITION_ASSESSMENT, application_asked(w, job)->id, version);
    return err;
}

static bool may_see(struct job *job, struct workset *w, struct evaluation_case *c)
{
    return evaluation_case_open(job, w, c) && evaluation_case_prepared(job, c->call, c->found, c->application);
}

enum err list_assessment_versions_needs(struct job *job, struct workset *w)
{
    return want(job, w, &((const Funding__GetApplicationRequest *)job->message)->application_id, 0);
}

void list_assessment_versions_decide(struct job *job, struct workset *w)
{
    struct evaluation_case c;

    if (may_see(job, w, &c))
        edition_answer_assessments(job, w, c.call);
}

enum err get_assessment_version_needs(struct job *job, struct workset *w)
{
    const Funding__GetVersionRequest *request = (const Funding__GetVersionRequest *)job->message;
    const enum err err = check_range(job, "version", request->version <= INT64_MAX ? (int64_t)request->version : 0, 1, INT64_MAX);

    return err == ERR_OK ? want(job, w, &request->application_id, (int64_t)request->version) : err;
}

void get_assessment_version_decide(struct job *job, struct workset *w)
{
    struct evaluation_case c;

    if (may_see(job, w, &c))
        edition_answer_assessment(job, w, c.call);
}
