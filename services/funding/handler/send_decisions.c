/* SendDecisions: the decision-maker of a call sends decisions on what is prepared: on all that is asked, or on none. Each writes the
 * decision with its parts and documents, ends the application and its assessment, begins what follows a grant, and tells the recipients,
 * in one transaction. The trigger of a decision makes the award and holds the caps; here they are looked at first, so that a refusal has
 * words. When the last application of a call is decided, the call is resolved. */
#include <stdlib.h>

#include "common/base/workday.h"
#include "common/doc/pdf.h"
#include "services/funding/handler/award_begin.h"
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_report.h"
#include "services/funding/handler/tell_decision.h"
#include "services/funding/handler/who.h"

#define T FINDING_TEXT

static int by_id(const void *a, const void *b)
{
    const struct uuid *x = a, *y = b;

    return uuid_compare(*x, *y);
}

/* The ids of the request, lowest first, each once. */
static enum err read_ids(struct job *job, const Funding__SendDecisionsRequest *request, struct uuid **out, size_t *count)
{
    struct uuid *ids = arena_array(job->arena, request->n_application_ids + 1, sizeof *ids);

    *out = ids;
    *count = 0;
    if (request->n_application_ids > DECISIONS_AT_ONCE)
        return job_fail(job, ERR_INVALID, "funding.decision.too-many", "applicationIds", "Enintään 500 hakemusta kerrallaan",
                        "Högst 500 ansökningar åt gången", "At most 500 applications at once");
    for (size_t i = 0; i < request->n_application_ids; i++) {
        const enum err err = check_id(job, "applicationIds", &request->application_ids[i], &ids[i]);

        if (err != ERR_OK)
            return err;
    }
    qsort(ids, request->n_application_ids, sizeof *ids, by_id);
    for (size_t i = 0; i < request->n_application_ids; i++)
        if (*count == 0 || uuid_compare(ids[*count - 1], ids[i]) != 0)
            ids[(*count)++] = ids[i];
    return ERR_OK;
}

enum err send_decisions_needs(struct job *job, struct workset *w)
{
    const Funding__SendDecisionsRequest *request = (const Funding__SendDecisionsRequest *)job->message;
    struct uuid *ids;
    size_t count;
    enum err err = who_decides(job);

    if (err == ERR_OK)
        err = read_ids(job, request, &ids, &count);
    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_LOCK);
    if (err != ERR_OK)
        return err;
    const struct uuid call = call_asked(w, job)->id;
    (void)application_want_call(w, job, call, APPLICATION_LOCK);
    consortium_want_call(w, job, call);
    evaluation_want_call(w, job, call);
    assessment_want_call(w, job, call);
    proposal_want(w, job, call);
    decision_want_sources(w, job, call, ids, count);
    return ERR_OK;
}

/* --- may it be sent ---------------------------------------------------------------------------------------------------- */
static bool call_is_ready(struct job *job, const struct workset *w, const struct call *call)
{
    if (call_official(call, job->actor, OFFICIAL_DECIDER) == NULL) {
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-decider", NULL, "Et ole tämän haun päättäjä",
                       "Du är inte beslutsfattare i denna utlysning", "You are no decision-maker of this call");
        return false;
    }
    if (call->state == CALL_PUBLISHED && call_phase(call, w->now_us) == PHASE_CLOSED)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.decision.call-state", NULL,
                   "Päätöksiä lähetetään julkaistusta hausta, jonka hakuaika on päättynyt ja jota ei ole vielä ratkaistu",
                   "Beslut sänds i en publicerad utlysning vars ansökningstid har gått ut och som inte ännu är avgjord",
                   "Decisions are sent in a published call that has closed and is not resolved yet");
    job_fact(job, "state", machine_state(MACHINE_CALL, (int)call->state));
    fact_time(job, "closesAt", call->closes_us);
    return false;
}

static bool decidable(const struct application *a)
{
    return a->state == APPLICATION_SUBMITTED || a->state == APPLICATION_TO_SUPPLEMENT;
}

