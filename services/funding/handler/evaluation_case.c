/* See evaluation_case.h. */
#include "services/funding/handler/evaluation_case.h"

#include "services/funding/handler/convert.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/handler/who.h"

enum err evaluation_case_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id, bool write)
{
    struct uuid application;
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", id, &application);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, application, write ? CALL_LOCK : CALL_READ);
        (void)application_want(w, job, application, write ? APPLICATION_LOCK : APPLICATION_READ, CONTENT_NONE);
        evaluation_want(w, job, application);
    }
    return err;
}

enum err conflict_refuse(struct job *job)
{
    return job_fail(job, ERR_FORBIDDEN, "funding.conflict.no-part", NULL,
                    "Olet esteellinen tämän hakemuksen käsittelyssä, joten et voi osallistua siihen etkä nähdä sen arviointia",
                    "Du är jävig i behandlingen av denna ansökan, så du kan inte delta i den eller se bedömningen",
                    "You have a conflict of interest in this application: you can take no part in it, nor see its evaluation");
}

bool evaluation_case_seen(struct job *job, struct workset *w, struct evaluation_case *c)
{
    *c = (struct evaluation_case){.application = application_found(w, job), .call = call_found(w, job), .found = evaluation_asked(w, job)};
    if (c->application == NULL || c->call == NULL || *c->application->register_number == '\0')
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (!official_sees(job, c->call))
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-official", NULL, "Et ole tämän haun virkahenkilö",
                       "Du är inte tjänsteperson i denna utlysning", "You are no official of this call");
    else
        return true;
    return false;
}

bool evaluation_case_open(struct job *job, struct workset *w, struct evaluation_case *c)
{
    if (!evaluation_case_seen(job, w, c))
        return false;
    if (conflict_of(c->found, c->application->id, job->actor) == NULL)
        return true;
    (void)conflict_refuse(job);
    return false;
}

bool evaluation_case_waits(struct job *job, const struct application *application)
{
    if (application->state == APPLICATION_SUBMITTED || application->state == APPLICATION_TO_SUPPLEMENT)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.evaluation.state", NULL, "Hakemus ei odota päätöstä: se on peruttu tai päätetty",
                   "Ansökan väntar inte på beslut: den är återtagen eller avgjord",
                   "The application does not wait for a decision: it was withdrawn or decided");
    job_fact(job, "state", machine_state(MACHINE_APPLICATION, (int)application->state));
    return false;
}

bool evaluation_case_hidden(const struct job *job, const struct call *call, const struct evaluation_ask *found,
                            const struct application *application)
{
    return call_official(call, job->actor, OFFICIAL_EVALUATOR) != NULL && application->state != APPLICATION_DECIDED &&
           evaluation_by(found, application->id, job->actor) == NULL;
}

Funding__ConflictList *conflict_list_message(struct arena *arena, const struct conflict *const *rows, size_t count)
{
    Funding__ConflictList *list = arena_alloc(arena, sizeof *list);

    funding__conflict_list__init(list);
    list->conflicts = arena_array(arena, count + 1, sizeof *list->conflicts);
    for (; list->n_conflicts < count; list->n_conflicts++) {
        Funding__Conflict *m = list->conflicts[list->n_conflicts] = arena_alloc(arena, sizeof *m);
        const struct conflict *c = rows[list->n_conflicts];

        funding__conflict__init(m);
        m->person_id = convert_id(arena, c->person_id);
        m->reason = convert_text(c->reason);
        m->noted_us = c->noted_us;
        m->noted_by_id = convert_id(arena, c->noted_by);
    }
    return list;
}

static void put_scores(struct arena *arena, Funding__Evaluation *m, const struct evaluation *e)
{
    m->scores = arena_array(arena, e->score_count + 1, sizeof *m->scores);
    for (; m->n_scores < e->score_count; m->n_scores++) {
        Funding__Score *s = m->scores[m->n_scores] = arena_alloc(arena, sizeof *s);

        funding__score__init(s);
        s->criterion_id = convert_id(arena, e->scores[m->n_scores].criterion_id);
        s->points = (uint32_t)e->scores[m->n_scores].points;
    }
}

Funding__Evaluation *evaluation_message(struct arena *arena, const struct evaluation *evaluation)
{
    Funding__Evaluation *m = arena_alloc(arena, sizeof *m);

    funding__evaluation__init(m);
    m->application_id = convert_id(arena, evaluation->application_id);
    m->person_id = convert_id(arena, evaluation->person_id);
    m->verdict = (Funding__Verdict)evaluation->verdict;
    m->cents = evaluation->cents;
    m->comment = convert_text(evaluation->comment);
    m->points_total = (uint32_t)evaluation->points_total;
    m->saved_us = evaluation->saved_us;
    m->excluded = evaluation->excluded;
    m->version = (uint64_t)evaluation->version;
    put_scores(arena, m, evaluation);
    return m;
}
