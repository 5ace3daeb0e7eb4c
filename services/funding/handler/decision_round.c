/* See decision_round.h. */
#include "services/funding/handler/decision_round.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/workday.h"
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/who.h"

#define T FINDING_TEXT

static const Funding__SendDecisionsRequest *request_of(const struct job *job)
{
    return (const Funding__SendDecisionsRequest *)job->message;
}

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

enum err decision_round_want(struct job *job, struct workset *w)
{
    struct uuid *ids;
    size_t count;
    enum err err = read_ids(job, request_of(job), &ids, &count);

    if (err == ERR_OK)
        err = call_want_request(job, w, &request_of(job)->call_id, CALL_LOCK);
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

/* --- what is in the way of the whole round ------------------------------------------------------------------------------- */
static bool stop(struct job *job, struct decision_round *round, const char *rule, const char *field, struct text text)
{
    struct finding finding = {.rule = rule, .text = text};

    (void)snprintf(finding.field, sizeof finding.field, "%s", field != NULL ? field : "");
    if (round->dry_run)
        decision_report_add(&round->report, NULL, &finding);
    else
        (void)job_fail(job, ERR_REFUSED, rule, field, text.fi, text.sv, text.en);
    return false;
}

bool decision_round_ready(struct job *job, const struct workset *w, struct decision_round *round)
{
    const struct call *call = round->call;

    if (call->state == CALL_PUBLISHED && call_phase(call, w->now_us) == PHASE_CLOSED)
        return true;
    (void)stop(job, round, "funding.decision.call-state", NULL,
               T("Päätökset voi lähettää, kun haku on julkaistu, sen hakuaika on päättynyt eikä hakua ole vielä ratkaistu",
                 "Beslut kan sändas när utlysningen är publicerad, ansökningstiden har gått ut och utlysningen inte ännu är avgjord",
                 "Decisions are sent in a published call that has closed and is not resolved yet"));
    if (!round->dry_run) {
        job_fact(job, "state", machine_state(MACHINE_CALL, (int)call->state));
        fact_time(job, "closesAt", call->closes_us);
    }
    return false;
}

static bool decidable(const struct application *a)
{
    return a->state == APPLICATION_SUBMITTED || a->state == APPLICATION_TO_SUPPLEMENT;
}

static bool fits(struct job *job, struct decision_round *round)
{
    if (round->count > 0 && round->count <= DECISIONS_AT_ONCE)
        return true;
    if (round->count == 0)
        return stop(job, round, "funding.decision.none", NULL,
                    T("Haussa ei ole hakemuksia, joista ei ole vielä päätetty tai jotka odottavat esittelyä",
                      "Utlysningen har inga ansökningar som inte är avgjorda eller som väntar på föredragning",
                      "The call has no applications that are not decided yet, or that wait to be presented"));
    (void)stop(job, round, "funding.decision.too-many", "applicationIds",
               T("Hakemuksia on yli 500: käsittele ne erissä nimeämällä enintään 500 hakemusta kerrallaan",
                 "Det finns över 500 ansökningar: behandla dem i omgångar och ange högst 500 ansökningar åt gången",
                 "There are more than 500 applications: take them in portions, naming at most 500 at a time"));
    if (!round->dry_run)
        fact_number(job, "applications", round->count);
    round->count = 0;
    return false;
}

bool decision_round_pick(struct job *job, const struct workset *w, struct decision_round *round,
                         bool (*takes)(const struct job *job, const struct workset *w, const struct application *a))
{
    const struct application_ask *all = application_asked(w, job);
    const struct decision_ask *asked = decision_asked(w, job);

    round->rows = arena_array(w->arena, all->count + asked->id_count + 1, sizeof *round->rows);
    for (size_t i = 0; i < asked->id_count; i++) {
        struct application *a = application_of(all, asked->ids[i]);

        if (a == NULL) {
            (void)fail_absent(job, "applicationIds");
            return false;
        }
        round->rows[round->count++] = a;
    }
    for (size_t i = 0; asked->id_count == 0 && i < all->count; i++)
        if (decidable(all->rows[i]) && (takes == NULL || takes(job, w, all->rows[i])))
            round->rows[round->count++] = all->rows[i];
    return fits(job, round);
}

/* --- one of them --------------------------------------------------------------------------------------------------------- */
static void supplement_finding(const struct decision_source *source, int64_t today, struct findings *findings)
{
    if (source->supplement_due_on != NO_DAY && source->supplement_due_on >= today)
        finding_error(findings, "funding.decision.supplement-awaited",
                      T("Hakijalta odotetaan täydennystä, jonka määräaika ei ole vielä päättynyt",
                        "En komplettering väntas av sökanden, och tiden för den har inte gått ut",
                        "The applicant has been asked to supplement the application, and the time for it has not passed"),
                      "applicationIds");
}

struct decision_case decision_round_case(const struct job *job, const struct workset *w, const struct decision_round *round,
                                         struct application *a)
{
    const struct assessment *assessment = assessment_of(w, job, a->id);
    const struct decision_source *source = decision_source_of(w, job, a->id);

    return (struct decision_case){.call = round->call,
                                  .application = a,
                                  .assessment = assessment != NULL ? *assessment : assessment_begin(a->id, round->call->id),
                                  .consortium = consortium_of(w, job, a->id),
                                  .content = source != NULL ? source->content : (struct span){0}};
}

bool decision_round_examine(struct job *job, struct workset *w, struct decision_round *round, const struct decision_case *c)
{
    const struct decision_source *source = decision_source_of(w, job, c->application->id);
    const struct proposed proposed = proposal_of(proposal_found(w, job), c->application->id);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);

    if (source == NULL || c->consortium == NULL)
        finding_error(findings, "funding.decision.decided",
                      T("Hakemuksesta on jo päätetty", "Ansökan är redan avgjord", "The application has been decided already"),
                      "applicationIds");
    else if (c->decider_conflicts) /* and is told nothing else of it */
        decision_case_conflict(findings);
    else {
        supplement_finding(source, helsinki_day(w->now_us), findings);
        decision_case_findings(c, &proposed, findings);
    }
    decision_report_findings(&round->report, c->application, findings);
    return findings->errors == (c->unpresented && assessment_chosen(&c->assessment) && !c->decider_conflicts ? 1 : 0);
}
