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

#define HEALTH_WAIT_S 15

/* Counts by name, for a handful of names. */
struct tally {
    char name[64][24];
    int64_t count[64];
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

/* Streams of enrolment and funding whose consumer has not applied the last event yet, or that stopped; -1 when nobody says. */
struct lag {
    int64_t streams, behind, dead, head;
};

/* service: whose streams they are. */
static void add_lag(struct report *r, const char *service, const json_t *cursors, struct lag *lag)
{
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/events/%s/streams", service);
    json_t *sources = report_get(r, path);
    size_t i = 0;
    size_t k = 0;
    const json_t *stream = NULL;
    const json_t *cursor = NULL;
    json_array_foreach(json_object_get(sources, "streams"), i, stream)
    {
        bool applied = api_number(stream, "headSeq") == 0;
        json_array_foreach(cursors, k, cursor)
        {
            if (strcmp(api_text(cursor, "sourceStream"), api_text(stream, "stream")) != 0)
                continue;
            applied = api_number(cursor, "lastSeq") == api_number(stream, "headSeq") && !json_is_true(json_object_get(cursor, "stopped"));
            lag->dead += api_number(cursor, "dead");
        }
        lag->streams++;
        lag->behind += !applied;
        lag->head += api_number(stream, "headSeq");
    }
    json_decref(sources);
}

static struct lag read_lag(struct report *r)
{
    struct lag lag = {0};
    json_t *consumer = report_get(r, "/api/events/notification/streams");
    add_lag(r, "enrolment", json_object_get(consumer, "cursors"), &lag);
    add_lag(r, "funding", json_object_get(consumer, "cursors"), &lag);
    json_decref(consumer);
    return lag;
}

/* Mail that is right to be in the queue still: of people who follow a programme but have given no address yet, as long as that takes; and
 * what is scheduled or put off over the night, until its time comes. */
struct patient {
    struct report *report;
    int64_t homeless, early;
};

/* Letters about grants go to contacts, who are no persons of the register and always have an address. */
static bool is_about_grants(const json_t *message)
{
    static const char *const KINDS[] = {"draft_", "application_", "supplement_", "grant_", "amendment_", "report_", "recovery", "case_"};
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
        if (strncmp(api_text(message, "kind"), KINDS[i], strlen(KINDS[i])) == 0)
            return true;
    return false;
}

static void count_patient(void *owner, const json_t *message)
{
    struct patient *patient = owner;
    char path[API_PATH];
    json_t *person = NULL;
    int64_t not_before_us = 0;
    if (time_parse(&not_before_us, span_text(api_text(message, "notBeforeAt"))) && not_before_us > time_now_us()) {
        patient->early++;
        return;
    }
    if (is_about_grants(message))
        return;
    snprintf(path, sizeof path, "/api/persons/%s", api_text(message, "recipientId"));
    int status = api_call(patient->report->up->api, "GET", path, NULL, 0, NULL, &person);
    patient->homeless += status == 404 || (status == 200 && api_text(person, "email")[0] == '\0');
    json_decref(person);
}

static struct patient read_patient(struct report *r)
{
    struct patient patient = {.report = r};
    report_pages(r, "/api/messages?state=MESSAGE_QUEUED", "messages", count_patient, &patient);
    return patient;
}

static bool mail_on_its_way(struct report *r)
{
    json_t *summary = report_get(r, "/api/messages:summary");
    int64_t queued = api_number(summary, "queued");
    bool waiting = !summary || api_number(summary, "sending") > 0;
    if (!waiting && queued > 0) {
        const struct patient patient = read_patient(r);
        waiting = queued > patient.homeless + patient.early;
    }
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

/* A service that is asked in a moment when the machine is busy elsewhere may answer too late; one that is ill is so the next time too. */
static void check_health(struct report *r)
{
    char said[16] = "nothing";
    bool well = false;
    int64_t until_us = time_steady_us() + HEALTH_WAIT_S * TIME_SECOND;
    while (!well && !atomic_load(&r->up->stop) && time_steady_us() < until_us) {
        json_t *health = NULL;
        int status = api_call(r->up->api, "GET", "/health", NULL, 0, NULL, &health);
        snprintf(said, sizeof said, "%s", api_text(health, "status"));
        well = status == 200 && strcmp(said, "fail") != 0;
        json_decref(health);
        if (!well)
            story_nap(500);
    }
    report_check(r, well, "the services say of their health: %s", said);
}

void report_events(struct report *r)
{
    struct lag lag = read_lag(r);
    report_check(r, lag.streams > 0 && lag.behind == 0 && lag.dead == 0,
                 "notification has applied every event: %" PRId64 " in %" PRId64 " streams, %" PRId64 " behind, %" PRId64 " dead", lag.head,
                 lag.streams, lag.behind, lag.dead);
    check_health(r);
    if (supervisor_restarts(r->up->supervisor) > 0)
        printf("          (%u programs had to be started again; see the logs)\n", supervisor_restarts(r->up->supervisor));
}

/* Every message notification knows. */
struct messages {
    const struct report *report;
    struct tally kinds;          /* all of them */
    struct tally told;           /* by kind, those to people who are not forgotten; without tests, which tell of nothing */
    int64_t left, doubts;        /* how often a relay took one, and how often nobody knows: a retried one leaves twice */
    int64_t all, sent, unmailed; /* those to people who are not forgotten */
    int64_t failed;              /* among these: the dead letters */
    json_t *window_opened;       /* id of a person told -> true */
};

static bool state_among(const json_t *message, const char *const *states)
{
    while (*states && strcmp(api_text(message, "state"), *states) != 0)
        states++;
    return *states != NULL;
}

/* Being forgotten ends what one has and what is on its way to one, and no mail tells of it: what such people were told is not compared.
 * Whose programme's retention is over is in no list of the forgotten; but of what they were told no subject is left. */
static bool is_about_somebody(const struct report *r, const json_t *message)
{
    const bool ended =
        state_among(message, (const char *const[]){"MESSAGE_SENT", "MESSAGE_FAILED", "MESSAGE_BOUNCED", "MESSAGE_CALLED_OFF", NULL});
    return !json_object_get(r->forgotten, api_text(message, "recipientId")) && !(ended && api_text(message, "subject")[0] == '\0');
}

static void count_message(void *owner, const json_t *message)
{
    struct messages *m = owner;
    const bool sent = state_among(message, (const char *const[]){"MESSAGE_SENT", "MESSAGE_BOUNCED", NULL});
    const bool test = json_is_true(json_object_get(message, "test"));
    ++*tally_of(&m->kinds, test ? "(test)" : api_text(message, "kind"));
    m->left += api_number(message, "sends");
    m->doubts += api_number(message, "doubts");
    if (is_about_somebody(m->report, message)) {
        *tally_of(&m->told, api_text(message, "kind")) += !test;
        m->all++;
        m->sent += sent;
        m->failed += state_among(message, (const char *const[]){"MESSAGE_FAILED", NULL});
        m->unmailed += state_among(message, (const char *const[]){"MESSAGE_WITHHELD", "MESSAGE_GATHERED", "MESSAGE_CALLED_OFF", NULL});
    }
    if (!test && strcmp(api_text(message, "kind"), "window_opened") == 0)
        json_object_set_new(m->window_opened, api_text(message, "recipientId"), json_true());
}

/* How many of those who followed the programme before its window opened have been told of a window, or are forgotten. */
static size_t followers_told(const struct report *r, const struct messages *m)
{
    size_t told = 0;
    size_t i = 0;
    const json_t *id = NULL;
    json_array_foreach(json_object_get(r->up->kept, "followers"), i, id)
    {
        told += json_object_get(m->window_opened, json_string_value(id)) || json_object_get(r->forgotten, json_string_value(id));
    }
    return told;
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

/* One kind of mail against one kind of move, both over every programme there is. */
static void check_told(struct report *r, const char *who, const char *kind, struct messages *m, int64_t moves)
{
    int64_t mails = *tally_of(&m->told, kind);
    report_check(r, mails == moves, "everybody %s was told: %" PRId64 " mails for %" PRId64, who, mails, moves);
}

/* A dead letter is a failure of the demonstration; of a suite that was used since, it is an address that does not work. */
static void check_sent(struct report *r, const struct messages *m)
{
    const struct patient waiting = m->sent + m->unmailed < m->all ? read_patient(r) : (struct patient){.report = r};
    const int64_t dead = r->up->told_before ? m->failed : 0;
    report_check(r, m->all > 0 && m->sent + m->unmailed + waiting.homeless + waiting.early + dead == m->all,
                 "every mail is sent: %" PRId64 " of %" PRId64 "%s%s%s", m->sent, m->all,
                 waiting.homeless ? "; others wait until their people give an address" : "",
                 waiting.early ? "; others wait for their time" : "",
                 m->unmailed ? "; others are withheld, gathered for a digest or called off" : "");
    if (m->failed > 0)
        printf("          (%" PRId64 " could not be delivered: /api/messages?state=MESSAGE_FAILED says why)\n", m->failed);
}

static void check_mail(struct report *r, struct messages *m, int64_t files)
{
    check_sent(r, m);
    report_check(r, files >= m->left && files <= m->left + m->doubts,
                 "the mailbox holds each mail as often as it was sent: %" PRId64 " files for %" PRId64, files, m->left);
    if (r->programmes > 1)
        printf("          (of all %" PRId64 " programmes together)\n", r->programmes);
    const int64_t placed = r->moves.seated + r->moves.queued, transfers = *tally_of(&m->told, "transfer");
    const int64_t told = *tally_of(&m->told, "confirmation") + *tally_of(&m->told, "waiting_list") + transfers;
    report_check(r, told == placed && transfers == r->moves.transferred,
                 "everybody with a place or a waiting place was told: %" PRId64 " mails for %" PRId64, told, placed);
    check_told(r, "who was offered a place", "offer", m, r->moves.offered);
    check_told(r, "promoted", "promotion", m, r->moves.promoted);
    check_told(r, "who cancelled", "cancellation", m, r->moves.cancelled);
    size_t followers = json_array_size(json_object_get(r->up->kept, "followers"));
    report_check(r, followers > 0 && followers_told(r, m) == followers, "the followers were told that the window opened: %zu of %zu",
                 followers_told(r, m), followers);
}

/* Said, not judged: on a machine that is busy with other things mail may be late, and nothing is wrong. */
static void say_promise(struct report *r)
{
    json_t *promise = report_get(r, "/api/promise");
    printf("          left within 10 s of what they tell of: %" PRId64 " of %" PRId64 " (/api/promise)\n", api_number(promise, "within10s"),
           api_number(promise, "sent"));
    json_decref(promise);
}

void report_mail(struct report *r)
{
    struct messages messages = {.report = r, .window_opened = json_object()};
    struct tally languages = {.used = 0};
    report_pages(r, "/api/messages", "messages", count_message, &messages);
    int64_t files = read_mailbox(r, &languages);
    putchar('\n');
    tally_print(&messages.kinds, "mail by kind:    ");
    tally_print(&languages, "mail by language:");
    putchar('\n');
    check_mail(r, &messages, files);
    say_promise(r);
    json_decref(messages.window_opened);
}
