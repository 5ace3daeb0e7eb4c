/* Inside of the event list, for the two files that share it: log.c writes it to the log, publisher.c sends it on. */
#ifndef HV_EVENT_LIST_H
#define HV_EVENT_LIST_H
#include "common/base/random.h"
#include "common/event/log.h"

#define EVENT_STREAM_TEXT 48      /* "enrolment.0" and NUL */
#define EVENT_PARTITION   1000000 /* numbers in one partition of event_log, as in schema/001_event.sql */

struct event_entry {
    struct event_entry *next;
    struct uuid id, causation, actor;
    const char *type, *traceparent; /* traceparent may be NULL */
    char subject[UUID_TEXT];
    int64_t occurred_us;
    struct span payload;
};

/* The events of one stream in one batch. */
struct event_lane {
    char stream[EVENT_STREAM_TEXT];
    struct event_entry *first, *last;
    size_t count;
    int result; /* of the statement that numbered them */
};

/* Events of the past to be redacted: all of a type about a subject, or (redaction NULL) one. */
struct event_redact {
    struct event_redact *next;
    const struct event_redaction *redaction;
    const char *stream;
    char subject[UUID_TEXT];
    int64_t seq;
    struct span payload;
};

struct event_list {
    struct arena *arena;
    const char *service;
    unsigned streams;
    size_t count;
    int64_t recorded_us;      /* of the whole batch, set when it is written */
    struct event_lane *lanes; /* one per stream */
    struct event_redact *redacts;
    struct random_pool random; /* for the events' ids */
};

#endif
