/* The place of `hv up`: the folder with data, keys, mail and logs, its lock, and the ports. Everything lies under one folder
 * (var/ in the checkout), so removing it removes every trace. */
#ifndef HV_HV_UP_PLACE_H
#define HV_HV_UP_PLACE_H
#include <stdbool.h>

#include "common/base/err.h"

#define PLACE_PATH 512

enum port {
    PORT_HTTP,
    PORT_GATEWAY_HEALTH,
    PORT_ENROLMENT_RPC,
    PORT_ENROLMENT_PUB,
    PORT_ENROLMENT_HEALTH,
    PORT_NOTIFICATION_RPC,
    PORT_NOTIFICATION_PUB,
    PORT_NOTIFICATION_HEALTH,
    PORT_FUNDING_RPC,
    PORT_FUNDING_PUB,
    PORT_FUNDING_HEALTH,
    PORT_MAIL,
    PORT_COUNT
};

struct place {
    char root[PLACE_PATH]; /* the checkout: deploy/ lies in it */
    char bin[PLACE_PATH];  /* where our programs are */
    char dir[PLACE_PATH];
    char database[PLACE_PATH * 2]; /* conninfo without user */
    int lock;                      /* descriptor; held while we run */
    int ports[PORT_COUNT];
};

/* Finds the checkout and the programs from our own path, makes the folders (unless a port is taken), takes the lock. base 0: the usual
 * ports; else base, base + 1 and so on. Everything that is in the way is said on standard error: another `up` (with its pid), a taken port.
 * Returns ERR_OK, ERR_CONFLICT (another one runs, or a port is taken) or ERR_INTERNAL. */
enum err place_open(struct place *place, const char *dir, int base) MUST_CHECK;
void place_close(struct place *place);

/* Forgets what was kept: data, mail, keys and the demonstration. Nothing of ours may run. */
enum err place_empty(const struct place *place) MUST_CHECK;
/* Makes the keys that are missing: 32 random bytes as 64 hex digits, mode 0600. */
enum err place_keys(const struct place *place) MUST_CHECK;
/* dir/name in out (PLACE_PATH bytes); returns out. */
char *place_path(const struct place *place, const char *name, char *out);

/* Runs argv (NULL-ended, argv[0] is a path), gives what it wrote on standard output (heap, cut at 256 KiB) and its exit status
 * (128 + signal when killed). Its standard error goes to the log in dir. Any thread. */
enum err place_run(const struct place *place, const char *const *argv, const char *const *env, char **output, int *status) MUST_CHECK;

#endif
