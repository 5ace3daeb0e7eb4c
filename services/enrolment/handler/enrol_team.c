/* EnrolTeam: a leadership team enrols in one request, in one decision under the programme's lock. Every member meets what a person who
 * enrols alone must meet (newcomer.h). All or none: seats for all at once, or nothing is written and the problem says what was in the way.
 * As many as fit: one after the other in the order given, and the answer says of each what became of them.
 *
 * Who is listed by id must be known already; a leader may so list oneself only, staff anybody. Others come with their details and become
 * known by this: of those who are refused nothing is kept but that somebody was. Registrations have keys made from the request's own. */
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/team.h"
#include "services/enrolment/handler/answers.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/check_person.h"
#include "services/enrolment/handler/newcomer.h"
#include "services/enrolment/handler/part_key.h"
#include "services/enrolment/handler/team_message.h"
#include "services/enrolment/handler/team_request.h"
#include "services/enrolment/handler/tell.h"
#include "services/enrolment/handler/tell_by_hand.h"
#include "services/enrolment/store/team.h"

struct member {
    const Enrolment__EnrolTeamRequest__Member *told;
    struct newcomer n;
    struct person *fresh;   /* of a person not known before */
    struct registration *r; /* NULL: refused, or not decided yet */
    Bus__Problem *refusal;
    Bus__Problem *unanswered; /* what is wrong with the answers: a refusal of whom the rules let in */
};

struct enrolling {
    struct team *team;
    struct implementation *at;
    struct member *members;
    size_t count;
};

enum err enrol_team_needs(struct job *job, struct workset *w)
{
    const Enrolment__EnrolTeamRequest *request = (const Enrolment__EnrolTeamRequest *)job->message;
    struct team team;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = team_request_read(job, &team);
    if (err == ERR_OK)
        err = check_range(job, "members", (int64_t)request->n_members, TEAM_MEMBERS_MIN, TEAM_MEMBERS_MAX);
    for (size_t i = 0; err == ERR_OK && i < request->n_members; i++) {
        struct uuid id;
        err = team_request_member(job, i, &id);
        if (err != ERR_OK || uuid_is_nil(id))
            continue;
        workset_want_person(w, id);
        workset_want_active(w, id, team.programme);
    }
    if (err == ERR_OK)
        workset_lock_programme(w, team.programme);
    return err;
}

/* Everybody as a newcomer; a new person is made, but not stored before there is a registration. */
static void gather(struct job *job, struct workset *w, struct enrolling *e)
{
    const Enrolment__EnrolTeamRequest *request = (const Enrolment__EnrolTeamRequest *)job->message;

    e->count = request->n_members;
    e->members = arena_array(w->arena, e->count, sizeof *e->members);
    for (size_t i = 0; i < e->count; i++) {
        struct member *m = &e->members[i];
        *m = (struct member){.told = request->members[i]};
        m->n = (struct newcomer){.programme = e->team->programme, .implementation = e->team->implementation, .team = e->team->id};
        if (m->told->person == NULL) {
            (void)uuid_read(&m->n.person, span_of(m->told->person_id.data, m->told->person_id.len));
            continue;
        }
        m->n.person = team_member_id(e->team->id, i);
        m->fresh = arena_alloc(w->arena, sizeof *m->fresh);
        *m->fresh = person_told(m->n.person, m->told->person, 1);
    }
}

/* What the job was failed with becomes one member's, and the job goes on. */
static Bus__Problem *take_problem(struct job *job)
{
    Bus__Problem *problem = job->problem;

    job->problem = NULL;
    job->err = ERR_OK;
    return problem;
}

/* Answers that are malformed fail the request; ones that are missing only refuse their member. Before anything is changed. */
static bool check_answers(struct job *job, const struct workset *w, const struct enrolling *e)
{
    for (size_t i = 0; i < e->count; i++) {
        struct member *m = &e->members[i];
        const enum err err =
            answers_check(job, w, e->at->programme, m->told->answers, m->told->n_answers, team_request_field(job, i, "answers"));
        if (err == ERR_REFUSED)
            m->unanswered = take_problem(job);
        else if (err != ERR_OK)
            return false;
    }
    return true;
}

/* Whether the rules let this member in; else its refusal is kept with it. */
static bool admit(struct job *job, struct workset *w, const struct enrolling *e, struct member *m)
{
    bool admitted = true;

    if (m->fresh != NULL) {
        m->n.at = e->at;
        m->n.who = m->fresh;
    } else {
        admitted = newcomer_find(job, w, &m->n);
    }
    admitted = admitted && newcomer_admit(job, w, &m->n);
    if (admitted && m->unanswered == NULL)
        return true;
    if (admitted)
        newcomer_count_refusal(w, &m->n, m->unanswered->rule);
    m->refusal = admitted ? m->unanswered : take_problem(job);
    return false;
}

