/* ImportProgramme: a whole programme from one message, new or on top of the one with the same code. A dry run says what it would do
 * and what disagrees, and changes nothing. Ids follow from the codes, so importing the same file again changes nothing either.
 * Seats already taken are never touched: a capacity below them refuses the import. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell.h"
#include "services/enrolment/store/unit_use.h"

enum err import_programme_needs(struct job *job, struct workset *w)
{
    const Enrolment__ImportProgrammeRequest *request = (const Enrolment__ImportProgrammeRequest *)job->message;
    struct uuid id = {{0}};
    enum err err = check_staff(job);

    if (err != ERR_OK)
        return err;
    if (request->programme == NULL)
        return fail_missing(job, "programme");
    err = check_id_or(job, "programme.id", &request->programme->id, id, &id);
    if (err == ERR_OK)
        err = import_check(job, request->programme);
    if (err != ERR_OK)
        return err;
    workset_lock_code(w, request->programme->code);
    workset_lock_programme(w, uuid_is_nil(id) ? import_id((struct uuid){{0}}, "programme:", request->programme->code) : id);
    workset_want_units(w);
    unit_use_want(w, job, id, request->programme->code);
    workset_want_promotions(w, PROGRAMME_WAITING_MAX);
    return ERR_OK;
}

/* The programme that stands under this id or this code. False: the code belongs to another programme than the id. */
static bool find_before(const struct workset *w, const Enrolment__Programme *m, struct uuid id, struct programme **before)
{
    struct programme *coded = workset_programme_coded(w, m->code);

    *before = uuid_is_nil(id) ? coded : workset_programme(w, id);
    return coded == NULL || coded == *before;
}

static bool caps_refuse(struct job *job, const struct programme *after)
{
    if (!capacity_allowed(after->cap, after->taken + after->reserved)) {
        (void)refuse_field(job, REFUSAL_CAPACITY_BELOW_TAKEN, "programme.cap");
        job_fact(job, "code", after->code);
        fact_number(job, "taken", after->taken);
        fact_number(job, "reserved", after->reserved);
        return true;
    }
    for (size_t i = 0; i < after->implementation_count; i++) {
        const struct implementation *at = &after->implementations[i];
        const bool seats = capacity_allowed(at->capacity, at->taken + at->reserved), queue = capacity_allowed(at->waiting_cap, at->waiting);
        if (seats && queue)
            continue;
        (void)refuse(job, seats ? REFUSAL_WAITING_BELOW_QUEUED : REFUSAL_CAPACITY_BELOW_TAKEN);
        job_fact(job, "code", at->code);
        fact_number(job, seats ? "waiting" : "taken", seats ? at->waiting : at->taken);
        if (!seats)
            fact_number(job, "reserved", at->reserved);
        return true;
    }
    return false;
}

/* Implementations that the message leaves out stay: people may have places there. Units stay when somebody has attended them. */
static void note_left_out(struct report *report, const Enrolment__Programme *m, const struct programme *after)
{
    struct arena *arena = report->w->arena;

    for (size_t i = m->n_implementations; i < after->implementation_count; i++)
        report_line(report, ENROLMENT__IMPORT_REPORT__LINE__KIND__NOTE,
                    arena_printf(arena, "implementations[%s]", after->implementations[i].code), "ei ole tiedostossa; jää ennalleen",
                    "finns inte i filen; förblir som det är", "is not in the file; stays as it is");
    for (size_t i = m->n_units; i < after->unit_count; i++)
        report_line(report, ENROLMENT__IMPORT_REPORT__LINE__KIND__NOTE, arena_printf(arena, "units[%zu]", i),
                    "ei ole tiedostossa, mutta siinä on osallistumisia tai suorituksia; jää ennalleen",
                    "finns inte i filen men har deltaganden eller prestationer; förblir som det är",
                    "is not in the file but has been attended or completed; stays as it is");
}

/* What follows from capacities and caps, seats for those who wait among it. */
static void resize(struct workset *w, struct job *job, const struct programme *before, struct programme *after)
{
    for (size_t i = 0; i < after->implementation_count; i++) {
        struct implementation *at = &after->implementations[i];
        const struct implementation *was = before != NULL ? programme_implementation(before, at->id) : NULL;
        const bool resized =
            was == NULL || was->capacity != at->capacity || was->waiting_cap != at->waiting_cap || before->cap != after->cap;
        at->version++;
        if (resized && before != NULL)
            tell_capacity(w, job, at, "");
    }
    promote(w, job, after);
}

static void apply(struct job *job, struct workset *w, struct programme *before, struct programme *after, const struct report *report)
{
    const struct programme was = before != NULL ? *before : (struct programme){.version = 0};
    struct programme *at_hand = edit_store(job, w, before, after, report, "");

    resize(w, job, before != NULL ? &was : NULL, at_hand);
    tell_programme(w, job, at_hand);
}

static bool refused(struct job *job, struct workset *w, const struct programme *before, const struct programme *after)
{
    return caps_refuse(job, after) || !edit_windows_fit(job, after) || (before != NULL && !edit_questions_fit(job, before, after)) ||
           !edit_forgets_nobody(job, w, before, after) || !edit_fits(job, w, after);
}

void import_programme_decide(struct job *job, struct workset *w)
{
    const Enrolment__ImportProgrammeRequest *request = (const Enrolment__ImportProgrammeRequest *)job->message;
    const Enrolment__Programme *m = request->programme;
    struct uuid id = {{0}};
    struct programme *before = NULL;
    struct report report;

    if (check_id_or(job, "programme.id", &m->id, id, &id) != ERR_OK)
        return;
    if (!find_before(w, m, id, &before)) {
        (void)job_fail(job, ERR_CONFLICT, "enrolment.import.code-taken", "programme.code", "Koodi on toisella koulutuksella",
                       "Koden hör till en annan utbildning", "The code belongs to another programme");
        return;
    }
    if (before != NULL)
        id = before->id;
    else if (uuid_is_nil(id))
        id = programme_id_of(w, m->code);
    struct programme *after = import_build(w, job, m, before, id);
    if (refused(job, w, before, after))
        return;
    report_init(&report, w);
    import_compare(&report, before, after);
    note_left_out(&report, m, after);
    import_doubts(&report, after, w->now_us);
    report_close(&report);
    if (!request->dry_run && report.count > 0)
        apply(job, w, before, after, &report);
    report.message->applied = !request->dry_run;
    report.message->programme_id = bytes_of(arena_copy(w->arena, uuid_span(&id)).data, sizeof id.b);
    job_answer(job, &report.message->base, 0);
}
