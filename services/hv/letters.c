/* hv letters: what became of the messages of one event, of one person or in one state, as ListMessages tells it. Whoever prepares or
 * decides grants asks by the event of a decision (its eventId); admins ask anything. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"

#define PAGE      100
#define MOST      1000 /* that one call lists, unless --most says otherwise */
#define STATE_MAX 24

struct question {
    const char *event, *person;
    char state[STATE_MAX]; /* "MESSAGE_FAILED"; "": any */
    uint64_t most;
};

/* A state as people say it, "failed" or "called-off", as the API names it. The service refuses what is none. */
static bool read_state(const char *word, char out[STATE_MAX])
{
    static const char PREFIX[] = "MESSAGE_";
    const size_t len = strlen(word), before = sizeof PREFIX - 1;

    if (len == 0 || len >= STATE_MAX - before)
        return false;
    memcpy(out, PREFIX, before);
    for (size_t i = 0; i <= len; i++)
        out[before + i] = word[i] == '-' ? '_' : (char)toupper((unsigned char)word[i]);
    return true;
}

static void add_query(struct http *http, struct buf *path, const char *name, const char *value)
{
    char *escaped = http_escape(http, value);

    if (*value != '\0')
        buf_printf(path, "&%s=%s", name, escaped);
    mem_free(escaped);
}

/* Pages until there are enough; *more: there are others. */
static int list(struct http *http, const struct question *q, json_t *all, bool *more)
{
    char *token = mem_strdup("");
    int status = HV_YES;

    do {
        struct buf path = {0};
        json_t *reply = NULL;
        const uint64_t left = q->most - json_array_size(all);
        buf_printf(&path, "/api/messages?pageSize=%d", left < PAGE ? (int)left : PAGE);
        add_query(http, &path, "eventId", q->event);
        add_query(http, &path, "recipientId", q->person);
        add_query(http, &path, "state", q->state);
        add_query(http, &path, "pageToken", token);
        buf_u8(&path, 0);
        status = http_call(http, "GET", (const char *)path.data, NULL, &reply);
        if (status == HV_YES)
            json_array_extend(all, json_object_get(reply, "messages"));
        mem_free(token);
        token = mem_strdup(output_text(reply, "nextPageToken"));
        json_decref(reply);
        buf_fini(&path);
    } while (status == HV_YES && *token != '\0' && json_array_size(all) < q->most);
    *more = *token != '\0';
    mem_free(token);
    return status;
}

static void say(const json_t *message)
{
    const char *state = output_text(message, "state"), *sent = output_text(message, "sentAt"), *why = output_text(message, "why");

    printf("%s  %-10s  %-20s  to %s  %s\n", *sent != '\0' ? sent : output_text(message, "createdAt"),
           strncmp(state, "MESSAGE_", 8) == 0 ? state + 8 : state, output_text(message, "kind"), output_text(message, "recipientId"),
           output_text(message, "subject"));
    if (*why != '\0')
        printf("    %s\n", why);
}

static int show(struct http *http, const struct question *q, bool json)
{
    json_t *all = json_array(), *message = NULL;
    bool more = false;
    size_t i = 0;
    const int status = list(http, q, all, &more);

    if (status == HV_YES && json)
        output_json(all);
    else if (status == HV_YES) {
        json_array_foreach(all, i, message) say(message);
        printf("%zu letters%s\n", json_array_size(all), more ? ", and there are more: ask with --most" : "");
    }
    json_decref(all);
    return status;
}

int letters_main(int argc, char **argv)
{
    struct common common;
    struct question q = {.event = "", .person = "", .most = MOST};
    const char *state = NULL, *most = NULL;
    const struct arg args[] = {
        {"--event", "ID", "those of this event: of a decision on a grant its eventId", .text = &q.event},
        {"--person", "ID", "those to this person", .text = &q.person},
        {"--state", "STATE", "queued, sent, failed, unsure, withheld, gathered, bounced or called-off", .text = &state},
        {"--most", "N", "so many, the newest first [1000]", .text = &most}};
    const struct usage usage = {
        .synopsis = "letters [OPTION]...",
        .text = "Lists what became of messages: when each left, its state, its kind, who got it, and why one did not leave. One of\n"
                "--event, --person and --state says which. Admins ask anything; who prepares or decides grants asks by --event.\n\n"
                "  hv letters --event 01a2025a-66ab-7901-99d4-81bda1dc2dd6\n"
                "  hv letters --state failed --most 20",
        .args = args,
        .arg_count = sizeof args / sizeof args[0]};
    const enum args_result parsed = args_parse(&usage, argc, argv, &common, NULL);

    if (parsed != ARGS_GO)
        return args_status(parsed);
    if (state != NULL && !read_state(state, q.state))
        return args_wrong(&usage, "--state is one word, e.g. failed", state);
    if (*q.event == '\0' && *q.person == '\0' && state == NULL)
        return args_wrong(&usage, "which letters? give --event, --person or --state", NULL);
    if (most != NULL && (!args_number(most, 100000, &q.most) || q.most == 0))
        return args_wrong(&usage, "--most is a number from 1 to 100000", most);
    struct http *http = http_open(&common, true);
    if (!http)
        return HV_USAGE;
    const int status = show(http, &q, common.json);
    http_close(http);
    return status;
}
