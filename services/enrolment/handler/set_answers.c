/* SetAnswers: replaces the answers of a registration; by its person until the cut-off, by a coordinator at any time, which leaves a line
 * in the history (which questions, never what was answered). The reply says no more either, because it is kept for repeated requests, under
 * the key of whoever asked; GetAnswers shows what was answered. */
#include <string.h>

#include "services/enrolment/domain/cut_off.h"
#include "services/enrolment/handler/answers.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/newcomer.h"
#include "services/enrolment/store/change.h"

enum err set_answers_needs(struct job *job, struct workset *w)
{
    const Enrolment__SetAnswersRequest *request = (const Enrolment__SetAnswersRequest *)job->message;
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "registrationId", &request->registration_id, &id);
    if (err != ERR_OK)
        return err;
    workset_lock_of_registration(w, id);
    workset_want_units(w); /* the first webinar may be the cut-off */
    answer_want(w, job, id);
    return ERR_OK;
}

static bool refused(struct job *job, const struct workset *w, const struct programme *programme, const struct registration *r)
{
    const int64_t until_us = cut_off_us(programme);

    if (!check_may_see(job, r->person)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return true;
    }
    if (!registration_active(r)) {
        (void)refuse(job, REFUSAL_ANSWER_NO_PLACE);
        return true;
    }
    if (!check_is_staff(job) && arrival_us(job, w) >= until_us) {
        (void)refuse(job, REFUSAL_ANSWER_CLOSED);
        fact_time(job, "closedAt", until_us);
        return true;
    }
    return false;
}

static bool has(struct answer_list list, const char *code)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.rows[i].code, code) == 0)
            return true;
    return false;
}

/* Which questions are answered, in their order. */
static const char *codes(struct workset *w, const struct programme *programme, struct answer_list list)
{
    const char *all = "";

    for (size_t i = 0; i < programme->question_count; i++) {
        const char *code = programme->questions[i].code;
        if (has(list, code))
            all = *all == '\0' ? code : arena_printf(w->arena, "%s, %s", all, code);
    }
    return all;
}

void set_answers_decide(struct job *job, struct workset *w)
{
    const Enrolment__SetAnswersRequest *request = (const Enrolment__SetAnswersRequest *)job->message;
    struct uuid id;

    if (check_id(job, "registrationId", &request->registration_id, &id) != ERR_OK)
        return;
    const struct registration *r = workset_registration(w, id);
    struct programme *programme = r != NULL && !r->forgotten ? workset_programme(w, r->programme) : NULL;
    if (programme == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (refused(job, w, programme, r) || answers_check(job, w, programme, request->answers, request->n_answers, "answers") != ERR_OK)
        return;
    const struct answer_list before = answer_list(w, job);
    answers_record(w, programme, r, request->answers, request->n_answers);
    const struct answer_list after = answer_list(w, job);
    if (check_is_staff(job))
        change_add(w, job, programme, "answers", codes(w, programme, before), codes(w, programme, after), "", r->id);
    job_answer(job, &answers_message(w, programme, id, after, false)->base, 0);
}
