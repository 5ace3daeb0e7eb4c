/* See edition_message.h. */
#include "services/funding/handler/edition_message.h"

#include "common/work/check.h"
#include "services/funding/handler/call_message.h"
#include "services/funding/handler/convert.h"

/* --- keeping ----------------------------------------------------------------------------------------------------------- */
static void keep(struct workset *w, const struct job *job, enum edition_of of, struct uuid id, int64_t version, const ProtobufCMessage *m)
{
    struct edition *edition = arena_alloc(w->arena, sizeof *edition);

    *edition = (struct edition){.version = version, .saved_us = w->now_us, .actor = job->actor, .content = wire_pack(w->arena, m)};
    edition_add(w, of, id, edition);
}

void edition_keep_call(struct workset *w, const struct job *job, const struct call *call)
{
    keep(w, job, EDITION_CALL, call->id, call->version, &call_message(w->arena, call, w->now_us, true)->content->base);
}

void edition_keep_assessment(struct workset *w, const struct job *job, struct uuid application_id, const Funding__Assessment *message)
{
    keep(w, job, EDITION_ASSESSMENT, application_id, (int64_t)message->version, &message->base);
}

/* --- showing ----------------------------------------------------------------------------------------------------------- */
static Funding__CallVersion *call_version(struct arena *arena, const struct call *call, const struct edition *edition)
{
    Funding__CallVersion *m = arena_alloc(arena, sizeof *m);

    funding__call_version__init(m);
    m->version = (uint64_t)edition->version;
    m->saved_us = edition->saved_us;
    m->actor = convert_id(arena, edition->actor);
    m->name = convert_text(call_official_name(call, edition->actor));
    return m;
}

static Funding__AssessmentVersion *assessment_version(struct arena *arena, const struct call *call, const struct edition *edition)
{
    Funding__AssessmentVersion *m = arena_alloc(arena, sizeof *m);

    funding__assessment_version__init(m);
    m->version = (uint64_t)edition->version;
    m->saved_us = edition->saved_us;
    m->actor = convert_id(arena, edition->actor);
    m->name = convert_text(call_official_name(call, edition->actor));
    return m;
}

/* What we packed ourselves; NULL: there is none, and the job has ended. */
static ProtobufCMessage *unpacked(struct job *job, const struct edition_ask *found, const ProtobufCMessageDescriptor *type)
{
    ProtobufCMessage *message = NULL;

    if (found->count > 0 && wire_unpack(job->arena, found->rows[0].content, type, &message) == ERR_OK)
        return message;
    (void)fail_absent(job, "version");
    return NULL;
}

void edition_answer_calls(struct job *job, const struct workset *w, const struct call *call)
{
    const struct edition_ask *found = edition_asked(w, job);
    Funding__CallVersionList *list = arena_alloc(job->arena, sizeof *list);

    funding__call_version_list__init(list);
    list->versions = arena_array(job->arena, found->count + 1, sizeof *list->versions);
    for (; list->n_versions < found->count; list->n_versions++)
        list->versions[list->n_versions] = call_version(job->arena, call, &found->rows[list->n_versions]);
    job_answer(job, &list->base, 0);
}

void edition_answer_call(struct job *job, const struct workset *w, const struct call *call)
{
    const struct edition_ask *found = edition_asked(w, job);
    ProtobufCMessage *content = unpacked(job, found, &funding__call_content__descriptor);

    if (content == NULL)
        return;
    Funding__CallVersion *m = call_version(job->arena, call, &found->rows[0]);
    m->content = (Funding__CallContent *)content;
    job_answer(job, &m->base, m->version);
}

void edition_answer_assessments(struct job *job, const struct workset *w, const struct call *call)
{
    const struct edition_ask *found = edition_asked(w, job);
    Funding__AssessmentVersionList *list = arena_alloc(job->arena, sizeof *list);

    funding__assessment_version_list__init(list);
    list->versions = arena_array(job->arena, found->count + 1, sizeof *list->versions);
    for (; list->n_versions < found->count; list->n_versions++)
        list->versions[list->n_versions] = assessment_version(job->arena, call, &found->rows[list->n_versions]);
    job_answer(job, &list->base, 0);
}

void edition_answer_assessment(struct job *job, const struct workset *w, const struct call *call)
{
    const struct edition_ask *found = edition_asked(w, job);
    ProtobufCMessage *assessment = unpacked(job, found, &funding__assessment__descriptor);

    if (assessment == NULL)
        return;
    Funding__AssessmentVersion *m = assessment_version(job->arena, call, &found->rows[0]);
    m->assessment = (Funding__Assessment *)assessment;
    job_answer(job, &m->base, m->version);
}
