/* Setting the stage: the programme, the accounts and the people of the demonstration, so that one window can open on them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/base/time.h"
#include "services/hv/up.h"

#define ACCOUNTS_AT_ONCE 100
#define UPLOADS_AT_ONCE  32
#define FOLLOWERS        8

/* Sixteen characters nobody confuses: 80 bits. */
void story_password(struct up *up, const char *name)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789X";
    uint8_t bytes[16];
    char text[17] = {0};
    if (kept_text(up, name)[0])
        return;
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        text[i] = letters[bytes[i] % 32];
    json_object_set_new(up->kept, name, json_string(text));
}

static bool refused(const char *what, int status, json_t *answer)
{
    if (status / 100 == 2)
        return false;
    fprintf(stderr, "hv up: %s: status %d, %s\n", what, status, api_text(answer, "detail"));
    json_decref(answer);
    return true;
}

/* The programme with this code; a new reference or NULL. */
static json_t *find_programme(struct up *up, const char *code)
{
    json_t *list = NULL;
    json_t *found = NULL;
    if (refused("programmes cannot be listed", api_call(up->api, "GET", "/api/programmes", NULL, 0, NULL, &list), list))
        return NULL;
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(list, "programmes"), i, item)
    {
        if (strcmp(api_text(item, "code"), code) == 0) {
            char path[API_PATH];
            snprintf(path, sizeof path, "/api/programmes/%s", api_text(item, "id"));
            (void)api_call(up->api, "GET", path, NULL, 0, NULL, &found);
        }
    }
    json_decref(list);
    return found;
}

/* The day after tomorrow at the earliest, so that the shifted window lies ahead; the story opens it itself when all is ready. */
bool story_import(struct up *up)
{
    char file[PLACE_PATH + 32];
    char date[TIME_TEXT];
    int status = 1;
    if (kept_text(up, "programmeId")[0]) /* an earlier start came so far; importing again would move the window again */
        return (up->programme = find_programme(up, "vepo")) != NULL;
    snprintf(file, sizeof file, "%s/deploy/vepo.json", up->place.root);
    time_format(time_now_us() + 2 * TIME_DAY, date);
    date[10] = '\0';
    const char *const arguments[] = {"import", file, "--shift-to", date, "--yes", NULL};
    json_t *answer = up_hv(up, arguments, &status);
    if (status != 0) {
        fprintf(stderr, "hv up: VEPO cannot be imported (status %d); see %s/log/up.log\n", status, up->place.dir);
        json_decref(answer);
        return false;
    }
    int64_t weeks = api_number(answer, "shiftedWeeks");
    json_object_set_new(up->kept, "shiftedWeeks", json_integer(weeks));
    up_step(up, "VEPO is imported, every date moved by %" PRId64 " weeks; what the import had to say:", weeks);
    size_t i = 0;
    const json_t *line = NULL;
    json_array_foreach(json_object_get(json_object_get(answer, "dryRun"), "lines"), i, line)
    {
        if (strcmp(api_text(line, "kind"), "DISAGREES") == 0)
            printf("            %s: %s\n", api_text(line, "field"), api_text(json_object_get(line, "text"), "en"));
    }
    json_decref(answer);
    up->programme = find_programme(up, "vepo");
    if (!up->programme) {
        fprintf(stderr, "hv up: the imported programme is not there\n");
        return false;
    }
    json_object_set_new(up->kept, "programmeId", json_string(api_text(up->programme, "id")));
    return kept_save(up);
}

static json_t *staff_account(const struct up *up, const char *name, const char *password, const char *role)
{
    return json_pack("{s:s, s:s, s:[s]}", "userName", name, "password", kept_text(up, password), "roles", role);
}

static bool make_staff(struct up *up)
{
    if (json_is_true(json_object_get(up->kept, "staff")))
        return true;
    story_password(up, "coordinatorPassword");
    story_password(up, "participantPassword");
    if (!kept_save(up))
        return false;
    json_t *body = json_pack("{s:[o, o]}", "accounts", staff_account(up, "demo-coordinator", "coordinatorPassword", "coordinator"),
                             staff_account(up, "demo-participant", "participantPassword", "participant"));
    json_t *answer = NULL;
    if (refused("the demo accounts cannot be made", api_call(up->api, "POST", "/api/accounts", "demo-staff", 0, body, &answer), answer))
        return false;
    const json_t *participant = json_array_get(json_object_get(answer, "accounts"), 1);
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/persons/%s", api_text(participant, "id"));
    body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", "Esimerkki Osallistuja", "email", "demo-participant@example.fi",
                     "language", "fi", "role", "teacher", "level", "basic", "organisationKind", "municipality", "organisation",
                     "Esimerkkilän kunta", "region", "uusimaa");
    json_t *person = NULL;
    bool ok =
        !refused("the demo participant cannot be stored", api_call(up->api, "PUT", path, "demo-participant", 0, body, &person), person);
    if (ok)
        json_decref(person);
    json_decref(answer);
    json_object_set_new(up->kept, "staff", json_boolean(ok));
    return ok && kept_save(up);
}

