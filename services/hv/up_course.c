/* The course after the opening: those seated in one implementation of VEPO attend its units and complete them, hand in a plan of their
 * community, and get certificates; the coordinator takes the register and the trainee days. The files stay in var/demo. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/time.h"
#include "services/hv/up.h"
#include "services/hv/up_steps.h"

#define GRADUATES   3
#define FEED_TRIES  60
#define FEED_NAP_MS 250

struct course {
    struct steps steps;
    const char *id;
    json_t *seated; /* registrations of the first implementation */
};

static const char *graduate(const struct course *c, size_t i)
{
    return api_text(json_array_get(c->seated, i), "id");
}

static void course_unit(struct course *c, const char *unit, const char *key)
{
    char path[API_PATH], mark[API_KEY], complete[API_KEY];
    json_t *present = json_array(), *done = json_array();

    for (size_t i = 0; i < json_array_size(c->seated); i++)
        json_array_append_new(present, json_pack("{s:s, s:s}", "registrationId", graduate(c, i), "presence",
                                                 i < GRADUATES ? "PRESENCE_PRESENT" : "PRESENCE_ABSENT"));
    for (size_t i = 0; i < GRADUATES; i++)
        json_array_append_new(done, json_pack("{s:s}", "registrationId", graduate(c, i)));
    snprintf(mark, sizeof mark, "demo-present-%s", key);
    snprintf(complete, sizeof complete, "demo-complete-%s", key);
    snprintf(path, sizeof path, "/api/programmes/%s/units/%s/attendance", c->id, unit);
    step_do(&c->steps, NULL, "PUT", path, mark, json_pack("{s:o}", "entries", present));
    snprintf(path, sizeof path, "/api/programmes/%s/units/%s/completions", c->id, unit);
    step_do(&c->steps, NULL, "POST", path, complete, json_pack("{s:o}", "entries", done));
}

/* One plan for the three of them. */
static void course_plan(struct course *c)
{
    json_t *others = json_array();

    for (size_t i = 1; i < GRADUATES; i++)
        json_array_append_new(others, json_pack("{s:s}", "registrationId", graduate(c, i)));
    json_t *body = json_pack("{s:s, s:s, s:s, s:o}", "kind", "COMMUNITY", "title", "Yhdessä johdettu koulu", "body",
                             "Tavoite, askeleet ja arviointi kolmelle lukuvuodelle.", "others", others);
    step_do(&c->steps, NULL, "POST", step_path("/api/registrations/%s/plan", graduate(c, 0)), "demo-plan", body);
}

/* Whether the public feed shows a head of this implementation's chain. */
static bool feed_shows(struct course *c, const char *implementation)
{
    struct buf bytes = {0};
    bool shows = false;

    if (api_fetch(c->steps.up->api, "/api/chains.atom", &bytes) == 200) {
        buf_u8(&bytes, 0);
        shows = strstr((const char *)bytes.data, implementation) != NULL;
    }
    buf_fini(&bytes);
    return shows;
}

/* Heads are published every few seconds (up_programs.c): the feed is kept once ours is among them. */
static void course_feed(struct course *c)
{
    const json_t *places = json_object_get(c->steps.up->programme, "implementations");
    const char *implementation = api_text(json_array_get(places, 1), "id");

    for (int i = 0; i < FEED_TRIES && !c->steps.failed && !feed_shows(c, implementation); i++)
        story_nap(FEED_NAP_MS);
    (void)step_keep(&c->steps, NULL, "/api/chains.atom", "chains.atom");
}

static void course_files(struct course *c)
{
    json_t *kept = c->steps.up->kept;
    char path[API_PATH];

    json_t *progress = step_ask(&c->steps, NULL, "GET", step_path("/api/registrations/%s/progress", graduate(c, 0)), NULL, 0, NULL);
    json_object_set_new(kept, "certificate", json_string(api_text(progress, "certificateCode")));
    json_decref(progress);
    (void)step_keep(&c->steps, NULL, step_path("/api/registrations/%s/certificate.pdf", graduate(c, 0)), "certificate.pdf");
    (void)step_keep(&c->steps, NULL, step_path("/api/registrations/%s/calendar.ics", graduate(c, 0)), "calendar.ics");
    snprintf(path, sizeof path, "/api/programmes/%s/registrations:export?format=XLSX", c->id);
    (void)step_keep(&c->steps, NULL, path, "vepo.xlsx");
    course_feed(c);
}

bool story_course(struct up *up)
{
    struct course c = {.steps = {.up = up}, .id = api_text(up->programme, "id")};
    char path[API_PATH + 80];
    const json_t *units = json_object_get(up->programme, "units");

    snprintf(path, sizeof path, "/api/programmes/%s/registrations?state=STATE_SEATED&implementationId=%s", c.id,
             api_text(json_array_get(json_object_get(up->programme, "implementations"), 1), "id"));
    json_t *list = step_ask(&c.steps, NULL, "GET", path, NULL, 0, NULL);
    c.seated = json_object_get(list, "registrations");
    if (!c.steps.failed && json_array_size(c.seated) < GRADUATES) {
        fprintf(stderr, "hv up: fewer than %d have a place in the second implementation\n", GRADUATES);
        c.steps.failed = true;
    }
    for (size_t i = 0; i < json_array_size(units); i++) {
        char key[24];
        snprintf(key, sizeof key, "%zu", i + 1);
        course_unit(&c, api_text(json_array_get(units, i), "id"), key);
    }
    course_plan(&c);
    course_files(&c);
    const bool ok = !c.steps.failed;
    if (ok)
        up_step(up, "VEPO: %zu units of %zu participants marked, %d completed with a plan of their community; papers are in %s/demo",
                json_array_size(units), json_array_size(c.seated), GRADUATES, up->place.dir);
    json_decref(list);
    return ok && kept_save(up);
}
