/* The opening: some come too early, then the window opens and all 400 press the button at the same moment. 40 of them press twice, 15
 * try a second implementation as soon as they have their answer, 25 of those with a seat give it back at once. What came of
 * it is summed up into var/demo/demo.json, for the report of this start and of later ones. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/hv/up.h"

#define TWINS      40
#define SECONDS    15
#define CANCELS    25
#define EARLY      5
#define OPENS_IN_S 4
#define EARLY_US   (1 * TIME_SECOND) /* who comes early comes at least so long before the opening */
#define TRIES      20

enum press_kind { PRESS_FIRST, PRESS_TWIN, PRESS_SECOND, PRESS_CANCEL, PRESS_EARLY };

/* One press of the button and what it needs to stay alive until its answer. */
struct press {
    enum press_kind kind;
    const struct person *person;
    struct shot *shot;
    struct press *next; /* what this person does once this one is answered well */
    char path[API_PATH], key[API_KEY], body[96];
    char state[20], registration[UUID_TEXT];
};

struct opening {
    struct up *up;
    const json_t *implementations;
    struct press *presses;
    struct shot *shots;
    size_t count, first_count; /* presses in all; those that leave at the opening */
    unsigned cancels;
};

static void press_init(struct opening *o, size_t i, enum press_kind kind, const struct person *person, unsigned implementation)
{
    struct press *press = &o->presses[i];
    press->kind = kind;
    press->person = person;
    press->shot = &o->shots[i];
    snprintf(press->path, sizeof press->path, "/api/programmes/%s/registrations", api_text(o->up->programme, "id"));
    static const char *const keys[] = {"enrol", "enrol", "second", "cancel", "early"};
    snprintf(press->key, sizeof press->key, "demo-%s-%s", keys[kind], person->user_name);
    snprintf(press->body, sizeof press->body, "{\"implementationId\":\"%s\"}",
             api_text(json_array_get(o->implementations, implementation), "id"));
    *press->shot = (struct shot){
        .method = "POST", .path = press->path, .key = press->key, .token = person->token, .body = press->body, .owner = press};
}

/* All presses: those that leave at the opening first, twins beside their originals, then those that follow an answer. */
static void opening_init(struct opening *o, struct up *up)
{
    memset(o, 0, sizeof *o);
    o->up = up;
    o->implementations = json_object_get(up->programme, "implementations");
    o->presses = mem_array(PEOPLE + TWINS + SECONDS + PEOPLE, sizeof *o->presses);
    o->shots = mem_array(PEOPLE + TWINS + SECONDS + PEOPLE, sizeof *o->shots);
    unsigned fitting = 0;
    unsigned twins = 0;
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct person *person = &up->people[i];
        press_init(o, o->count++, PRESS_FIRST, person, person->implementation);
        if (person->kase == PERSON_FITS && ++fitting % 8 == 0 && twins++ < TWINS)
            press_init(o, o->count++, PRESS_TWIN, person, person->implementation);
    }
    o->first_count = o->count;
    unsigned seconds = 0;
    unsigned implementations = (unsigned)json_array_size(o->implementations);
    fitting = 0;
    for (size_t i = 0; i < o->first_count; i++) {
        struct press *press = &o->presses[i];
        if (press->kind != PRESS_FIRST || press->person->kase != PERSON_FITS)
            continue;
        enum press_kind kind = ++fitting % 20 == 7 && seconds < SECONDS ? PRESS_SECOND : PRESS_CANCEL;
        if (kind == PRESS_CANCEL && fitting % 7 != 3)
            continue;
        seconds += kind == PRESS_SECOND;
        press->next = &o->presses[o->count];
        press_init(o, o->count++, kind, press->person, (press->person->implementation + 1) % implementations);
    }
}

static void opening_fini(struct opening *o)
{
    for (size_t i = 0; i < o->count; i++)
        buf_fini(&o->shots[i].answer);
    mem_free(o->shots);
    mem_free(o->presses);
}

static void read_answer(struct press *press)
{
    json_t *answer = json_loads((const char *)press->shot->answer.data, 0, NULL);
    if (press->shot->status / 100 == 2) {
        snprintf(press->state, sizeof press->state, "%s", api_text(answer, "state"));
        snprintf(press->registration, sizeof press->registration, "%s", api_text(answer, "id"));
    }
    json_decref(answer);
}

