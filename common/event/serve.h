/* Inside of bus.Event_log: the five methods, one function each, for the table in cases.c. */
#ifndef HV_EVENT_SERVE_H
#define HV_EVENT_SERVE_H
#include "common/event/consumer.h"

enum err serve_fetch(struct job *job, struct db *db, void *context) MUST_CHECK;
enum err serve_streams(struct job *job, struct db *db, void *context) MUST_CHECK; /* context: the consumer, or NULL; so below */
enum err serve_dead(struct job *job, struct db *db, void *context) MUST_CHECK;
enum err serve_retry(struct job *job, struct db *db, void *context) MUST_CHECK;
enum err serve_rewind(struct job *job, struct db *db, void *context) MUST_CHECK;

/* Only an operator may change how events are consumed. */
enum err serve_operator(struct job *job) MUST_CHECK;

#endif
