/* The way of a newcomer: found, admitted, registered. See newcomer.h. */
#include "services/enrolment/handler/newcomer.h"

#include "common/base/alloc.h"
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/place.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

int64_t arrival_us(const struct job *job, const struct workset *w)
{
    const int64_t received_us = job->request->received_us;
    return received_us > 0 && received_us < w->now_us ? received_us : w->now_us;
}

struct span newcomer_key(const struct job *job)
{
    return span_of(job->request->idempotency_key.data, job->request->idempotency_key.len);
}

void newcomer_needs(struct job *job, struct workset *w, const struct newcomer *asked)
{
    workset_lock_programme(w, asked->programme);
    workset_want_person(w, asked->person);
    workset_want_active(w, asked->person, asked->programme);
    workset_want_key(w, job->actor, newcomer_key(job));
}

bool newcomer_replay(struct job *job, struct workset *w)
{
    const struct key_want *key = workset_key(w, job->actor, newcomer_key(job));

    if (key == NULL || key->registration == NULL)
        return false;
    const struct hash hash = job_hash(job, w->seal);
    if (!hash_equal(&hash, &key->request_hash)) {
        (void)job_fail(job, ERR_KEY_REUSED, NULL, NULL, NULL, NULL, NULL);
        return true;
    }
    job_answer(job, &registration_message(w, key->registration)->base, key->registration->version);
    job->replayed = true;
    return true;
}

/* Whom a team brings and nobody knew before has an id of this request alone: they count together, as nobody in particular. */
void newcomer_count_refusal(struct workset *w, const struct newcomer *n, const char *rule)
{
    const bool nameless = n->who != NULL && workset_person(w, n->person) == NULL;

    workset_refused(w, n->programme, n->implementation, nameless ? (struct uuid){{0}} : n->person, rule);
}

void newcomer_refuse(struct job *job, struct workset *w, const struct newcomer *n, enum refusal refusal)
{
    (void)refuse(job, refusal);
    newcomer_count_refusal(w, n, refusal_text(refusal)->rule);
}

void newcomer_refuse_full(struct job *job, struct workset *w, const struct newcomer *n)
{
    newcomer_refuse(job, w, n, allocation_congested(n->at) ? REFUSAL_CONGESTED : REFUSAL_FULL);
}

struct implementation *newcomer_place(struct job *job, const struct workset *w, struct uuid programme, struct uuid implementation)
{
    struct implementation *at = workset_implementation(w, implementation);

    if (at != NULL && uuid_compare(at->programme->id, programme) == 0)
        return at;
    (void)fail_absent(job, workset_programme(w, programme) == NULL ? "programmeId" : "implementationId");
    return NULL;
}

/* Whoever enrols others, as staff or as a team's leader, has other details to see to than one's own. */
static void refuse_unknown(struct job *job, struct workset *w, const struct newcomer *n)
{
    const char *rule = refusal_text(REFUSAL_PERSON_UNKNOWN)->rule;

    if (uuid_compare(job->actor, n->person) == 0) {
        newcomer_refuse(job, w, n, REFUSAL_PERSON_UNKNOWN);
        return;
    }
    (void)job_fail(job, ERR_REFUSED, rule, "personId",
                   "Henkilön tietoja ei ole: täytä ne ensin, sillä kelpoisuus ratkaistaan niiden perusteella",
                   "Personens uppgifter saknas: fyll först i dem, eftersom behörigheten avgörs utifrån dem",
                   "This person's details are not known: fill them in first, since eligibility is decided by them");
    newcomer_count_refusal(w, n, rule);
}

bool newcomer_find(struct job *job, struct workset *w, struct newcomer *n)
{
    n->at = newcomer_place(job, w, n->programme, n->implementation);
    if (n->at == NULL)
        return false;
    n->who = workset_person(w, n->person);
    if (n->who == NULL)
        refuse_unknown(job, w, n);
    return n->who != NULL;
}

/* Outside of a window by an early code. Not into a programme that is over and whose people were forgotten: whoever came then never would
 * be. */
static bool is_let_in(const struct newcomer *n, int64_t at_us)
{
    const struct programme *programme = n->at->programme;
    int64_t edge_us = 0;

    return n->early && (programme->forgotten_us == 0 ||
                        window_state_at(programme->windows, programme->window_count, at_us, &edge_us) == WINDOW_NOT_YET);
}

