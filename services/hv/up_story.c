/* The story of `hv up`, from the first SQL to the doors' opening; the burst and the report have their own files. Each chapter is
 * plain blocking code and repeatable: the same keys and ids in every run, so a start after a half-done one goes on where it was. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/up.h"

#define DATABASE_WAIT_S 60
#define SERVICES_WAIT_S 60

void story_nap(long ms)
{
    struct timespec nap = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&nap, NULL);
}

/* True when a program that is needed ends whenever it is started: waiting on is of no use. */
static bool hopeless(const struct up *up)
{
    const struct program *program = supervisor_hopeless(up->supervisor);
    if (program)
        fprintf(stderr, "hv up: giving up, for %s ends as soon as it starts; its last words are above, all of them in %s\n", program->name,
                program->log);
    return program != NULL;
}

/* Tries until PostgreSQL answers. Returns the status of the last try. */
static int migrate(struct up *up, bool first)
{
    const char *const with_admin[] = {"migrate", "--admin", "demo-admin", NULL};
    const char *const without[] = {"migrate", NULL};
    int64_t until_us = time_steady_us() + DATABASE_WAIT_S * TIME_SECOND;
    int status = 1;
    while (!atomic_load(&up->stop) && time_steady_us() < until_us) {
        json_t *answer = up_hv(up, first ? with_admin : without, &status);
        if (status == 0 && first)
            json_object_set_new(up->kept, "adminPassword", json_string(api_text(json_object_get(answer, "admin"), "password")));
        json_decref(answer);
        if (status == 0 || hopeless(up))
            break;
        story_nap(200);
    }
    return status;
}

/* The owner's work: database, schemas, and once the first administrator with a password drawn by `hv migrate`. */
static bool story_migrate(struct up *up)
{
    int status = migrate(up, kept_text(up, "adminPassword")[0] == '\0');
    if (atomic_load(&up->stop) || supervisor_hopeless(up->supervisor))
        return false;
    if (status != 0 || kept_text(up, "adminPassword")[0] == '\0') {
        fprintf(stderr,
                status != 0 ? "hv up: the database cannot be migrated; see %s/log/up.log and postgres.log\n"
                            : "hv up: there is an administrator whose password is not kept in %s/demo; start with --fresh\n",
                up->place.dir);
        return false;
    }
    up_step(up, "the database answers and is migrated");
    return kept_save(up);
}

/* The gateway takes requests as soon as it is up itself; the demonstration asks every service. */
static bool all_connected(struct up *up)
{
    json_t *answer = NULL;
    const bool ready = api_call(up->api, "GET", "/health/ready", NULL, 0, NULL, &answer) == 200;
    const bool all = strcmp(api_text(answer, "status"), "pass") == 0;

    json_decref(answer);
    return ready && all;
}

static bool story_services(struct up *up)
{
    supervisor_raise(up->supervisor, LEVEL_SERVICES);
    int64_t until_us = time_steady_us() + SERVICES_WAIT_S * TIME_SECOND;
    while (!atomic_load(&up->stop) && time_steady_us() < until_us) {
        if (all_connected(up)) {
            up_step(up, "gateway, enrolment, notification, funding and the mail server are ready");
            up->ready = true;
            return true;
        }
        if (hopeless(up))
            return false;
        story_nap(50);
    }
    if (!atomic_load(&up->stop))
        fprintf(stderr, "hv up: the services are not ready after %d s; see %s/log\n", SERVICES_WAIT_S, up->place.dir);
    return false;
}

