/* WithdrawAmendment: the lead takes a change application back, until it is decided. */
#include "services/funding/handler/amendment_message.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/cases.h"

enum err withdraw_amendment_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    enum err err = who_applies(job);

    if (err == ERR_OK)
        err = check_id(job, "amendmentId", &((const Funding__AmendmentRequest *)job->message)->amendment_id, &id);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_AMENDMENT, id);
    return err;
}

void withdraw_amendment_decide(struct job *job, struct workset *w)
{
    struct award *award = award_owned(job, w);
    struct amendment *m = amendment_found(w, job);

    if (award == NULL)
        return;
    if (!machine_allows(MACHINE_AMENDMENT, (int)m->state, AMENDMENT_WITHDRAWN)) {
        (void)job_fail(job, ERR_REFUSED, "funding.amendment.ended", NULL, "Muutoshakemus on jo ratkaistu tai peruttu",
                       "Ändringsansökan har redan avgjorts eller återtagits", "The change application is decided or withdrawn already");
        job_fact(job, "state", machine_state(MACHINE_AMENDMENT, (int)m->state));
        return;
    }
    amendment_move(w, m, AMENDMENT_WITHDRAWN, "withdrawn", job->actor);
    award_settle(job, w, award);
    job_answer(job, &amendment_message(w->arena, m)->base, (uint64_t)m->version);
}
