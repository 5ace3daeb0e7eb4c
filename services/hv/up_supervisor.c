/* The supervisor of `hv up`; see the header. One struct child a program; only the functions here write its state. */
#include "services/hv/up_supervisor.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/alloc.h"

#define PAUSE_FIRST_MS 250
#define PAUSE_MOST_MS  5000
#define STEADY_MS      5000                      /* a program that ran so long begins with the first pause again */
#define HOPELESS_ENDS  4                         /* so many ends in a row, none after a steady run: about 2 s */
#define WORDS_LINES    3                         /* of its log, when a program ends soon after its start */
#define WORDS_BYTES    2000                      /* at most */
#define POLITE_MS      15000                     /* from the polite signal to SIGKILL */
#define LOG_MOST       ((off_t)16 * 1024 * 1024) /* bytes, looked at when a program starts */

enum child_state {
    CHILD_RESTING, /* not started yet, or gone for good */
    CHILD_RUNNING,
    CHILD_PAUSING, /* ended unasked; its timer starts it again */
    CHILD_STOPPING /* has its polite signal; its timer kills it */
};

struct child {
    struct supervisor *supervisor;
    const struct program *program;
    enum child_state state;
    uv_process_t process;
    uv_timer_t timer;
    uint64_t started_ms;
    off_t log_from; /* where its log ended when it started */
    unsigned pause_ms;
    unsigned quick_ends; /* in a row */
};

struct supervisor {
    uv_loop_t *loop;
    uv_async_t raised;
    atomic_uint level;
    atomic_uint running;
    atomic_uint restarts;
    _Atomic(const struct program *) hopeless;
    struct child children[SUPERVISOR_PROGRAMS];
    size_t count;
    bool stopping, hurry;
    void (*done)(void *owner);
    void *owner;
};

static void child_start(struct child *child);
static void stop_next(struct supervisor *s);

static void on_again(uv_timer_t *timer)
{
    struct child *child = timer->data;
    if (child->supervisor->stopping) {
        child->state = CHILD_RESTING;
        return;
    }
    atomic_fetch_add(&child->supervisor->restarts, 1);
    child_start(child);
}

/* The last lines a program wrote to its log since it started. */
static void print_last_words(const struct child *child)
{
    char text[WORDS_BYTES + 1];
    int log = open(child->program->log, O_RDONLY | O_CLOEXEC);
    off_t end = log < 0 ? 0 : lseek(log, 0, SEEK_END);
    off_t from = end - child->log_from > WORDS_BYTES ? end - WORDS_BYTES : child->log_from;
    ssize_t n = log < 0 || end <= from ? 0 : pread(log, text, (size_t)(end - from), from);
    if (log >= 0)
        close(log);
    text[n > 0 ? n : 0] = '\0';
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == '\n')
        text[--len] = '\0';
    const char *line = text + len;
    for (unsigned lines = 0; line > text && !(line[-1] == '\n' && ++lines == WORDS_LINES);)
        line--;
    for (; *line; line += *line == '\n') {
        int width = (int)strcspn(line, "\n");
        fprintf(stderr, "    %.*s\n", width, line);
        line += width;
    }
}

static void child_pause(struct child *child)
{
    bool steady = uv_now(child->supervisor->loop) - child->started_ms > STEADY_MS;
    if (steady)
        child->pause_ms = PAUSE_FIRST_MS;
    child->quick_ends = steady ? 0 : child->quick_ends + 1;
    child->state = CHILD_PAUSING;
    uv_timer_start(&child->timer, on_again, child->pause_ms, 0);
    child->pause_ms = child->pause_ms * 2 > PAUSE_MOST_MS ? PAUSE_MOST_MS : child->pause_ms * 2;
}

static void on_exit_of(uv_process_t *process, int64_t status, int term_signal)
{
    struct child *child = process->data;
    struct supervisor *s = child->supervisor;
    uv_close((uv_handle_t *)process, NULL);
    atomic_fetch_sub(&s->running, 1);
    if (child->state == CHILD_STOPPING || s->stopping) {
        uv_timer_stop(&child->timer);
        child->state = CHILD_RESTING;
        stop_next(s);
        return;
    }
    unsigned pause_ms = child->pause_ms;
    child_pause(child);
    if (term_signal)
        fprintf(stderr, "%s was ended by signal %d; starting it again (pause %u ms, log %s)\n", child->program->name, term_signal, pause_ms,
                child->program->log);
    else
        fprintf(stderr, "%s ended with status %d; starting it again (pause %u ms, log %s)\n", child->program->name, (int)status, pause_ms,
                child->program->log);
    if (child->quick_ends == 1 || child->quick_ends == HOPELESS_ENDS)
        print_last_words(child);
    if (child->quick_ends == HOPELESS_ENDS)
        atomic_store(&s->hopeless, child->program);
}

/* Returns 0 or libuv's error. The child appends to its log and reads nothing. */
static int spawn(struct child *child, int log)
{
    uv_stdio_container_t stdio[3] = {
        {.flags = UV_IGNORE}, {.flags = UV_INHERIT_FD, .data.fd = log}, {.flags = UV_INHERIT_FD, .data.fd = log}};
    uv_process_options_t options = {
        .exit_cb = on_exit_of,
        .file = child->program->argv[0],
        .args = (char **)(uintptr_t)child->program->argv,
        .env = (char **)(uintptr_t)child->program->env,
        .flags = UV_PROCESS_DETACHED,
        .stdio_count = 3,
        .stdio = stdio,
    };
    child->process.data = child;
    return uv_spawn(child->supervisor->loop, &child->process, &options);
}