/* The token goes to a file of its own, for `hv` and for whoever wants to try it: hv health --token-file var/demo/token */
static bool keep_token(struct up *up, const char *token)
{
    char path[PLACE_PATH];
    int fd = open(place_path(&up->place, "demo/token", path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, token, strlen(token)) == (ssize_t)strlen(token);
    if (fd >= 0)
        close(fd);
    return ok;
}

/* A password opens a session; the story goes on with an API token of a day, as a script of an operator would. */
static bool story_sign_in(struct up *up)
{
    struct common common = {.url = api_base(up->api)};
    char until[TIME_TEXT];
    time_format(time_now_us() + TIME_DAY, until);
    struct http *http = http_open(&common, false);
    if (!http)
        return false;
    json_t *session = NULL;
    json_t *token = NULL;
    json_t *body = json_pack("{s:s, s:s}", "userName", "demo-admin", "password", kept_text(up, "adminPassword"));
    bool ok = http_call(http, "POST", "/api/session", body, &session) == HV_YES;
    if (ok) {
        http_csrf(http, api_text(session, "csrfToken"));
        body = json_pack("{s:s, s:s}", "name", "hv up", "expiresAt", until);
        ok = http_call(http, "POST", "/api/tokens", body, &token) == HV_YES && keep_token(up, api_text(token, "token"));
    }
    if (ok)
        api_token(up->api, api_text(token, "token"));
    else
        fprintf(stderr, "hv up: demo-admin cannot sign in; was the password changed? --fresh begins anew\n");
    json_decref(session);
    json_decref(token);
    http_close(http);
    return ok;
}

static void print_accounts(const struct up *up)
{
    printf("\n  %s   (administrator demo-admin, password %s)\n", api_base(up->api), kept_text(up, "adminPassword"));
    if (kept_text(up, "participantPassword")[0])
        printf("  more accounts   demo-coordinator, password %s; demo-participant, password %s\n", kept_text(up, "coordinatorPassword"),
               kept_text(up, "participantPassword"));
    if (kept_text(up, "grantPassword")[0])
        printf("  grants          demo-applicant, demo-evaluator (-2, -3), demo-preparer (-2), demo-presenter, demo-decider, password %s\n",
               kept_text(up, "grantPassword"));
    if (kept_text(up, "municipalPassword")[0])
        printf("  municipal case  demo-municipal-preparer (-2, -3), demo-municipal-presenter, demo-secretary, demo-board-1 ... -8, "
               "password %s\n",
               kept_text(up, "municipalPassword"));
    if (kept_text(up, "municipalityId")[0])
        printf("  its feeds       %s/api/municipalities/%s/items.atom, meetings.atom (.rss)\n", api_base(up->api),
               kept_text(up, "municipalityId"));
    if (kept_text(up, "openCallId")[0])
        printf("  a call to try   %s/api/calls/%s   (open for a year: demo-applicant can apply in it)\n", api_base(up->api),
               kept_text(up, "openCallId"));
    printf("  health          %s/health        what there is to ask  %s/api/openapi.json\n", api_base(up->api), api_base(up->api));
    printf("  mail            %s/mail\n  logs            %s/log\n", up->place.dir, up->place.dir);
    printf("  by command      HV_URL=%s %s/hv health --token-file %s/demo/token\n\n", api_base(up->api), up->place.bin, up->place.dir);
    fflush(stdout);
}

/* The chapters in their order. A kept story, or serving alone, skips those that change anything. */
static bool tell_chapters(struct up *up)
{
    static const struct {
        bool (*tell)(struct up *up);
        bool changes;
    } chapters[] = {
        {story_migrate, false}, {story_services, false}, {story_sign_in, false}, {story_grant, true},
        {story_import, true},   {story_people, true},    {story_burst, true},    {story_event, true},
        {story_course, true},   {story_case, true},      {story_decide, true},
    };
    bool skip = up->told_before || up->serve_only;
    for (size_t i = 0; i < sizeof chapters / sizeof chapters[0]; i++) {
        if (atomic_load(&up->stop) || !((chapters[i].changes && skip) || chapters[i].tell(up)))
            return false;
    }
    if (up->told_before && !up->serve_only)
        up_step(up, "the demonstration was held before and is kept: nobody is enrolled again (--fresh begins anew)");
    return true;
}

bool story_tell(struct up *up)
{
    kept_load(up);
    up->api = api_open(programs_url(up));
    up->people = mem_array(PEOPLE, sizeof *up->people);
    up->told_before = json_is_true(json_object_get(up->kept, "done"));
    bool ok = tell_chapters(up) && (up->serve_only || report_print(up));
    if (!atomic_load(&up->stop)) {
        if (api_token_of(up->api)[0])
            print_accounts(up);
        if (!up->once && up->ready)
            up_step(up, ok ? "serving; Ctrl-C ends" : "something above failed; serving what runs; Ctrl-C ends");
    }
    api_close(up->api);
    mem_free(up->people);
    json_decref(up->programme);
    json_decref(up->kept);
    return ok;
}
