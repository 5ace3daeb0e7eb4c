/* The supervisor of `hv up`: child programs in levels, each with its log file, started again with a growing pause when it ends
 * unasked, stopped in reverse order. Lives on the loop of the main thread; only supervisor_raise and supervisor_down may be
 * called from elsewhere.
 *
 * Each child is a session leader, so Ctrl-C in the terminal reaches hv alone, which then stops its children in order; and each gets
 * a signal from the kernel should hv die without a word (setpriv --pdeathsig), so nothing outlives it.
 */
#ifndef HV_HV_UP_SUPERVISOR_H
#define HV_HV_UP_SUPERVISOR_H
#include <uv.h>

#define SUPERVISOR_PROGRAMS 8
#define SUPERVISOR_ARGS     12

struct program {
    const char *name;                  /* in messages and of the log file */
    const char *argv[SUPERVISOR_ARGS]; /* NULL-ended; argv[0] is the path */
    const char *const *env;            /* the whole environment, NULL-ended */
    const char *log;                   /* path; standard output and error are appended */
    int stop_signal;                   /* the polite one */
    unsigned level;                    /* programs of level n start once the supervisor is raised to n or more */
};

struct supervisor;

/* Borrows the programs (at most SUPERVISOR_PROGRAMS) and all they point to. */
struct supervisor *supervisor_open(uv_loop_t *loop, const struct program *programs, size_t count);
void supervisor_raise(struct supervisor *supervisor, unsigned level); /* any thread */
unsigned supervisor_down(const struct supervisor *supervisor);     /* any thread: how many programs of the raised levels are not running */
unsigned supervisor_restarts(const struct supervisor *supervisor); /* any thread: how often a program was started again */
/* Any thread: a program that has ended as soon as it started, several times in a row, after its last words were printed; NULL: none.
 * It is started again all the same: whether to give up is the caller's choice. */
const struct program *supervisor_hopeless(const struct supervisor *supervisor);
/* Stops all, last level first, and calls done once every one of them is gone. Called again: kills without waiting. */
void supervisor_stop(struct supervisor *supervisor, void (*done)(void *owner), void *owner);
/* After done: closes the handles; the loop must run once more before supervisor_free. */
void supervisor_close(struct supervisor *supervisor);
void supervisor_free(struct supervisor *supervisor);

#endif
