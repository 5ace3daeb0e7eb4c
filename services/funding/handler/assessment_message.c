/* See assessment_message.h. */
#include "services/funding/handler/assessment_message.h"

#include "services/funding/domain/money.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/edition_message.h"
#include "services/funding/handler/findings.h"
#include "services/funding/store/consortium.h"
#include "services/funding/store/proposal.h"

/* --- checking ---------------------------------------------------------------------------------------------------------- */
static enum err check_cents(struct job *job, const char *field, const int64_t *cents, size_t count, size_t most)
{
    enum err err = check_range(job, field, (int64_t)count, 0, (int64_t)most);

    for (size_t i = 0; err == ERR_OK && i < count; i++)
        err = check_range(job, arena_printf(job->arena, "%s[%zu]", field, i), cents[i], 0, MONEY_MAX);
    return err;
}

static enum err check_texts(struct job *job, const Funding__Assessment *m)
{
    enum err err = check_lines(job, "assessment.purpose", m->purpose, 0, ASSESSMENT_TEXT_MAX);

    if (err == ERR_OK)
        err = check_lines(job, "assessment.ownReasons", m->own_reasons, 0, ASSESSMENT_TEXT_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "assessment.terms", m->terms, 0, ASSESSMENT_TEXT_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "assessment.deviation", m->deviation, 0, ASSESSMENT_TEXT_MAX);
    if (err == ERR_OK && *m->use_from != '\0')
        err = check_day(job, "assessment.useFrom", m->use_from, NULL);
    if (err == ERR_OK && *m->use_until != '\0')
        err = check_day(job, "assessment.useUntil", m->use_until, NULL);
    return err;
}

static enum err check_rows(struct job *job, const Funding__Assessment *m)
{
    enum err err = check_range(job, "assessment.reasons", (int64_t)m->n_reasons, 0, ASSESSMENT_REASONS_MAX);

    for (size_t i = 0; err == ERR_OK && i < m->n_reasons; i++)
        err = check_range(job, arena_printf(job->arena, "assessment.reasons[%zu]", i), m->reasons[i], 1, 1000);
    if (err == ERR_OK)
        err = check_range(job, "assessment.instalments", (int64_t)m->n_instalments, 0, ASSESSMENT_INSTALMENTS_MAX);
    for (size_t i = 0; err == ERR_OK && i < m->n_instalments; i++) {
        err = check_day(job, arena_printf(job->arena, "assessment.instalments[%zu].dueOn", i), m->instalments[i]->due_on, NULL);
        if (err == ERR_OK)
            err =
                check_range(job, arena_printf(job->arena, "assessment.instalments[%zu].cents", i), m->instalments[i]->cents, 1, MONEY_MAX);
    }
    return err;
}

enum err assessment_check(struct job *job, const Funding__Assessment *m)
{
    static const char *const STATES[] = {"ASSESSMENT_PREPARED", "ASSESSMENT_PLAUSIBLE", "ASSESSMENT_REJECT", "ASSESSMENT_GRANT", NULL};
    enum err err;

    if (m == NULL)
        return fail_missing(job, "assessment");
    if (m->state < FUNDING__ASSESSMENT_STATE__ASSESSMENT_PREPARED || m->state > FUNDING__ASSESSMENT_STATE__ASSESSMENT_GRANT)
        return fail_word(job, "assessment.state", machine_state(MACHINE_ASSESSMENT, (int)m->state), STATES);
    err = check_range(job, "assessment.cents", m->cents, 0, MONEY_MAX);
    if (err == ERR_OK)
        err = check_cents(job, "assessment.partnerCents", m->partner_cents, m->n_partner_cents, CONSORTIUM_PARTNERS_MAX);
    if (err == ERR_OK)
        err = check_cents(job, "assessment.lineCents", m->line_cents, m->n_line_cents, CONSORTIUM_LINES_MAX);
    if (err == ERR_OK)
        err = check_texts(job, m);
    return err == ERR_OK ? check_rows(job, m) : err;
}

/* --- reading ----------------------------------------------------------------------------------------------------------- */
static int64_t day_of(const char *text)
{
    int64_t day;

    return day_parse(&day, span_text(text)) ? day : NO_DAY;
}

