/* The municipal case, told in order: the application, its preparation with a statement that finds its way to whoever knows, the impacts,
 * the proposal, the meeting and its minutes, the extract and the feeds. */
#include "services/hv/up_case.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/hv/shift.h"

#define STATEMENT_DAYS 14
#define MEETING_IN     TIME_SECOND
#define CHECKERS       2 /* members of the board who check the minutes */

struct tale {
    struct town town;
    const char *preparer, *presenter, *secretary; /* user names */
    int64_t now_us;                               /* of the first start: a start after a broken one says the same */
    json_t *kase;                                 /* the case as it was answered last */
    json_t *meeting;
};

static json_t *part(const struct tale *t, const char *name)
{
    return json_deep_copy(json_object_get(t->town.words, name));
}

/* The day so many days from now, in Finland. */
static json_t *day(const struct tale *t, int days)
{
    char text[TIME_TEXT];
    const int64_t at_us = t->now_us + days * TIME_DAY;

    time_format(at_us + shift_offset_us(at_us), text);
    text[10] = '\0';
    return json_string(text);
}

static uint64_t version_of(const json_t *thing)
{
    return (uint64_t)api_number(thing, "version");
}

/* One step about the case; its answer is the case from then on. */
static void about_case(struct tale *t, const char *who, const char *method, const char *path, const char *key, uint64_t if_match,
                       json_t *body)
{
    json_t *answer = town_ask(&t->town, who, method, path, key, if_match, body);

    json_decref(t->kase);
    t->kase = answer;
}

static void about_meeting(struct tale *t, const char *what, const char *key, json_t *body)
{
    char path[2 * API_PATH];

    (void)snprintf(path, sizeof path, "/api/meetings/%s%s", kept_text(t->town.steps.up, "caseMeetingId"), what);
    json_t *answer = town_ask(&t->town, t->secretary, "POST", path, key, 0, body);
    json_decref(t->meeting);
    t->meeting = answer;
}

static void keep_id(struct tale *t, const char *name, const char *id)
{
    json_object_set_new(t->town.steps.up->kept, name, json_string(id));
}

/* --- the municipality and the project --------------------------------------------------------------------------------------- */
static void import_town(struct tale *t)
{
    struct up *up = t->town.steps.up;
    char file[PLACE_PATH + 32];
    int status = 1;

    if (*kept_text(up, "municipalityId") != '\0' || t->town.steps.failed)
        return;
    (void)snprintf(file, sizeof file, "%s/deploy/kannus.json", up->place.root);
    const char *const arguments[] = {"import", file, "--yes", NULL};
    json_t *answer = up_hv(up, arguments, &status);
    const json_t *municipality = json_object_get(json_object_get(answer, "report"), "municipality");
    if (status != 0) {
        fprintf(stderr, "hv up: Kannus cannot be imported (status %d); see %s/log/up.log\n", status, up->place.dir);
        t->town.steps.failed = true;
    }
    keep_id(t, "municipalityId", api_text(municipality, "id"));
    keep_id(t, "boardId", api_text(json_array_get(json_object_get(municipality, "boards"), 0), "id"));
    json_decref(answer);
}

/* The project with its funding plan; the share that is the municipality's. */
static void import_project(struct tale *t)
{
    const json_t *share = NULL;
    size_t i = 0;

    json_t *file = town_file(t->town.steps.up, "timantti-project.json");
    t->town.steps.failed = t->town.steps.failed || file == NULL;
    json_t *report =
        town_ask(&t->town, t->preparer, "POST", "/api/projects:import", "demo-timantti", 0, json_pack("{s:o*}", "project", file));
    const json_t *project = json_object_get(report, "project");
    keep_id(t, "caseProjectId", api_text(project, "id"));
    json_array_foreach(json_object_get(project, "shares"), i, share)
    {
        if (strcmp(api_text(share, "funder"), api_text(t->town.words, "shareFunder")) == 0)
            keep_id(t, "caseShareId", api_text(share, "id"));
    }
    json_decref(report);
}

/* --- the application and its preparation ------------------------------------------------------------------------------------ */
static void file_case(struct tale *t)
{
    struct up *up = t->town.steps.up;
    json_t *body = part(t, "application");

    json_object_set_new(body, "municipalityId", json_string(kept_text(up, "municipalityId")));
    json_object_set_new(body, "projectId", json_string(kept_text(up, "caseProjectId")));
    json_object_set_new(body, "shareId", json_string(kept_text(up, "caseShareId")));
    about_case(t, "demo-applicant", "POST", "/api/cases", "demo-case", 0, body);
    keep_id(t, "caseId", api_text(t->kase, "id"));
}

static const char *case_path(const struct tale *t, const char *what)
{
    static _Thread_local char path[2 * API_PATH];

    (void)snprintf(path, sizeof path, "/api/cases/%s%s", kept_text(t->town.steps.up, "caseId"), what);
    return path;
}