/* Called once a shot. Busy or unreachable: the same again under the same key, as a good client does. */
static struct shot *on_answer(void *owner, struct shot *shot)
{
    struct opening *o = owner;
    struct press *press = shot->owner;
    if ((shot->status == 0 || shot->status >= 500) && shot->tries < TRIES && !atomic_load(&o->up->stop)) {
        story_nap(shot->status == 0 ? 20 : 1);
        return shot;
    }
    read_answer(press);
    struct press *next = press->next;
    if (!next || !press->registration[0] ||
        (next->kind == PRESS_CANCEL && (strcmp(press->state, "STATE_SEATED") != 0 || o->cancels == CANCELS)))
        return NULL;
    if (next->kind == PRESS_CANCEL) {
        o->cancels++;
        snprintf(next->path, sizeof next->path, "/api/registrations/%s:cancel", press->registration);
        strcpy(next->body, "{}");
    }
    return next->shot;
}

/* Moves the window's opening to a few seconds from now. Returns the moment, 0 when it cannot. */
static int64_t set_window(struct up *up)
{
    const json_t *window = json_array_get(json_object_get(up->programme, "windows"), 0);
    char path[API_PATH];
    char opens[TIME_TEXT];
    int64_t opens_us = (time_now_us() / TIME_SECOND + OPENS_IN_S) * TIME_SECOND;
    time_format(opens_us, opens);
    snprintf(path, sizeof path, "/api/programmes/%s/windows/%s", api_text(up->programme, "id"), api_text(window, "id"));
    json_t *body = json_pack("{s:s, s:s, s:s}", "opensAt", opens, "closesAt", api_text(window, "closesAt"), "reason", "demonstration");
    json_t *answer = NULL;
    int status = api_call(up->api, "PUT", path, "demo-window", (uint64_t)api_number(up->programme, "version"), body, &answer);
    if (status / 100 != 2)
        fprintf(stderr, "hv up: the window cannot be set: status %d, %s\n", status, api_text(answer, "detail"));
    json_decref(answer);
    if (status / 100 != 2)
        return 0;
    json_object_set_new(up->kept, "opensAt", json_string(opens));
    up_step(up, "the window opens at %s", opens);
    return opens_us;
}

static void add(json_t *object, const char *name, int64_t n)
{
    json_object_set_new(object, name, json_integer(json_integer_value(json_object_get(object, name)) + n));
}

