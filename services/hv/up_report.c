/* The report of `hv up`: what the demonstration did and whether all that must hold does. The outcome of the burst comes from
 * var/demo/demo.json, everything else is asked now: so a later start reports on the data as they are. */
#include <dirent.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/hv/up.h"
#include "services/hv/up_report.h"

#define SETTLE_S 90

void report_check(struct report *report, bool held, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    printf("  %-7s ", held ? "ok" : "FAILED");
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    report->checks++;
    report->failed += !held;
}

json_t *report_get(struct report *report, const char *path)
{
    json_t *answer = NULL;
    int status = api_call(report->up->api, "GET", path, NULL, 0, NULL, &answer);
    if (status / 100 == 2)
        return answer;
    if (!atomic_load(&report->up->stop))
        report_check(report, false, "GET %s answered %d: %s", path, status, api_text(answer, "detail"));
    json_decref(answer);
    return NULL;
}

bool report_pages(struct report *report, const char *path, const char *member, void (*each)(void *owner, const json_t *item), void *owner)
{
    char token[160] = "";
    char url[512];
    bool whole = true;
    do {
        snprintf(url, sizeof url, "%s%cpageSize=200%s%s", path, strchr(path, '?') ? '&' : '?', token[0] ? "&pageToken=" : "", token);
        json_t *page = report_get(report, url);
        size_t i = 0;
        const json_t *item = NULL;
        json_array_foreach(json_object_get(page, member), i, item)
        {
            each(owner, item);
        }
        char *escaped = curl_easy_escape(NULL, api_text(page, "nextPageToken"), 0);
        snprintf(token, sizeof token, "%s", escaped ? escaped : "");
        curl_free(escaped);
        whole = whole && page;
        json_decref(page);
    } while (token[0]);
    return whole;
}

int64_t report_outcome(const struct report *report, const char *name)
{
    return api_number(json_object_get(report->up->kept, "outcome"), name);
}

static void print_refusals(const struct report *report)
{
    const char *rule = NULL;
    json_t *entry = NULL;
    printf("\n  refused by rule\n");
    json_object_foreach(json_object_get(json_object_get(report->up->kept, "outcome"), "refusals"), rule, entry)
    {
        printf("    %5" PRId64 "  %-36s %s\n", api_number(entry, "count"), rule, api_text(entry, "words"));
    }
    putchar('\n');
}

static void print_speed(const struct report *report)
{
    double took_s = (double)report_outcome(report, "tookUs") / 1e6;
    int64_t made = report_outcome(report, "seated") + report_outcome(report, "queued");
    printf("  %s%" PRId64 " requests, %" PRId64
           " places given out in %.3f s: %.0f enrolments/s, p50 %.1f ms, p99 %.1f ms as the callers saw it\n\n",
           report->up->told_before ? "then, at the opening: " : "", report_outcome(report, "asked"), made, took_s,
           took_s > 0 ? (double)made / took_s : 0.0, (double)report_outcome(report, "p50Us") / 1e3,
           (double)report_outcome(report, "p99Us") / 1e3);
}

/* What the callers were told at the opening. */
static void check_answers(struct report *r)
{
    report_check(r, report_outcome(r, "asked") == report_outcome(r, "answered"),
                 "every request was answered: %" PRId64 " of %" PRId64 " (%" PRId64 " sent again)", report_outcome(r, "answered"),
                 report_outcome(r, "asked"), report_outcome(r, "resent"));
    report_check(r, report_outcome(r, "wrongly") == 0, "nobody who may not take part got a place: %" PRId64 " did",
                 report_outcome(r, "wrongly"));
    report_check(r, report_outcome(r, "twins") > 0 && report_outcome(r, "twins") == report_outcome(r, "twinsSame"),
                 "the same request twice at once is one registration and one replay: %" PRId64 " of %" PRId64 " pairs",
                 report_outcome(r, "twinsSame"), report_outcome(r, "twins"));
    report_check(r, report_outcome(r, "seconds") == report_outcome(r, "secondsRefused"),
                 "a second implementation was refused: %" PRId64 " of %" PRId64, report_outcome(r, "secondsRefused"),
                 report_outcome(r, "seconds"));
    report_check(r, report_outcome(r, "cancels") == 25, "25 gave their seat back: %" PRId64, report_outcome(r, "cancels"));
}

bool report_print(struct up *up)
{
    struct report report = {.up = up};
    up_step(up, "waiting until every event is applied and every mail delivered");
    report_settle(&report, SETTLE_S);
    up_step(up, "the report%s", up->told_before ? " on what was kept" : "");
    report_forgotten(&report);
    report_seats(&report);
    print_refusals(&report);
    print_speed(&report);
    check_answers(&report);
    report_places(&report);
    report_order(&report);
    report_refusals(&report);
    report_moves(&report);
    report_mail(&report);
    report_events(&report);
    report_after(&report);
    report_grant(&report);
    report_case(&report);
    report_early(&report);
    report_fini(&report);
    if (atomic_load(&up->stop))
        return false;
    printf("\n  %u checks, %u failed\n\n", report.checks, report.failed);
    fflush(stdout);
    return report.failed == 0;
}
