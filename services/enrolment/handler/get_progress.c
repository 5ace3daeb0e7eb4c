/* GetProgress: how far a registration is: presence, completed units and their credits, plan, certificate. Its person, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/seen_learning.h"

enum err get_progress_needs(struct job *job, struct workset *w)
{
    return seen_learning_needs(job, w, &((const Enrolment__GetProgressRequest *)job->message)->registration_id);
}

static Enrolment__Progress__Part *part_message(struct workset *w, const struct unit *unit, const struct unit_mark *mark)
{
    Enrolment__Progress__Part *m = arena_alloc(w->arena, sizeof *m);

    enrolment__progress__part__init(m);
    m->unit_id = id_bytes(&unit->id);
    m->title = text_message(w, &unit->title);
    m->credits_tenths = unit->credits_tenths;
    if (mark == NULL)
        return m;
    m->presence = (Enrolment__Presence)mark->presence;
    m->completed_us = mark->completed_us;
    if (mark->completed_us != 0)
        m->credits_tenths = mark->credits_tenths;
    return m;
}

void get_progress_decide(struct job *job, struct workset *w)
{
    struct seen_learning seen;

    if (!seen_learning(job, w, &((const Enrolment__GetProgressRequest *)job->message)->registration_id, &seen))
        return;
    const struct programme *p = seen.programme;
    Enrolment__Progress *m = arena_alloc(w->arena, sizeof *m);
    enrolment__progress__init(m);
    m->registration_id = id_bytes(&seen.registration->id);
    m->units = arena_array(w->arena, p->unit_count, sizeof(Enrolment__Progress__Part *));
    for (; m->n_units < p->unit_count; m->n_units++)
        m->units[m->n_units] = part_message(w, &p->units[m->n_units], learning_mark(seen.learning, p->units[m->n_units].id));
    m->credits_tenths = learning_credits(seen.learning);
    m->plan_handed_in = seen.learning->plan != PLAN_NONE;
    m->plan_required = p->plan_required;
    if (certificate_valid(&seen.learning->certificate)) {
        m->completed_us = seen.learning->certificate.completed_us;
        m->certificate_code = (char *)(uintptr_t)seen.learning->certificate.code;
    }
    job_answer(job, &m->base, 0);
}
