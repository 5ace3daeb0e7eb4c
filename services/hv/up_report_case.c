/* The municipal case in the report of `hv up`: the funding plan to the cent, with who has decided and who has not; the section of the
 * minutes; the extract against its SHA-256; the feeds; the letters to the applicant and to whoever was nominated.
 *
 * On a later start others may have decided on their shares, the board met again, and names left the published minutes. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "services/hv/up_case.h"
#include "services/hv/up_report.h"

#define LETTERS 3 /* the applicant, the member and the deputy of the steering group */

struct mailed {
    struct report *report;
    int64_t letters, delivered, with_pdf;
};

/* --- the funding plan ----------------------------------------------------------------------------------------------------------- */
static const char *state_words(const json_t *share)
{
    const char *state = api_text(share, "state");

    if (strcmp(state, "PLAN_GRANTED") == 0)
        return "granted";
    return strcmp(state, "PLAN_REFUSED") == 0 ? "refused" : "has not decided";
}

static void report_plan(struct report *r, const json_t *project)
{
    const json_t *share = NULL;
    int64_t sum = 0, kannus = 0, open = 0;
    size_t i = 0;

    printf("\n  %14s %14s   %s\n", "applied for", "granted", "funding plan of Timantti, euros");
    json_array_foreach(json_object_get(project, "shares"), i, share)
    {
        const int64_t cents = api_number(share, "cents"), granted = api_number(share, "grantedCents");
        printf("  %14s %14s   %s: %s\n", report_euros(cents), report_euros(granted), api_text(share, "funder"), state_words(share));
        sum += cents;
        open += strcmp(api_text(share, "state"), "PLAN_APPLIED") == 0 ? cents : 0;
        if (strcmp(api_text(share, "id"), kept_text(r->up, "caseShareId")) == 0 && *api_text(share, "itemId") != '\0')
            kannus = granted;
    }
    const int64_t total = api_number(project, "totalCents"), granted = api_number(project, "grantedCents");
    const int64_t refused = api_number(project, "refusedCents");
    printf("  %14s %14s   together; %s open%s\n\n", report_euros(sum), report_euros(granted), report_euros(open),
           json_is_true(json_object_get(project, "covered")) ? ", the whole cost is covered" : ", the whole cost is not covered yet");
    report_check(r, kannus == CASE_SHARE_CENTS && sum == total && (total == CASE_TOTAL_CENTS || r->up->told_before),
                 "Kannus pays its share of Timantti: %s of %s, and the shares are the whole cost", report_euros(kannus),
                 report_euros(total));
    report_check(r, granted + open + refused == total && open == api_number(project, "openCents"),
                 "what is granted, open and refused in the plan is its whole cost: %s, %s, %s", report_euros(granted), report_euros(open),
                 report_euros(refused));
}

/* --- the minutes ------------------------------------------------------------------------------------------------------------------ */
static void report_minutes(struct report *r, const json_t *kase, const json_t *item)
{
    char path[API_PATH];
    bool genuine = false;
    const char *number = api_text(kase, "registerNumber");
    const json_t *nominations = json_object_get(item, "nominations");

    report_check(r,
                 strncmp(number, CASE_NUMBER, strlen(CASE_NUMBER)) == 0 && api_number(item, "section") == CASE_SECTION &&
                     strcmp(api_text(item, "outcome"), "OUTCOME_APPROVED") == 0 &&
                     strcmp(api_text(item, "manner"), "MANNER_UNANIMOUS") == 0 && api_number(item, "cents") == CASE_SHARE_CENTS &&
                     json_array_size(nominations) == 2,
                 "case %s: the city board approved the proposal unanimously, section %" PRId64 ", and added to it: %zu nominations", number,
                 api_number(item, "section"), json_array_size(nominations));
    (void)snprintf(path, sizeof path, "/api/items/%s/extract?form=PDF", api_text(item, "id"));
    const bool came = report_pdf(r, path, api_text(item, "sha256"), &genuine);
    report_check(r, came && genuine, "its extract from the minutes is what was published, by its SHA-256");
}

/* --- the feeds -------------------------------------------------------------------------------------------------------------------- */
static bool feed_says(struct report *r, const char *name, const char *what)
{
    struct buf bytes = {0};
    char path[API_PATH];

    (void)snprintf(path, sizeof path, "/api/municipalities/%s/%s", kept_text(r->up, "municipalityId"), name);
    const bool came = api_fetch(r->up->api, path, &bytes) == 200;
    buf_u8(&bytes, 0);
    const bool says = came && strstr((const char *)bytes.data, what) != NULL;
    buf_fini(&bytes);
    return says;
}

static void report_feeds(struct report *r)
{
    static const char *const FEEDS[] = {"items.atom", "items.rss", "meetings.atom", "meetings.rss"};
    size_t said = 0;

    for (size_t i = 0; i < sizeof FEEDS / sizeof FEEDS[0]; i++)
        said += feed_says(r, FEEDS[i], kept_text(r->up, strncmp(FEEDS[i], "items", 5) == 0 ? "caseItemId" : "caseMeetingId"));
    report_check(r, said == sizeof FEEDS / sizeof FEEDS[0] || r->up->told_before,
                 "it stands in the feeds of items and of meetings, Atom and RSS: %zu of %zu", said, sizeof FEEDS / sizeof FEEDS[0]);
}

/* --- the letters ------------------------------------------------------------------------------------------------------------------ */
static void add_letter(void *owner, const json_t *message)
{
    struct mailed *m = owner;
    char path[API_PATH];

    m->letters++;
    m->delivered += strcmp(api_text(message, "state"), "MESSAGE_SENT") == 0;
    (void)snprintf(path, sizeof path, "/api/messages/%s", api_text(message, "id"));
    json_t *whole = report_get(m->report, path);
    m->with_pdf += report_has_pdf(whole);
    json_decref(whole);
}

static void report_letters(struct report *r, const json_t *kase)
{
    struct mailed m = {.report = r};
    char path[API_PATH];

    (void)snprintf(path, sizeof path, "/api/messages?eventId=%s", api_text(kase, "decisionEventId"));
    (void)report_pages(r, path, "messages", add_letter, &m);
    report_check(r, (m.letters == LETTERS && m.delivered == LETTERS && m.with_pdf >= 1) || (r->up->told_before && m.letters > 0),
                 "the applicant and the nominees are told: %" PRId64 " letters, %" PRId64 " delivered, %" PRId64 " with the extract",
                 m.letters, m.delivered, m.with_pdf);
}

void report_case(struct report *r)
{
    char path[API_PATH];

    (void)snprintf(path, sizeof path, "/api/projects/%s", kept_text(r->up, "caseProjectId"));
    json_t *project = report_get(r, path);
    (void)snprintf(path, sizeof path, "/api/cases/%s", kept_text(r->up, "caseId"));
    json_t *kase = report_get(r, path);
    (void)snprintf(path, sizeof path, "/api/items/%s", kept_text(r->up, "caseItemId"));
    json_t *item = report_get(r, path);
    report_plan(r, project);
    report_minutes(r, kase, item);
    report_feeds(r);
    report_letters(r, kase);
    json_decref(item);
    json_decref(kase);
    json_decref(project);
}
