/* GetFollowDocument: the letter of a decided change application or an ordered recovery as it was sent, for its lead and the officials of
 * its call. */
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/follow_case.h"

static const Funding__GetFollowDocumentRequest *request_of(const struct job *job)
{
    return (const Funding__GetFollowDocumentRequest *)job->message;
}

static bool wants_pdf(const struct job *job)
{
    return request_of(job)->form != FUNDING__GET_FOLLOW_DOCUMENT_REQUEST__FORM__HTML;
}

enum err get_follow_document_needs(struct job *job, struct workset *w)
{
    struct uuid id, subject;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request_of(job)->application_id, &id);
    if (err == ERR_OK)
        err = check_id(job, "subjectId", &request_of(job)->subject_id, &subject);
    if (err == ERR_OK)
        err = check_range(job, "form", request_of(job)->form, FUNDING__GET_FOLLOW_DOCUMENT_REQUEST__FORM__PDF,
                          FUNDING__GET_FOLLOW_DOCUMENT_REQUEST__FORM__HTML);
    if (err == ERR_OK) {
        award_look_want(w, job, AWARD_BY_ID, id);
        follow_decision_want(w, job, id, subject, wants_pdf(job));
    }
    return err;
}

void get_follow_document_decide(struct job *job, struct workset *w)
{
    const struct follow_decision_ask *found = follow_decision_asked(w, job);
    const struct award *award = award_seen(job, w);

    if (award == NULL)
        return;
    if (found->count == 0)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &follow_file(job->arena, &found->rows[0], award->register_number, wants_pdf(job))->base, 0);
}