static bool make_accounts(struct up *up, size_t first)
{
    json_t *list = json_array();
    for (size_t i = first; i < first + ACCOUNTS_AT_ONCE; i++)
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:[s]}", "id", up->people[i].id_text, "userName", up->people[i].user_name, "roles", "participant"));
    char key[API_KEY];
    snprintf(key, sizeof key, "demo-accounts-%zu", first);
    json_t *body = json_pack("{s:o, s:b}", "accounts", list, "withTokens", 1);
    json_t *answer = NULL;
    if (refused("the people's accounts cannot be made", api_call(up->api, "POST", "/api/accounts", key, 0, body, &answer), answer))
        return false;
    const json_t *accounts = json_object_get(answer, "accounts");
    bool ok = json_array_size(accounts) == ACCOUNTS_AT_ONCE;
    for (size_t i = 0; ok && i < ACCOUNTS_AT_ONCE; i++) {
        const char *token = api_text(json_array_get(accounts, i), "token");
        ok = token[0] && strlen(token) < API_TOKEN;
        if (ok)
            snprintf(up->people[first + i].token, API_TOKEN, "%s", token);
    }
    if (!ok)
        fprintf(stderr, "hv up: the people's accounts came without their tokens\n");
    json_decref(answer);
    return ok;
}

/* Everybody but those whose case is to have no particulars. */
static bool upload(struct up *up)
{
    struct shot *shots = mem_array(PEOPLE, sizeof *shots);
    char(*paths)[API_PATH] = mem_array(PEOPLE, sizeof *paths);
    size_t n = 0;
    for (size_t i = 0; i < PEOPLE; i++) {
        if (up->people[i].kase == PERSON_WITHOUT_FACTS)
            continue;
        json_t *person = person_json(&up->people[i]);
        snprintf(paths[i], sizeof paths[i], "/api/persons/%s", up->people[i].id_text);
        shots[n++] = (struct shot){.method = "PUT",
                                   .path = paths[i],
                                   .key = up->people[i].user_name,
                                   .token = api_token_of(up->api),
                                   .body = json_dumps(person, JSON_COMPACT)};
        json_decref(person);
    }
    struct burst burst = {.at_once = UPLOADS_AT_ONCE, .stop = &up->stop};
    burst_run(up->api, &burst, shots, n);
    size_t failed = 0;
    for (size_t i = 0; i < n; i++) {
        if (shots[i].status / 100 != 2 && failed++ == 0)
            fprintf(stderr, "hv up: a person cannot be stored: status %d %s\n", shots[i].status, (const char *)shots[i].answer.data);
        buf_fini(&shots[i].answer);
        free((void *)(uintptr_t)shots[i].body);
    }
    mem_free(paths);
    mem_free(shots);
    if (failed == 0)
        up_step(up, "%d made-up people have accounts, %zu of them particulars", PEOPLE, n);
    return failed == 0;
}

/* Some want to be told when the window opens. */
static bool follow(struct up *up)
{
    struct api *api = api_open(api_base(up->api));
    char path[API_PATH];
    snprintf(path, sizeof path, "/api/programmes/%s/follow", api_text(up->programme, "id"));
    bool ok = true;
    json_t *followers = json_array(); /* their ids: the report looks for the mail of each */
    for (size_t i = 0; ok && i < PEOPLE && json_array_size(followers) < FOLLOWERS; i++) {
        if (up->people[i].kase != PERSON_FITS)
            continue;
        api_token(api, up->people[i].token);
        json_t *answer = NULL;
        ok = !refused("following fails", api_call(api, "PUT", path, "demo-follow", 0, json_object(), &answer), answer);
        if (ok)
            json_decref(answer);
        json_array_append_new(followers, json_string(up->people[i].id_text));
    }
    api_close(api);
    json_object_set_new(up->kept, "followers", followers);
    return ok;
}

bool story_people(struct up *up)
{
    people_make(up->people, up->programme);
    bool ok = make_staff(up);
    for (size_t i = 0; ok && i < PEOPLE; i += ACCOUNTS_AT_ONCE)
        ok = make_accounts(up, i);
    return ok && upload(up) && follow(up);
}
