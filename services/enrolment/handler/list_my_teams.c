/* ListMyTeams: the teams one has enrolled, newest first, without their members: GetTeam tells those. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/team_message.h"
#include "services/enrolment/store/team.h"

enum err list_my_teams_needs(struct job *job, struct workset *w)
{
    const enum err err = check_signed_in(job);

    if (err == ERR_OK)
        team_want_led(w, job, job->actor);
    return err;
}

void list_my_teams_decide(struct job *job, struct workset *w)
{
    size_t count = 0;
    const struct team *teams = team_list(w, job, &count);
    Enrolment__TeamList *list = arena_alloc(w->arena, sizeof *list);

    enrolment__team_list__init(list);
    list->n_teams = count;
    list->teams = arena_array(w->arena, count, sizeof(Enrolment__Team *));
    for (size_t i = 0; i < count; i++)
        list->teams[i] = team_message(w, &teams[i], 0);
    job_answer(job, &list->base, 0);
}