/* The applications the request is about; NULL: the job has failed. */
static struct application **pick(struct job *job, const struct workset *w, size_t *count)
{
    const struct application_ask *all = application_asked(w, job);
    const struct decision_ask *asked = decision_asked(w, job);
    struct application **rows = arena_array(w->arena, all->count + asked->id_count + 1, sizeof *rows);

    *count = 0;
    for (size_t i = 0; i < asked->id_count; i++) {
        struct application *a = application_of(all, asked->ids[i]);

        if (a == NULL) {
            (void)fail_absent(job, "applicationIds");
            return NULL;
        }
        rows[(*count)++] = a;
    }
    for (size_t i = 0; asked->id_count == 0 && i < all->count; i++)
        if (decidable(all->rows[i]))
            rows[(*count)++] = all->rows[i];
    if (*count > 0 && *count <= DECISIONS_AT_ONCE)
        return rows;
    if (*count == 0)
        (void)job_fail(job, ERR_REFUSED, "funding.decision.none", NULL, "Haussa ei ole hakemuksia, joista ei ole vielä päätetty",
                       "Utlysningen har inga ansökningar som inte är avgjorda", "The call has no applications that are not decided yet");
    else
        (void)job_fail(job, ERR_REFUSED, "funding.decision.too-many", "applicationIds",
                       "Päätettäviä hakemuksia on yli 500: lähetä päätökset erissä nimeämällä enintään 500 hakemusta kerrallaan",
                       "Över 500 ansökningar ska avgöras: sänd besluten i omgångar och ange högst 500 ansökningar åt gången",
                       "More than 500 applications are to be decided: send the decisions in portions, naming at most 500 at a time");
    if (*count > 0)
        fact_number(job, "applications", *count);
    return NULL;
}

static void supplement_finding(const struct decision_source *source, int64_t today, struct findings *findings)
{
    if (source->supplement_due_on != NO_DAY && source->supplement_due_on >= today)
        finding_error(findings, "funding.decision.supplement-awaited",
                      T("Hakijalta odotetaan täydennystä, jonka määräaika ei ole vielä päättynyt",
                        "En komplettering väntas av sökanden, och tiden för den har inte gått ut",
                        "The applicant has been asked to supplement the application, and the time for it has not passed"),
                      "applicationIds");
}

static struct decision_case case_of(const struct job *job, const struct workset *w, const struct call *call, struct application *a)
{
    const struct assessment *assessment = assessment_of(w, job, a->id);
    const struct evaluation_ask *evaluations = evaluation_asked(w, job);
    const struct decision_source *source = decision_source_of(w, job, a->id);

    return (struct decision_case){.call = call,
                                  .application = a,
                                  .assessment = assessment != NULL ? *assessment : assessment_begin(a->id, call->id),
                                  .consortium = consortium_of(w, job, a->id),
                                  .content = source != NULL ? source->content : (struct span){0},
                                  .presenter = decision_presenter(call, evaluations, a->id),
                                  .decider = call_official(call, job->actor, OFFICIAL_DECIDER),
                                  .decider_conflicts = conflict_of(evaluations, a->id, job->actor) != NULL};
}

/* Finds out about one, and makes its decision where nothing is in the way. */
static void examine(struct job *job, struct workset *w, struct decision_case *c, struct decision_report *report, struct decision_caps *caps)
{
    const struct decision_source *source = decision_source_of(w, job, c->application->id);
    const struct proposed proposed = proposal_of(proposal_found(w, job), c->application->id);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);

    if (source == NULL || c->consortium == NULL)
        finding_error(findings, "funding.decision.decided",
                      T("Hakemuksesta on jo päätetty", "Ansökan är redan avgjord", "The application has been decided already"),
                      "applicationIds");
    else {
        supplement_finding(source, helsinki_day(w->now_us), findings);
        decision_case_findings(c, &proposed, findings);
    }
    decision_report_findings(report, c->application, findings);
    if (findings->errors > 0)
        return;
    c->instalments = c->assessment.instalments;
    c->instalment_count = c->assessment.instalment_count;
    decision_case_make(w->arena, c, w->now_us);
    decision_caps_add(caps, c->decision->theme_id, c->decision->cents);
    decision_report_counts(report, c->decision);
}

