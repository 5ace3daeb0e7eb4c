/* The grant call, second chapter: two or three evaluators score each application, the best choice within the allocations is proposed and
 * prepared as proposed, the presenting official presents it, the decision-maker looks at what would be sent and sends it. Points and
 * verdicts are made up, the same in every start; one evaluator has a conflict of interest and takes no part in that application. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "services/hv/up_grant.h"

#define CONFLICTED   5 /* this application, and its second evaluator */
#define POINTS       5 /* the most by a criterion of this call */
#define PART_PERCENT 85
#define REJECT_BELOW 7 /* points by five criteria */
#define PART_BELOW   14
#define CLOSING_NAP  100
#define CLOSED_AFTER (60 * TIME_SECOND) /* more than it is ever made longer */

/* Ready reasons of decisions, as GET /api/decision-reasons has them; a number stays what it is for ever. */
enum { REASON_NO_ROOM = 2, REASON_VAGUE = 3, REASON_BEST = 21, REASON_CHEAPER = 24 };

static const char *application(const struct grant *g, size_t i)
{
    return json_string_value(json_array_get(json_object_get(g->steps.up->kept, "grantApplications"), i));
}

/* --- evaluation ----------------------------------------------------------------------------------------------------------- */
/* 0..range-1, the same for the same three for ever. */
static unsigned drawn(size_t i, size_t evaluator, size_t criterion, unsigned range)
{
    uint32_t x = (uint32_t)(i * 7919 + evaluator * 104729 + criterion * 1299709 + 12345);

    x ^= x >> 15;
    x *= 0x2c1b3c6dU;
    x ^= x >> 12;
    x *= 0x297a2d39U;
    x ^= x >> 15;
    return x % range;
}

/* How good it is, 0..4, and what this evaluator sees of it by this criterion. */
static unsigned points_of(size_t i, size_t evaluator, size_t criterion)
{
    const unsigned good = drawn(i, 99, 99, 5), seen = good + drawn(i, evaluator, criterion, 3);

    return seen == 0 ? 0 : seen - 1 > POINTS ? POINTS : seen - 1;
}

static json_t *evaluation(const struct grant *g, size_t i, size_t evaluator, int64_t applied)
{
    const json_t *criterion = NULL;
    unsigned sum = 0;
    size_t k = 0;
    json_t *scores = json_array();

    json_array_foreach(json_object_get(json_object_get(g->call, "content"), "criteria"), k, criterion)
    {
        const unsigned points = points_of(i, evaluator, k);
        sum += points;
        json_array_append_new(scores, json_pack("{s:s, s:i}", "criterionId", api_text(criterion, "id"), "points", (int)points));
    }
    const bool rejects = sum < REJECT_BELOW, parts = !rejects && sum < PART_BELOW;
    return json_pack("{s:o, s:s, s:o, s:s}", "scores", scores, "verdict",
                     rejects ? "VERDICT_DO_NOT_FUND"
                     : parts ? "VERDICT_FUND_PART"
                             : "VERDICT_FUND",
                     "cents",
                     json_sprintf("%" PRId64, rejects ? 0
                                              : parts ? applied / 100 * PART_PERCENT
                                                      : applied),
                     "comment",
                     rejects ? "Tavoitteet on kuvattu liian yleisesti, ja hyödyt jäävät epäselviksi."
                     : parts ? "Suunnitelma vastaa teeman tavoitteita; ne voidaan saavuttaa pienemmin kustannuksin."
                             : "Suunnitelma vastaa teeman tavoitteita.");
}

static int64_t applied_of(const json_t *content)
{
    return api_number(json_array_get(json_object_get(content, "shares"), 0), "cents");
}

static bool evaluates(size_t i, size_t evaluator)
{
    if (i == CONFLICTED && evaluator == 1)
        return false;
    return evaluator == i % GRANT_EVALUATORS || evaluator == (i + 1) % GRANT_EVALUATORS || i % 2 == 0;
}

