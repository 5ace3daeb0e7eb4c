/* The grant call, first chapter: its people and officials, the call from deploy/oikeus-osata.json, thirty-one applications before it
 * closes. The call's dates are moved so that it opened seven weeks ago; its last hours are cut short, so that it closes while the rest of
 * the story is told. Where the machine is slow, the time for applications is made longer while it lasts, so nobody comes too late. */
#include "services/hv/up_grant.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "services/hv/shift.h"

#define OPENED_US   (53 * TIME_DAY) /* at most so long ago */
#define CLOSES_IN_S 12
#define CLOSES_NEAR (4 * TIME_SECOND) /* then it is made longer, if applications are still to come */
#define PASSWORD    "grantPassword"

static const char *role_of(size_t person)
{
    static const char *const ROLES[] = {
        [GRANT_PREPARER] = "preparer", [GRANT_REVIEWER] = "preparer", [GRANT_PRESENTER] = "presenter", [GRANT_DECIDER] = "decider"};

    return person >= GRANT_APPLICANT ? "applicant" : person >= GRANT_EVALUATOR ? "evaluator" : ROLES[person];
}

static void name_person(struct grant *g, size_t person)
{
    const struct uuid space = {{0x68, 0x76, 0x2d, 0x67, 0x72, 0x61, 0x6e, 0x74}};
    const size_t first = person >= GRANT_APPLICANT   ? GRANT_APPLICANT
                         : person >= GRANT_EVALUATOR ? GRANT_EVALUATOR
                         : person == GRANT_REVIEWER  ? GRANT_PREPARER
                                                     : person;

    if (person == first)
        snprintf(g->people[person].user_name, sizeof g->people[person].user_name, "demo-%s", role_of(person));
    else
        snprintf(g->people[person].user_name, sizeof g->people[person].user_name, "demo-%s-%zu", role_of(person), person - first + 1);
    uuid_format(uuid_from(space, span_text(g->people[person].user_name)), g->people[person].id);
}

/* The officials and the first applicant have the password; the other applicants come with tokens alone. */
static json_t *account_of(const struct grant *g, size_t person)
{
    json_t *account =
        json_pack("{s:s, s:s, s:[s]}", "id", g->people[person].id, "userName", g->people[person].user_name, "roles", role_of(person));

    if (person <= GRANT_APPLICANT)
        json_object_set_new(account, "password", json_string(kept_text(g->steps.up, PASSWORD)));
    return account;
}

bool grant_open(struct grant *g, struct up *up)
{
    *g = (struct grant){.steps = {.up = up}};
    json_t *list = json_array();

    story_password(up, PASSWORD);
    for (size_t i = 0; i < GRANT_PEOPLE; i++) {
        name_person(g, i);
        json_array_append_new(list, account_of(g, i));
    }
    if (!kept_save(up)) {
        json_decref(list);
        return false;
    }
    json_t *answer = step_ask(&g->steps, NULL, "POST", "/api/accounts", "demo-grant-accounts", 0,
                              json_pack("{s:o, s:b}", "accounts", list, "withTokens", 1));
    for (size_t i = 0; i < GRANT_PEOPLE; i++) {
        const char *token = api_text(json_array_get(json_object_get(answer, "accounts"), i), "token");
        g->steps.failed = g->steps.failed || *token == '\0' || strlen(token) >= API_TOKEN;
        snprintf(g->people[i].token, API_TOKEN, "%s", token);
    }
    json_decref(answer);
    if (!g->steps.failed && *kept_text(up, "grantCallId") != '\0')
        g->call = step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "GET", step_path("/api/calls/%s", kept_text(up, "grantCallId")), NULL,
                           0, NULL);
    return !g->steps.failed;
}

void grant_close(struct grant *g)
{
    json_decref(g->call);
}

const char *grant_token(const struct grant *g, size_t person)
{
    return g->people[person].token;
}

