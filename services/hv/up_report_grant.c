/* The grant call in the report of `hv up`: each theme's allocation against what was applied for, granted and left; the same cents counted
 * four ways - by theme, by award, by decision and by the providers' parts of the decisions; every document against the SHA-256 that its
 * decision was signed with; and a letter with the document for each provider of every network.
 *
 * On a later start decisions may have been corrected and grants refused: then the money is compared as it is, the letters are at least. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/hv/up_grant.h"
#include "services/hv/up_report.h"

#define REASON_NO_ROOM 2 /* of GET /api/decision-reasons */

struct tallied {
    struct report *report;
    int64_t decisions, granted, cents, parts_cents; /* of decisions in force; parts: of their providers */
    int64_t documents, genuine;
    int64_t recipients, letters, delivered, with_pdf;
    int64_t awards, awarded_cents;
};

/* --- money ---------------------------------------------------------------------------------------------------------------- */
static void print_row(const char *title, int64_t allocation, int64_t applied, int64_t granted)
{
    printf("  %14s %14s %14s %14s   %s\n", report_euros(allocation), report_euros(applied), report_euros(granted),
           report_euros(allocation - granted), title);
}

static json_t *money_of(struct report *r)
{
    char path[API_PATH];

    snprintf(path, sizeof path, "/api/calls/%s/money", kept_text(r->up, "grantCallId"));
    return report_get(r, path);
}

static void report_money(struct report *r, const json_t *money, const struct tallied *t)
{
    const json_t *theme = NULL;
    int64_t allocation = 0, applied = 0, granted = 0, over = 0;
    size_t i = 0;

    printf("\n  %14s %14s %14s %14s   %s\n", "allocation", "applied for", "granted", "left", "theme of Oikeus osata, euros");
    json_array_foreach(json_object_get(money, "themes"), i, theme)
    {
        const int64_t own = api_number(theme, "allocationCents"), given = api_number(theme, "grantedCents");
        allocation += own;
        granted += given;
        applied += api_number(theme, "appliedCents");
        over += given > own;
        print_row(api_text(json_object_get(theme, "title"), "en"), own, api_number(theme, "appliedCents"), given);
    }
    const int64_t whole = api_number(money, "allocationCents"), all = api_number(money, "grantedCents");
    print_row("together", whole, api_number(money, "appliedCents"), all);
    putchar('\n');
    report_check(r, allocation == whole && whole >= GRANT_CENTS && (whole == GRANT_CENTS || r->up->told_before),
                 "the themes' allocations are the call's: %s", report_euros(allocation));
    report_check(r,
                 over == 0 && granted == all && all <= whole && all > 0 && applied == api_number(money, "appliedCents") && applied > whole,
                 "no theme is overspent, and every cent is accounted for: %s granted and %s left are %s", report_euros(all),
                 report_euros(whole - all), report_euros(whole));
    report_check(r, t->cents == t->parts_cents && t->awarded_cents == all && (t->cents == all || r->up->told_before),
                 "counted by decision, by provider and by award it is the same: %s, %s, %s", report_euros(t->cents),
                 report_euros(t->parts_cents), report_euros(t->awarded_cents));
}

static void add_award(void *owner, const json_t *award)
{
    struct tallied *t = owner;

    t->awards++;
    t->awarded_cents += api_number(award, "grantedCents");
}

/* --- decisions ------------------------------------------------------------------------------------------------------------ */
/* The document as it was sent, against the row. */
static void check_document(struct tallied *t, const json_t *decision)
{
    char path[API_PATH];
    bool genuine = false;

    snprintf(path, sizeof path, "/api/decisions/%s/document", api_text(decision, "id"));
    t->documents += report_pdf(t->report, path, api_text(decision, "sha256"), &genuine);
    t->genuine += genuine;
}

static void add_letter(void *owner, const json_t *message)
{
    struct tallied *t = owner;
    char path[API_PATH];

    t->letters++;
    t->delivered += strcmp(api_text(message, "state"), "MESSAGE_SENT") == 0;
    snprintf(path, sizeof path, "/api/messages/%s", api_text(message, "id"));
    json_t *whole = report_get(t->report, path);
    t->with_pdf += report_has_pdf(whole);
    json_decref(whole);
}

static void add_decision(void *owner, const json_t *row)
{
    struct tallied *t = owner;
    const json_t *partner = NULL;
    char path[API_PATH];
    size_t i = 0;

    snprintf(path, sizeof path, "/api/decisions/%s", api_text(row, "id"));
    json_t *decision = report_get(t->report, path);
    t->decisions++;
    check_document(t, decision);
    if (api_text(decision, "correctedById")[0] == '\0') {
        t->granted += json_is_true(json_object_get(decision, "granted"));
        t->cents += api_number(decision, "cents");
        json_array_foreach(json_object_get(decision, "partners"), i, partner)
        {
            t->parts_cents += api_number(partner, "cents");
        }
    }
    snprintf(path, sizeof path, "/api/messages?eventId=%s", api_text(decision, "eventId"));
    (void)report_pages(t->report, path, "messages", add_letter, t);
    json_decref(decision);
}

