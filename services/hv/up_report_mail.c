/* Mail and events in the report of `hv up`: what notification says it sent, against the files in the mailbox and against what
 * enrolment did; and every event stream against the cursor of its consumer. */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/hv/up_report.h"

/* Counts by name, for a handful of names. */
struct tally {
    char name[12][24];
    int64_t count[12];
    size_t used;
};

static int64_t *tally_of(struct tally *tally, const char *name)
{
    size_t i = 0;
    while (i < tally->used && strcmp(tally->name[i], name) != 0)
        i++;
    if (i == sizeof tally->count / sizeof tally->count[0])
        return &tally->count[i - 1];
    if (i == tally->used)
        snprintf(tally->name[tally->used++], sizeof tally->name[0], "%s", name);
    return &tally->count[i];
}

static void tally_print(const struct tally *tally, const char *title)
{
    printf("  %s", title);
    for (size_t i = 0; i < tally->used; i++)
        printf("%s%s %" PRId64, i ? ", " : " ", tally->name[i], tally->count[i]);
    putchar('\n');
}

/* Streams of enrolment whose consumer has not applied the last event yet, or that stopped; -1 when nobody says. */
struct lag {
    int64_t streams, behind, dead, head;
};

static struct lag read_lag(struct report *r)
{
    struct lag lag = {0};
    json_t *sources = report_get(r, "/api/events/enrolment/streams");
    json_t *consumer = report_get(r, "/api/events/notification/streams");
    size_t i = 0;
    size_t k = 0;
    const json_t *stream = NULL;
    const json_t *cursor = NULL;
    json_array_foreach(json_object_get(sources, "streams"), i, stream)
    {
        bool applied = api_number(stream, "headSeq") == 0;
        json_array_foreach(json_object_get(consumer, "cursors"), k, cursor)
        {
            if (strcmp(api_text(cursor, "sourceStream"), api_text(stream, "stream")) != 0)
                continue;
            applied = api_number(cursor, "lastSeq") == api_number(stream, "headSeq") && !json_is_true(json_object_get(cursor, "stopped"));
            lag.dead += api_number(cursor, "dead");
        }
        lag.streams++;
        lag.behind += !applied;
        lag.head += api_number(stream, "headSeq");
    }
    json_decref(sources);
    json_decref(consumer);
    return lag;
}

static bool mail_on_its_way(struct report *r)
{
    json_t *summary = report_get(r, "/api/messages:summary");
    bool waiting = !summary || api_number(summary, "queued") + api_number(summary, "sending") > 0;
    json_decref(summary);
    return waiting;
}

void report_settle(struct report *r, int seconds)
{
    int64_t until_us = time_steady_us() + seconds * TIME_SECOND;
    while (!atomic_load(&r->up->stop) && time_steady_us() < until_us && r->failed == 0) {
        struct lag lag = read_lag(r);
        if (lag.streams > 0 && lag.behind == 0 && !mail_on_its_way(r))
            return;
        story_nap(100);
    }
}

void report_events(struct report *r)
{
    struct lag lag = read_lag(r);
    report_check(r, lag.streams > 0 && lag.behind == 0 && lag.dead == 0,
                 "notification has applied every event: %" PRId64 " in %" PRId64 " streams, %" PRId64 " behind, %" PRId64 " dead", lag.head,
                 lag.streams, lag.behind, lag.dead);
    json_t *health = NULL;
    int status = api_call(r->up->api, "GET", "/health", NULL, 0, NULL, &health);
    report_check(r, status == 200 && strcmp(api_text(health, "status"), "fail") != 0, "the services say of their health: %s",
                 api_text(health, "status"));
    json_decref(health);
    if (supervisor_restarts(r->up->supervisor) > 0)
        printf("          (%u programs had to be started again; see the logs)\n", supervisor_restarts(r->up->supervisor));
}

/* Every message notification knows, by kind; returns how many are sent. */
static int64_t read_messages(struct report *r, struct tally *kinds)
{
    char token[160] = "";
    char path[256];
    int64_t sent = 0;
    do {
        snprintf(path, sizeof path, "/api/messages?pageSize=200%s%s", token[0] ? "&pageToken=" : "", token);
        json_t *page = report_get(r, path);
        size_t i = 0;
        const json_t *item = NULL;
        json_array_foreach(json_object_get(page, "messages"), i, item)
        {
            ++*tally_of(kinds, api_text(item, "kind"));
            sent += strcmp(api_text(item, "state"), "MESSAGE_SENT") == 0;
        }
        char *escaped = curl_easy_escape(NULL, api_text(page, "nextPageToken"), 0);
        snprintf(token, sizeof token, "%s", escaped ? escaped : "");
        curl_free(escaped);
        json_decref(page);
    } while (token[0]);
    return sent;
}

/* The language a mail file says it is in. */
static void read_language(const char *path, char out[24])
{
    char line[1024];
    FILE *file = fopen(path, "re");
    snprintf(out, sizeof "(none)", "(none)");
    while (file && fgets(line, sizeof line, file) && line[0] != '\r' && line[0] != '\n') {
        if (strncmp(line, "Content-Language:", 17) == 0)
            (void)sscanf(line + 17, " %8[a-z]", out);
    }
    if (file)
        fclose(file);
}

static int64_t read_mailbox(struct report *r, struct tally *languages)
{
    char folder[PLACE_PATH];
    char path[PLACE_PATH + 280];
    char language[24];
    int64_t files = 0;
    DIR *dir = opendir(place_path(&r->up->place, "mail", folder));
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        size_t len = strlen(entry->d_name);
        if (len < 5 || entry->d_name[0] == '.' || strcmp(entry->d_name + len - 4, ".eml") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        read_language(path, language);
        ++*tally_of(languages, language);
        files++;
    }
    if (dir)
        closedir(dir);
    return files;
}

void report_mail(struct report *r)
{
    struct tally kinds = {.used = 0};
    struct tally languages = {.used = 0};
    int64_t sent = read_messages(r, &kinds);
    int64_t files = read_mailbox(r, &languages);
    int64_t all = 0;
    for (size_t i = 0; i < kinds.used; i++)
        all += kinds.count[i];
    putchar('\n');
    tally_print(&kinds, "mail by kind:    ");
    tally_print(&languages, "mail by language:");
    putchar('\n');
    report_check(r, all > 0 && sent == all, "every mail is sent: %" PRId64 " of %" PRId64, sent, all);
    report_check(r, files == sent, "the mailbox holds each of them once: %" PRId64 " files", files);
    report_check(r, *tally_of(&kinds, "confirmation") + *tally_of(&kinds, "waiting_list") == r->registrations,
                 "everybody with a place or a waiting place was told: %" PRId64 " registrations", r->registrations);
    report_check(r, *tally_of(&kinds, "promotion") >= r->promoted && (r->up->told_before || *tally_of(&kinds, "promotion") == r->promoted),
                 "everybody promoted was told: %" PRId64, r->promoted);
    report_check(r, r->up->told_before || *tally_of(&kinds, "cancellation") == report_outcome(r, "cancels"),
                 "everybody who cancelled was told: %" PRId64, *tally_of(&kinds, "cancellation"));
    report_check(r, *tally_of(&kinds, "window_opened") == api_number(r->up->kept, "followers"),
                 "the followers were told that the window opened: %" PRId64, *tally_of(&kinds, "window_opened"));
}