static bool window_refuses(struct job *job, struct workset *w, struct newcomer *n)
{
    const struct programme *programme = n->at->programme;
    const int64_t at_us = arrival_us(job, w);
    const bool invited = !uuid_is_nil(n->invitation); /* a reserved seat takes nothing of a round's quota */
    struct window *window = window_at(programme->windows, programme->window_count, at_us);
    int64_t edge_us = 0;

    n->window = invited ? NULL : window;
    if (window != NULL ? invited || window_quota_left(window) : is_let_in(n, at_us))
        return false;
    if (window != NULL) {
        newcomer_refuse(job, w, n, REFUSAL_WINDOW_QUOTA);
        fact_number(job, "quota", window->quota);
        return true;
    }
    switch (window_state_at(programme->windows, programme->window_count, at_us, &edge_us)) {
    case WINDOW_OPEN:
        bug("a moment lies in an open window that is not found");
    case WINDOW_NONE:
        newcomer_refuse(job, w, n, REFUSAL_WINDOW_NONE);
        return true;
    case WINDOW_NOT_YET:
        newcomer_refuse(job, w, n, REFUSAL_WINDOW_NOT_OPEN);
        fact_time(job, "opensAt", edge_us);
        return true;
    case WINDOW_CLOSED:
        newcomer_refuse(job, w, n, REFUSAL_WINDOW_CLOSED);
        fact_time(job, "closedAt", edge_us);
        return true;
    }
    return true;
}

static void rule_facts(struct job *job, const struct rule *rule, const struct person *who)
{
    const char *fact = person_fact(who, rule->fact);

    job_fact(job, rule->fact, fact != NULL ? fact : "");
    job_fact(job, "allowed", rule->allowed);
}

void newcomer_fail_rule(struct job *job, const struct rule *rule, const struct person *who)
{
    const char *sv = *rule->reason.sv ? rule->reason.sv : rule->reason.fi, *en = *rule->reason.en ? rule->reason.en : rule->reason.fi;

    (void)job_fail(job, ERR_REFUSED, rule->rule, NULL, rule->reason.fi, sv, en);
    rule_facts(job, rule, who);
}

static void refuse_by_rule(struct job *job, struct workset *w, const struct newcomer *n, const struct rule *rule, bool first)
{
    if (first) {
        newcomer_fail_rule(job, rule, n->who);
    } else {
        job_fact(job, "rule", rule->rule);
        rule_facts(job, rule, n->who);
    }
    newcomer_count_refusal(w, n, rule->rule);
}

/* The problem names the first rule that fails, with the fact and the values it allows; further ones follow as facts. A rule for review
 * refuses nobody. */
static bool rules_refuse(struct job *job, struct workset *w, struct newcomer *n)
{
    const struct rule *failing[2 * ELIGIBILITY_RULES_MAX];
    const struct programme *programme = n->at->programme;
    size_t count = eligibility_failing(programme->rules, programme->rule_count, n->who, failing);
    bool refused = false;

    count += eligibility_failing(n->at->rules, n->at->rule_count, n->who, failing + count);
    n->review = programme->moderated ? REVIEW_UNREVIEWED : REVIEW_NOT_NEEDED;
    for (size_t i = 0; i < count; i++) {
        if (failing[i]->review) {
            n->review = REVIEW_UNREVIEWED;
            continue;
        }
        refuse_by_rule(job, w, n, failing[i], !refused);
        refused = true;
    }
    return refused;
}

/* A seat that was held for this person too long is kept for a moment yet (HOLD_GRACE_US), but cannot be confirmed any more. */
static enum refusal refusal_beside(const struct registration *active, int64_t at_us)
{
    if (active->state != REGISTRATION_HELD)
        return REFUSAL_ALREADY_REGISTERED;
    return registration_lapsed(active, at_us) ? REFUSAL_HOLD_ENDING : REFUSAL_HOLD_OPEN;
}

bool newcomer_admit(struct job *job, struct workset *w, struct newcomer *n)
{
    if (window_refuses(job, w, n) || rules_refuse(job, w, n))
        return false;
    const struct registration *active = workset_active(w, n->person, n->programme);
    if (active == NULL)
        return true;
    newcomer_refuse(job, w, n, refusal_beside(active, arrival_us(job, w)));
    fact_id(job, "registrationId", active->id);
    return false;
}

struct registration *newcomer_register(struct job *job, struct workset *w, struct newcomer *n, enum registration_state state,
                                       struct span key, struct hash request_hash)
{
    struct registration *r = arena_alloc(w->arena, sizeof *r);

    r->id = uuid_v7_take(&w->random, w->now_us);
    r->person = n->person;
    r->caller = job->actor;
    r->received_us = arrival_us(job, w);
    r->review = n->review;
    r->team = n->team;
    r->invitation = n->invitation;
    workset_salt(w, r->salt);
    place_give(n->at, r, state, w->now_us);
    if (n->window != NULL && window_quota_use(n->window) && state == REGISTRATION_HELD)
        r->quota_window = n->window->id;
    workset_registered(w, r, key, request_hash);
    tell_enrolled(w, job, n->at, r);
    return r;
}