static void report_decisions(struct report *r, const struct tallied *t)
{
    const json_t *grant = json_object_get(r->up->kept, "grant");
    const bool later = r->up->told_before;

    report_check(r, t->decisions == GRANT_APPLICATIONS || (later && t->decisions > GRANT_APPLICATIONS),
                 "every application is decided: %" PRId64 " decisions on %d, %" PRId64 " of them grants", t->decisions, GRANT_APPLICATIONS,
                 t->granted);
    report_check(r, api_number(grant, "cents") == api_number(grant, "proposed") && (later || t->cents == api_number(grant, "proposed")),
                 "it was decided as proposed: %" PRId64 " points of %" PRId64 " evaluations for %s", api_number(grant, "points"),
                 api_number(grant, "evaluations"), report_euros(api_number(grant, "proposed")));
    report_check(r, t->documents == t->decisions && t->genuine == t->decisions,
                 "every document is the one that was decided, by its SHA-256: %" PRId64 " of %" PRId64, t->genuine, t->decisions);
    report_check(r,
                 (t->letters == t->recipients || (later && t->letters > t->recipients)) && t->with_pdf == t->letters &&
                     (t->delivered == t->letters || later),
                 "every provider got the decision: %" PRId64 " letters for %" PRId64 " parts, %" PRId64 " delivered, %" PRId64
                 " with the document",
                 t->letters, t->recipients, t->delivered, t->with_pdf);
}

/* --- reasons -------------------------------------------------------------------------------------------------------------- */
static bool gives_reason(const json_t *assessment, int64_t n)
{
    const json_t *reason = NULL;
    size_t i = 0;

    json_array_foreach(json_object_get(assessment, "reasons"), i, reason)
    {
        if (json_integer_value(reason) == n)
            return true;
    }
    return false;
}

/* A rejection says what the proposal says of it: reason 2 where the money went to others, and only there. */
static void report_reasons(struct report *r, const char *call)
{
    char path[API_PATH];
    const json_t *row = NULL;
    int64_t no_room = 0, others = 0, untrue = 0;
    size_t i = 0;

    snprintf(path, sizeof path, "/api/calls/%s/proposal", call);
    json_t *proposal = report_get(r, path);
    json_array_foreach(json_object_get(proposal, "rows"), i, row)
    {
        if (json_is_true(json_object_get(row, "chosen")))
            continue;
        const char *cause = api_text(row, "cause");
        const bool room = strcmp(cause, "CAUSE_NO_ROOM") == 0 || strcmp(cause, "CAUSE_TOO_DEAR") == 0;
        snprintf(path, sizeof path, "/api/applications/%s/assessment", api_text(row, "applicationId"));
        json_t *assessment = report_get(r, path);
        no_room += room;
        others += !room;
        untrue += gives_reason(assessment, REASON_NO_ROOM) != room;
        json_decref(assessment);
    }
    report_check(r, proposal != NULL && untrue == 0 && no_room > 0,
                 "each rejection gives its true reason: %" PRId64 " did not fit the money, %" PRId64 " were not recommended", no_room,
                 others);
    json_decref(proposal);
}

/* Strapetsi: its period is over and its state is ongoing; both are shown, and that they disagree. */
static void report_project(struct report *r)
{
    char path[API_PATH];
    const json_t *row = NULL;
    int64_t implementers = 0;
    bool flagged = false;
    size_t i = 0;

    snprintf(path, sizeof path, "/api/projects/%s", kept_text(r->up, "projectId"));
    json_t *project = report_get(r, path);
    json_array_foreach(json_object_get(project, "members"), i, row)
    {
        implementers += strcmp(api_text(row, "role"), "MEMBER_IMPLEMENTER") == 0;
    }
    json_array_foreach(json_object_get(project, "findings"), i, row)
    {
        flagged = flagged || strcmp(api_text(row, "rule"), "funding.project.period-over") == 0;
    }
    report_check(r, (implementers == 81 && flagged) || (project && r->up->told_before),
                 "the project register has Strapetsi with %" PRId64 " part implementers; %s", implementers,
                 flagged ? "that it is ongoing though its period is over is told, not mended" : "nothing in it disagrees any more");
    json_decref(project);
}

void report_grant(struct report *r)
{
    struct tallied t = {.report = r};
    char path[API_PATH];
    const char *call = kept_text(r->up, "grantCallId");
    json_t *money = money_of(r);

    for (size_t i = 0; i < GRANT_APPLICATIONS; i++)
        t.recipients += (int64_t)grant_partners(i);
    snprintf(path, sizeof path, "/api/calls/%s/decisions", call);
    (void)report_pages(r, path, "decisions", add_decision, &t);
    snprintf(path, sizeof path, "/api/calls/%s/awards", call);
    (void)report_pages(r, path, "awards", add_award, &t);
    report_money(r, money, &t);
    report_decisions(r, &t);
    report_reasons(r, call);
    report_project(r);
    json_decref(money);
}
