/* Refusals in the report of `hv up`: what the callers of the demonstration were told, against what enrolment has written down for the
 * coordinators. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "services/hv/up_report.h"

static void add_times(void *owner, const json_t *refusal)
{
    json_t *times = owner;
    const char *rule = api_text(refusal, "rule");
    json_object_set_new(times, rule, json_integer(api_number(times, rule) + api_number(refusal, "times")));
}

void report_refusals(struct report *r)
{
    const json_t *outcome = json_object_get(r->up->kept, "outcome");
    /* Whoever is refused later is added to the same counts, and a refusal that was asked for again is one more of them; with a person
     * who is forgotten, their refusals go. */
    bool exact = !r->up->told_before && !json_is_true(json_object_get(outcome, "resumed")) && report_outcome(r, "resent") == 0;
    json_t *times = json_object();
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s/refusals", kept_text(r->up, "programmeId"));
    report_pages(r, path, "refusals", add_times, times);
    size_t agree = 0;
    int64_t refused = 0;
    const char *rule = NULL;
    json_t *entry = NULL;
    json_object_foreach(json_object_get(outcome, "refusals"), rule, entry)
    {
        int64_t told = api_number(entry, "count");
        int64_t written = api_number(times, rule);
        agree += exact ? written == told : written >= told || json_object_size(r->forgotten) > 0;
        refused += told;
    }
    json_decref(times);
    size_t rules = json_object_size(json_object_get(outcome, "refusals"));
    report_check(r, rules > 0 && agree == rules,
                 "the coordinators' list has what the callers were told: %" PRId64 " refusals, %zu of %zu rules", refused, agree, rules);
}

void report_early(struct report *r)
{
    if (report_outcome(r, "early") == 0)
        return; /* a start that was broken off and taken up again found the window open */
    report_check(r, report_outcome(r, "early") == report_outcome(r, "earlyRefused"),
                 "whoever tried before the window opened was refused: %" PRId64 " of %" PRId64, report_outcome(r, "earlyRefused"),
                 report_outcome(r, "early"));
}
