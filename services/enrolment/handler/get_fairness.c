/* GetFairness: how fair the order was, in figures: arrivals against order numbers, waits for the decision, places given by hand, and of
 * a whole programme what regions and roles got. Coordinators; figures only, no names. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/store/fairness.h"

enum err get_fairness_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetFairnessRequest *request = (const Enrolment__GetFairnessRequest *)job->message;
    struct uuid programme, implementation;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &programme);
    if (err == ERR_OK)
        err = check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &implementation);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, programme);
    fairness_want(w, job, programme, implementation);
    return ERR_OK;
}

static uint32_t at_most(uint64_t us) /* 71 minutes are as bad as anything beyond */
{
    return us < UINT32_MAX ? (uint32_t)us : UINT32_MAX;
}

static Enrolment__Fairness__Part *part_message(struct workset *w, const struct implementation *i, const struct fairness_part *part)
{
    Enrolment__Fairness__Part *m = arena_alloc(w->arena, sizeof *m);

    enrolment__fairness__part__init(m);
    m->implementation_id = id_bytes(&i->id);
    m->code = (char *)(uintptr_t)i->code;
    if (part == NULL)
        return m; /* nobody has enrolled there */
    int64_t *room = arena_array(w->arena, part->count, sizeof *room);
    const struct fairness_order order = fairness_order(part->arrivals, room, part->count);
    const struct fairness_waits waits = fairness_waits(part->waits, room, part->count);
    m->registrations = (uint32_t)part->count;
    m->inversions = order.inversions;
    m->largest_us = at_most(order.largest_us);
    m->wait_p50_us = at_most(waits.p50_us);
    m->wait_p95_us = at_most(waits.p95_us);
    m->wait_max_us = at_most(waits.max_us);
    m->by_hand = part->by_hand;
    m->passed = part->passed;
    return m;
}

static const struct fairness_part *part_of(const struct fairness_rows *rows, struct uuid implementation)
{
    for (size_t n = 0; n < rows->part_count; n++)
        if (uuid_compare(rows->parts[n].implementation, implementation) == 0)
            return &rows->parts[n];
    return NULL;
}

static Enrolment__Fairness__Share *share_message(struct workset *w, const char *fact, const struct fairness_share *share)
{
    Enrolment__Fairness__Share *m = arena_alloc(w->arena, sizeof *m);

    enrolment__fairness__share__init(m);
    m->fact = (char *)(uintptr_t)fact;
    m->value = (char *)(uintptr_t)share->value;
    m->enrolled = share->enrolled;
    m->seated = share->seated;
    m->waiting = share->waiting;
    m->refused = share->refused;
    return m;
}

static void add_shares(struct workset *w, Enrolment__Fairness *m, struct fairness_rows *rows)
{
    size_t room = 0;

    for (size_t f = 0; f < sizeof rows->facts / sizeof *rows->facts; f++)
        room += rows->facts[f].count + 1;
    m->shares = arena_array(w->arena, room, sizeof *m->shares);
    for (size_t f = 0; f < sizeof rows->facts / sizeof *rows->facts; f++) {
        const struct fairness_fact *fact = &rows->facts[f];
        const size_t count = fairness_fold(fact->shares, fact->count);
        for (size_t n = 0; n < count; n++)
            m->shares[m->n_shares++] = share_message(w, fact->fact, &fact->shares[n]);
    }
}

static void refuse_too_many(struct job *job)
{
    (void)job_fail(job, ERR_REFUSED, "enrolment.fairness.too-many", "implementationId",
                   "Ilmoittautumisia on liikaa yhteen raporttiin: valitse yksi toteutus, jossa on enintään 20 000",
                   "Anmälningarna är för många för en rapport: välj ett genomförande med högst 20 000",
                   "There are too many registrations for one report: choose one implementation with at most 20,000");
    fact_number(job, "most", FAIRNESS_ROWS_MAX);
}

void get_fairness_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetFairnessRequest *request = (const Enrolment__GetFairnessRequest *)job->message;
    struct fairness_rows *rows = fairness_found(w, job);
    struct uuid id, chosen;

    if (check_id(job, "programmeId", &request->programme_id, &id) != ERR_OK ||
        check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &chosen) != ERR_OK)
        return;
    const struct programme *programme = workset_programme(w, id);
    if (programme == NULL || (!uuid_is_nil(chosen) && programme_implementation(programme, chosen) == NULL)) {
        (void)fail_absent(job, programme == NULL ? "programmeId" : "implementationId");
        return;
    }
    if (rows->too_many) {
        refuse_too_many(job);
        return;
    }
    Enrolment__Fairness *m = arena_alloc(w->arena, sizeof *m);
    enrolment__fairness__init(m);
    m->programme_id = id_bytes(&programme->id);
    m->parts = arena_array(w->arena, programme->implementation_count, sizeof *m->parts);
    for (size_t n = 0; n < programme->implementation_count; n++) {
        const struct implementation *i = &programme->implementations[n];
        if (uuid_is_nil(chosen) || uuid_compare(i->id, chosen) == 0)
            m->parts[m->n_parts++] = part_message(w, i, part_of(rows, i->id));
    }
    add_shares(w, m, rows);
    job_answer(job, &m->base, 0);
}
