/* GetProject: a project with its members, areas and funding plan, for everybody, and for officials alone while its application is
 * not decided; what disagrees in it is told. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/project_message.h"
#include "services/funding/handler/who.h"

enum err get_project_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    const enum err err = check_id(job, "projectId", &((const Funding__GetProjectRequest *)job->message)->project_id, &id);

    if (err == ERR_OK)
        (void)project_want(w, job, id, false);
    return err;
}

void get_project_decide(struct job *job, struct workset *w)
{
    const struct project *project = project_found(w, job);

    if (project == NULL || (project->undecided && !who_is_official(job)))
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &project_message(job->arena, project, w->now_us)->base, (uint64_t)project->version);
}