static void add_application(struct tale *t)
{
    char text[2048];
    const char *words = api_text(t->town.words, "applicationDocument");

    if (sodium_base64_encoded_len(strlen(words), sodium_base64_VARIANT_ORIGINAL) > sizeof text)
        bug("the application of the demonstration is longer than its room");
    (void)sodium_bin2base64(text, sizeof text, (const unsigned char *)words, strlen(words), sodium_base64_VARIANT_ORIGINAL);
    about_case(t, "demo-applicant", "POST", case_path(t, "/documents"), "demo-case-application", 0,
               json_pack("{s:s, s:s, s:s, s:s, s:s}", "kind", "DOCUMENT_APPLICATION", "title", "Kuntarahahakemus", "name",
                         "kuntarahahakemus.txt", "mediaType", "text/plain", "content", text));
}

/* What the applicant has written stays; preparers and impacts come to it. */
static void prepare(struct tale *t)
{
    json_t *content = json_pack("{s:o, s:o}", "preparers", part(t, "preparers"), "impacts", part(t, "impacts"));

    json_object_set_new(content, "title", json_string(api_text(t->kase, "title")));
    json_object_set(content, "texts", json_object_get(t->kase, "texts"));
    about_case(t, t->preparer, "PUT", case_path(t, ""), "demo-case-content", version_of(t->kase), json_pack("{s:o}", "content", content));
}

/* The statement that is still waited for: its id. */
static const char *asked_of(const json_t *kase)
{
    const json_t *statement = NULL;
    const char *id = "";
    size_t i = 0;

    json_array_foreach(json_object_get(kase, "statements"), i, statement)
    {
        if (strcmp(api_text(statement, "state"), "STATEMENT_REQUESTED") == 0)
            id = api_text(statement, "id");
    }
    return id;
}

static void give(struct tale *t, const char *words, const char *state, const char *key)
{
    char what[API_PATH];
    json_t *body = part(t, words);

    (void)snprintf(what, sizeof what, "/statements/%s:give", asked_of(t->kase));
    json_object_set_new(body, "state", json_string(state));
    json_object_set_new(body, "givenOn", day(t, 0));
    if (strcmp(state, "STATEMENT_REFERRED") == 0)
        json_object_set_new(body, "referredDueOn", day(t, STATEMENT_DAYS));
    about_case(t, t->preparer, "POST", case_path(t, what), key, 0, body);
}

/* Whoever is asked first says who knows better, and they state. */
static void state(struct tale *t)
{
    json_t *body = part(t, "request");

    json_object_set_new(body, "dueOn", day(t, STATEMENT_DAYS));
    about_case(t, t->preparer, "POST", case_path(t, "/statements"), "demo-case-request", 0, body);
    give(t, "referral", "STATEMENT_REFERRED", "demo-case-referral");
    give(t, "statement", "STATEMENT_GIVEN", "demo-case-statement");
}

static void propose(struct tale *t)
{
    json_t *proposal = part(t, "proposal");
    const json_t *finding = NULL;
    size_t i = 0;

    json_t *checks = town_ask(&t->town, t->preparer, "GET", case_path(t, "/checks"), NULL, 0, NULL);
    json_array_foreach(json_object_get(checks, "findings"), i, finding) /* the story leaves no warning either */
    {
        fprintf(stderr, "hv up: the case of Kannus is not ready to be proposed: %s %s\n", api_text(finding, "field"),
                api_text(json_object_get(finding, "text"), "en"));
        t->town.steps.failed = true;
    }
    json_decref(checks);
    town_name(&t->town, json_object_get(proposal, "nominations"));
    about_case(t, t->presenter, "PUT", case_path(t, "/proposal"), "demo-case-proposal", version_of(t->kase),
               json_pack("{s:o}", "proposal", proposal));
}

/* --- the meeting -------------------------------------------------------------------------------------------------------------- */
static void summon(struct tale *t)
{
    const struct up *up = t->town.steps.up;
    char starts[TIME_TEXT];
    const char *place = api_text(t->town.words, "place");

    time_format(t->now_us + MEETING_IN, starts);
    t->meeting = town_ask(&t->town, t->secretary, "POST", "/api/meetings", "demo-meeting", 0,
                          json_pack("{s:s, s:s, s:s}", "boardId", kept_text(up, "boardId"), "startsAt", starts, "place", place));
    keep_id(t, "caseMeetingId", api_text(t->meeting, "id"));
    json_t *planned = town_ask(&t->town, t->secretary, "PUT", step_path("/api/meetings/%s", kept_text(up, "caseMeetingId")), "demo-agenda",
                               version_of(t->meeting),
                               json_pack("{s:s, s:s, s:[s]}", "startsAt", starts, "place", place, "caseIds", kept_text(up, "caseId")));
    json_decref(planned);
    about_meeting(t, ":summon", "demo-summon", json_object());
}