static void draw(struct workset *w, struct decision_case *c, struct pdf_shelf *shelf, struct decision_report *report)
{
    const enum err err = decision_case_draw(w->arena, c, shelf, false);
    struct finding large = {.rule = "funding.decision.document", .field = "applicationIds"};

    if (err == ERR_OK)
        return;
    large.text = err == ERR_TOO_LARGE
                     ? T("Päätösasiakirja on liian pitkä lähetettäväksi: lyhennä perusteluja ja ehtoja",
                         "Beslutshandlingen är för lång för att sändas: förkorta motiveringen och villkoren",
                         "The document is too long to be sent: shorten the reasons and terms")
                     : T("Päätösasiakirjaa ei voitu laatia", "Beslutshandlingen kunde inte göras", "The document could not be made");
    decision_report_add(report, c->application, &large);
}

/* --- sending ----------------------------------------------------------------------------------------------------------- */
static void send_one(struct job *job, struct workset *w, struct decision_case *c)
{
    c->decision->event_id = tell_decision_sent(w, job, c);
    application_move(w, c->application, APPLICATION_DECIDED, "decision", job->actor);
    assessment_move(w, c->application->id, ASSESSMENT_DECIDED, "decision", job->actor);
    decision_add(w, c->decision);
    if (c->decision->granted)
        award_begin(w, job, c->application, c->call, c->decision->answer_until, c->instalments, c->instalment_count);
}

/* The last application is decided. */
static void resolve(struct job *job, struct workset *w, const struct call *call, const struct decision_report *report)
{
    const struct application_ask *all = application_asked(w, job);
    const struct decision_ask *before = decision_asked(w, job);
    struct call *copy = arena_alloc(w->arena, sizeof *copy);

    for (size_t i = 0; i < all->count; i++)
        if (decidable(all->rows[i]))
            return;
    *copy = *call;
    copy->version++;
    call_moves(job, w, copy, CALL_RESOLVED, "", "rules: the last application was decided");
    tell_call_resolved(w, job, copy, report->message->granted + before->granted_before, report->message->rejected + before->rejected_before,
                       call->granted_cents + report->message->cents);
}

void send_decisions_decide(struct job *job, struct workset *w)
{
    const Funding__SendDecisionsRequest *request = (const Funding__SendDecisionsRequest *)job->message;
    const struct call *call = call_visible(job, w);
    struct application **rows;
    size_t count;

    if (call == NULL || !call_is_ready(job, w, call) || (rows = pick(job, w, &count)) == NULL)
        return;
    struct decision_case *cases = arena_array(w->arena, count, sizeof *cases);
    struct decision_report report = decision_report_begin(w->arena);
    struct decision_caps caps = decision_caps_begin(call);
    for (size_t i = 0; i < count; i++) {
        cases[i] = case_of(job, w, call, rows[i]);
        examine(job, w, &cases[i], &report, &caps);
    }
    decision_report_caps(&report, &caps);
    struct pdf_shelf *shelf = pdf_shelf_new();
    for (size_t i = 0; i < count && report.errors == 0; i++)
        draw(w, &cases[i], shelf, &report);
    pdf_shelf_free(shelf);
    if (report.errors > 0 && !request->dry_run) {
        decision_report_refuse(job, &report);
        return;
    }
    if (!request->dry_run) {
        for (size_t i = 0; i < count; i++)
            send_one(job, w, &cases[i]);
        report.message->sent = (uint32_t)count;
        resolve(job, w, call, &report);
    }
    job_answer(job, decision_report_end(&report), 0);
}
