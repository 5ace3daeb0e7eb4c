/* See evaluation_case.h. */
#include "services/funding/handler/evaluation_case.h"

#include "common/base/time.h"

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
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-official", NULL, "Sinulla ei ole tehtävää tässä haussa",
                       "Du har ingen uppgift i denna utlysning", "You are no official of this call");
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

bool evaluation_call_closed(struct job *job, const struct call *call, int64_t now_us)
{
    char closes[TIME_TEXT];

    if (call->state != CALL_PUBLISHED || call_phase(call, now_us) == PHASE_CLOSED)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.call.not-closed", NULL,
                   "Haku on vielä auki: hakemuksia voi jättää ja perua. Arvioi ja ehdota, kun haku on sulkeutunut",
                   "Utlysningen är ännu öppen: ansökningar kan lämnas in och återtas. Bedöm och föreslå när den har stängt",
                   "The call is still open: applications can be submitted and withdrawn. Evaluate and propose once it has closed");
    time_format(call->closes_us, closes);
    job_fact(job, "closesAt", arena_strdup(job->arena, closes));
    return false;
}

bool evaluation_case_waits(struct job *job, const struct evaluation_case *c)
{
    const struct application *application = c->application;

    if (c->call->state == CALL_CALLED_OFF) {
        (void)job_fail(job, ERR_REFUSED, "funding.evaluation.called-off", NULL,
                       "Haku on peruttu: sen hakemuksia ei enää arvioida eikä valmistella",
                       "Utlysningen har återkallats: dess ansökningar bedöms och bereds inte längre",
                       "The call is called off: its applications are not evaluated or prepared any more");
        return false;
    }
    if (application->state == APPLICATION_SUBMITTED || application->state == APPLICATION_TO_SUPPLEMENT)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.evaluation.state", NULL,
                   "Hakemus ei odota päätöstä: se on peruutettu tai siitä on jo päätetty",
                   "Ansökan väntar inte på beslut: den har återtagits eller redan avgjorts",
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

bool evaluation_case_prepared(struct job *job, const struct call *call, const struct evaluation_ask *found,
                              const struct application *application)
{
    if (!evaluation_case_hidden(job, call, found, application) ||
        (who_is(job, BUS__ROLE__ROLE_PREPARER) && call_prepared_by(call, job->actor)))
        return true;
    evaluation_refuse_hidden(job);
    return false;
}

void evaluation_refuse_hidden(struct job *job)
{
    (void)job_fail(job, ERR_FORBIDDEN, "funding.evaluation.own-first", NULL,
                   "Tallenna ensin oma arviosi: sen jälkeen näet, mitä päätöstä varten on valmisteltu",
                   "Spara först din egen bedömning: därefter ser du vad som har beretts för beslutet",
                   "Save your own evaluation first: then you see what is prepared for the decision");
}

static void add_conflict(struct arena *arena, Funding__ConflictList *list, const struct call *call, const struct conflict *c)
{
    Funding__Conflict *m = list->conflicts[list->n_conflicts++] = arena_alloc(arena, sizeof *m);

    funding__conflict__init(m);
    m->person_id = convert_id(arena, c->person_id);
    m->reason = convert_text(c->reason);
    m->noted_us = c->noted_us;
    m->noted_by_id = convert_id(arena, c->noted_by);
    m->name = convert_text(call_official_name(call, c->person_id));
    m->noted_by_name = convert_text(call_official_name(call, c->noted_by));
    if (c->ended_us == 0)
        return;
    m->ended_us = c->ended_us;
    m->ended_by_id = convert_id(arena, c->ended_by);
    m->ended_by_name = convert_text(call_official_name(call, c->ended_by));
    m->why = convert_text(c->why);
}

Funding__ConflictList *conflict_list_message(const struct job *job, const struct evaluation_case *c, const struct conflict *added)
{
    const struct conflict *own = conflict_of(c->found, c->application->id, job->actor);
    Funding__ConflictList *list = arena_alloc(job->arena, sizeof *list);

    if (own == NULL && added != NULL && uuid_compare(added->person_id, job->actor) == 0)
        own = added;
    funding__conflict_list__init(list);
    list->conflicts = arena_array(job->arena, c->found->conflict_count + 1, sizeof *list->conflicts);
    for (size_t i = 0; i < c->found->conflict_count; i++)
        if (!c->found->conflicts[i].party && (own == NULL || uuid_compare(c->found->conflicts[i].person_id, job->actor) == 0))
            add_conflict(job->arena, list, c->call, &c->found->conflicts[i]);
    if (added != NULL)
        add_conflict(job->arena, list, c->call, added);
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

Funding__Evaluation *evaluation_message(struct arena *arena, const struct call *call, const struct evaluation *evaluation)
{
    Funding__Evaluation *m = arena_alloc(arena, sizeof *m);

    funding__evaluation__init(m);
    m->application_id = convert_id(arena, evaluation->application_id);
    m->person_id = convert_id(arena, evaluation->person_id);
    m->name = convert_text(call_official_name(call, evaluation->person_id));
    m->verdict = (Funding__Verdict)evaluation->verdict;
    m->cents = evaluation->cents;
    m->comment = convert_text(evaluation->comment);
    m->points_total = (uint32_t)evaluation->points_total;
    m->saved_us = evaluation->saved_us;
    m->excluded = evaluation->excluded;
    m->outdated = evaluation->outdated;
    m->version = (uint64_t)evaluation->version;
    put_scores(arena, m, evaluation);
    return m;
}
