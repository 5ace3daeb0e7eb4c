/* SubmitAmendment: the lead asks for a change of a grant in force; one application may ask several, one waits at a time. */
#include "common/base/workday.h"
#include "services/funding/handler/amendment_message.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/tell_award.h"

enum err submit_amendment_needs(struct job *job, struct workset *w)
{
    const Funding__SubmitAmendmentRequest *request = (const Funding__SubmitAmendmentRequest *)job->message;
    struct uuid id;
    enum err err = who_applies(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err = check_lines(job, "reasons", request->reasons, 1, AMENDMENT_WORDS_MAX);
    if (err == ERR_OK)
        err = amendment_parts_check(job, request->parts, request->n_parts, false);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_ID, id);
    return err;
}

static bool one_waits(struct job *job, const struct amendment_ask *all)
{
    if (!amendment_waits(all) && all->count < AMENDMENTS_MAX)
        return false;
    if (all->count >= AMENDMENTS_MAX)
        (void)job_fail(job, ERR_REFUSED, "funding.amendment.too-many", NULL,
                       "Avustukseen on jo haettu muutosta 50 kertaa, perutut mukaan lukien: ota yhteyttä viranomaiseen",
                       "Ändring av understödet har redan sökts 50 gånger, återtagna ansökningar medräknade: kontakta myndigheten",
                       "A change of the grant has been asked 50 times already, withdrawn ones counted: contact the authority");
    else
        (void)job_fail(job, ERR_REFUSED, "funding.amendment.waits", NULL,
                       "Edellinen muutoshakemus odottaa päätöstä: peru se, tai odota päätöstä",
                       "Den föregående ändringsansökan väntar på beslut: återta den eller vänta på beslutet",
                       "Another change application waits for its decision: withdraw it, or wait");
    return true;
}

static bool is_closed(struct job *job, const struct report_ask *reports)
{
    const struct report_row *final = NULL;

    for (size_t i = 0; i < reports->count; i++)
        if (reports->rows[i].report.kind == REPORT_FINAL)
            final = &reports->rows[i];
    if (final == NULL || report_writable(final->report.state))
        return false;
    (void)job_fail(job, ERR_REFUSED, "funding.amendment.reported", NULL,
                   "Loppuselvitys on jo annettu: avustukseen ei voi enää hakea muutosta",
                   "Slutredovisningen har redan lämnats: ändringar kan inte längre sökas",
                   "The final report has been handed in: no change can be asked any more");
    return true;
}

void submit_amendment_decide(struct job *job, struct workset *w)
{
    const Funding__SubmitAmendmentRequest *request = (const Funding__SubmitAmendmentRequest *)job->message;
    struct award *award = award_owned(job, w);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    struct amendment *m = arena_alloc(w->arena, sizeof *m);
    const int64_t today = helsinki_day(job->request->received_us);

    if (award == NULL || !award_is_accepted(job, award) || one_waits(job, amendment_asked(w, job)) || is_closed(job, report_asked(w, job)))
        return;
    amendment_parts_read(w->arena, request->parts, request->n_parts, m);
    for (size_t i = 0; i < m->part_count; i++)
        change_name(m->parts[i].kind, &m->parts[i].asked, award);
    amendment_check(m, award, call_found(w, job), today, findings);
    if (findings_refuse(job, findings))
        return;
    m->id = uuid_v7(w->now_us);
    m->award_id = award->id;
    m->state = AMENDMENT_SUBMITTED;
    m->reasons = request->reasons;
    m->submitted_us = job->request->received_us;
    m->late = amendment_late(award, today);
    m->version = 1;
    for (size_t i = 0; i < m->part_count; i++) {
        m->parts[i].outcome = ANSWER_OPEN;
        m->parts[i].reason = "";
    }
    amendment_add(w, m, job->actor);
    const struct grantee of = grantee_of(award);
    tell_amendment_submitted(w, job, &of, m);
    job_answer(job, &amendment_message(w->arena, m)->base, (uint64_t)m->version);
}
