/* The world of test_commands.c: hv and the daemons it speaks to, on a database and in a folder of their own; what the last command
 * said is kept. A wrong outcome fails the test at once. */
#ifndef TESTS_SERVICE_HV_WORLD_H
#define TESTS_SERVICE_HV_WORLD_H
#include <jansson.h>
#include <sys/types.h>

#include "tests/support/kit.h"

#define TEXT 512

struct world {
    struct kit_pg *pg;
    char folder[32], output[64], database[64];
    pid_t daemons[4];
    char *said; /* what the last command said, both streams */
    char password[64];
    json_t *programme, *receipt;
    char implementation[40];
};

void world_path(const struct world *world, const char *name, char out[64]);
void world_write(const struct world *world, const char *name, const char *text); /* a file in its folder */

/* hv with these words, or another program; the exit status. */
int world_run(struct world *world, const char *const *words);
int world_run_program(struct world *world, const char *const *argv);
#define HV(world, ...) world_run(world, (const char *const[]){__VA_ARGS__, NULL})

void world_assert_said(const struct world *world, const char *text);
json_t *world_said_json(const struct world *world); /* the caller's */

/* A request of the person whose token is given. */
json_t *world_ask(const char *token, const char *method, const char *where, json_t *body);

int world_set_up(void **state);
int world_tear_down(void **state);

#endif
