/* GetTraineeDays: trainee days of a programme as OPH counts them (domain/trainee_days.h): with every place taken, with those seated now,
 * and of those who completed; by implementation too. The full sum goes by the programme's cap, which need not be the sum of the
 * implementations' seats. Staff only. */
#include "services/enrolment/domain/trainee_days.h"

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/store/learning.h"

enum err get_trainee_days_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetTraineeDaysRequest *request = (const Enrolment__GetTraineeDaysRequest *)job->message;
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &id);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, id);
    learning_want_counts(w, job, id);
    return ERR_OK;
}

static uint32_t completed_of(const struct learning_count *counts, size_t count, struct uuid implementation)
{
    for (size_t i = 0; i < count; i++)
        if (uuid_compare(counts[i].implementation, implementation) == 0)
            return counts[i].completed;
    return 0;
}

static Enrolment__TraineeDays__Row *row_of(struct workset *w, const struct implementation *i, uint32_t completed)
{
    const uint32_t credits = i->programme->credits_tenths, seated = i->taken - i->held;
    Enrolment__TraineeDays__Row *row = arena_alloc(w->arena, sizeof *row);

    enrolment__trainee_days__row__init(row);
    row->implementation_id = id_bytes(&i->id);
    row->code = (char *)(uintptr_t)i->code;
    row->seated = seated;
    row->completed = completed;
    row->planned_tenths = trainee_days_tenths(credits, i->capacity);
    row->current_tenths = trainee_days_tenths(credits, seated);
    row->completed_tenths = trainee_days_tenths(credits, completed);
    return row;
}

void get_trainee_days_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetTraineeDaysRequest *request = (const Enrolment__GetTraineeDaysRequest *)job->message;
    struct uuid id;
    size_t count;

    if (check_id(job, "programmeId", &request->programme_id, &id) != ERR_OK)
        return;
    const struct programme *p = workset_programme(w, id);
    if (p == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct learning_count *counts = learning_counts(w, job, &count);
    Enrolment__TraineeDays *m = arena_alloc(w->arena, sizeof *m);
    uint64_t completed = 0;
    enrolment__trainee_days__init(m);
    m->rows = arena_array(w->arena, p->implementation_count, sizeof(Enrolment__TraineeDays__Row *));
    for (; m->n_rows < p->implementation_count; m->n_rows++) {
        const struct implementation *i = &p->implementations[m->n_rows];
        m->rows[m->n_rows] = row_of(w, i, completed_of(counts, count, i->id));
        completed += m->rows[m->n_rows]->completed;
    }
    m->programme_id = id_bytes(&p->id);
    m->credits_tenths = p->credits_tenths;
    m->full_tenths = trainee_days_tenths(p->credits_tenths, p->cap);
    m->current_tenths = trainee_days_tenths(p->credits_tenths, p->taken - p->held);
    m->completed_tenths = trainee_days_tenths(p->credits_tenths, completed);
    job_answer(job, &m->base, 0);
}
