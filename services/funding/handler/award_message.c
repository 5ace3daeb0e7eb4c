/* See award_message.h. */
#include "services/funding/handler/award_message.h"

#include "common/base/workday.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/report_content.h"

static Funding__Instalment *instalment_message(struct arena *arena, const struct instalment *instalment)
{
    Funding__Instalment *m = arena_alloc(arena, sizeof *m);

    funding__instalment__init(m);
    m->id = convert_id(arena, instalment->id);
    m->n = (uint32_t)instalment->n;
    m->cents = instalment->cents;
    m->due_on = convert_day(arena, instalment->due_on);
    m->state = (Funding__InstalmentState)instalment->state;
    m->reference = convert_text(instalment->reference);
    m->paid_on = convert_day(arena, instalment->paid_on);
    m->iban = convert_text(instalment->iban);
    return m;
}

static Funding__Recovery *recovery_message(struct arena *arena, const struct recovery *recovery)
{
    Funding__Recovery *m = arena_alloc(arena, sizeof *m);

    funding__recovery__init(m);
    m->id = convert_id(arena, recovery->id);
    m->kind = (Funding__RecoveryKind)recovery->kind;
    m->cents = recovery->cents;
    m->reasons = convert_text(recovery->reasons);
    m->due_on = convert_day(arena, recovery->due_on);
    m->state = (Funding__RecoveryState)recovery->state;
    m->paid_on = convert_day(arena, recovery->paid_on);
    return m;
}

Funding__Award *award_message(struct arena *arena, const struct award *award)
{
    Funding__Award *m = arena_alloc(arena, sizeof *m);
    struct findings *findings = arena_alloc(arena, sizeof *findings);

    funding__award__init(m);
    m->application_id = convert_id(arena, award->id);
    m->call_id = convert_id(arena, award->call_id);
    m->decision_id = convert_id(arena, award->decision_id);
    m->state = (Funding__AwardState)award->state;
    m->granted_cents = award->granted_cents;
    m->planned_cents = award->planned_cents;
    m->paid_cents = award->paid_cents;
    m->returned_cents = award->returned_cents;
    m->answer_until = convert_day(arena, award->answer_until);
    m->use_until = convert_day(arena, award->use_until);
    m->version = (uint64_t)award->version;
    m->register_number = convert_text(award->register_number);
    m->title = convert_text(award->title);
    m->instalments = arena_array(arena, award->instalment_count + 1, sizeof *m->instalments);
    for (size_t i = 0; i < award->instalment_count; i++)
        m->instalments[m->n_instalments++] = instalment_message(arena, &award->instalments[i]);
    m->recoveries = arena_array(arena, award->recovery_count + 1, sizeof *m->recoveries);
    for (size_t i = 0; i < award->recovery_count; i++)
        m->recoveries[m->n_recoveries++] = recovery_message(arena, &award->recoveries[i]);
    instalments_unusual(award->instalments, award->instalment_count, findings);
    m->findings = findings_messages(arena, findings, &m->n_findings);
    return m;
}

void award_answer(struct job *job, const struct award *award)
{
    job_answer(job, &award_message(job->arena, award)->base, (uint64_t)award->version);
}

Funding__ObligationList *obligations_message(struct arena *arena, const struct obligation_ask *found, int64_t today)
{
    Funding__ObligationList *list = arena_alloc(arena, sizeof *list);

    funding__obligation_list__init(list);
    list->obligations = arena_array(arena, found->count + 1, sizeof *list->obligations);
    for (size_t i = 0; i < found->count; i++) {
        Funding__Obligation *m = arena_alloc(arena, sizeof *m);

        funding__obligation__init(m);
        m->id = convert_id(arena, found->rows[i].id);
        m->kind = (Funding__ObligationKind)found->rows[i].kind;
        m->due_on = convert_day(arena, found->rows[i].due_on);
        m->state = (Funding__ObligationState)found->rows[i].state;
        m->late = found->rows[i].late || obligation_overdue(&found->rows[i], today);
        list->obligations[list->n_obligations++] = m;
    }
    return list;
}

Funding__Report *report_message(struct arena *arena, const struct report_row *row)
{
    const struct report *r = &row->report;
    Funding__Report *m = arena_alloc(arena, sizeof *m);

    funding__report__init(m);
    m->id = convert_id(arena, r->id);
    m->application_id = convert_id(arena, r->award_id);
    m->kind = (Funding__ReportKind)r->kind;
    m->due_on = convert_day(arena, r->due_on);
    m->state = (Funding__ReportState)r->state;
    m->used_cents = r->used_cents;
    m->submitted_us = r->submitted_us;
    m->verified_by_id = convert_id(arena, r->verified_by);
    m->accepted_by_id = convert_id(arena, r->accepted_by);
    m->sampled = r->sampled;
    m->version = (uint64_t)r->version;
    m->register_number = convert_text(row->register_number != NULL ? row->register_number : "");
    m->title = convert_text(row->title != NULL ? row->title : "");
    if (row->content.len > 0) {
        m->content = report_content_unpack(arena, row->content);
        m->reckoned_case = FUNDING__REPORT__RECKONED_TRAINEE_DAYS_TENTHS; /* without content nobody knows: not nought */
        m->trainee_days_tenths = report_content_days(arena, m->content);
    }
    return m;
}

void report_answer(struct job *job, const struct award *award, const struct report_row *row, enum report_state interim)
{
    Funding__Report *m = report_message(job->arena, row);
    struct findings *findings = arena_alloc(job->arena, sizeof *findings);

    report_unusual(&row->report, helsinki_day(row->report.submitted_us), award->use_until, interim, findings);
    m->findings = findings_messages(job->arena, findings, &m->n_findings);
    job_answer(job, &m->base, (uint64_t)row->report.version);
}
