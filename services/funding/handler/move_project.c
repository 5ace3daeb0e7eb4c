/* MoveProject: a preparer says that a project has begun, ended, was interrupted or goes on again, and why. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/project_message.h"
#include "services/funding/handler/who.h"

enum err move_project_needs(struct job *job, struct workset *w)
{
    const Funding__MoveProjectRequest *request = (const Funding__MoveProjectRequest *)job->message;
    struct uuid id = {{0}};
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_id(job, "projectId", &request->project_id, &id);
    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_range(job, "state", (int64_t)request->state, PROJECT_PLANNED, PROJECT_INTERRUPTED);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    if (err == ERR_OK)
        (void)project_want(w, job, id, true);
    return err;
}

void move_project_decide(struct job *job, struct workset *w)
{
    const Funding__MoveProjectRequest *request = (const Funding__MoveProjectRequest *)job->message;
    struct project *project = project_found(w, job);

    if (project == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (check_version(job, (uint64_t)project->version) != ERR_OK)
        return;
    if (!machine_allows(MACHINE_PROJECT, (int)project->state, (int)request->state)) {
        (void)job_fail(job, ERR_REFUSED, "funding.project.move", "state", "Hanke ei voi siirtyä tähän tilaan nykyisestä tilastaan",
                       "Projektet kan inte få denna status från sin nuvarande status",
                       "The project cannot move to this state from its present one");
        job_fact(job, "state", machine_state(MACHINE_PROJECT, (int)project->state));
        return;
    }
    project->state = (enum project_state)request->state;
    project->version++;
    project_move(w, project, request->reason, job->actor);
    tell_project(w, job, project);
    job_answer(job, &project_message(job->arena, project, w->now_us)->base, (uint64_t)project->version);
}
