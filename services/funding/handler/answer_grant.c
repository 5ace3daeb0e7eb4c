/* AnswerGrant: the lead takes the grant, or refuses it, and says which of the two, until the day the decision names, by the time of arrival
 * at the gateway. Silence takes it the day after (tick.c). A refusal frees the money for the theme at once: what was planned is cancelled,
 * nothing is reported any more. */
#include "common/base/workday.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/tell_award.h"

enum err answer_grant_needs(struct job *job, struct workset *w)
{
    const Funding__AnswerGrantRequest *request = (const Funding__AnswerGrantRequest *)job->message;
    struct uuid id;
    enum err err = who_applies(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err =
            check_range(job, "answer", (int64_t)request->answer, FUNDING__GRANT_ANSWER__GRANT_ACCEPT, FUNDING__GRANT_ANSWER__GRANT_REFUSE);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_ID, id);
    return err;
}

static bool is_answerable(struct job *job, const struct award *award, int64_t today)
{
    if (award_answerable(award, today))
        return true;
    if (award->state == AWARD_OFFERED || award->state == AWARD_ACCEPTED)
        (void)job_fail(job, ERR_REFUSED, "funding.award.answered", NULL,
                       "Avustus on jo otettu vastaan, tai vastausaika on päättynyt: ota yhteyttä viranomaiseen",
                       "Understödet har redan tagits emot eller svarstiden har gått ut: kontakta myndigheten",
                       "The grant is accepted already, or the time to answer has passed: contact the authority");
    else
        (void)job_fail(job, ERR_REFUSED, "funding.award.ended", NULL, "Avustus on päättynyt: siihen ei voi enää vastata",
                       "Understödet har upphört: det kan inte längre besvaras", "The grant has ended: it cannot be answered any more");
    job_fact(job, "state", machine_state(MACHINE_AWARD, (int)award->state));
    job_fact(job, "answerUntil", convert_day(job->arena, award->answer_until));
    return false;
}

static void end_rest(struct job *job, struct workset *w, const struct award *award)
{
    struct obligation_ask *obligations = obligation_asked(w, job);
    const struct report_ask *reports = report_asked(w, job);

    for (size_t i = 0; i < obligations->count; i++)
        if (obligations->rows[i].state == OBLIGATION_OPEN) {
            obligation_move(w, &obligations->rows[i], OBLIGATION_WAIVED, "the grant was refused", job->actor);
            tell_obligation_ended(w, job, award->call_id, &obligations->rows[i]);
        }
    for (size_t i = 0; i < reports->count; i++)
        if (report_writable(reports->rows[i].report.state))
            report_move(w, &reports->rows[i], REPORT_NOT_NEEDED, "the grant was refused", job->actor);
}

/* Nothing has been ordered of an offer, so all its instalments are planned, or cancelled already. */
static void refuse(struct job *job, struct workset *w, struct award *award, const char *reason)
{
    for (size_t i = 0; i < award->instalment_count; i++)
        if (award->instalments[i].state == INSTALMENT_PLANNED)
            instalment_move(w, &award->instalments[i], INSTALMENT_CANCELLED, "the grant was refused", job->actor);
    end_rest(job, w, award);
    award_move(w, award, AWARD_REFUSED, *reason != '\0' ? reason : "refused by its lead", job->actor);
}

void answer_grant_decide(struct job *job, struct workset *w)
{
    const Funding__AnswerGrantRequest *request = (const Funding__AnswerGrantRequest *)job->message;
    struct award *award = award_owned(job, w);

    if (award == NULL || !award_version(job, award) || !is_answerable(job, award, helsinki_day(job->request->received_us)))
        return;
    const int64_t cents = award->granted_cents;
    award_meet(w, job, award, OBLIGATION_ANSWER, "answered", job->actor);
    if (request->answer == FUNDING__GRANT_ANSWER__GRANT_REFUSE)
        refuse(job, w, award, request->reason);
    else
        award_move(w, award, AWARD_ACCEPTED, *request->reason != '\0' ? request->reason : "accepted by its lead", job->actor);
    tell_grant_answered(w, job, award, cents, false);
    award_settle(job, w, award);
    award_answer(job, award);
}
