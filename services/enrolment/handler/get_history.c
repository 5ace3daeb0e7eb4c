/* GetHistory: a registration with every change of its state, who made it and why. Its person, the leader of
 * its team, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/seen_registration.h"

#define HISTORY_MAX 200 /* an offer can be let pass on any number of times; nobody does so two hundred times */

enum err get_history_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetHistoryRequest *request = (const Enrolment__GetHistoryRequest *)job->message;
    struct uuid id;
    enum err err = seen_registration_led_needs(job, w, &request->registration_id, &id);

    if (err == ERR_OK)
        workset_query(w, job, QUERY_HISTORY, HISTORY_MAX)->id = id;
    return err;
}

static Enrolment__Move *move_message(struct workset *w, const struct move *move)
{
    Enrolment__Move *m = arena_alloc(w->arena, sizeof *m);
    enrolment__move__init(m);
    m->chain_n = move->n;
    m->from = (Enrolment__State)move->from;
    m->to = (Enrolment__State)move->to;
    m->at_us = move->at_us;
    m->actor = id_bytes(&move->actor);
    m->actor_forgotten = move->forgotten;
    m->reason = (char *)(uintptr_t)move->reason;
    return m;
}

void get_history_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    const struct registration *r = seen_registration(job, w, query->id);

    if (r == NULL)
        return;
    Enrolment__History *history = arena_alloc(w->arena, sizeof *history);
    enrolment__history__init(history);
    history->registration = registration_message(w, r);
    history->n_moves = query->count;
    history->moves = arena_array(w->arena, query->count, sizeof(Enrolment__Move *));
    for (size_t i = 0; i < query->count; i++)
        history->moves[i] = move_message(w, query->rows[i]);
    job_answer(job, &history->base, r->version);
}
