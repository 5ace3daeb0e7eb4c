/* The people of the municipal case: officials and members of the board as deploy/kannus.json names them, whoever is nominated, and the
 * applicant of the grant call, who applies here too. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "common/base/uuid.h"
#include "services/hv/up_case.h"

#define APPLICANT "demo-applicant"

json_t *town_file(const struct up *up, const char *name)
{
    char file[PLACE_PATH + 32];

    (void)snprintf(file, sizeof file, "%s/deploy/%s", up->place.root, name);
    json_t *json = json_load_file(file, 0, NULL);
    if (json == NULL)
        fprintf(stderr, "hv up: %s cannot be read\n", file);
    return json;
}

static const char *role_of(const json_t *person)
{
    static const struct {
        const char *office, *role;
    } OFFICES[] = {{"OFFICE_PREPARER", "preparer"}, {"OFFICE_PRESENTER", "presenter"}, {"OFFICE_SECRETARY", "secretary"}};

    for (size_t i = 0; i < sizeof OFFICES / sizeof OFFICES[0]; i++)
        if (strcmp(api_text(person, "office"), OFFICES[i].office) == 0)
            return OFFICES[i].role;
    return *api_text(person, "kind") != '\0' ? "board-member" : "participant";
}

/* Each of these people once: who is nominated may be an official too. */
static void add_people(const struct up *up, const json_t *people, json_t *names, json_t *accounts)
{
    const struct uuid space = {{0x68, 0x76, 0x2d, 0x74, 0x6f, 0x77, 0x6e}};
    const json_t *person = NULL;
    char id[UUID_TEXT];
    size_t i = 0;

    json_array_foreach(people, i, person)
    {
        const char *user_name = api_text(person, "userName");
        if (*user_name == '\0' || json_object_get(names, user_name) != NULL)
            continue;
        uuid_format(uuid_from(space, span_text(user_name)), id);
        json_object_set_new(names, user_name, json_string(api_text(person, "name")));
        json_array_append_new(accounts, json_pack("{s:s, s:s, s:s, s:[s]}", "id", id, "userName", user_name, "password",
                                                  kept_text(up, CASE_PASSWORD), "roles", role_of(person)));
    }
}

static json_t *nominated(const struct town *town, const char *where)
{
    return json_object_get(json_object_get(town->words, where), "nominations");
}

static void add_all(const struct town *town, json_t *names, json_t *accounts)
{
    const struct up *up = town->steps.up;
    const json_t *board = NULL;
    size_t i = 0;

    add_people(up, json_object_get(town->municipality, "officials"), names, accounts);
    json_array_foreach(json_object_get(town->municipality, "boards"), i, board)
    {
        add_people(up, json_object_get(board, "seats"), names, accounts);
    }
    add_people(up, nominated(town, "proposal"), names, accounts);
    add_people(up, nominated(town, "decision"), names, accounts);
}

static void keep_account(struct town *town, const char *user_name, const char *id, const char *token)
{
    town->steps.failed = town->steps.failed || *id == '\0' || *token == '\0';
    json_object_set_new(town->accounts, user_name, json_pack("{s:s, s:s}", "id", id, "token", token));
}

/* Whoever has mail to get has an address. */
static void store_person(struct town *town, const char *id, const char *user_name, const char *name)
{
    char email[80], key[API_KEY];

    (void)snprintf(email, sizeof email, "%s@example.fi", user_name);
    (void)snprintf(key, sizeof key, "demo-town-%s", user_name);
    step_do(&town->steps, NULL, "PUT", step_path("/api/persons/%s", id), key,
            json_pack("{s:s, s:s, s:s}", "name", name, "email", email, "language", "fi"));
}

static void make_accounts(struct town *town)
{
    json_t *names = json_object(), *accounts = json_array();
    const json_t *account = NULL;
    size_t i = 0;

    add_all(town, names, accounts);
    json_t *answer = step_ask(&town->steps, NULL, "POST", "/api/accounts", "demo-town-accounts", 0,
                              json_pack("{s:o, s:b}", "accounts", accounts, "withTokens", 1));
    json_array_foreach(json_object_get(answer, "accounts"), i, account)
    {
        const char *user_name = api_text(account, "userName");
        keep_account(town, user_name, api_text(account, "id"), api_text(account, "token"));
        store_person(town, api_text(account, "id"), user_name, api_text(names, user_name));
    }
    json_decref(answer);
    json_decref(names);
}

/* The applicant has an account since the grant call was announced: only a token is made. */
static void find_applicant(struct town *town)
{
    char until[TIME_TEXT];

    time_format(time_now_us() + TIME_DAY, until);
    json_t *found = step_ask(&town->steps, NULL, "GET", "/api/accounts:find?userName=" APPLICANT, NULL, 0, NULL);
    const char *id = api_text(json_array_get(json_object_get(found, "accounts"), 0), "id");
    json_t *token = step_ask(&town->steps, NULL, "POST", "/api/tokens", NULL, 0,
                             json_pack("{s:s, s:s, s:s}", "accountId", id, "name", "hv up", "expiresAt", until));
    keep_account(town, APPLICANT, id, api_text(token, "token"));
    json_decref(token);
    json_decref(found);
}

bool town_open(struct town *town, struct up *up)
{
    *town = (struct town){.steps = {.up = up}};
    town->municipality = town_file(up, "kannus.json");
    town->words = town_file(up, "kannus-case.json");
    town->accounts = json_object();
    if (town->municipality == NULL || town->words == NULL)
        return false;
    story_password(up, CASE_PASSWORD);
    if (!kept_save(up))
        return false;
    make_accounts(town);
    find_applicant(town);
    return !town->steps.failed;
}

void town_close(struct town *town)
{
    json_decref(town->municipality);
    json_decref(town->words);
    json_decref(town->accounts);
}

const char *town_id(const struct town *town, const char *user_name)
{
    return api_text(json_object_get(town->accounts, user_name), "id");
}

json_t *town_ask(struct town *town, const char *user_name, const char *method, const char *path, const char *key, uint64_t if_match,
                 json_t *body)
{
    const char *token = user_name != NULL ? api_text(json_object_get(town->accounts, user_name), "token") : NULL;

    return step_ask(&town->steps, token, method, path, key, if_match, body);
}

void town_name(const struct town *town, json_t *people)
{
    json_t *person = NULL;
    size_t i = 0;

    json_array_foreach(people, i, person)
    {
        json_object_set_new(person, "personId", json_string(town_id(town, api_text(person, "userName"))));
        json_object_del(person, "userName");
    }
}

const char *town_official(const struct town *town, const char *office, size_t n)
{
    const json_t *official = NULL;
    size_t i = 0;

    json_array_foreach(json_object_get(town->municipality, "officials"), i, official)
    {
        if (strcmp(api_text(official, "office"), office) == 0 && n-- == 0)
            return api_text(official, "userName");
    }
    return "";
}
