/* TakeBackConflict: a preparer of the call, who has no conflict of interest in the application, takes back one that was noted by mistake,
 * with a reason. It stays in the list with who, when and why; an evaluation it had excluded counts again until the decision. That somebody
 * applies themselves cannot be taken back: nobody has noted it. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/tell_evaluation.h"
#include "services/funding/handler/who.h"

enum err take_back_conflict_needs(struct job *job, struct workset *w)
{
    const Funding__TakeBackConflictRequest *request = (const Funding__TakeBackConflictRequest *)job->message;
    struct uuid person;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = evaluation_case_want(job, w, &request->application_id, true);
    if (err == ERR_OK)
        err = check_id(job, "personId", &request->person_id, &person);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    return err;
}

static bool is_preparer(struct job *job, const struct call *call)
{
    if (call_prepared_by(call, job->actor))
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.conflict.others", NULL, "Esteellisyysmerkinnän voi perua vain haun valmistelija",
                   "Bara en beredare för utlysningen kan återta en anteckning om jäv",
                   "Only a preparer of the call can take back a conflict of interest");
    return false;
}

/* The one that stands and was noted; NULL: there is none, and the job was refused. */
static struct conflict *to_end(struct job *job, const struct evaluation_case *c, struct uuid person)
{
    struct conflict *noted = conflict_noted(c->found, c->application->id, person);

    if (noted != NULL)
        return noted;
    if (conflict_of(c->found, c->application->id, person) == NULL) {
        (void)fail_absent(job, "personId");
        return NULL;
    }
    (void)job_fail(job, ERR_REFUSED, "funding.conflict.own", "personId",
                   "Henkilö on itse hakijana: hän on aina esteellinen omassa hakemuksessaan",
                   "Personen är själv sökande: hen är alltid jävig i sin egen ansökan",
                   "The person is the applicant: in one's own application one always has a conflict of interest");
    return NULL;
}

/* Their evaluation counts again while the application waits for its decision. */
static void tell(struct job *job, struct workset *w, const struct evaluation_case *c, struct uuid person)
{
    const struct evaluation *had = evaluation_by(c->found, c->application->id, person);
    const bool waits = c->application->state == APPLICATION_SUBMITTED || c->application->state == APPLICATION_TO_SUPPLEMENT;
    size_t count, counted = 1;
    const struct evaluation *rows = evaluation_rows(c->found, c->application->id, &count);

    if (!waits || had == NULL || !had->excluded)
        return;
    for (size_t i = 0; i < count; i++)
        counted += !rows[i].excluded;
    tell_evaluated(w, job, c->application->id, c->call->id, counted);
}

void take_back_conflict_decide(struct job *job, struct workset *w)
{
    const Funding__TakeBackConflictRequest *request = (const Funding__TakeBackConflictRequest *)job->message;
    struct evaluation_case c;
    struct uuid person;

    if (!evaluation_case_open(job, w, &c) || !is_preparer(job, c.call) || check_id(job, "personId", &request->person_id, &person) != ERR_OK)
        return;
    struct conflict *conflict = to_end(job, &c, person);
    if (conflict == NULL)
        return;
    conflict->ended_us = w->now_us;
    conflict->ended_by = job->actor;
    conflict->why = request->reason;
    conflict_end(w, conflict);
    tell(job, w, &c, person);
    job_answer(job, &conflict_list_message(job, &c, NULL)->base, 0);
}
