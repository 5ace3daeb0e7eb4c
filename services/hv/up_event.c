/* An open event after the opening: Strapetsi's network meeting, a programme with one implementation and no rules. It shows what moves
 * places when there is time to think: a seat held while the form is filled, a team, a waiting list, an offer that is let pass on and one
 * that is accepted, a raised capacity, a moved date, a message to all. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "services/hv/up.h"
#include "services/hv/up_steps.h"

#define SEATS   6
#define LATER   120
#define MEMBERS 4 /* the leader is one of them */

struct event {
    struct steps steps;
    json_t *programme;
    const char *id, *implementation;
    char taken[3][UUID_TEXT]; /* registrations of those who come one by one */
};

static json_t *place_body(const struct event *e)
{
    return json_pack("{s:s}", "implementationId", e->implementation);
}

/* Its window is open by now, whatever the day: it opened the week before. */
static bool event_import(struct event *e)
{
    char file[PLACE_PATH + 32], date[TIME_TEXT];
    int status = 1;

    snprintf(file, sizeof file, "%s/deploy/strapetsi.json", e->steps.up->place.root);
    time_format(time_now_us() - 8 * TIME_DAY, date);
    date[10] = '\0';
    const char *const arguments[] = {"import", file, "--shift-to", date, "--yes", NULL};
    json_t *report = up_hv(e->steps.up, arguments, &status);
    e->programme =
        status == 0 ? step_ask(&e->steps, NULL, "GET",
                               step_path("/api/programmes/%s", api_text(json_object_get(report, "report"), "programmeId")), NULL, 0, NULL)
                    : NULL;
    json_decref(report);
    if (e->programme == NULL) {
        e->steps.failed = true;
        fprintf(stderr, "hv up: Strapetsi cannot be imported (status %d); see %s/log/up.log\n", status, e->steps.up->place.dir);
        return false;
    }
    e->id = api_text(e->programme, "id");
    e->implementation = api_text(json_array_get(json_object_get(e->programme, "implementations"), 0), "id");
    json_object_set_new(e->steps.up->kept, "eventId", json_string(e->id));
    return true;
}

static void event_capacity(struct event *e, int seats, const char *key)
{
    const char *path = step_path("/api/implementations/%s", e->implementation);
    json_t *now = step_ask(&e->steps, NULL, "GET", path, NULL, 0, NULL);
    json_t *body = json_pack("{s:i, s:s}", "capacity", seats, "reason", "demonstration");
    json_decref(step_ask(&e->steps, NULL, "PUT", step_path("/api/implementations/%s/capacity", e->implementation), key,
                         (uint64_t)api_number(now, "version"), body));
    json_decref(now);
}

/* A seat is kept while the form is filled, and becomes a place when it is sent. */
static void event_hold(struct event *e, const struct person *person)
{
    json_t *held = step_ask(&e->steps, person->token, "POST", step_path("/api/programmes/%s/holds", e->id), "demo-hold", 0, place_body(e));
    step_do(&e->steps, person->token, "POST", step_path("/api/registrations/%s:confirm", api_text(held, "id")), "demo-confirm",
            json_object());
    json_decref(held);
}

/* A leader brings colleagues nobody here knows yet. */
static void event_team(struct event *e, const struct person *leader)
{
    static const char *const NAMES[MEMBERS - 1] = {"Aino Mallikas", "Björn Provström", "Cecilia Esimerkki"};
    static const char *const LANGUAGES[MEMBERS - 1] = {"fi", "sv", "en"};
    json_t *members = json_pack("[{s:s}]", "personId", leader->id_text);

    for (int i = 0; i < MEMBERS - 1; i++) {
        char email[40];
        snprintf(email, sizeof email, "demo-team-%d@example.fi", i + 1);
        json_array_append_new(members, json_pack("{s:{s:s, s:s, s:s, s:s, s:s}}", "person", "name", NAMES[i], "email", email, "language",
                                                 LANGUAGES[i], "role", "leadership_team", "organisation", "Esimerkkilän ammattiopisto"));
    }
    json_t *body = json_pack("{s:s, s:s, s:s, s:o}", "implementationId", e->implementation, "name", "Esimerkkilän johtoryhmä", "mode",
                             "ALL_OR_NONE", "members", members);
    step_do(&e->steps, leader->token, "POST", step_path("/api/programmes/%s/teams", e->id), "demo-team", body);
}

