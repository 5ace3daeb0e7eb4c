/* NoteConflict: an official of the call notes a conflict of interest of their own, or one of its preparers another official's. From then on
 * that person takes no part in the application nor in the grant that follows it, and an evaluation of theirs that is saved already counts
 * for nothing; one that a decision rests on stays as it was. Noting it again changes nothing; what was noted by mistake a preparer takes
 * back (take_back_conflict.c). */
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

/* A wrong id would keep nobody out. */
static bool is_official(struct job *job, const struct call *call, struct uuid person)
{
    if (uuid_compare(person, job->actor) == 0)
        return true;
    for (size_t i = 0; i < call->official_count; i++)
        if (uuid_compare(call->officials[i].person_id, person) == 0)
            return true;
    (void)job_fail(job, ERR_REFUSED, "funding.conflict.nobody", "personId",
                   "Henkilöllä ei ole tehtävää tässä haussa: nimeä hänet ensin haun toimijaksi, tai tarkista tunniste",
                   "Personen har ingen uppgift i denna utlysning: utse hen först till en uppgift, eller kontrollera id:t",
                   "The person has no role in this call: name them an official first, or check the id");
    return false;
}

/* Those that were taken back stay in the list, and an answer is bounded. */
static bool is_room(struct job *job, const struct evaluation_case *c)
{
    if (c->found->conflict_count < CALL_OFFICIALS_MAX + 1) /* the owner's own is among them, unnoted */
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.conflict.too-many", NULL,
                   "Hakemukseen on merkitty jo 100 esteellisyyttä, eikä enempää voi merkitä",
                   "100 fall av jäv har redan antecknats för ansökan, och fler kan inte antecknas",
                   "100 conflicts of interest are noted about the application already, and there can be no more");
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

/* What was evaluated before the decision is what the decision rests on. */
static void tell(struct job *job, struct workset *w, const struct evaluation_case *c, struct uuid person)
{
    const struct evaluation *had = evaluation_by(c->found, c->application->id, person);
    const bool waits = c->application->state == APPLICATION_SUBMITTED || c->application->state == APPLICATION_TO_SUPPLEMENT;

    if (waits && had != NULL && !had->excluded)
        tell_evaluated(w, job, c->application->id, c->call->id, counted_without(c, person));
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
        job_answer(job, &conflict_list_message(job, &c, NULL)->base, 0);
        return;
    }
    if (conflict_of(c.found, c.application->id, job->actor) != NULL) { /* about somebody else: that would be taking part */
        (void)conflict_refuse(job);
        return;
    }
    if (!is_official(job, c.call, person) || !is_room(job, &c))
        return;
    *conflict = (struct conflict){
        .application_id = c.application->id, .person_id = person, .reason = request->reason, .noted_us = w->now_us, .noted_by = job->actor};
    conflict_add(w, conflict);
    tell(job, w, &c, person);
    job_answer(job, &conflict_list_message(job, &c, conflict)->base, 0);
}
