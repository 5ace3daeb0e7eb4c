/* The asking side of health: one survey at a time to everybody at the urls. It ends when all have answered or wait_ms is over,
 * whichever is first; who has not answered by then is missing from the reports, and that is news in itself. */
#include <nng/nng.h>
#include <nng/protocol/survey0/survey.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/rpc/endpoint.h"
#include "common/run/health.h"

#define SURVEY_ARENA    (16 * 1024)
#define SURVEY_TIME_MS  60000 /* NNG's own limit, far above any wait_ms: our timer ends a survey */
#define SEND_TIMEOUT_MS 1000

struct health_surveyor {
    const struct seal *seal;
    const struct log *log;
    nng_socket socket;
    uv_poll_t poll;
    uv_timer_t timer;
    struct arena *arena;
    struct buf sealed;
    size_t expected; /* urls */
    bool asking;
    Bus__HealthReport **reports; /* expected of them, in the arena */
    size_t count;
    void (*done)(void *owner, Bus__HealthReport **reports, size_t count);
    void *owner;
    int closing; /* handles not closed yet */
};

static int surveyor_connect(nng_socket *socket, const char *const *urls, size_t count, int *fd)
{
    int rv = nng_surveyor0_open(socket);

    if (rv == 0)
        rv = nng_socket_set_ms(*socket, NNG_OPT_SURVEYOR_SURVEYTIME, SURVEY_TIME_MS);
    if (rv == 0)
        rv = nng_socket_set_ms(*socket, NNG_OPT_SENDTIMEO, SEND_TIMEOUT_MS);
    for (size_t i = 0; rv == 0 && i < count; i++)
        rv = endpoint_dial(*socket, urls[i]);
    if (rv == 0)
        rv = nng_socket_get_int(*socket, NNG_OPT_RECVFD, fd);
    return rv;
}

/* The reports live until done returns; a survey that done begins has an arena of its own. */
static void survey_end(struct health_surveyor *surveyor)
{
    struct arena *arena = surveyor->arena;

    surveyor->arena = arena_new(SURVEY_ARENA);
    surveyor->asking = false;
    (void)uv_poll_stop(&surveyor->poll);
    (void)uv_timer_stop(&surveyor->timer);
    surveyor->done(surveyor->owner, surveyor->reports, surveyor->count);
    arena_free(arena);
}

static void survey_over(uv_timer_t *timer)
{
    survey_end(timer->data);
}

static void surveyor_ready(uv_poll_t *poll, int status, int events)
{
    struct health_surveyor *surveyor = poll->data;
    nng_msg *msg;

    (void)status;
    (void)events;
    while (surveyor->count < surveyor->expected && nng_recvmsg(surveyor->socket, &msg, NNG_FLAG_NONBLOCK) == 0) {
        ProtobufCMessage *report;
        struct span sealed = span_of(nng_msg_body(msg), nng_msg_len(msg));
        if (wire_open(surveyor->seal, sealed, "hr.", NULL, surveyor->arena, &bus__health_report__descriptor, &report) == ERR_OK)
            surveyor->reports[surveyor->count++] = (Bus__HealthReport *)report;
        nng_msg_free(msg);
    }
    if (surveyor->count == surveyor->expected)
        survey_end(surveyor);
}

enum err health_surveyor_open(struct health_surveyor **out, uv_loop_t *loop, const char *const *urls, size_t count, const struct seal *seal,
                              const struct log *log)
{
    struct health_surveyor *surveyor = mem_new(sizeof *surveyor);
    int fd = -1;
    int rv = surveyor_connect(&surveyor->socket, urls, count, &fd);

    if (rv != 0) {
        log_error(log, NULL, "health.cannot-ask", LOG_TEXT("error", nng_strerror(rv)));
        mem_free(surveyor);
        return ERR_UNAVAILABLE;
    }
    surveyor->seal = seal;
    surveyor->log = log;
    surveyor->expected = count;
    surveyor->arena = arena_new(SURVEY_ARENA);
    surveyor->poll.data = surveyor->timer.data = surveyor;
    if (uv_poll_init(loop, &surveyor->poll, fd) != 0 || uv_timer_init(loop, &surveyor->timer) != 0)
        bug("libuv refused the parts of a surveyor");
    *out = surveyor;
    return ERR_OK;
}

enum err health_survey(struct health_surveyor *surveyor, bool with_metrics, int wait_ms,
                       void (*done)(void *owner, Bus__HealthReport **reports, size_t count), void *owner)
{
    Bus__Survey survey = BUS__SURVEY__INIT;

    if (surveyor->asking)
        return ERR_BUSY;
    survey.sent_us = time_now_us();
    survey.with_metrics = with_metrics;
    wire_seal(surveyor->seal, "sv.", &survey.base, &surveyor->sealed);
    int rv =
        nng_send(surveyor->socket, surveyor->sealed.data, surveyor->sealed.len, NNG_FLAG_NONBLOCK); /* drops what is left of the last one */
    if (rv != 0) {
        log_warn(surveyor->log, NULL, "health.survey-failed", LOG_TEXT("error", nng_strerror(rv)));
        return ERR_UNAVAILABLE;
    }
    surveyor->asking = true;
    surveyor->done = done;
    surveyor->owner = owner;
    surveyor->count = 0;
    surveyor->reports = arena_array(surveyor->arena, surveyor->expected + 1, sizeof(Bus__HealthReport *));
    if (uv_poll_start(&surveyor->poll, UV_READABLE, surveyor_ready) != 0 ||
        uv_timer_start(&surveyor->timer, survey_over, (uint64_t)wait_ms, 0) != 0)
        bug("libuv refused a survey");
    return ERR_OK;
}

static void surveyor_closed(uv_handle_t *handle)
{
    struct health_surveyor *surveyor = handle->data;

    if (--surveyor->closing > 0)
        return;
    arena_free(surveyor->arena);
    buf_fini(&surveyor->sealed);
    mem_free(surveyor);
}

void health_surveyor_close(struct health_surveyor *surveyor)
{
    if (!surveyor)
        return;
    surveyor->closing = 2;
    uv_close((uv_handle_t *)&surveyor->poll, surveyor_closed);
    uv_close((uv_handle_t *)&surveyor->timer, surveyor_closed);
}
