/* Enrol: the hot path. Decides in the order of arrival at the writer, under the programme's lock: known person, open window,
 * eligible, not registered yet, then a seat, the waiting list or neither.
 *
 * The idempotency key lives on the registration itself. A repeated request finds it and is answered with that registration as
 * it is now, marked as replayed; a refused one left nothing behind and is decided anew. */
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/place.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

struct asked {
    struct uuid programme, implementation, person;
};

static struct span key_of(const struct job *job)
{
    return span_of(job->request->idempotency_key.data, job->request->idempotency_key.len);
}

static enum err read_asked(struct job *job, struct asked *asked)
{
    const Enrolment__EnrolRequest *request = (const Enrolment__EnrolRequest *)job->message;
    enum err err = check_id(job, "programmeId", &request->programme_id, &asked->programme);

    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &asked->implementation);
    if (err == ERR_OK)
        err = check_id_or(job, "personId", &request->person_id, job->actor, &asked->person);
    if (err == ERR_OK && !check_may_see(job, asked->person))
        err = job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return err;
}

/*~ 6. Needs: says which rows this request touches. No I/O: the writer loads the rows of the whole batch in one round trip. */
enum err enrol_needs(struct job *job, struct workset *w)
{
    struct asked asked;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = read_asked(job, &asked);
    if (err != ERR_OK)
        return err;
    workset_lock_programme(w, asked.programme);
    workset_want_person(w, asked.person);
    workset_want_active(w, asked.person, asked.programme);
    workset_want_key(w, job->actor, key_of(job));
    return ERR_OK;
}

static struct hash request_hash(const struct job *job)
{
    const struct span parts[] = {span_text(job->kase->name), span_of(job->request->payload.data, job->request->payload.len)};
    return hash_of(parts, 2);
}

/* Whether the key has been used before; then the job has its answer. */
static bool replay(struct job *job, struct workset *w)
{
    const struct key_want *key = workset_key(w, job->actor, key_of(job));

    if (key == NULL || key->registration == NULL)
        return false;
    const struct hash hash = request_hash(job);
    if (!hash_equal(&hash, &key->request_hash)) {
        (void)job_fail(job, ERR_KEY_REUSED, NULL, NULL, NULL, NULL, NULL);
        return true;
    }
    job_answer(job, &registration_message(w, key->registration)->base, key->registration->version);
    job->replayed = true;
    return true;
}

static void refuse_counted(struct job *job, struct workset *w, const struct asked *asked, enum refusal refusal)
{
    (void)refuse(job, refusal);
    workset_refused(w, asked->programme, asked->implementation, asked->person, refusal_text(refusal)->rule);
}

/* The time of arrival at the gateway; a gateway whose clock runs ahead of ours cannot arrive in the future. */
static int64_t arrival_us(const struct job *job, const struct workset *w)
{
    const int64_t received_us = job->request->received_us;
    return received_us > 0 && received_us < w->now_us ? received_us : w->now_us;
}

static bool window_refuses(struct job *job, struct workset *w, const struct asked *asked, const struct programme *programme)
{
    int64_t edge_us = 0;

    switch (window_state_at(programme->windows, programme->window_count, arrival_us(job, w), &edge_us)) {
    case WINDOW_OPEN:
        return false;
    case WINDOW_NONE:
        refuse_counted(job, w, asked, REFUSAL_WINDOW_NONE);
        return true;
    case WINDOW_NOT_YET:
        refuse_counted(job, w, asked, REFUSAL_WINDOW_NOT_OPEN);
        fact_time(job, "opensAt", edge_us);
        return true;
    case WINDOW_CLOSED:
        refuse_counted(job, w, asked, REFUSAL_WINDOW_CLOSED);
        fact_time(job, "closedAt", edge_us);
        return true;
    }
    return true;
}

/* The problem names the first rule that fails, with the fact and the values it allows; further ones follow as facts. */
static bool rules_refuse(struct job *job, struct workset *w, const struct asked *asked, const struct implementation *i,
                         const struct person *person)
{
    const struct rule *failing[2 * ELIGIBILITY_RULES_MAX];
    size_t count = eligibility_failing(i->programme->rules, i->programme->rule_count, person, failing);

    count += eligibility_failing(i->rules, i->rule_count, person, failing + count);
    for (size_t n = 0; n < count; n++) {
        const struct rule *rule = failing[n];
        const char *sv = *rule->reason.sv ? rule->reason.sv : rule->reason.fi, *en = *rule->reason.en ? rule->reason.en : rule->reason.fi;
        if (n == 0)
            (void)job_fail(job, ERR_REFUSED, rule->rule, NULL, rule->reason.fi, sv, en);
        else
            job_fact(job, "rule", rule->rule);
        job_fact(job, rule->fact, person_fact(person, rule->fact) != NULL ? person_fact(person, rule->fact) : "");
        job_fact(job, "allowed", rule->allowed);
        workset_refused(w, asked->programme, asked->implementation, asked->person, rule->rule);
    }
    return count > 0;
}

static bool already_registered(struct job *job, struct workset *w, const struct asked *asked)
{
    const struct registration *active = workset_active(w, asked->person, asked->programme);

    if (active == NULL)
        return false;
    refuse_counted(job, w, asked, REFUSAL_ALREADY_REGISTERED);
    fact_id(job, "registrationId", active->id);
    return true;
}

static void register_person(struct job *job, struct workset *w, const struct asked *asked, struct implementation *i,
                            enum registration_state state)
{
    struct registration *r = arena_alloc(w->arena, sizeof *r);

    r->id = uuid_v7(w->now_us);
    r->person = asked->person;
    r->caller = job->actor;
    r->received_us = arrival_us(job, w);
    workset_salt(w, r->salt);
    place_give(i, r, state, w->now_us);
    workset_registered(w, r, key_of(job), request_hash(job));
    tell_enrolled(w, job, i, r);
    job_answer(job, &registration_message(w, r)->base, r->version);
}

/*~ 6. Decide: the rules, on rows that are the truth until COMMIT because the programme is locked. No I/O, no clock. */
void enrol_decide(struct job *job, struct workset *w)
{
    struct asked asked;

    if (read_asked(job, &asked) != ERR_OK || replay(job, w))
        return;
    struct implementation *i = workset_implementation(w, asked.implementation);
    if (i == NULL || uuid_compare(i->programme->id, asked.programme) != 0) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct person *person = workset_person(w, asked.person);
    if (person == NULL) {
        refuse_counted(job, w, &asked, REFUSAL_PERSON_UNKNOWN);
        return;
    }
    if (window_refuses(job, w, &asked, i->programme) || rules_refuse(job, w, &asked, i, person) || already_registered(job, w, &asked))
        return;
    switch (allocation_decide(i)) {
    case ALLOCATION_SEAT:
        register_person(job, w, &asked, i, REGISTRATION_SEATED);
        return;
    case ALLOCATION_QUEUE:
        register_person(job, w, &asked, i, REGISTRATION_QUEUED);
        return;
    case ALLOCATION_FULL:
        refuse_counted(job, w, &asked, REFUSAL_FULL);
        return;
    }
}
