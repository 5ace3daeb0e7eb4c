/* hv events: what the streams of a service hold, merged by the time each event was recorded; --follow goes on as events come. A stream's
 * own order is never changed: of each we hold one page, and show the earliest of those that stand first. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"

#define PAGE         500 /* so that at most STREAMS_MOST pages, of 256 KiB of events each, are held */
#define STREAMS_MOST 64
#define DATA_SHOWN   120 /* bytes of what an event says, on a line for people */

struct tail {
    struct http *http;
    const char *service, *stream;
    uint64_t after; /* the last number shown or known to be gone */
    uint64_t goal;  /* the stream's last number when this round first asked; what comes later is for the next round */
    json_t *page;   /* what was read and is not all shown; from `at` on */
    size_t at;
    bool asked; /* in this round */
    bool json;
};

static json_t *tail_first(const struct tail *tail)
{
    return json_array_get(json_object_get(tail->page, "events"), tail->at);
}

static void say_data(json_t *data)
{
    char *text = data ? json_dumps(data, JSON_COMPACT) : NULL;
    const size_t shown = text ? output_cut(text, DATA_SHOWN) : 0;
    if (text)
        printf("%.*s%s\n", (int)shown, text, text[shown] ? " ..." : "");
    else
        puts("(of a type unknown here)");
    free(text);
}

static void say_event(const struct tail *tail, json_t *event)
{
    if (tail->json) { /* one object a line, so that a script may read while we follow */
        json_object_set_new(event, "stream", json_string(tail->stream));
        json_dumpf(event, stdout, JSON_COMPACT);
        putchar('\n');
        return;
    }
    printf("%-16s %8" PRId64 "  %s  %-32s %s  ", tail->stream, output_number(event, "seq"), output_text(event, "recordedAt"),
           output_text(event, "type"), output_text(event, "subject"));
    say_data(json_object_get(event, "data"));
}

static int read_page(struct tail *tail)
{
    struct buf path = {0};
    char *stream = http_escape(tail->http, tail->stream);
    buf_printf(&path, "/api/events/%s/streams/%s?afterSeq=%" PRIu64 "&maxEvents=%d&maxBytes=262144", tail->service, stream, tail->after,
               PAGE);
    buf_u8(&path, 0);
    json_decref(tail->page);
    tail->page = NULL;
    tail->at = 0;
    const int status = http_call(tail->http, "GET", (const char *)path.data, NULL, &tail->page);
    mem_free(stream);
    buf_fini(&path);
    if (!tail->asked)
        tail->goal = (uint64_t)output_number(tail->page, "headSeq");
    tail->asked = true;
    return status;
}

/* Has the stream's next event at hand, unless this round has shown all of it. */
static int tail_fill(struct tail *tail)
{
    while (!tail_first(tail) && (!tail->asked || tail->after < tail->goal)) {
        const int status = read_page(tail);
        if (status != HV_YES)
            return status;
        const int64_t low = output_number(tail->page, "lowSeq");
        const bool gone = strcmp(output_text(tail->page, "status"), "TRUNCATED") == 0;
        if (gone && low > 0 && tail->after < (uint64_t)low - 1) {
            fprintf(stderr, "hv: %s: events before %" PRId64 " are no longer kept\n", tail->stream, low);
            tail->after = (uint64_t)low - 1;
        } else if (!tail_first(tail))
            break;
    }
    return HV_YES;
}

/* Of the events that stand first, the one that was recorded first; NULL: there is none. RFC 3339 of one length sorts as text. */
static struct tail *earliest(struct tail *tails, size_t count)
{
    struct tail *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const json_t *event = tail_first(&tails[i]);
        if (event && (!found || strcmp(output_text(event, "recordedAt"), output_text(tail_first(found), "recordedAt")) < 0))
            found = &tails[i];
    }
    return found;
}

/* Shows what the streams hold by now after what was shown. */
static int show_round(struct tail *tails, size_t count)
{
    struct tail *next = NULL;
    for (size_t i = 0; i < count; i++)
        tails[i].asked = false;
    do {
        for (size_t i = 0; i < count; i++) {
            const int status = tail_fill(&tails[i]);
            if (status != HV_YES)
                return status;
        }
        next = earliest(tails, count);
        if (next) {
            json_t *event = tail_first(next);
            say_event(next, event);
            next->after = (uint64_t)output_number(event, "seq");
            next->at++;
        }
    } while (next);
    fflush(stdout);
    return HV_YES;
}

/* The streams a service publishes, or the one that was asked for. */
static int find_streams(struct tail *tails, size_t *count, const struct tail *first)
{
    struct buf path = {0};
    json_t *list = NULL, *stream = NULL;
    size_t i = 0;
    buf_printf(&path, "/api/events/%s/streams", first->service);
    buf_u8(&path, 0);
    int status = http_call(first->http, "GET", (const char *)path.data, NULL, &list);
    buf_fini(&path);
    *count = 0;
    json_array_foreach(json_object_get(list, "streams"), i, stream)
    {
        const char *name = output_text(stream, "stream");
        if (*count == STREAMS_MOST || (first->stream && strcmp(first->stream, name) != 0))
            continue;
        tails[*count] = *first;
        tails[(*count)++].stream = mem_strdup(name);
    }
    if (status == HV_YES && *count == 0) {
        fprintf(stderr, "hv: %s publishes no stream%s%s\n", first->service, first->stream ? " named " : "",
                first->stream ? first->stream : "");
        status = HV_NO;
    }
    json_decref(list);
    return status;
}

static int run(const struct tail *first, bool follow)
{
    struct tail tails[STREAMS_MOST];
    size_t count = 0;
    int status = find_streams(tails, &count, first);
    while (status == HV_YES) {
        status = show_round(tails, count);
        if (!follow)
            break;
        const struct timespec nap = {.tv_nsec = 500000000};
        nanosleep(&nap, NULL);
    }
    for (size_t i = 0; i < count; i++) {
        json_decref(tails[i].page);
        mem_free((void *)(uintptr_t)tails[i].stream);
    }
    return status;
}

int events_main(int argc, char **argv)
{
    struct common common;
    struct tail tail = {0};
    const char *after = "0";
    bool follow = false;
    const struct arg args[] = {{"--stream", "S", "only this stream, e.g. enrolment.0", .text = &tail.stream},
                               {"--after", "N", "of each stream only events after its number N [0]", .text = &after},
                               {"--follow", NULL, "go on as events come, until Ctrl-C", .flag = &follow}};
    const struct usage usage = {
        .synopsis = "events SERVICE [OPTION]...",
        .text =
            "Lists what the event streams of a service hold, in the order of time: stream, number, time, type, what it is about, and\n"
            "the beginning of what it says. With --json each event is one JSON object a line, with all it says. Each stream has its own\n"
            "numbers, without gaps. Admins only.\n"
            "SERVICE: enrolment, notification, funding. The gateway publishes no events.\n\n"
            "  hv events enrolment --stream enrolment.0 --after 1200 --follow",
        .args = args,
        .arg_count = sizeof args / sizeof args[0],
        .word_least = 1,
        .word_most = 1};
    const enum args_result parsed = args_parse(&usage, argc, argv, &common, &tail.service);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    if (!args_number(after, INT64_MAX, &tail.after))
        return args_wrong(&usage, "--after is a number", after);
    tail.json = common.json;
    tail.http = http_open(&common, true);
    if (!tail.http)
        return HV_USAGE;
    const int status = run(&tail, follow);
    http_close(tail.http);
    return status;
}