static int64_t evaluate_all(struct grant *g)
{
    int64_t count = 0;
    char key[API_KEY];

    step_do(&g->steps, grant_token(g, GRANT_EVALUATOR + 1), "POST", step_path("/api/applications/%s/conflicts", application(g, CONFLICTED)),
            "demo-conflict", json_pack("{s:s}", "reason", "Olen ollut hakijan palveluksessa."));
    for (size_t i = 0; i < GRANT_APPLICATIONS && !g->steps.failed; i++) {
        json_t *content = grant_write(g->call, i);
        for (size_t e = 0; e < GRANT_EVALUATORS && !g->steps.failed; e++) {
            if (!evaluates(i, e))
                continue;
            snprintf(key, sizeof key, "demo-evaluation-%zu-%zu", i, e);
            step_do(&g->steps, grant_token(g, GRANT_EVALUATOR + e), "PUT", step_path("/api/applications/%s/evaluation", application(g, i)),
                    key, evaluation(g, i, e, applied_of(content)));
            count++;
        }
        json_decref(content);
    }
    return count;
}

/* --- preparation ---------------------------------------------------------------------------------------------------------- */
/* Parts of the amounts in `list` that are together cents of their whole; the last takes what rounding leaves. */
static json_t *divided(const json_t *list, int64_t cents, int64_t whole)
{
    const size_t count = json_array_size(list);
    int64_t left = cents;
    json_t *out = json_array();

    for (size_t k = 0; k < count; k++) {
        const int64_t full = api_number(json_array_get(list, k), "cents");
        const int64_t part = k + 1 == count ? left : full * cents / whole; /* of a call as small as this one the product fits */
        left -= part;
        json_array_append_new(out, json_sprintf("%" PRId64, part));
    }
    return out;
}

/* The costs that are accepted: all of them, or as much less as the grant is less. */
static json_t *accepted(const json_t *lines, int64_t cents, int64_t applied)
{
    const json_t *line = NULL;
    size_t k = 0;
    json_t *out = json_array();

    json_array_foreach(lines, k, line)
    {
        json_array_append_new(out, json_sprintf("%" PRId64, (api_number(line, "cents") * cents + applied - 1) / applied));
    }
    return out;
}

static json_t *grants(const struct grant *g, const json_t *content, int64_t cents)
{
    const json_t *call = json_object_get(g->call, "content");
    const int64_t applied = applied_of(content), first = cents / 2;
    json_t *instalments =
        json_pack("[{s:s, s:o}, {s:s, s:o}]", "dueOn", api_text(call, "useFrom"), "cents", json_sprintf("%" PRId64, first), "dueOn",
                  api_text(call, "interimDue"), "cents", json_sprintf("%" PRId64, cents - first));
    json_t *reasons = json_array();

    json_array_append_new(reasons, json_integer(REASON_BEST));
    if (cents < applied)
        json_array_append_new(reasons, json_integer(REASON_CHEAPER));
    return json_pack("{s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o}", "state", "ASSESSMENT_GRANT", "cents", json_sprintf("%" PRId64, cents),
                     "partnerCents", divided(json_object_get(content, "partners"), cents, applied), "lineCents",
                     accepted(json_object_get(content, "lines"), cents, applied), "purpose",
                     "Hakemuksessa kuvattuun kehittämistyöhön hakijan verkostossa.", "useFrom", api_text(call, "useFrom"), "useUntil",
                     api_text(call, "useUntil"), "reasons", reasons, "instalments", instalments);
}

/* What the proposal says of it is the reason: the money went to others, or the evaluators did not recommend it. */
static json_t *rejects(const char *cause)
{
    const bool no_room = strcmp(cause, "CAUSE_NO_ROOM") == 0 || strcmp(cause, "CAUSE_TOO_DEAR") == 0;

    return json_pack("{s:s, s:[i]}", "state", "ASSESSMENT_REJECT", "reasons", no_room ? REASON_NO_ROOM : REASON_VAGUE);
}

static void prepare(struct grant *g, size_t i, const json_t *row)
{
    char key[API_KEY];
    json_t *content = grant_write(g->call, i);
    const bool chosen = json_is_true(json_object_get(row, "chosen"));
    json_t *assessment = chosen ? grants(g, content, api_number(row, "cents")) : rejects(api_text(row, "cause"));

    snprintf(key, sizeof key, "demo-assessment-%zu", i);
    json_t *answer =
        step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "PUT", step_path("/api/applications/%s/assessment", application(g, i)), key, 1,
                 json_pack("{s:o}", "assessment", assessment));
    const json_t *finding = json_array_get(json_object_get(answer, "findings"), 0);
    if (finding != NULL) { /* the story leaves no warning either */
        fprintf(stderr, "hv up: application %zu is not ready to be decided: %s %s\n", i + 1, api_text(finding, "field"),
                api_text(json_object_get(finding, "text"), "en"));
        g->steps.failed = true;
    }
    json_decref(answer);
    json_decref(content);
}

