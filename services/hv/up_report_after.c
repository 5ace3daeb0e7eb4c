/* What came after the opening, in the report of `hv up`: the open event, completions and certificates, trainee days, fairness, papers.
 * Asked from the gateway as everything else; a later start reports on the data as they are. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "services/hv/up_report.h"

#define DAYS_TENTHS 225 /* of a person who does all of VEPO: 5 op x 4.5, in tenths */

static void check_event(struct report *r)
{
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s", kept_text(r->up, "eventId"));
    json_t *event = report_get(r, path);
    const json_t *units = json_object_get(event, "units");
    const json_t *webinar = json_array_get(json_object_get(json_array_get(units, 0), "webinars"), 0);
    /* On a later start people may have left. */
    report_check(r, (api_number(event, "taken") >= 7 || r->up->told_before) && api_number(event, "held") <= api_number(event, "taken"),
                 "the open event has %" PRId64 " places taken, %" PRId64 " held", api_number(event, "taken"), api_number(event, "held"));
    report_check(r, api_number(webinar, "sequence") >= 1, "its date was moved: the calendar entry has sequence %" PRId64,
                 api_number(webinar, "sequence"));
    json_decref(event);
}

static void check_certificate(struct report *r)
{
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/certificates/%s", kept_text(r->up, "certificate"));
    json_t *facts = report_get(r, path);
    report_check(r, api_number(facts, "creditsTenths") == 50 && (r->up->told_before || !json_is_true(json_object_get(facts, "withdrawn"))),
                 "the certificate %s is genuine: %s, %" PRId64 " op%s", kept_text(r->up, "certificate"), api_text(facts, "name"),
                 api_number(facts, "creditsTenths") / 10, json_is_true(json_object_get(facts, "withdrawn")) ? ", withdrawn since" : "");
    json_decref(facts);
}

/* Against the cap as it is: a coordinator may have changed it since. */
static void check_days(struct report *r)
{
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s", kept_text(r->up, "programmeId"));
    json_t *programme = report_get(r, path);
    const int64_t cap = api_number(programme, "cap");
    snprintf(path, sizeof path, "/api/programmes/%s/trainee-days", kept_text(r->up, "programmeId"));
    json_t *days = report_get(r, path);
    report_check(r, cap > 0 && api_number(days, "fullTenths") == DAYS_TENTHS * cap && api_number(days, "completedTenths") > 0,
                 "trainee days: %" PRId64 " when full (5 op x 4.5 x %" PRId64 "), %" PRId64 " with those seated, %.1f completed",
                 api_number(days, "fullTenths") / 10, cap, api_number(days, "currentTenths") / 10,
                 (double)api_number(days, "completedTenths") / 10);
    json_decref(days);
    json_decref(programme);
}

static void check_fairness(struct report *r)
{
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s/fairness", kept_text(r->up, "programmeId"));
    json_t *fairness = report_get(r, path);
    int64_t registrations = 0, inversions = 0, largest_us = 0, wait_us = 0;
    size_t i = 0;
    const json_t *part = NULL;
    json_array_foreach(json_object_get(fairness, "parts"), i, part)
    {
        registrations += api_number(part, "registrations");
        inversions += api_number(part, "inversions");
        largest_us = api_number(part, "largestUs") > largest_us ? api_number(part, "largestUs") : largest_us;
        wait_us = api_number(part, "waitMaxUs") > wait_us ? api_number(part, "waitMaxUs") : wait_us;
    }
    report_check(r, registrations > 0 && largest_us <= wait_us,
                 "order against arrival: %" PRId64 " registrations, %" PRId64
                 " pairs the other way round by %.1f ms at most, longest wait %.1f ms",
                 registrations, inversions, (double)largest_us / 1e3, (double)wait_us / 1e3);
    json_decref(fairness);
}

/* What the public sees: heads of order chains, the newest first. */
static void check_feed(struct report *r)
{
    static const char ENTRY[] = "<entry>";
    struct buf bytes = {0};
    size_t heads = 0;

    if (api_fetch(r->up->api, "/api/chains.atom", &bytes) == 200) {
        buf_u8(&bytes, 0);
        for (const char *at = (const char *)bytes.data; (at = strstr(at, ENTRY)) != NULL; at += sizeof ENTRY - 1)
            heads++;
    }
    buf_fini(&bytes);
    report_check(r, heads > 0, "the public feed /api/chains.atom shows %zu signed heads of order chains", heads);
}

static bool kept_file(const struct report *r, const char *name)
{
    char at[40], path[PLACE_PATH];
    struct stat file;
    snprintf(at, sizeof at, "demo/%s", name);
    return stat(place_path(&r->up->place, at, path), &file) == 0 && file.st_size > 0;
}

void report_after(struct report *r)
{
    static const char *const FILES[] = {"certificate.pdf", "calendar.ics", "vepo.xlsx",  "chains.atom",
                                        "decisions.xlsx",  "grants.csv",   "kannus.pdf", "kannus.atom"};
    bool all = true;

    putchar('\n');
    check_event(r);
    check_certificate(r);
    check_days(r);
    check_fairness(r);
    check_feed(r);
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++)
        all = all && kept_file(r, FILES[i]);
    report_check(r, all,
                 "the papers are in %s/demo: certificate.pdf, calendar.ics, vepo.xlsx, chains.atom, decisions.xlsx, grants.csv, "
                 "kannus.pdf, kannus.atom",
                 r->up->place.dir);
}