static void enter(struct job *job, struct workset *w, const struct enrolling *e, struct member *m, enum registration_state state)
{
    if (m->fresh != NULL) {
        workset_person_put(w, m->fresh);
        tell_person(w, job, m->fresh);
    }
    m->r = newcomer_register(job, w, &m->n, state, part_key(job, w, (size_t)(m - e->members)), job_hash(job, w->seal));
    answers_record(w, e->at->programme, m->r, m->told->answers, m->told->n_answers);
}

static void fact_refusals(struct job *job, const struct enrolling *e)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->members[i].refusal != NULL)
            job_fact(job, arena_printf(job->arena, "members[%zu]", i), e->members[i].refusal->rule);
}

/* All at once. False: the job was refused, and nothing but the refusals was written. */
static bool all_or_none(struct job *job, struct workset *w, const struct enrolling *e)
{
    size_t admitted = 0;

    for (size_t i = 0; i < e->count; i++)
        admitted += admit(job, w, e, &e->members[i]);
    const uint32_t seats = team_seats(e->at, e->members[0].n.window);
    if (admitted == e->count && seats >= e->count) {
        for (size_t i = 0; i < e->count; i++)
            enter(job, w, e, &e->members[i], REGISTRATION_SEATED);
        return true;
    }
    const enum refusal refusal = admitted < e->count ? REFUSAL_TEAM_MEMBER_REFUSED : REFUSAL_TEAM_NO_ROOM;
    for (size_t i = 0; refusal == REFUSAL_TEAM_NO_ROOM && i < e->count; i++)
        newcomer_refuse(job, w, &e->members[i].n, refusal);
    (void)refuse(job, refusal);
    fact_number(job, "seats", seats);
    fact_number(job, "members", e->count);
    fact_refusals(job, e);
    return false;
}

static void take_one(struct job *job, struct workset *w, const struct enrolling *e, struct member *m)
{
    if (!admit(job, w, e, m))
        return;
    switch (allocation_decide(e->at)) {
    case ALLOCATION_SEAT:
        enter(job, w, e, m, REGISTRATION_SEATED);
        return;
    case ALLOCATION_QUEUE:
        enter(job, w, e, m, REGISTRATION_QUEUED);
        return;
    case ALLOCATION_FULL:
        newcomer_refuse_full(job, w, &m->n);
        m->refusal = take_problem(job);
        return;
    }
}

/* One after the other. False: nobody got in; there is no team then. */
static bool as_many_as_fit(struct job *job, struct workset *w, const struct enrolling *e)
{
    bool any = false;

    for (size_t i = 0; i < e->count; i++) {
        take_one(job, w, e, &e->members[i]);
        any = any || e->members[i].r != NULL;
    }
    if (any)
        return true;
    (void)refuse(job, REFUSAL_TEAM_MEMBER_REFUSED);
    fact_refusals(job, e);
    return false;
}

/* Without names: the answer is kept under its key, and would keep them after somebody is forgotten. */
static void answer(struct job *job, struct workset *w, const struct enrolling *e)
{
    Enrolment__Team *team = team_message(w, e->team, e->count);
    struct team_tally tally = {.seated = 0};

    for (size_t i = 0; i < e->count; i++) {
        const struct member *m = &e->members[i];
        team_message_member(w, team, m->r != NULL || m->fresh == NULL ? m->n.person : (struct uuid){{0}}, NULL, m->r, m->refusal);
        tally.seated += m->r != NULL && m->r->state == REGISTRATION_SEATED;
        tally.queued += m->r != NULL && m->r->state == REGISTRATION_QUEUED;
        tally.refused += m->r == NULL;
    }
    tell_team(w, job, e->team, &tally);
    job_answer(job, &team->base, 0);
}

void enrol_team_decide(struct job *job, struct workset *w)
{
    struct enrolling e = {.team = arena_alloc(w->arena, sizeof *e.team)};

    if (team_request_read(job, e.team) != ERR_OK)
        return;
    e.at = newcomer_place(job, w, e.team->programme, e.team->implementation);
    if (e.at == NULL)
        return;
    e.team->id = uuid_v7(w->now_us);
    e.team->created_us = w->now_us;
    gather(job, w, &e);
    if (!check_answers(job, w, &e))
        return;
    if (!(e.team->mode == TEAM_ALL_OR_NONE ? all_or_none(job, w, &e) : as_many_as_fit(job, w, &e)))
        return;
    team_add(w, e.team);
    answer(job, w, &e);
}
