/* A caller on the bus, as the gateway is one: asks hv-notification of a stage and waits for the answer. */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_LINE_H
#define HV_TESTS_SERVICE_NOTIFICATION_LINE_H
#include "common/rpc/client.h"
#include "tests/service/notification/stage.h"

struct line {
    struct stage *stage;
    uv_loop_t loop;
    struct seal *seal;
    struct metrics *metrics;
    struct rpc_client *client;
    uv_timer_t tick;
    const char *url;
    bool done;
    unsigned key;
};

struct line_request {
    const char *method; /* "notification.GetWebhook" */
    const ProtobufCMessage *message;
    unsigned roles;
    struct uuid actor;
    uint64_t if_match;
    const char *language; /* the reader's; NULL: none */
    const char *key;      /* of a write; NULL: a new one */
    const ProtobufCMessageDescriptor *answer;
    bool write;
};

void line_open(struct line *line, struct stage *stage); /* the stage's hv-notification may be stopped and started meanwhile */
void line_close(struct line *line);
/* The whole reply, on the stage's arena. *answer (may be NULL): what it holds when it is no fault, else NULL. */
const Bus__Reply *line_ask(struct line *line, const struct line_request *request, ProtobufCMessage **answer);

#endif
