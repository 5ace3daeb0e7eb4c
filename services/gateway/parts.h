/* The gateway from its parts, in the order they start. */
#ifndef HV_GATEWAY_PARTS_H
#define HV_GATEWAY_PARTS_H
#include <uv.h>

#include "services/gateway/auth/auth.h"
#include "services/gateway/http/server.h"
#include "services/gateway/live/forgetter.h"
#include "services/gateway/live/seats.h"
#include "services/gateway/live/survey.h"
#include "services/gateway/route/dispatch.h"
#include "services/gateway/settings.h"

enum { PARTS_MEMBERS = 32, PARTS_PAGES = 8 };

struct parts {
    struct settings settings;
    uv_loop_t loop;
    const struct log *log;
    struct metrics *metrics;
    struct seal *seal;
    char *conninfo;
    struct auth *auth;
    struct proof_terms proof;
    struct rpc_client *enrolment, *notification, *funding;
    struct survey_member members[PARTS_MEMBERS];
    size_t member_count;
    struct survey *survey;
    struct seats *seats;
    struct forgetter *forgetter;
    struct health_responder *responder;
    struct page pages[PARTS_PAGES];
    size_t page_count;
    char *openapi;
    struct dispatch *dispatch;
    struct http_server *http;
    size_t rpc_waiting_max;
};

enum err parts_start(struct parts *parts) MUST_CHECK; /* the log says what failed and what to do */
void parts_pages(struct parts *parts);                /* the pages of its own, and the description of the whole interface */
void parts_drain(struct parts *parts);                /* lets nobody new in */
bool parts_quiet(const struct parts *parts);          /* nothing is under way any more */

#endif
