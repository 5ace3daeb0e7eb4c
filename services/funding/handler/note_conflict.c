/* NoteConflict: an official of the call notes a conflict of interest of their own, or one of its preparers somebody's. From then on that
 * person takes no part in the application, and an evaluation of theirs that is saved already counts for nothing. It cannot be taken back;
 * noting it again changes nothing. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/tell_evaluation.h"
#include "services/funding/handler/who.h"

enum err note_conflict_needs(struct job *job, struct workset *w)
{
    const Funding__NoteConflictRequest *request = (const Funding__NoteConflictRequest *)job->message;
    struct uuid person;
    enum err err = evaluation_case_want(job, w, &request->application_id, true);

    if (err == ERR_OK)
        err = check_id_or(job, "personId", &request->person_id, job->actor, &person);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    return err;
}

static bool may_note(struct job *job, const struct call *call, struct uuid person)
{
    if (uuid_compare(person, job->actor) == 0 || (who_is(job, BUS__ROLE__ROLE_PREPARER) && call_prepared_by(call, job->actor)))
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.conflict.others", "personId", "Toisen esteellisyyden voi merkitä vain haun valmistelija",
                   "Bara en beredare för utlysningen kan anteckna någon annans jäv",
                   "Only a preparer of the call can note somebody else's conflict of interest");
    return false;
}

/* How many evaluations count once this person's does not. */
static size_t counted_without(const struct evaluation_case *c, struct uuid person)
{
    size_t count;
    const struct evaluation *rows = evaluation_rows(c->found, c->application->id, &count);
    size_t counted = 0;

    for (size_t i = 0; i < count; i++)
        counted += !rows[i].excluded && uuid_compare(rows[i].person_id, person) != 0;
    return counted;
}

static void answer(struct job *job, const struct evaluation_case *c, const struct conflict *added)
{
    const struct conflict **rows = arena_array(job->arena, c->found->conflict_count + 2, sizeof *rows);
    size_t count = 0;

    for (; count < c->found->conflict_count; count++)
        rows[count] = &c->found->conflicts[count];
    if (added != NULL)
        rows[count++] = added;
    job_answer(job, &conflict_list_message(job->arena, rows, count)->base, 0);
}

void note_conflict_decide(struct job *job, struct workset *w)
{
    const Funding__NoteConflictRequest *request = (const Funding__NoteConflictRequest *)job->message;
    struct conflict *conflict = arena_alloc(w->arena, sizeof *conflict);
    struct evaluation_case c;
    struct uuid person;

    if (!evaluation_case_seen(job, w, &c) || check_id_or(job, "personId", &request->person_id, job->actor, &person) != ERR_OK ||
        !may_note(job, c.call, person))
        return;
    if (conflict_of(c.found, c.application->id, person) != NULL) {
        answer(job, &c, NULL);
        return;
    }
    if (conflict_of(c.found, c.application->id, job->actor) != NULL) { /* about somebody else: that would be taking part */
        (void)conflict_refuse(job);
        return;
    }
    if (!evaluation_case_waits(job, c.application))
        return;
    *conflict = (struct conflict){
        .application_id = c.application->id, .person_id = person, .reason = request->reason, .noted_us = w->now_us, .noted_by = job->actor};
    conflict_add(w, conflict);
    const struct evaluation *had = evaluation_by(c.found, c.application->id, person);
    if (had != NULL && !had->excluded)
        tell_evaluated(w, job, c.application->id, c.call->id, counted_without(&c, person));
    answer(job, &c, conflict);
}