/* --- the call ------------------------------------------------------------------------------------------------------------- */
static json_t *read_call(struct grant *g)
{
    char file[PLACE_PATH + 32], closes[TIME_TEXT];
    const char *bad = NULL;
    int64_t opens_us = 0;

    snprintf(file, sizeof file, "%s/deploy/oikeus-osata.json", g->steps.up->place.root);
    json_t *content = json_load_file(file, 0, NULL);
    if (content == NULL || !shift_first_window(content, &opens_us) ||
        shift_all(content, shift_weeks_until(opens_us, time_now_us() - OPENED_US), &bad) < 0) {
        fprintf(stderr, "hv up: %s cannot be read\n", file);
        json_decref(content);
        return NULL;
    }
    time_format(time_now_us() + CLOSES_IN_S * TIME_SECOND, closes);
    json_object_set_new(content, "closesAt", json_string(closes));
    return content;
}

static json_t *official(const struct grant *g, size_t person, const char *role, const char *name, const char *title)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:s}", "personId", g->people[person].id, "role", role, "responsible", person == GRANT_PREPARER,
                     "name", name, "title", title);
}

json_t *grant_officials(struct grant *g, const json_t *call, const char *key)
{
    static const char *const NAMES[GRANT_EVALUATORS] = {"Arvi Arvioija", "Bea Bedömare", "Eeva Esimerkki"};
    json_t *list = json_array();

    json_array_append_new(list, official(g, GRANT_PREPARER, "OFFICIAL_PREPARER", "Valma Valmistelija", "suunnittelija"));
    json_array_append_new(list, official(g, GRANT_REVIEWER, "OFFICIAL_PREPARER", "Tauno Tarkastaja", "tarkastaja"));
    json_array_append_new(list, official(g, GRANT_PRESENTER, "OFFICIAL_PRESENTER", "Essi Esittelijä", "opetusneuvos"));
    json_array_append_new(list, official(g, GRANT_DECIDER, "OFFICIAL_DECIDER", "Pauli Päättäjä", "johtaja"));
    for (size_t i = 0; i < GRANT_EVALUATORS; i++)
        json_array_append_new(list, official(g, GRANT_EVALUATOR + i, "OFFICIAL_EVALUATOR", NAMES[i], "asiantuntija"));
    return step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "PUT", step_path("/api/calls/%s/officials", api_text(call, "id")), key,
                    (uint64_t)api_number(call, "version"), json_pack("{s:o}", "officials", list));
}

json_t *grant_import(struct grant *g, json_t *content, const char *key)
{
    json_t *report = step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "POST", "/api/calls:import", key, 0,
                              json_pack("{s:o, s:b}", "content", content, "publish", 1));
    json_t *call = json_incref(json_object_get(report, "call"));

    if (report != NULL && strcmp(api_text(call, "state"), "CALL_PUBLISHED") != 0) {
        fprintf(stderr, "hv up: %s cannot be published: %s\n", api_text(json_object_get(json_object_get(call, "content"), "title"), "fi"),
                api_text(json_object_get(json_array_get(json_object_get(report, "findings"), 0), "text"), "en"));
        g->steps.failed = true;
    }
    json_decref(report);
    return call;
}

static bool announce(struct grant *g)
{
    json_t *content = read_call(g);
    if (content == NULL)
        return false;
    g->call = grant_import(g, content, "demo-call");
    if (g->steps.failed)
        return false;
    json_t *call = grant_officials(g, g->call, "demo-officials");
    if (call != NULL) {
        json_decref(g->call);
        g->call = call;
    }
    json_object_set_new(g->steps.up->kept, "grantCallId", json_string(api_text(g->call, "id")));
    return !g->steps.failed && kept_save(g->steps.up);
}

static int64_t left_us(const struct grant *g)
{
    int64_t closes_us = 0;

    return time_parse(&closes_us, span_text(api_text(json_object_get(g->call, "content"), "closesAt"))) ? closes_us - time_now_us() : 0;
}