/* A few cannot wait. */
static void come_early(struct opening *o, int64_t opens_us, json_t *outcome)
{
    if (time_now_us() > opens_us - EARLY_US)
        return;
    struct shot *shots = mem_array(EARLY, sizeof *shots);
    for (size_t i = 0; i < EARLY; i++) {
        shots[i] = *o->presses[i * 5].shot;
        shots[i].key = i % 2 ? "demo-early-b" : "demo-early-a";
    }
    struct burst burst = {.at_once = EARLY, .stop = &o->up->stop};
    burst_run(o->up->api, &burst, shots, EARLY);
    for (size_t i = 0; i < EARLY; i++) {
        add(outcome, "early", 1);
        add(outcome, "earlyRefused", shots[i].status == 409);
        if (shots[i].answer.data)
            outcome_refusal(outcome, shots[i].status, (const char *)shots[i].answer.data);
        buf_fini(&shots[i].answer);
    }
    mem_free(shots);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Latencies of what left at the opening, in order of size. */
static void sum_times(const struct opening *o, const struct burst *burst, json_t *outcome)
{
    int64_t *times = mem_array(o->first_count, sizeof *times);
    for (size_t i = 0; i < o->first_count; i++)
        times[i] = o->shots[i].latency_us;
    qsort(times, o->first_count, sizeof *times, by_size);
    int64_t last_us = 0;
    for (size_t i = 0; i < o->first_count; i++) {
        int64_t end_us = o->shots[i].sent_us + o->shots[i].latency_us - burst->began_us;
        last_us = end_us > last_us ? end_us : last_us;
    }
    json_object_set_new(outcome, "p50Us", json_integer(times[o->first_count / 2]));
    json_object_set_new(outcome, "p99Us", json_integer(times[o->first_count * 99 / 100]));
    json_object_set_new(outcome, "tookUs", json_integer(last_us));
    mem_free(times);
}

/* A twin must have its original's registration, and one of the two must be a replay; both, where an answer was lost and asked for again. */
static void sum_twin(const struct press *original, const struct press *twin, json_t *outcome)
{
    add(outcome, "twins", 1);
    bool same = strcmp(original->registration, twin->registration) == 0 && original->shot->status / 100 == twin->shot->status / 100;
    bool again = original->shot->tries + twin->shot->tries > 2;
    bool replay = original->shot->replayed != twin->shot->replayed || (again && twin->shot->replayed) || !original->registration[0];
    add(outcome, "twinsSame", same && replay);
    add(outcome, "replays", original->shot->replayed + twin->shot->replayed);
}

static void sum_press(const struct press *press, json_t *outcome)
{
    const struct shot *shot = press->shot;
    if (shot->tries == 0)
        return;
    add(outcome, "asked", 1);
    add(outcome, "answered", shot->status / 100 == 2 || shot->status / 100 == 4);
    add(outcome, "resent", (int64_t)shot->tries - 1);
    add(outcome, "seated", press->kind == PRESS_FIRST && strcmp(press->state, "STATE_SEATED") == 0);
    add(outcome, "queued", press->kind == PRESS_FIRST && strcmp(press->state, "STATE_QUEUED") == 0);
    add(outcome, "cancels", press->kind == PRESS_CANCEL && strcmp(press->state, "STATE_CANCELLED") == 0);
    add(outcome, "wrongly", press->kind == PRESS_FIRST && press->person->kase != PERSON_FITS && press->registration[0] != '\0');
    if (press->kind == PRESS_SECOND) {
        add(outcome, "seconds", 1);
        add(outcome, "secondsRefused", shot->status == 409);
    }
    if (shot->answer.data)
        outcome_refusal(outcome, shot->status, (const char *)shot->answer.data);
}

static bool sum_up(const struct opening *o, const struct burst *burst, json_t *outcome)
{
    for (size_t i = 0; i < o->count; i++) {
        sum_press(&o->presses[i], outcome);
        if (o->presses[i].kind == PRESS_TWIN)
            sum_twin(&o->presses[i - 1], &o->presses[i], outcome);
        if (o->presses[i].kind == PRESS_CANCEL && strcmp(o->presses[i].state, "STATE_CANCELLED") == 0)
            json_object_set_new(outcome, "receiptOf", json_string(o->presses[i].registration));
    }
    sum_times(o, burst, outcome);
    return json_integer_value(json_object_get(outcome, "asked")) == json_integer_value(json_object_get(outcome, "answered"));
}

bool story_burst(struct up *up)
{
    if (json_is_true(json_object_get(up->kept, "opened")))
        return true; /* an earlier start came so far */
    struct opening opening;
    json_t *outcome = json_object();
    int64_t opens_us = 1;
    opening_init(&opening, up);
    if (!kept_text(up, "opensAt")[0]) {
        opens_us = set_window(up);
        if (opens_us)
            come_early(&opening, opens_us, outcome);
    } else {
        json_object_set_new(outcome, "resumed", json_true());
    }
    struct burst burst = {.at_once = (unsigned)opening.first_count,
                          .connect_first = true,
                          .start_us = opens_us,
                          .done = on_answer,
                          .owner = &opening,
                          .stop = &up->stop};
    bool ok = opens_us != 0;
    if (ok) {
        burst_run(up->api, &burst, opening.shots, opening.first_count);
        ok = sum_up(&opening, &burst, outcome) && !atomic_load(&up->stop);
        up_step(up, "%zu requests of %d people at once, and %" PRId64 " after them: answered", opening.first_count, PEOPLE,
                api_number(outcome, "asked") - (int64_t)opening.first_count);
    }
    json_object_set_new(up->kept, "outcome", outcome);
    json_object_set_new(up->kept, "opened", json_boolean(ok));
    opening_fini(&opening);
    return kept_save(up) && opens_us != 0;
}
