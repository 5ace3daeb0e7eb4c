/* The request of EnrolTeam, checked. See team_request.h. */
#include "services/enrolment/handler/team_request.h"

#include <string.h>

#include "enrolment.pb-c.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/check_person.h"

static const char *const MODES[] = {"ALL_OR_NONE", "AS_MANY_AS_FIT", NULL};

enum err team_request_read(struct job *job, struct team *team)
{
    const Enrolment__EnrolTeamRequest *request = (const Enrolment__EnrolTeamRequest *)job->message;
    enum err err = check_id(job, "programmeId", &request->programme_id, &team->programme);

    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &team->implementation);
    if (err == ERR_OK)
        err = check_text(job, "name", request->name, 1, CHECK_NAME_MAX);
    if (err == ERR_OK && request->mode == ENROLMENT__ENROL_TEAM_REQUEST__MODE__NONE)
        err = fail_missing(job, "mode");
    if (err == ERR_OK && (int)request->mode != TEAM_ALL_OR_NONE && (int)request->mode != TEAM_AS_MANY_AS_FIT)
        err = fail_word(job, "mode", "", MODES);
    team->name = request->name;
    team->mode = (enum team_mode)request->mode;
    team->leader = job->actor;
    return err;
}

const char *team_request_field(struct job *job, size_t place, const char *field)
{
    return arena_printf(job->arena, "members[%zu].%s", place, field);
}

static enum err check_new(struct job *job, size_t place, const Enrolment__Person *person)
{
    if (person->id.len > 0)
        return job_fail(job, ERR_INVALID, "field.excess", team_request_field(job, place, "person.id"),
                        "Uudelle henkilölle ei anneta tunnistetta", "En ny person ges ingen identifierare",
                        "A new person is not given an id");
    return check_person(job, team_request_field(job, place, "person."), person);
}

static enum err check_known(struct job *job, size_t place, const Enrolment__EnrolTeamRequest *request, struct uuid *id)
{
    const enum err err = check_id(job, team_request_field(job, place, "personId"), &request->members[place]->person_id, id);

    if (err != ERR_OK)
        return err;
    if (!check_may_see(job, *id))
        return job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < place; i++)
        if (request->members[i]->person_id.len == sizeof id->b && memcmp(request->members[i]->person_id.data, id->b, sizeof id->b) == 0)
            return job_fail(job, ERR_INVALID, "field.twice", team_request_field(job, place, "personId"),
                            "Sama henkilö on luettelossa kahdesti", "Samma person står två gånger i listan",
                            "The same person is listed twice");
    return ERR_OK;
}

enum err team_request_member(struct job *job, size_t place, struct uuid *id)
{
    const Enrolment__EnrolTeamRequest *request = (const Enrolment__EnrolTeamRequest *)job->message;
    const Enrolment__EnrolTeamRequest__Member *member = request->members[place];

    *id = (struct uuid){{0}};
    if (member->person == NULL)
        return check_known(job, place, request, id);
    if (member->person_id.len > 0)
        return job_fail(job, ERR_INVALID, "field.excess", team_request_field(job, place, "person"),
                        "Anna joko tunniste tai uuden henkilön tiedot, ei molempia",
                        "Ge antingen en identifierare eller uppgifterna om en ny person, inte båda",
                        "Give either an id or the details of a new person, not both");
    return check_new(job, place, member->person);
}
