/* Seats, waiting lists and their order in the report of `hv up`: the counters of enrolment against its own list of registrations, and
 * the order chain of every implementation checked by `hv verify`. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "services/hv/up_report.h"

void report_seats(struct report *r)
{
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s", kept_text(r->up, "programmeId"));
    r->programme = report_get(r, path);
    if (!r->programme)
        return;
    int64_t capacity = 0;
    size_t i = 0;
    const json_t *item = NULL;
    printf("\n  %6s %9s %8s   %s\n", "taken", "capacity", "waiting", "implementation");
    json_array_foreach(json_object_get(r->programme, "implementations"), i, item)
    {
        capacity += api_number(item, "capacity");
        printf("  %6" PRId64 " %9" PRId64 " %8" PRId64 "   %-10s %s\n", api_number(item, "taken"), api_number(item, "capacity"),
               api_number(item, "waiting"), api_text(item, "code"), api_text(json_object_get(item, "organiser"), "en"));
    }
    printf("  %6" PRId64 " %9" PRId64 " %8" PRId64 "   together; the programme's own cap is %" PRId64 "\n",
           api_number(r->programme, "taken"), capacity, api_number(r->programme, "waiting"), api_number(r->programme, "cap"));
}

void report_places(struct report *r)
{
    if (!r->programme)
        return;
    int64_t taken = 0;
    int64_t waiting = 0;
    int64_t capacity = 0;
    int64_t cap = api_number(r->programme, "cap");
    bool over = false;
    bool idle = false; /* somebody waits although both the implementation and the programme have room that is not kept for codes */
    const int64_t free_of_all = cap - api_number(r->programme, "taken") - api_number(r->programme, "reserved");
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(r->programme, "implementations"), i, item)
    {
        taken += api_number(item, "taken");
        waiting += api_number(item, "waiting");
        capacity += api_number(item, "capacity");
        over = over || api_number(item, "taken") > api_number(item, "capacity") ||
               api_number(item, "waiting") > api_number(item, "waitingCap");
        const int64_t left = api_number(item, "capacity") - api_number(item, "taken") - api_number(item, "reserved");
        idle = idle || (api_number(item, "waiting") > 0 && left > 0 && free_of_all > 0);
    }
    report_check(r, !over, "no implementation is over its seats or its waiting list");
    report_check(r, taken == api_number(r->programme, "taken") && waiting == api_number(r->programme, "waiting"),
                 "the programme's counters are the sums of its implementations: %" PRId64 " taken, %" PRId64 " waiting", taken, waiting);
    report_check(r, taken <= cap && !idle,
                 "the cap of %" PRId64 " holds against the %" PRId64
                 " seats of the implementations, and nobody waits for a free one: %" PRId64 " taken",
                 cap, capacity, taken);
}

/* One implementation's registrations, page by page: order numbers 1, 2, 3 ... and states that agree with the counters. */
struct walk {
    int64_t next_order, taken, queued;
    bool gapless;
};

static void walk_one(void *owner, const json_t *registration)
{
    struct walk *walk = owner;
    walk->gapless = walk->gapless && api_number(registration, "orderNo") == walk->next_order;
    walk->next_order++;
    const char *state = api_text(registration, "state");
    walk->taken += strcmp(state, "STATE_SEATED") == 0 || strcmp(state, "STATE_HELD") == 0 || strcmp(state, "STATE_OFFERED") == 0;
    walk->queued += strcmp(state, "STATE_QUEUED") == 0;
}

static struct walk walk_registrations(struct report *r, const char *implementation)
{
    struct walk walk = {.next_order = 1, .gapless = true};
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s/registrations?implementationId=%s", kept_text(r->up, "programmeId"), implementation);
    walk.gapless = report_pages(r, path, "registrations", walk_one, &walk) && walk.gapless;
    return walk;
}

static bool chain_holds(struct report *r, const char *implementation)
{
    const char *const arguments[] = {"verify", "--implementation", implementation, NULL};
    int status = 1;
    json_decref(up_hv(r->up, arguments, &status));
    return status == 0;
}

/* A receipt of somebody who gave the seat back: the latest entry of the registration, its hash and the signature. */
static void check_receipt(struct report *r)
{
    char path[API_PATH];
    char file[PLACE_PATH];
    const char *of = api_text(json_object_get(r->up->kept, "outcome"), "receiptOf");
    snprintf(path, sizeof path, "/api/registrations/%s/receipt", of);
    place_path(&r->up->place, "demo/receipt.json", file);
    if (json_object_size(r->forgotten) > 0 && api_call(r->up->api, "GET", path, NULL, 0, NULL, NULL) == 404) {
        puts("          (the receipt was of somebody who is forgotten since)");
        return;
    }
    json_t *receipt = report_get(r, path);
    int status = 1;
    const char *implementation = api_text(json_object_get(receipt, "registration"), "implementationId");
    if (receipt && json_dump_file(receipt, file, JSON_INDENT(2)) == 0) {
        const char *const arguments[] = {"verify", "--implementation", implementation, "--receipt", file, NULL};
        json_decref(up_hv(r->up, arguments, &status));
    }
    report_check(r, status == 0, "a receipt verifies against its chain and signature (%s)", file);
    json_decref(receipt);
}

void report_order(struct report *r)
{
    size_t i = 0;
    size_t good_orders = 0;
    size_t good_chains = 0;
    const json_t *item = NULL;
    const json_t *all = json_object_get(r->programme, "implementations");
    json_array_foreach(all, i, item)
    {
        struct walk walk = walk_registrations(r, api_text(item, "id"));
        good_orders += walk.gapless && walk.taken == api_number(item, "taken") && walk.queued == api_number(item, "waiting");
        good_chains += chain_holds(r, api_text(item, "id"));
    }
    size_t count = json_array_size(all);
    report_check(r, count > 0 && good_orders == count,
                 "order numbers are gapless and the lists agree with the counters: %zu of %zu implementations", good_orders, count);
    report_check(r, count > 0 && good_chains == count, "the order chain verifies: %zu of %zu implementations", good_chains, count);
    check_receipt(r);
}

void report_fini(struct report *r)
{
    json_decref(r->forgotten);
    json_decref(r->nobodys);
    json_decref(r->programme);
}
