/* A job: one request, or one event, from its arrival to its answer.
 *
 * Owned by one party at a time: whoever made it, then the queue from submit until the worker takes it, then the worker until
 * done() - which is called exactly once, on the worker's thread; if submitting returns a fault it is never called.
 */
#ifndef HV_WORK_JOB_H
#define HV_WORK_JOB_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/hash.h"
#include "common/base/uuid.h"
#include "envelope.pb-c.h"

struct workset; /* the rows at hand of one batch; each service defines its own in store/workset.h */
struct db;
struct seal;
struct job;

enum work_kind {
    WORK_READ,  /* changes nothing: runs on a reader */
    WORK_WRITE, /* runs on the writer */
    WORK_EVENT  /* another service's event: runs on the writer, no answer */
};

/* A use case: one row of a service's handler table. */
struct work_case {
    const char *name; /* method "enrolment.Enrol", or event type "enrolment.SeatTaken.v1" */
    enum work_kind kind;
    const ProtobufCMessageDescriptor *request; /* what the payload decodes to */
    /* Says which rows the job touches. A fault it returns (job_fail with a problem) is the answer; decide is not called. */
    enum err (*needs)(struct job *job, struct workset *w);
    /* Applies the rules to the loaded rows; records changes and events in w; writes the answer. No I/O, no clock.
     * Both NULL: an event type this service knows and leaves alone. */
    void (*decide)(struct job *job, struct workset *w);
    /* Instead of the two: runs alone in its own transaction with plain blocking calls. For infrastructure only. The worker has
     * called db_begin and commits when the case returns ERR_OK; a fault rolls back and is the answer. A case that needs several
     * transactions may db_commit and db_begin itself. */
    enum err (*run)(struct job *job, struct db *db, void *context);
    void *context;
    /* Writes: keep the answer in request_seen under (actor, key) and give it again (default); false for the hot path that
     * keeps its key on the row it makes and looks it up itself. */
    bool key_on_row;
    bool no_key; /* writes that need no key because they only set a value */
    /* needs and decide of this job see no other's changes, nor others its: it has a batch of its own. For what takes rows away that
     * the other jobs of a batch may have at hand. */
    bool alone;
};

struct job {
    struct job *next;    /* the queue's */
    struct arena *arena; /* all of the job's memory, its own struct included; freed by the owner after done */
    const struct work_case *kase;
    /* Of an event: method is its type, payload its payload. NULL for a job of our own: no key, 30 s of patience. */
    const Bus__Request *request;
    const ProtobufCMessage *message; /* the decoded payload */
    struct uuid actor;               /* request->actor, nil for the public */
    int64_t queued_us;               /* steady clock, set by submit */

    const Bus__Event *event; /* of an event job, else NULL */
    const char *stream;      /* where the event comes from */
    struct uuid epoch;

    /* The answer, on the arena. Written by needs or decide; reset by the worker when a job is run again. */
    enum err err;
    Bus__Problem *problem;
    const ProtobufCMessage *answer;
    struct span packed; /* already packed answer (a stored one) instead of `answer` */
    bool replayed;
    uint64_t version;

    void (*done)(struct job *job);
    void *owner;
    uint32_t index;
};

/* Ends the job with a fault and, with rule not NULL, a problem. Texts may be NULL: then those of the fault are used.
 * Returns err, so that needs can `return job_fail(...)`. */
enum err job_fail(struct job *job, enum err err, const char *rule, const char *field, const char *fi, const char *sv, const char *en);
void job_fact(struct job *job, const char *name, const char *value); /* after job_fail */
void job_answer(struct job *job, const ProtobufCMessage *answer, uint64_t version);

/* What tells this request from another one under the same idempotency key. It is kept, and a request may hold secrets of few possible
 * values (yes or no), so it is keyed: whoever has only the database cannot try them out. seal NULL: of a test, not keyed. */
struct hash job_hash(const struct job *job, const struct seal *seal);

#endif
