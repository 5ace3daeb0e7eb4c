/* Enrol: the hot path. Decides in the order of arrival at the writer, under the programme's lock: known person, open window,
 * eligible, not registered yet, then a seat, the waiting list or neither. Whoever holds a seat confirms that one instead (confirm.c).
 *
 * The idempotency key lives on the registration itself. A repeated request finds it and is answered with that registration as
 * it is now, marked as replayed; a refused one left nothing behind and is decided anew. */
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/handler/answers.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/invited.h"
#include "services/enrolment/handler/newcomer.h"

static enum err read_asked(struct job *job, struct newcomer *asked)
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
    struct newcomer asked = {.at = NULL};
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = read_asked(job, &asked);
    if (err != ERR_OK)
        return err;
    newcomer_needs(job, w, &asked);
    invited_needs(job, w, ((const Enrolment__EnrolRequest *)job->message)->invitation);
    return ERR_OK;
}

/* Where the newcomer gets a place: the seat of the invitation, or what is free. False: refused. */
static bool find_place(struct job *job, struct workset *w, struct newcomer *n, struct invitation *invitation,
                       enum registration_state *state)
{
    *state = REGISTRATION_SEATED;
    if (invitation != NULL) {
        invited_use(w, n, invitation);
        return true;
    }
    switch (allocation_decide(n->at)) {
    case ALLOCATION_SEAT:
        return true;
    case ALLOCATION_QUEUE:
        *state = REGISTRATION_QUEUED;
        return true;
    case ALLOCATION_FULL:
        newcomer_refuse_full(job, w, n);
        return false;
    }
    return false;
}

/*~ 6. Decide: the rules, on rows that are the truth until COMMIT because the programme is locked. No I/O, no clock. */
void enrol_decide(struct job *job, struct workset *w)
{
    const Enrolment__EnrolRequest *request = (const Enrolment__EnrolRequest *)job->message;
    struct newcomer n = {.at = NULL};
    struct invitation *invitation = NULL;
    enum registration_state state;

    if (read_asked(job, &n) != ERR_OK || newcomer_replay(job, w) || !newcomer_find(job, w, &n) ||
        !invited_judge(job, w, &n, request->invitation, &invitation) || !newcomer_admit(job, w, &n))
        return;
    if (answers_check(job, w, n.at->programme, request->answers, request->n_answers, "answers") != ERR_OK ||
        !find_place(job, w, &n, invitation, &state))
        return;
    const struct registration *r = newcomer_register(job, w, &n, state, newcomer_key(job), job_hash(job, w->seal));
    answers_record(w, n.at->programme, r, request->answers, request->n_answers);
    job_answer(job, &registration_message(w, r)->base, r->version);
}
