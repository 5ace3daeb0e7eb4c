/* Asks every process how it is, and tells all who wanted to know: one survey serves the readers of /health and of /metrics
 * who came before it ended. Bounded by the connections of the HTTP server. */
#ifndef HV_GATEWAY_SURVEY_H
#define HV_GATEWAY_SURVEY_H
#include "common/run/health.h"
#include "services/gateway/http/exchange.h"

struct survey_member {
    const char *service; /* "enrolment" */
    const char *url;     /* of its responder; several replicas of a service are several members */
};

struct survey_config {
    const struct survey_member *members; /* stay as they are; the gateway itself is one */
    size_t count;
    int wait_ms;
    const struct seal *seal;
    const struct log *log;
};

struct survey_result {
    Bus__HealthReport **reports;
    size_t count;
    const struct survey_member *members;
    size_t member_count;
};

struct survey;
enum err survey_open(struct survey **out, uv_loop_t *loop, const struct survey_config *config) MUST_CHECK;
void survey_close(struct survey *survey);

/* x waits; write answers it when the reports are there. A survey that cannot be sent: the problem is answered here. */
void survey_ask(struct survey *survey, struct exchange *x, void (*write)(struct exchange *x, const struct survey_result *result));

/* The two pages made of it: owner is the survey. */
void health_serve(void *survey, struct exchange *x);
void metrics_serve(void *survey, struct exchange *x);
/* Their writers, to be tested alone. health_write returns the HTTP status. */
int health_write(struct buf *out, const struct survey_result *result, int64_t now_us);
void metrics_write(struct buf *out, const struct survey_result *result);

#endif