static void event_enrol(struct event *e, const struct person *person, size_t slot)
{
    static const char *const KEYS[] = {"demo-event-a", "demo-event-b", "demo-event-c"};
    json_t *made =
        step_ask(&e->steps, person->token, "POST", step_path("/api/programmes/%s/registrations", e->id), KEYS[slot], 0, place_body(e));
    snprintf(e->taken[slot], UUID_TEXT, "%s", api_text(made, "id"));
    json_decref(made);
}

static void event_answer(struct event *e, const struct person *person, size_t slot, const char *answer)
{
    char key[API_KEY];
    snprintf(key, sizeof key, "demo-%s-%zu", answer, slot);
    step_do(&e->steps, person->token, "POST", step_path("/api/registrations/%s:answer-offer", e->taken[slot]), key,
            json_pack("{s:s}", "answer", answer));
}

/* The first webinar a day later: everybody with a seat is told, and calendars that are fetched again move it. */
static void event_move(struct event *e)
{
    const char *path = step_path("/api/programmes/%s", e->id);
    json_t *now = step_ask(&e->steps, NULL, "GET", path, NULL, 0, NULL);
    json_t *unit = json_array_get(json_object_get(now, "units"), 0);
    json_t *webinar = json_array_get(json_object_get(unit, "webinars"), 0);
    static const char *const TIMES[] = {"startsAt", "endsAt"};
    for (size_t i = 0; i < 2; i++) {
        int64_t at_us = 0;
        char text[TIME_TEXT];
        if (!time_parse(&at_us, span_text(api_text(webinar, TIMES[i]))))
            continue;
        time_format(at_us + TIME_DAY, text);
        json_object_set_new(webinar, TIMES[i], json_string(text));
    }
    char where[API_PATH];
    snprintf(where, sizeof where, "/api/programmes/%s/units/%s", e->id, api_text(unit, "id"));
    json_t *body = json_pack("{s:O, s:s}", "unit", unit, "reason", "demonstration");
    json_decref(step_ask(&e->steps, NULL, "PUT", where, "demo-move", (uint64_t)api_number(now, "version"), body));
    json_decref(now);
}

static void event_announce(struct event *e)
{
    json_t *body =
        json_pack("{s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}}", "subject", "fi", "Ohjelma on julkaistu", "sv", "Programmet har publicerats",
                  "en", "The programme is out", "body", "fi", "Tervetuloa! Ohjelma löytyy hankkeen sivuilta.", "sv",
                  "Välkommen! Programmet finns på projektets sidor.", "en", "Welcome! You will find the programme on the project's pages.");
    json_t *said = step_ask(&e->steps, NULL, "POST", step_path("/api/programmes/%s/announcements", e->id), "demo-announce", 0, body);
    json_object_set_new(e->steps.up->kept, "announced", json_integer(api_number(said, "recipients")));
    json_decref(said);
}

/* Six seats: one held and confirmed, four for a team, one more; two wait. The one gives the seat back: the first who waits lets it pass
 * on, the second takes it; with more seats the first is offered one again. */
static void event_story(struct event *e, const struct person *people)
{
    event_capacity(e, SEATS, "demo-event-few");
    event_hold(e, &people[0]);
    event_team(e, &people[1]);
    for (size_t i = 0; i < 3; i++)
        event_enrol(e, &people[2 + i], i);
    step_do(&e->steps, people[2].token, "POST", step_path("/api/registrations/%s:cancel", e->taken[0]), "demo-event-cancel", json_object());
    event_answer(e, &people[3], 1, "PASS");
    event_answer(e, &people[4], 2, "ACCEPT");
    event_capacity(e, LATER, "demo-event-many");
    event_answer(e, &people[3], 1, "ACCEPT");
    event_move(e);
    event_announce(e);
}

bool story_event(struct up *up)
{
    struct event event = {.steps = {.up = up}};
    const struct person *fitting[5];
    struct person people[5];
    size_t count = 0;

    for (size_t i = 0; i < PEOPLE && count < 5; i++)
        if (up->people[i].kase == PERSON_FITS)
            fitting[count++] = &up->people[i];
    for (size_t i = 0; i < count; i++)
        people[i] = *fitting[i];
    if (json_is_true(json_object_get(up->kept, "event")))
        return true; /* an earlier start came so far */
    if (event_import(&event))
        event_story(&event, people);
    json_decref(event.programme);
    const bool ok = !event.steps.failed;
    if (ok)
        up_step(up, "Strapetsi's open event: a hold, a team of %d, an offer passed on and two accepted, a moved date, a message to all",
                MEMBERS);
    json_object_set_new(up->kept, "event", json_boolean(ok));
    return ok && kept_save(up);
}
