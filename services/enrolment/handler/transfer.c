/* Transfer: to another implementation of the same programme, oneself until the cut-off, a coordinator with a reason at any time. The old
 * registration ends, a new one with its own order numbers begins and takes along what was answered and learnt; a seat that came free goes
 * on to who waits.
 *
 * Whoever moves oneself must meet the target's own rules; those of the programme were decided at enrolment. A rule that leaves it to a
 * person puts the new registration up for review. */
#include "services/enrolment/domain/transfer.h"

#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/cut_off.h"
#include "services/enrolment/domain/review.h"
#include "services/enrolment/handler/answers.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/newcomer.h"
#include "services/enrolment/handler/part_key.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/room.h"
#include "services/enrolment/handler/tell_by_hand.h"
#include "services/enrolment/store/change.h"
#include "services/enrolment/store/learning.h"

struct asked {
    struct uuid registration, implementation;
    const char *reason;
    bool by_staff; /* a coordinator who gives a reason acts as one, in one's own case too */
};

static enum err read_asked(struct job *job, struct asked *asked)
{
    const Enrolment__TransferRequest *request = (const Enrolment__TransferRequest *)job->message;
    enum err err = check_id(job, "registrationId", &request->registration_id, &asked->registration);

    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &asked->implementation);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    asked->reason = request->reason;
    asked->by_staff = check_is_staff(job) && *request->reason != '\0';
    return err;
}

/* Who asks is loaded as the person: the rules are only looked at when one moves oneself. */
enum err transfer_needs(struct job *job, struct workset *w)
{
    struct asked asked;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = read_asked(job, &asked);
    if (err != ERR_OK)
        return err;
    workset_lock_of_registration(w, asked.registration);
    answer_want(w, job, asked.registration);
    workset_lock_of_implementation(w, asked.implementation);
    workset_want_person(w, job->actor);
    workset_want_units(w);
    workset_want_promotions(w, 1);
    return ERR_OK;
}

static bool may(struct job *job, const struct asked *asked, const struct registration *r)
{
    if (!check_may_see(job, r->person)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return false;
    }
    if (asked->by_staff || uuid_compare(job->actor, r->person) == 0)
        return true;
    (void)fail_missing(job, "reason");
    return false;
}

/* What is wrong with the two ends, whoever asks. */
static bool ends_refuse(struct job *job, const struct registration *r, const struct implementation *to)
{
    if (uuid_compare(to->programme->id, r->programme) != 0)
        (void)refuse(job, REFUSAL_TRANSFER_OTHER_PROGRAMME);
    else if (!transfer_possible(r->state))
        (void)refuse(job, REFUSAL_TRANSFER_STATE);
    else if (uuid_compare(to->id, r->implementation) == 0)
        (void)refuse(job, REFUSAL_TRANSFER_SAME);
    else
        return false;
    return true;
}

static bool cut_off_refuses(struct job *job, const struct workset *w, const struct programme *programme)
{
    const int64_t until_us = cut_off_us(programme);

    if (arrival_us(job, w) < until_us)
        return false;
    (void)refuse(job, REFUSAL_TRANSFER_TOO_LATE);
    fact_time(job, "until", until_us);
    return true;
}

/* The first rule of the target that says no; one that leaves it to review does not. */
static bool target_refuses(struct job *job, const struct workset *w, const struct implementation *to)
{
    const struct person *person = workset_person(w, job->actor);

    if (person == NULL) {
        (void)refuse(job, REFUSAL_PERSON_UNKNOWN);
        return true;
    }
    for (size_t i = 0; i < to->rule_count; i++) {
        const struct rule *rule = &to->rules[i];
        if (rule->review || eligibility_meets(rule, person))
            continue;
        newcomer_fail_rule(job, rule, person);
        return true;
    }
    return false;
}

static struct registration *fresh_registration(struct job *job, struct workset *w)
{
    struct registration *fresh = arena_alloc(w->arena, sizeof *fresh);

    fresh->id = uuid_v7_take(&w->random, w->now_us);
    fresh->caller = job->actor;
    fresh->received_us = arrival_us(job, w);
    workset_salt(w, fresh->salt);
    return fresh;
}

static void move_over(struct job *job, struct workset *w, const struct asked *asked, struct registration *old, struct implementation *to,
                      enum transfer_verdict verdict)
{
    struct implementation *from = workset_implementation(w, old->implementation);
    struct registration *fresh = fresh_registration(job, w);
    struct move move = place_transfer(from, old, to, fresh, verdict, w->now_us);

    move.actor = job->actor;
    move.reason = asked->reason;
    if (!asked->by_staff && fresh->review == REVIEW_NOT_NEEDED && review_asked(to->rules, to->rule_count, workset_person(w, job->actor)))
        fresh->review = REVIEW_UNREVIEWED;
    workset_moved(w, old, &move);
    workset_registered(w, fresh, part_key(job, w, 0), job_hash(job, w->seal));
    answers_carry(w, job, old->id, fresh->id);
    learning_carry(w, old->id, fresh->id);
    tell_transferred(w, job, fresh, old, asked->reason, asked->by_staff);
    if (asked->by_staff)
        change_add(w, job, to->programme, "registration.implementation", from->code, to->code, asked->reason, fresh->id);
    if (registration_has_seat(move.from))
        promote(w, job, to->programme);
    job_answer(job, &registration_kept(w, fresh)->base, fresh->version);
}

/* Which of the facts stands in the way. Who waits could wait there as well; of the programme's cap one's own seat is one's own. */
static const char *cause_of(const struct implementation *to, enum registration_state state)
{
    if (!registration_has_seat(state))
        return "waitingCap";
    return allocation_free_here(to) ? "waiting" : "capacity";
}

void transfer_decide(struct job *job, struct workset *w)
{
    struct asked asked;

    if (read_asked(job, &asked) != ERR_OK)
        return;
    struct registration *r = workset_registration(w, asked.registration);
    struct implementation *to = workset_implementation(w, asked.implementation);
    if (r == NULL || r->forgotten) {
        (void)fail_absent(job, "registrationId");
        return;
    }
    if (!may(job, &asked, r))
        return;
    if (to == NULL) {
        (void)fail_absent(job, "implementationId");
        return;
    }
    if (ends_refuse(job, r, to) || (!asked.by_staff && (cut_off_refuses(job, w, to->programme) || target_refuses(job, w, to))))
        return;
    const enum transfer_verdict verdict = transfer_verdict_at(to, r->state);
    if (verdict == TRANSFER_NO_ROOM) {
        (void)refuse(job, REFUSAL_TRANSFER_NO_ROOM);
        job_fact(job, "cause", cause_of(to, r->state));
        fact_room(job, to);
        return;
    }
    move_over(job, w, &asked, r, to, verdict);
}
