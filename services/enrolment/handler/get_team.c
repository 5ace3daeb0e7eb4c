/* GetTeam: a team with its members, each with the registration as it is now. Its leader, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/team_message.h"
#include "services/enrolment/store/team.h"

enum err get_team_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetTeamRequest *request = (const Enrolment__GetTeamRequest *)job->message;
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "teamId", &request->team_id, &id);
    if (err == ERR_OK)
        team_want(w, job, id);
    return err;
}

void get_team_decide(struct job *job, struct workset *w)
{
    size_t teams = 0, members = 0;
    const struct team *team = team_list(w, job, &teams);
    struct registration *const *registrations = team_members(w, job, &members);

    if (teams == 0) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!check_may_see(job, team->leader)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    Enrolment__Team *m = team_message(w, team, members);
    for (size_t i = 0; i < members; i++)
        team_message_member(w, m, registrations[i]->person, workset_person(w, registrations[i]->person), registrations[i], NULL);
    job_answer(job, &m->base, 0);
}