void assessment_read(struct arena *arena, const Funding__Assessment *m, struct assessment *a)
{
    a->presented_by = (struct uuid){{0}}; /* what is written anew is presented anew */
    a->presented_us = a->presented_version = 0;
    a->cents = m->cents;
    a->partner_cents = m->partner_cents;
    a->partner_count = m->n_partner_cents;
    a->line_cents = m->line_cents;
    a->line_count = m->n_line_cents;
    a->purpose = m->purpose;
    a->use_from = day_of(m->use_from);
    a->use_until = day_of(m->use_until);
    a->own_reasons = m->own_reasons;
    a->terms = m->terms;
    a->deviation = m->deviation;
    a->reason_count = m->n_reasons;
    a->reasons = arena_array(arena, m->n_reasons + 1, sizeof *a->reasons);
    for (size_t i = 0; i < m->n_reasons; i++)
        a->reasons[i] = (int32_t)m->reasons[i];
    a->instalment_count = m->n_instalments;
    a->instalments = arena_array(arena, m->n_instalments + 1, sizeof *a->instalments);
    for (size_t i = 0; i < m->n_instalments; i++)
        a->instalments[i] = (struct planned_instalment){day_of(m->instalments[i]->due_on), m->instalments[i]->cents};
}

void assessment_want_case(struct workset *w, const struct job *job, struct uuid application)
{
    consortium_want(w, job, application);
    assessment_want(w, job, application);
    proposal_want_application(w, job, application);
}

/* --- answering --------------------------------------------------------------------------------------------------------- */
static void put_rows(struct arena *arena, Funding__Assessment *m, const struct assessment *a)
{
    m->reasons = arena_array(arena, a->reason_count + 1, sizeof *m->reasons);
    for (; m->n_reasons < a->reason_count; m->n_reasons++)
        m->reasons[m->n_reasons] = (uint32_t)a->reasons[m->n_reasons];
    m->instalments = arena_array(arena, a->instalment_count + 1, sizeof *m->instalments);
    for (; m->n_instalments < a->instalment_count; m->n_instalments++) {
        Funding__PlannedInstalment *p = m->instalments[m->n_instalments] = arena_alloc(arena, sizeof *p);

        funding__planned_instalment__init(p);
        p->due_on = convert_day(arena, a->instalments[m->n_instalments].due_on);
        p->cents = a->instalments[m->n_instalments].cents;
    }
}

static Funding__Assessment *message(struct arena *arena, const struct assessment *a)
{
    Funding__Assessment *m = arena_alloc(arena, sizeof *m);

    funding__assessment__init(m);
    m->application_id = convert_id(arena, a->application_id);
    m->state = (Funding__AssessmentState)a->state;
    m->cents = a->cents;
    m->partner_cents = a->partner_cents;
    m->n_partner_cents = a->partner_count;
    m->line_cents = a->line_cents;
    m->n_line_cents = a->line_count;
    m->purpose = convert_text(a->purpose);
    m->use_from = convert_day(arena, a->use_from);
    m->use_until = convert_day(arena, a->use_until);
    m->own_reasons = convert_text(a->own_reasons);
    m->terms = convert_text(a->terms);
    m->deviation = convert_text(a->deviation);
    m->version = (uint64_t)a->version;
    put_rows(arena, m, a);
    return m;
}

void assessment_keep(struct workset *w, const struct job *job, const struct assessment *a)
{
    edition_keep_assessment(w, job, a->application_id, message(w->arena, a));
}

void assessment_answer(struct job *job, struct workset *w, const struct evaluation_case *c, const struct assessment *a)
{
    struct findings *findings = arena_alloc(job->arena, sizeof *findings);
    const struct proposed proposed = proposal_of(proposal_found(w, job), a->application_id);
    const struct consortium *consortium = consortium_of(w, job, a->application_id);
    static const struct consortium none = {0};
    Funding__Assessment *m = message(job->arena, a);
    size_t count;

    assessment_findings(a, c->call, c->application->applied_cents, consortium != NULL ? consortium : &none, &proposed, findings);
    const struct evaluation *rows = evaluation_rows(c->found, a->application_id, &count);
    const struct evaluated evaluated = evaluation_sum(rows, count, c->application->applied_cents);
    if (a->state != ASSESSMENT_DECIDED)
        evaluation_age_check(&evaluated, findings);
    m->findings = findings_messages(job->arena, findings, &m->n_findings);
    if (assessment_presented(a, c->application->submitted_version)) {
        m->presented_by_id = convert_id(job->arena, a->presented_by);
        m->presented_us = a->presented_us;
        m->presented_by = convert_text(call_official_name(c->call, a->presented_by));
    }
    job_answer(job, &m->base, (uint64_t)a->version);
}
