/* RequestSupplement: a preparer of the call asks the applicant for more, until a day (hallintolaki, 22 s.). Until it is answered the
 * application stands as it was submitted; its owner may change what is written. */
#include "common/base/workday.h"
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/handler/tell_application.h"

#define WORDS_MAX 2000
#define DAYS_MAX  366

enum err request_supplement_needs(struct job *job, struct workset *w)
{
    const Funding__RequestSupplementRequest *request = (const Funding__RequestSupplementRequest *)job->message;
    struct uuid id;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err = check_lines(job, "words", request->words, 1, WORDS_MAX);
    if (err == ERR_OK)
        err = check_day(job, "dueOn", request->due_on, NULL);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_LOCK);
        application_want(w, job, id, APPLICATION_LOCK, CONTENT_NONE)->reader = job->actor;
        attachment_want_list(w, job, id);
        supplement_want(w, job, id);
    }
    return err;
}

static bool refuse(struct job *job, struct workset *w, const struct application *a, int64_t due_on)
{
    const struct call *call = call_found(w, job);
    const int64_t today = helsinki_day(w->now_us);

    if (a == NULL || call == NULL || *a->register_number == '\0')
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (!call_prepared_by(call, job->actor))
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    else if (official_conflicted(job, w))
        return true;
    else if (a->state != APPLICATION_SUBMITTED) {
        (void)job_fail(job, ERR_REFUSED, "funding.supplement.state", NULL,
                       "Täydennystä voi pyytää vain jätettyyn hakemukseen, jota ei ole päätetty",
                       "Komplettering kan begäras endast av en inlämnad ansökan som inte är avgjord",
                       "A supplement can be requested only for an application that is submitted and not decided");
        job_fact(job, "state", machine_state(MACHINE_APPLICATION, (int)a->state));
    } else if (due_on < today || due_on > today + DAYS_MAX)
        (void)job_fail(job, ERR_INVALID, "funding.supplement.due", "dueOn", "Anna päivä tästä päivästä vuoden päähän",
                       "Ange en dag från i dag till ett år framåt", "Give a day between today and a year from now");
    else
        return false;
    return true;
}

void request_supplement_decide(struct job *job, struct workset *w)
{
    const Funding__RequestSupplementRequest *request = (const Funding__RequestSupplementRequest *)job->message;
    struct application *a = application_found(w, job);
    struct supplement_ask *all = arena_alloc(w->arena, sizeof *all);
    struct supplement *s = arena_alloc(w->arena, sizeof *s);
    int64_t due_on;

    if (check_day(job, "dueOn", request->due_on, &due_on) != ERR_OK || refuse(job, w, a, due_on))
        return;
    *s = (struct supplement){.id = uuid_v7(w->now_us),
                             .application_id = a->id,
                             .asked_us = w->now_us,
                             .asked_by = job->actor,
                             .words = request->words,
                             .due_on = due_on};
    supplement_add(w, s);
    application_move(w, a, APPLICATION_TO_SUPPLEMENT, request->words, job->actor);
    tell_application_supplement(w, job, a, s);
    all->count = supplement_asked(w, job)->count + 1;
    all->rows = arena_array(w->arena, all->count, sizeof *all->rows);
    for (size_t i = 0; i + 1 < all->count; i++)
        all->rows[i] = supplement_asked(w, job)->rows[i];
    all->rows[all->count - 1] = *s;
    Funding__Application *m = application_message(w->arena, a);
    application_message_attachments(w->arena, m, attachment_asked(w, job), true);
    application_message_supplements(w->arena, m, all);
    job_answer(job, &m->base, (uint64_t)a->version);
}
