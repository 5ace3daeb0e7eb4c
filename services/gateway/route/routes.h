/* The route table: the one list of everything this gateway answers under /api by asking somebody else (step 2).
 *
 * A new endpoint is a row here and a message in proto/. The table feeds the matcher, the dispatcher and the OpenAPI document.
 * In a path, {name} is the field of the request message with that JSON name; {person.id} is a field of a field and is
 * called personId in public. {service} picks whom to ask. A {programmeId} the message lacks is only used to pick the replica.
 */
#ifndef HV_GATEWAY_ROUTES_H
#define HV_GATEWAY_ROUTES_H
#include <stdbool.h>
#include <stddef.h>
#include <protobuf-c/protobuf-c.h>

#include "common/base/span.h"
#include "envelope.pb-c.h"

enum route_home {
    ROUTE_ENROLMENT,    /* over the bus to hv-enrolment */
    ROUTE_NOTIFICATION, /* over the bus to hv-notification */
    ROUTE_FUNDING,      /* over the bus to hv-funding */
    ROUTE_NAMED,        /* over the bus to the service named by {service} */
    ROUTE_GATEWAY       /* the gateway's own accounts: services/gateway/auth */
};

/* The coarse half of "who may"; whose registration it is, the service decides. */
enum route_access {
    ROUTE_PUBLIC,
    ROUTE_PARTICIPANT, /* anybody signed in */
    ROUTE_COORDINATOR, /* coordinators and admins */
    ROUTE_ADMIN,
    ROUTE_STAFF,     /* coordinators, preparers, secretaries and admins: who look others up */
    ROUTE_APPLICANT, /* of grants; from here on a role alone, without admins: deciding is not administering */
    ROUTE_EVALUATOR,
    ROUTE_PREPARER,
    ROUTE_PRESENTER,
    ROUTE_DECIDER,
    ROUTE_OFFICIAL, /* the four before, and admins: to look at */
    ROUTE_NAMES,    /* preparers, and admins where a call has to be freed: who does what in it */
    ROUTE_MOVES,    /* officials, secretaries and admins: who moved what, and why */
    ROUTE_LETTERS,  /* preparers, decision-makers, secretaries and admins: what became of the letters of a decision */
    /* In municipalities: */
    ROUTE_FILING,       /* applicants, and preparers for what came on paper */
    ROUTE_SECRETARY,    /* board secretaries alone */
    ROUTE_BOARD_MEMBER, /* who sits on a board, alone */
    ROUTE_BOARD,        /* either of the two */
    ROUTE_MUNICIPAL,    /* preparers, presenting officials, secretaries and admins: to look at */
    ROUTE_REGISTRY      /* secretaries and admins: what a municipality is and who sits on its boards */
};
#define ROUTE_OFFICIALS                                                                                                                    \
    ((uint32_t)(BUS__ROLE__ROLE_EVALUATOR | BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_PRESENTER | BUS__ROLE__ROLE_DECIDER))
/* Whom we know by their task: they work through lists, see things as they are now, and bring no proof of work. */
#define ROUTE_KNOWN_BY_TASK                                                                                                                \
    (ROUTE_OFFICIALS |                                                                                                                     \
     (uint32_t)(BUS__ROLE__ROLE_COORDINATOR | BUS__ROLE__ROLE_ADMIN | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_BOARD_MEMBER))

enum route_flag {
    ROUTE_IF_MATCH = 1,  /* refused with 428 without the header If-Match */
    ROUTE_NO_KEY = 2,    /* a write that needs no Idempotency-Key: setting the same again changes nothing */
    ROUTE_CREATED = 4,   /* answers 201 */
    ROUTE_BIG = 8,       /* a body of up to 256 KiB instead of 64 */
    ROUTE_FILE = 128,    /* a body with a file in it, in base64: of up to 344 KiB; the file at most 240,000 bytes */
    ROUTE_ERASES = 16,   /* a person was forgotten when it succeeds: their account is to be closed too */
    ROUTE_FORM = 64,     /* its body may be a form of any fields, which say nothing: the path says it all (RFC 8058) */
    ROUTE_VOUCH = 256,   /* the accounts it names are looked up before the service is asked: vouch.c */
    ROUTE_READERS = 512, /* who has signed in may see more of it: only what the public gets is kept for others */
    ROUTE_PROOF = 32     /* worth trying by the thousand: the public and participants bring a proof of work, where one is asked */
};

struct route {
    const char *verb; /* GET, POST, PUT or DELETE */
    const char *path;
    enum route_home home;
    const char *call; /* "<package>.<Method>", as it travels on the bus */
    enum route_access access;
    unsigned flags;      /* of enum route_flag */
    unsigned cache_ms;   /* public GETs: an answer may be this old; 0: always asked anew */
    const char *body;    /* NULL: none; "": the request message itself; else the field of it that is the body */
    const char *summary; /* one sentence for the OpenAPI document */
    const char *fixed;   /* a field that the path itself says, "format=FEED_RSS" of what ends in .rss; NULL: none */
};

const struct route *routes_table(size_t *count);
/* Whether the route fixes the field with this JSON name. */
bool route_fixes(const struct route *route, struct span name);

/* The descriptor of the route's method; NULL when the table names a method the contract lacks (a test looks for that). */
const ProtobufCMethodDescriptor *route_method(const struct route *route);

#endif
