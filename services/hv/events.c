/* hv events: what the streams of a service hold, in order; --follow goes on as events come. */
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

#define PAGE         500
#define STREAMS_MOST 64

struct tail {
    struct http *http;
    const char *service;
    bool json;
    const char *stream;
    uint64_t after;
};

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
    if (json_dumpf(json_object_get(event, "data"), stdout, JSON_COMPACT) != 0)
        fputs("(of a type unknown here)", stdout);
    putchar('\n');
}

/* Reads and shows what is there after tail->after. */
static int read_on(struct tail *tail)
{
    for (;;) {
        struct buf path = {0};
        json_t *reply = NULL, *event = NULL;
        size_t i = 0;
        char *stream = http_escape(tail->http, tail->stream);
        buf_printf(&path, "/api/events/%s/streams/%s?afterSeq=%" PRIu64 "&maxEvents=%d&maxBytes=262144", tail->service, stream, tail->after,
                   PAGE);
        buf_u8(&path, 0);
        const int status = http_call(tail->http, "GET", (const char *)path.data, NULL, &reply);
        mem_free(stream);
        buf_fini(&path);
        const int64_t low = output_number(reply, "lowSeq");
        const size_t got = json_array_size(json_object_get(reply, "events"));
        json_array_foreach(json_object_get(reply, "events"), i, event)
        {
            say_event(tail, event);
            tail->after = (uint64_t)output_number(event, "seq");
        }
        const bool gone = status == HV_YES && strcmp(output_text(reply, "status"), "TRUNCATED") == 0;
        json_decref(reply);
        if (status != HV_YES)
            return status;
        if (gone && low > 0 && tail->after < (uint64_t)low - 1) {
            fprintf(stderr, "hv: %s: events before %" PRId64 " are no longer kept\n", tail->stream, low);
            tail->after = (uint64_t)low - 1;
        } else if (got == 0)
            return HV_YES;
        fflush(stdout);
    }
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
        for (size_t i = 0; i < count && status == HV_YES; i++)
            status = read_on(&tails[i]);
        if (!follow)
            break;
        const struct timespec nap = {.tv_nsec = 500000000};
        nanosleep(&nap, NULL);
    }
    for (size_t i = 0; i < count; i++)
        mem_free((void *)(uintptr_t)tails[i].stream);
    return status;
}

int events_main(int argc, char **argv)
{
    struct common common;
    struct tail tail = {0};
    const char *after = "0";
    bool follow = false;
    const struct arg args[] = {{"--stream", "S", "only this stream, e.g. enrolment.0", .text = &tail.stream},
                               {"--after", "N", "only events after number N [0]", .text = &after},
                               {"--follow", NULL, "go on as events come, until Ctrl-C", .flag = &follow}};
    const struct usage usage = {
        .synopsis = "events SERVICE [OPTION]...",
        .text = "Lists what the event streams of a service hold: stream, number, time, type, what it is about, and what it says. The\n"
                "numbers have no gaps. With --json each event is one JSON object a line. Admins only.\n"
                "SERVICE: enrolment, notification. The gateway publishes no events.\n\n"
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
