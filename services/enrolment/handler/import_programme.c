/* ImportProgramme: a whole programme from one message, new or on top of the one with the same code. A dry run says what it would do
 * and what disagrees, and changes nothing. Ids follow from the codes, so importing the same file again changes nothing either.
 * Seats already taken are never touched: a capacity below them refuses the import. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/import.h"
#include "services/enrolment/handler/tell.h"

static struct uuid id_of_code(const char *code)
{
    return import_id((struct uuid){{0}}, "programme:", code);
}

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
    workset_lock_programme(w, uuid_is_nil(id) ? id_of_code(request->programme->code) : id);
    workset_want_units(w);
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
    if (!capacity_allowed(after->cap, after->taken)) {
        (void)refuse(job, REFUSAL_CAPACITY_BELOW_TAKEN);
        job_fact(job, "code", after->code);
        fact_number(job, "taken", after->taken);
        return true;
    }
    for (size_t i = 0; i < after->implementation_count; i++) {
        const struct implementation *at = &after->implementations[i];
        const bool seats = capacity_allowed(at->capacity, at->taken), queue = capacity_allowed(at->waiting_cap, at->waiting);
        if (seats && queue)
            continue;
        (void)refuse(job, seats ? REFUSAL_WAITING_BELOW_QUEUED : REFUSAL_CAPACITY_BELOW_TAKEN);
        job_fact(job, "code", at->code);
        fact_number(job, seats ? "waiting" : "taken", seats ? at->waiting : at->taken);
        return true;
    }
    return false;
}

/* What the message brings and what stays from before must fit together: the whole programme is told in one event. */
static bool size_refuses(struct job *job, struct workset *w, const struct programme *after)
{
    if (check_range(job, "programme.implementations", (int64_t)after->implementation_count, 0, PROGRAMME_IMPLEMENTATIONS_MAX) != ERR_OK)
        return true;
    return enrolment__programme__get_packed_size(programme_message(w, after)) > STORED_BYTES_MAX &&
           job_fail(job, ERR_TOO_LARGE, NULL, NULL, NULL, NULL, NULL) != ERR_OK;
}

/* Implementations that the message leaves out stay: people may have places there. */
static void note_left_out(struct report *report, const Enrolment__Programme *m, const struct programme *after)
{
    struct arena *arena = report->w->arena;

    for (size_t i = m->n_implementations; i < after->implementation_count; i++)
        report_line(report, ENROLMENT__IMPORT_REPORT__LINE__KIND__NOTE,
                    arena_printf(arena, "implementations[%s]", after->implementations[i].code), "ei ole tiedostossa; jää ennalleen",
                    "finns inte i filen; förblir som det är", "is not in the file; stays as it is");
}

static void apply(struct workset *w, struct job *job, const struct programme *before, struct programme *after)
{
    after->version++;
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
    tell_programme(w, job, after);
}

/* Puts the imported programme in the place of the one at hand, so that the jobs after this one see it. */
static struct programme *put_at_hand(struct workset *w, struct programme *before, struct programme *built)
{
    struct programme *at_hand = built;

    if (before != NULL) {
        *before = *built;
        at_hand = before;
    }
    for (size_t i = 0; i < at_hand->implementation_count; i++)
        at_hand->implementations[i].programme = at_hand;
    workset_programme_put(w, at_hand);
    return at_hand;
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
        id = workset_programme(w, id_of_code(m->code)) == NULL ? id_of_code(m->code) : uuid_v7(w->now_us); /* it was renamed since */
    struct programme *after = import_build(w, m, before, id);
    if (caps_refuse(job, after) || size_refuses(job, w, after))
        return;
    report_init(&report, w);
    import_compare(&report, before, after);
    note_left_out(&report, m, after);
    import_doubts(&report, after, w->now_us);
    if (!request->dry_run && report.changes > 0) {
        const struct programme was = before != NULL ? *before : (struct programme){.version = 0};
        apply(w, job, before != NULL ? &was : NULL, put_at_hand(w, before, after));
    }
    report.message->applied = !request->dry_run;
    report.message->programme_id = bytes_of(arena_copy(w->arena, uuid_span(&id)).data, sizeof id.b);
    job_answer(job, &report.message->base, 0);
}
