/* DecideAmendment: a decision-maker of the call decides a change application part by part, with reasons for what is not accepted as it was
 * asked. A longer use moves the end of use, and the final report with it by as many days; new amounts are the plan from now on. */
#include "services/funding/handler/amendment_message.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/follow_case.h"
#include "services/funding/handler/tell_award.h"
#include "services/funding/store/consortium.h"

enum err decide_amendment_needs(struct job *job, struct workset *w)
{
    const Funding__DecideAmendmentRequest *request = (const Funding__DecideAmendmentRequest *)job->message;
    struct uuid id;
    enum err err = who_decides(job);

    if (err == ERR_OK)
        err = check_id(job, "amendmentId", &request->amendment_id, &id);
    if (err == ERR_OK)
        err = amendment_parts_check(job, request->parts, request->n_parts, true);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_AMENDMENT, id);
    if (err == ERR_OK)
        consortium_want_amendment(w, job, id);
    return err;
}

static bool is_open(struct job *job, const struct amendment *m)
{
    if (machine_allows(MACHINE_AMENDMENT, (int)m->state, AMENDMENT_DECIDED))
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.amendment.ended", NULL, "Muutoshakemus on jo ratkaistu tai peruttu",
                   "Ändringsansökan har redan avgjorts eller återtagits", "The change application is decided or withdrawn already");
    job_fact(job, "state", machine_state(MACHINE_AMENDMENT, (int)m->state));
    return false;
}

/* What is simply accepted is what was asked: the request need not say it again. */
static void fill_accepted(const struct amendment *asked, struct amendment *decided)
{
    for (size_t i = 0; i < asked->part_count; i++) {
        struct amendment_part *part = amendment_part(decided, asked->parts[i].kind);

        if (part != NULL && part->outcome == ANSWER_ACCEPTED)
            part->accepted = asked->parts[i].asked;
    }
}

static void move_report(struct job *job, struct workset *w, const struct award *award, int64_t days)
{
    struct obligation_ask *obligations = obligation_asked(w, job);
    struct obligation *obligation = obligation_of(obligations->rows, obligations->count, OBLIGATION_FINAL);
    struct report_row *report = report_of(report_asked(w, job), REPORT_FINAL);
    const struct grantee of = grantee_of(award);

    if (report != NULL && report_writable(report->report.state)) {
        report->report.due_on += days;
        report_save(w, report);
    }
    if (obligation != NULL && obligation->state == OBLIGATION_OPEN) {
        obligation->due_on += days;
        obligation->late = false;
        obligation_put(w, obligation);
        tell_obligation_set(w, job, &of, obligation);
    }
}

/* The amounts of a decided part are the award's plan by being there (store/award.c). */
static void take_effect(struct job *job, struct workset *w, struct award *award, struct amendment *decided)
{
    const struct amendment_part *period = amendment_part(decided, CHANGE_PERIOD);

    if (period == NULL || (period->outcome != ANSWER_ACCEPTED && period->outcome != ANSWER_CHANGED))
        return;
    move_report(job, w, award, period->accepted.use_until - award->use_until);
    award->use_until = period->accepted.use_until;
}

static void put_outcomes(struct amendment *m, struct amendment *decided)
{
    for (size_t i = 0; i < m->part_count; i++) {
        const struct amendment_part *part = amendment_part(decided, m->parts[i].kind);

        m->parts[i].outcome = part->outcome;
        m->parts[i].accepted = part->accepted;
        m->parts[i].reason = part->reason;
    }
}

/* When the final report is due once the use lasts longer; NO_DAY: it stays where it is, or none waits. */
static int64_t final_due(const struct job *job, const struct workset *w, const struct award *award, struct amendment *m)
{
    const struct amendment_part *period = amendment_part(m, CHANGE_PERIOD);
    const struct report_row *report = report_of(report_asked(w, job), REPORT_FINAL);

    if (period == NULL || period->outcome == ANSWER_REJECTED || report == NULL || !report_writable(report->report.state))
        return NO_DAY;
    return report->report.due_on + period->accepted.use_until - award->use_until;
}

/* Whom new parts of the partners are told to, beside the lead; NULL: the lead alone. */
static const struct consortium *partners_of(const struct job *job, const struct workset *w, struct amendment *m)
{
    const struct amendment_part *part = amendment_part(m, CHANGE_PARTNERS);

    return part != NULL && part->outcome != ANSWER_REJECTED ? consortium_of(w, job, m->award_id) : NULL;
}

void decide_amendment_decide(struct job *job, struct workset *w)
{
    const Funding__DecideAmendmentRequest *request = (const Funding__DecideAmendmentRequest *)job->message;
    struct award *award = award_decided(job, w);
    struct amendment *m = amendment_found(w, job);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    struct amendment *decided = arena_alloc(w->arena, sizeof *decided);

    if (award == NULL || !is_open(job, m) || !award_is_accepted(job, award))
        return;
    if (job->request->if_match != 0 && check_version(job, (uint64_t)m->version) != ERR_OK)
        return;
    amendment_parts_read(w->arena, request->parts, request->n_parts, decided);
    fill_accepted(m, decided);
    for (size_t i = 0; i < decided->part_count; i++)
        change_name(decided->parts[i].kind, &decided->parts[i].accepted, award);
    amendment_decision_check(m, decided, award, call_found(w, job), findings);
    if (findings_refuse(job, findings))
        return;
    put_outcomes(m, decided);
    struct follow_decision *document = follow_make(
        job, w,
        (struct follow_facts){.call = call_found(w, job), .award = award, .amendment = m, .final_due = final_due(job, w, award, m)});
    if (document == NULL) /* no change before the last refusal: what a job has changed is saved */
        return;
    m->decided_us = w->now_us;
    amendment_move(w, m, AMENDMENT_DECIDED, "decided", job->actor);
    take_effect(job, w, award, decided);
    const struct grantee of = grantee_of(award);
    document->event_id =
        tell_amendment_decided(w, job, &of, m, follow_file(w->arena, document, award->register_number, true), partners_of(job, w, m));
    follow_decision_add(w, document);
    award_settle(job, w, award);
    job_answer(job, &amendment_message(w->arena, m)->base, (uint64_t)m->version);
}