/* A log that has grown past its limit becomes the old one; the old one before it goes. */
static int log_open(const char *path)
{
    char old[1024];
    struct stat now;
    if (stat(path, &now) == 0 && now.st_size > LOG_MOST && snprintf(old, sizeof old, "%s.1", path) < (int)sizeof old)
        (void)rename(path, old);
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

static void child_start(struct child *child)
{
    int log = log_open(child->program->log);
    off_t end = log < 0 ? 0 : lseek(log, 0, SEEK_END);
    child->log_from = end > 0 ? end : 0;
    child->started_ms = uv_now(child->supervisor->loop);
    int rv = log < 0 ? UV_EIO : spawn(child, log);
    if (log >= 0)
        close(log);
    if (rv == 0) {
        child->state = CHILD_RUNNING;
        atomic_fetch_add(&child->supervisor->running, 1);
        return;
    }
    /* A handle that failed to spawn is still a handle; it is closed before it may be used again. */
    if (log >= 0)
        uv_close((uv_handle_t *)&child->process, NULL);
    fprintf(stderr, "%s does not start: %s (%s)\n", child->program->name, uv_strerror(rv), child->program->argv[0]);
    child_pause(child);
}

static void on_raised(uv_async_t *async)
{
    struct supervisor *s = async->data;
    for (size_t i = 0; i < s->count && !s->stopping; i++) {
        if (s->children[i].state == CHILD_RESTING && s->children[i].program->level <= atomic_load(&s->level))
            child_start(&s->children[i]);
    }
}

struct supervisor *supervisor_open(uv_loop_t *loop, const struct program *programs, size_t count)
{
    assert(count <= SUPERVISOR_PROGRAMS);
    struct supervisor *s = mem_new(sizeof *s);
    s->loop = loop;
    s->count = count;
    if (uv_async_init(loop, &s->raised, on_raised) != 0)
        bug("an async handle cannot be made");
    s->raised.data = s;
    for (size_t i = 0; i < count; i++) {
        struct child *child = &s->children[i];
        child->supervisor = s;
        child->program = &programs[i];
        child->pause_ms = PAUSE_FIRST_MS;
        if (uv_timer_init(loop, &child->timer) != 0)
            bug("a timer cannot be made");
        child->timer.data = child;
    }
    return s;
}

void supervisor_raise(struct supervisor *s, unsigned level)
{
    atomic_store(&s->level, level);
    (void)uv_async_send(&s->raised);
}

unsigned supervisor_down(const struct supervisor *s)
{
    unsigned wanted = 0;
    unsigned running = atomic_load(&s->running);
    for (size_t i = 0; i < s->count; i++)
        wanted += s->children[i].program->level <= atomic_load(&s->level);
    return wanted > running ? wanted - running : 0;
}

unsigned supervisor_restarts(const struct supervisor *s)
{
    return atomic_load(&s->restarts);
}

const struct program *supervisor_hopeless(const struct supervisor *s)
{
    return atomic_load(&s->hopeless);
}

static void on_too_late(uv_timer_t *timer)
{
    struct child *child = timer->data;
    fprintf(stderr, "%s does not end; killing it\n", child->program->name);
    (void)uv_process_kill(&child->process, SIGKILL);
}

/* Sends the polite signal to the last running program; its end calls this again. Nobody left: done. */
static void stop_next(struct supervisor *s)
{
    for (size_t i = s->count; i-- > 0;) {
        struct child *child = &s->children[i];
        if (child->state == CHILD_PAUSING) {
            uv_timer_stop(&child->timer);
            child->state = CHILD_RESTING;
        }
        if (child->state == CHILD_STOPPING)
            return;
        if (child->state == CHILD_RUNNING) {
            child->state = CHILD_STOPPING;
            (void)uv_process_kill(&child->process, s->hurry ? SIGKILL : child->program->stop_signal);
            uv_timer_start(&child->timer, on_too_late, POLITE_MS, 0);
            return;
        }
    }
    if (s->done) {
        void (*done)(void *owner) = s->done;
        s->done = NULL;
        done(s->owner);
    }
}

void supervisor_stop(struct supervisor *s, void (*done)(void *owner), void *owner)
{
    if (s->stopping) {
        s->hurry = true;
        for (size_t i = 0; i < s->count; i++) {
            if (s->children[i].state == CHILD_STOPPING)
                (void)uv_process_kill(&s->children[i].process, SIGKILL);
        }
        return;
    }
    s->stopping = true;
    s->done = done;
    s->owner = owner;
    stop_next(s);
}

void supervisor_close(struct supervisor *s)
{
    uv_close((uv_handle_t *)&s->raised, NULL);
    for (size_t i = 0; i < s->count; i++)
        uv_close((uv_handle_t *)&s->children[i].timer, NULL);
}

void supervisor_free(struct supervisor *s)
{
    mem_free(s);
}
