/* ListVersions: every save that is kept, newest first, for the owner; for officials what was submitted. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/seen_application.h"

/* Officials may ask for the versions of a draft of nobody they know: what they may see is looked at in decide. */
enum err list_versions_needs(struct job *job, struct workset *w)
{
    const Funding__GetApplicationRequest *request = (const Funding__GetApplicationRequest *)job->message;
    enum err err;
    struct application_ask *ask = seen_application_want(job, w, &request->application_id, CONTENT_NONE, &err);

    if (ask != NULL)
        ask->versions = true;
    return err;
}

static Funding__Version *version_message(struct arena *arena, const struct application_version *version)
{
    static const char *const KINDS[] = {[VERSION_DRAFT] = "draft",
                                        [VERSION_SUBMITTED] = "submitted",
                                        [VERSION_SUPPLEMENT] = "supplement",
                                        [VERSION_CORRECTED] = "corrected"};
    Funding__Version *m = arena_alloc(arena, sizeof *m);

    funding__version__init(m);
    m->version = (uint64_t)version->version;
    m->kind = convert_text(KINDS[version->kind]);
    m->saved_us = version->saved_us;
    m->actor = convert_id(arena, version->actor);
    return m;
}

void list_versions_decide(struct job *job, struct workset *w)
{
    const struct seen_application seen = seen_application(job, w);
    const struct application_ask *found = application_asked(w, job);
    Funding__VersionList *list = arena_alloc(w->arena, sizeof *list);

    if (seen.row == NULL)
        return;
    funding__version_list__init(list);
    list->versions = arena_array(w->arena, found->version_count, sizeof *list->versions);
    for (size_t i = 0; i < found->version_count; i++)
        if (!seen.official || found->version_rows[i].kind != VERSION_DRAFT)
            list->versions[list->n_versions++] = version_message(w->arena, &found->version_rows[i]);
    job_answer(job, &list->base, 0);
}
