/* GetAnswers: one registration's answers with all that is sensitive, opened: for oneself, and for coordinators one at a time. One whose
 * key is lost is named, and hides none of the others. */
#include "services/enrolment/handler/answers.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/seen_registration.h"

enum err get_answers_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetAnswersRequest *request = (const Enrolment__GetAnswersRequest *)job->message;
    struct uuid id;
    const enum err err = seen_registration_needs(job, w, &request->registration_id, &id);

    if (err != ERR_OK)
        return err;
    workset_see_of_registration(w, id);
    workset_want_units(w);
    answer_want(w, job, id);
    return ERR_OK;
}

void get_answers_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetAnswersRequest *request = (const Enrolment__GetAnswersRequest *)job->message;
    struct uuid id = {{0}};
    const bool read = uuid_read(&id, span_of(request->registration_id.data, request->registration_id.len));
    const struct registration *r = read ? seen_registration(job, w, id) : NULL;

    if (r == NULL)
        return;
    const struct programme *programme = workset_programme(w, r->programme);
    if (programme == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    job_answer(job, &answers_message(w, programme, id, answer_list(w, job), true)->base, 0);
}