/* Before an application is sent. One that has closed stays closed: what was sent in an earlier start is answered as it was then. */
static void keep_open(struct grant *g)
{
    char closes[TIME_TEXT], key[API_KEY];
    const int64_t left = left_us(g);

    if (left <= 0 || left > CLOSES_NEAR)
        return;
    time_format(time_now_us() + CLOSES_IN_S * TIME_SECOND, closes);
    snprintf(key, sizeof key, "demo-longer-%.40s", closes);
    json_t *content = json_deep_copy(json_object_get(g->call, "content"));
    json_object_set_new(content, "closesAt", json_string(closes));
    json_t *call = step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "PUT", step_path("/api/calls/%s", api_text(g->call, "id")), key,
                            (uint64_t)api_number(g->call, "version"), json_pack("{s:o}", "content", content));
    if (call != NULL) {
        json_decref(g->call);
        g->call = call;
    }
}

/* Strapetsi's page of the register of projects: what it says of itself disagrees, and the report shows that this is told. */
static void register_project(struct grant *g)
{
    char file[PLACE_PATH + 32];

    snprintf(file, sizeof file, "%s/deploy/strapetsi-project.json", g->steps.up->place.root);
    json_t *project = json_load_file(file, 0, NULL);
    if (project == NULL) {
        fprintf(stderr, "hv up: %s cannot be read\n", file);
        g->steps.failed = true;
        return;
    }
    json_t *report = step_ask(&g->steps, grant_token(g, GRANT_PREPARER), "POST", "/api/projects:import", "demo-project", 0,
                              json_pack("{s:o}", "project", project));
    json_object_set_new(g->steps.up->kept, "projectId", json_string(api_text(json_object_get(report, "project"), "id")));
    json_decref(report);
}

/* --- the applications ----------------------------------------------------------------------------------------------------- */
static void submit(struct grant *g, size_t i, json_t *ids)
{
    char create[API_KEY], send[API_KEY];
    const char *token = grant_token(g, GRANT_APPLICANT + i);

    keep_open(g);
    snprintf(create, sizeof create, "demo-draft-%zu", i);
    snprintf(send, sizeof send, "demo-submit-%zu", i);
    json_t *draft = step_ask(&g->steps, token, "POST", step_path("/api/calls/%s/applications", api_text(g->call, "id")), create, 0,
                             json_pack("{s:o}", "content", grant_write(g->call, i)));
    json_t *submitted = step_ask(&g->steps, token, "POST", step_path("/api/applications/%s:submit", api_text(draft, "id")), send,
                                 (uint64_t)api_number(draft, "version"), json_object());
    json_array_append_new(ids, json_string(api_text(submitted, "id")));
    json_decref(draft);
    json_decref(submitted);
}

bool story_grant(struct up *up)
{
    struct grant grant;
    json_t *ids = json_array();

    if (json_is_array(json_object_get(up->kept, "grantApplications"))) { /* an earlier start came so far */
        json_decref(ids);
        return true;
    }
    bool ok = grant_open(&grant, up) && (grant.call != NULL || announce(&grant));
    for (size_t i = 0; ok && i < GRANT_APPLICATIONS; i++) {
        submit(&grant, i, ids);
        ok = !grant.steps.failed;
    }
    if (!ok && grant.call != NULL && left_us(&grant) <= 0)
        fprintf(stderr, "hv up: the call closed before all had applied, for an earlier start was broken off; --fresh begins anew\n");
    if (ok) {
        register_project(&grant);
        grant_announce_open(&grant);
    }
    if (ok && !grant.steps.failed) {
        up_step(up, "Oikeus osata is announced (%s), %d networks have applied before it closes; the largest has %d providers",
                api_text(grant.call, "registerNumber"), GRANT_APPLICATIONS, GRANT_LARGEST);
        json_object_set(up->kept, "grantApplications", ids);
    }
    ok = ok && !grant.steps.failed;
    json_decref(ids);
    grant_close(&grant);
    return ok && kept_save(up);
}