static void prepare_all(struct grant *g, const json_t *proposal)
{
    const json_t *row = NULL;
    size_t k = 0;

    json_array_foreach(json_object_get(proposal, "rows"), k, row)
    {
        for (size_t i = 0; i < GRANT_APPLICATIONS && !g->steps.failed; i++)
            if (strcmp(application(g, i), api_text(row, "applicationId")) == 0)
                prepare(g, i, row);
    }
}

/* --- decisions ------------------------------------------------------------------------------------------------------------ */
/* Until the service itself says that the time for applications is over. */
static bool wait_closing(struct grant *g)
{
    const int64_t until_us = time_steady_us() + CLOSED_AFTER;
    bool closed = false;

    while (!closed && !g->steps.failed && time_steady_us() < until_us) {
        json_t *call =
            step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "GET", step_path("/api/calls/%s", api_text(g->call, "id")), NULL, 0, NULL);
        closed = strcmp(api_text(call, "phase"), "PHASE_CLOSED") == 0;
        json_decref(call);
        if (!closed)
            story_nap(CLOSING_NAP);
    }
    if (!closed && !g->steps.failed)
        fprintf(stderr, "hv up: the call does not close at its hour\n");
    return closed;
}

/* The presenting official presents what is prepared; only that is sent. */
static void present_all(struct grant *g)
{
    json_decref(step_ask(&g->steps, grant_token(g, GRANT_PRESENTER), "POST",
                         step_path("/api/calls/%s:present-decisions", api_text(g->call, "id")), "demo-present", 0, json_object()));
}

static json_t *send_all(struct grant *g, bool dry_run)
{
    return step_ask(&g->steps, grant_token(g, GRANT_DECIDER), "POST", step_path("/api/calls/%s:send-decisions", api_text(g->call, "id")),
                    dry_run ? "demo-look" : "demo-send", 0, json_pack("{s:b}", "dryRun", dry_run));
}

static void keep(const struct grant *g, const json_t *proposal, const json_t *sent, int64_t evaluations)
{
    json_object_set_new(g->steps.up->kept, "grant",
                        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "evaluations", (json_int_t)evaluations, "points",
                                  (json_int_t)api_number(proposal, "points"), "proposed", (json_int_t)api_number(proposal, "cents"), "sent",
                                  (json_int_t)api_number(sent, "sent"), "granted", (json_int_t)api_number(sent, "granted"), "rejected",
                                  (json_int_t)api_number(sent, "rejected"), "cents", (json_int_t)api_number(sent, "cents")));
}

static bool decide(struct grant *g)
{
    if (g->steps.failed || !wait_closing(g)) /* nobody scores what its applicant may still change */
        return false;
    const int64_t evaluations = evaluate_all(g);
    json_t *proposal = step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "POST",
                                step_path("/api/calls/%s/proposals", api_text(g->call, "id")), "demo-proposal", 0, json_object());
    prepare_all(g, proposal);
    present_all(g);
    json_decref(send_all(g, true));
    json_t *sent = send_all(g, false);
    if (sent != NULL) {
        keep(g, proposal, sent, evaluations);
        up_step(g->steps.up,
                "Oikeus osata: %" PRId64 " evaluations, %" PRId64 " grants and %" PRId64 " rejections decided and sent at once",
                evaluations, api_number(sent, "granted"), api_number(sent, "rejected"));
    }
    json_decref(sent);
    json_decref(proposal);
    (void)step_keep(&g->steps, NULL, step_path("/api/calls/%s/decisions:export?format=XLSX", api_text(g->call, "id")), "decisions.xlsx");
    (void)step_keep(&g->steps, NULL, step_path("/api/calls/%s/grants:export?format=CSV", api_text(g->call, "id")), "grants.csv");
    return !g->steps.failed;
}

bool story_decide(struct up *up)
{
    struct grant grant;

    if (!json_object_get(up->kept, "grant")) {
        const bool ok = grant_open(&grant, up) && grant.call != NULL && decide(&grant);
        grant_close(&grant);
        if (!ok)
            return false;
    }
    json_object_set_new(up->kept, "done", json_true());
    return kept_save(up);
}