/* The chair, the vice chair and the members; the first two of the members check the minutes. */
static json_t *attendees(const struct tale *t)
{
    json_t *list = json_array();
    const json_t *seat = NULL;
    size_t i = 0, members = 0;

    json_array_foreach(json_object_get(json_array_get(json_object_get(t->town.municipality, "boards"), 0), "seats"), i, seat)
    {
        const bool member = strcmp(api_text(seat, "kind"), "SEAT_MEMBER") == 0;
        if (strcmp(api_text(seat, "kind"), "SEAT_DEPUTY") == 0)
            continue;
        json_array_append_new(list, json_pack("{s:s, s:b}", "personId", town_id(&t->town, api_text(seat, "userName")), "checksMinutes",
                                              member && members < CHECKERS));
        members += member;
    }
    return list;
}

static void decide(struct tale *t)
{
    const char *item = api_text(json_array_get(json_object_get(t->meeting, "items"), 0), "id");
    json_t *decision = part(t, "decision");

    keep_id(t, "caseItemId", item);
    json_t *seen = town_ask(&t->town, t->secretary, "GET", step_path("/api/items/%s", item), NULL, 0, NULL);
    town_name(&t->town, json_object_get(decision, "nominations"));
    json_t *decided =
        town_ask(&t->town, t->secretary, "POST", step_path("/api/items/%s:decide", item), "demo-decide", version_of(seen), decision);
    json_decref(decided);
    json_decref(seen);
}

static void check_minutes(struct tale *t)
{
    const json_t *seat = NULL;
    size_t i = 0, members = 0;
    char key[API_KEY];

    json_array_foreach(json_object_get(json_array_get(json_object_get(t->town.municipality, "boards"), 0), "seats"), i, seat)
    {
        if (strcmp(api_text(seat, "kind"), "SEAT_MEMBER") != 0 || members == CHECKERS)
            continue;
        (void)snprintf(key, sizeof key, "demo-check-%zu", ++members);
        json_decref(town_ask(&t->town, api_text(seat, "userName"), "POST",
                             step_path("/api/meetings/%s:check", kept_text(t->town.steps.up, "caseMeetingId")), key, 0, json_object()));
    }
}

static void meet(struct tale *t)
{
    summon(t);
    while (!t->town.steps.failed && time_now_us() < t->now_us + MEETING_IN)
        story_nap(100);
    about_meeting(t, ":open", "demo-open", json_pack("{s:o}", "attendees", attendees(t)));
    decide(t);
    about_meeting(t, ":close", "demo-close", json_object());
    check_minutes(t);
    about_meeting(t, ":publish", "demo-publish", json_object());
}

/* --- the chapter ---------------------------------------------------------------------------------------------------------------- */
static void keep_papers(struct tale *t)
{
    struct up *up = t->town.steps.up;
    char path[API_PATH];

    (void)step_keep(&t->town.steps, NULL, step_path("/api/items/%s/extract?form=PDF", kept_text(up, "caseItemId")), "kannus.pdf");
    (void)snprintf(path, sizeof path, "/api/municipalities/%s/items.atom?boardId=%s", kept_text(up, "municipalityId"),
                   kept_text(up, "boardId"));
    (void)step_keep(&t->town.steps, NULL, path, "kannus.atom");
}

/* When the first start came here: what is said of days and hours stays the same. */
static int64_t begun_us(struct up *up)
{
    if (json_object_get(up->kept, "caseBegunUs") == NULL)
        json_object_set_new(up->kept, "caseBegunUs", json_integer(time_now_us()));
    return api_number(up->kept, "caseBegunUs");
}

static bool tell(struct tale *t)
{
    t->preparer = town_official(&t->town, "OFFICE_PREPARER", 0);
    t->presenter = town_official(&t->town, "OFFICE_PRESENTER", 0);
    t->secretary = town_official(&t->town, "OFFICE_SECRETARY", 0);
    t->now_us = begun_us(t->town.steps.up);
    import_town(t);
    import_project(t);
    if (t->town.steps.failed || !kept_save(t->town.steps.up))
        return false;
    file_case(t);
    add_application(t);
    prepare(t);
    state(t);
    propose(t);
    meet(t);
    keep_papers(t);
    return !t->town.steps.failed;
}

bool story_case(struct up *up)
{
    struct tale tale = {.kase = NULL};

    if (json_is_true(json_object_get(up->kept, "case")))
        return true;
    const bool ok = town_open(&tale.town, up) && tell(&tale);
    if (ok) {
        up_step(up, "Kannus decided on its share of Timantti: %s, section %" PRId64 " of the city board's minutes",
                api_text(tale.kase, "registerNumber"), api_number(json_array_get(json_object_get(tale.meeting, "items"), 0), "section"));
        json_object_set_new(up->kept, "case", json_true());
    }
    json_decref(tale.kase);
    json_decref(tale.meeting);
    town_close(&tale.town);
    return ok && kept_save(up);
}
