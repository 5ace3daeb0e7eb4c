/* GetHistory: a registration with every change of its state, who made it and why. Its person, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"

enum err get_history_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetHistoryRequest *request = (const Enrolment__GetHistoryRequest *)job->message;
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "registrationId", &request->registration_id, &id);
    if (err != ERR_OK)
        return err;
    workset_see_registration(w, id);
    workset_query(w, job, QUERY_HISTORY, 10)->id = id;
    return ERR_OK;
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
    m->reason = (char *)(uintptr_t)move->reason;
    return m;
}

void get_history_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    const struct registration *r = workset_registration(w, query->id);

    if (r == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!check_may_see(job, r->person)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    Enrolment__History *history = arena_alloc(w->arena, sizeof *history);
    enrolment__history__init(history);
    history->registration = registration_message(w, r);
    history->n_moves = query->count;
    history->moves = arena_array(w->arena, query->count, sizeof(Enrolment__Move *));
    for (size_t i = 0; i < query->count; i++)
        history->moves[i] = move_message(w, query->rows[i]);
    job_answer(job, &history->base, r->version);
}
