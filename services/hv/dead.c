/* hv dead: the events a service could not apply and has put aside; --retry has it try one again. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"

static void say(const json_t *dead)
{
    const json_t *event = json_object_get(dead, "event");
    printf("%s:%" PRId64 "  %s  %s  %s\n    put aside %s after %" PRId64 " tries: %s\n", output_text(dead, "stream"),
           output_number(dead, "seq"), output_text(event, "recordedAt"), output_text(event, "type"), output_text(event, "subject"),
           output_text(dead, "parkedAt"), output_number(dead, "tries"), output_text(dead, "error"));
}

/* All pages of the list. *all gets the events, in one array. */
static int list(struct http *http, const char *service, json_t *all)
{
    char *page = mem_strdup("");
    int status = HV_YES;
    do {
        struct buf path = {0};
        json_t *reply = NULL;
        buf_printf(&path, "/api/events/%s/dead?pageSize=200%s%s", service, *page ? "&pageToken=" : "", page);
        buf_u8(&path, 0);
        status = http_call(http, "GET", (const char *)path.data, NULL, &reply);
        if (status == HV_YES)
            json_array_extend(all, json_object_get(reply, "events"));
        mem_free(page);
        page = http_escape(http, output_text(reply, "nextPageToken"));
        json_decref(reply);
        buf_fini(&path);
    } while (status == HV_YES && *page);
    mem_free(page);
    return status;
}

static int show(struct http *http, const char *service, bool json)
{
    json_t *all = json_array(), *dead = NULL;
    size_t i = 0;
    const int status = list(http, service, all);
    if (status == HV_YES && json)
        output_json(all);
    else if (status == HV_YES) {
        json_array_foreach(all, i, dead) say(dead);
        printf("%zu events of %s are put aside%s\n", json_array_size(all), service,
               json_array_size(all) ? "; try one with --retry STREAM:NUMBER" : "");
    }
    json_decref(all);
    return status;
}

static int retry(struct http *http, const char *service, const char *stream, const char *seq, bool json)
{
    struct buf path = {0};
    json_t *reply = NULL;
    buf_printf(&path, "/api/events/%s/dead:retry", service);
    buf_u8(&path, 0);
    int status = http_call(http, "POST", (const char *)path.data, json_pack("{s:s, s:s}", "stream", stream, "seq", seq), &reply);
    if (status == HV_YES) {
        const bool applied = json_is_true(json_object_get(reply, "applied"));
        if (json)
            output_json(reply);
        else
            printf("%s:%s %s%s%s\n", stream, seq, applied ? "is applied now" : "still fails", applied ? "" : ": ",
                   applied ? "" : output_text(reply, "error"));
        status = applied ? HV_YES : HV_NO;
    }
    json_decref(reply);
    buf_fini(&path);
    return status;
}

int dead_main(int argc, char **argv)
{
    struct common common;
    const char *service = NULL, *which = NULL;
    char stream[65] = "";
    const struct arg args[] = {{"--retry", "STREAM:NUMBER", "apply this one again", .text = &which}};
    const struct usage usage = {
        .synopsis = "dead SERVICE [OPTION]...",
        .text = "An event that a service cannot apply for a lasting reason is put aside, and the line goes on. This lists them with\n"
                "the reason. When the cause is repaired, --retry applies one again; if it works, it leaves the list. Admins only.\n"
                "SERVICE: enrolment, notification, funding.\n\n"
                "  hv dead notification --retry enrolment.0:1234",
        .args = args,
        .arg_count = sizeof args / sizeof args[0],
        .word_least = 1,
        .word_most = 1};
    const enum args_result parsed = args_parse(&usage, argc, argv, &common, &service);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    const char *colon = which ? strrchr(which, ':') : NULL;
    uint64_t seq = 0;
    if (which && (!colon || colon == which || (size_t)(colon - which) >= sizeof stream || !args_number(colon + 1, INT64_MAX, &seq)))
        return args_wrong(&usage, "--retry is a stream and a number, e.g. enrolment.0:1234", which);
    struct http *http = http_open(&common, true);
    if (!http)
        return HV_USAGE;
    if (which)
        memcpy(stream, which, (size_t)(colon - which));
    const int status = which ? retry(http, service, stream, colon + 1, common.json) : show(http, service, common.json);
    http_close(http);
    return status;
}
