/* `hv up`: the whole suite on one machine under one supervisor, and the demonstration that shows it working.
 *
 * Two threads. The main one runs the loop: it starts, watches and stops the programs and listens for Ctrl-C (up.c,
 * up_supervisor.c). The other tells the story from top to bottom with plain blocking calls (up_story.c and the files it calls):
 * migrate, sign in, import, people, burst, report. They share the supervisor's two counters and the stop flag, nothing else.
 */
#ifndef HV_HV_UP_H
#define HV_HV_UP_H
#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <uv.h>

#include "services/hv/up_api.h"
#include "services/hv/up_people.h"
#include "services/hv/up_place.h"
#include "services/hv/up_supervisor.h"

#define UP_PROGRAMS 6
#define UP_ENV_MAX  200

enum { LEVEL_NONE, LEVEL_GROUND, LEVEL_SERVICES }; /* ground: PostgreSQL and the mail server */

struct up_programs {
    struct program list[UP_PROGRAMS];
    char *env[UP_ENV_MAX];
    char paths[28][PLACE_PATH];
    size_t path_count, env_count;
};

struct up {
    struct place place;
    struct up_programs programs;
    struct supervisor *supervisor;
    uv_loop_t loop;
    uv_async_t told; /* the story is over */
    uv_signal_t interrupt, terminate;
    atomic_bool stop; /* the user wants us to end */
    bool once, serve_only;
    bool ready;       /* the services answered; written by the story before it is told */
    int64_t began_us; /* steady clock */
    int status;       /* of the process */

    /* the story's */
    struct api *api;
    json_t *kept;      /* what var/demo/demo.json holds: accounts, the programme, what the burst did */
    json_t *programme; /* as the gateway showed it after the import */
    bool told_before;  /* the data are of an earlier start */
    struct person *people;
};

/* A line of progress: seconds since the start, then the sentence. */
void up_step(const struct up *up, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The programs with their arguments and environment, lowest level first. */
enum err programs_make(struct up *up) MUST_CHECK;
void programs_fini(struct up *up);
const char *const *programs_env(const struct up *up);

const char *programs_url(const struct up *up); /* of the gateway */

/* The story; true when every check in the report held. */
bool story_tell(struct up *up);
/* Its longer chapters; false: it cannot go on, and why has been said. */
bool story_import(struct up *up);
bool story_people(struct up *up);
bool story_burst(struct up *up);
bool story_event(struct up *up);
bool story_course(struct up *up);
bool story_grant(struct up *up);                      /* a grant call is announced and applied for (up_grant.h) */
bool story_case(struct up *up);                       /* a municipality decides on its share of a project (up_case.h) */
bool story_decide(struct up *up);                     /* and, once the call has closed, it is decided */
void story_password(struct up *up, const char *name); /* draws one to be kept under this name, unless there is one */
void story_nap(long ms);
void outcome_refusal(json_t *outcome, int status, const char *text); /* counts a refusal under its rule */
bool report_print(struct up *up);                                    /* false: a check failed */

/* What is kept between starts, var/demo/demo.json (mode 0600: it holds the demonstration's passwords). */
void kept_load(struct up *up);
bool kept_save(const struct up *up);
const char *kept_text(const struct up *up, const char *name); /* "" when absent */

/* `hv` itself with these arguments (NULL-ended, at most 12) and --json: its answer, or NULL when it did not end well. */
json_t *up_hv(struct up *up, const char *const *arguments, int *status);

#endif
