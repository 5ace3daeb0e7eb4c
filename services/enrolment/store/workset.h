/* The workset: the rows at hand of one batch. `needs` asks for rows, store_load fetches all of them in one round trip, `decide`
 * looks at them and changes them, store_save writes what changed. There is one copy of each row, so a job sees what the jobs
 * before it in the same batch did. Everything lives on the batch's arena.
 *
 * Asking for a programme to be changed (workset_lock_*) locks its row before anything else of it is read; a batch of reads
 * asks with workset_see_* and locks nothing. A programme comes whole: implementations, rules, windows. */
#ifndef HV_ENROLMENT_STORE_WORKSET_H
#define HV_ENROLMENT_STORE_WORKSET_H
#include "common/base/random.h"
#include "common/event/log.h"
#include "common/event/publisher.h"
#include "common/work/job.h"
#include "common/work/part.h"
#include "services/enrolment/domain/programme.h"
#include "services/enrolment/store/map.h"

struct signer;  /* the service's signing key: the handler's business, carried through */
struct keyring; /* and the keys of sensitive answers, likewise */

struct id_set { /* ids asked for, each once */
    struct uuid *ids;
    size_t count, room;
    struct map seen;
};

/* A list asked for by one job; `rows` holds what came. Which fields count depends on the kind. */
enum query_kind {
    QUERY_PROGRAMMES,  /* page of programmes after code `after_text`      rows: struct programme *   */
    QUERY_MINE,        /* registrations of person `id`, newest first      rows: struct registration * */
    QUERY_LIST,        /* registrations of implementation `id`, state `state` (0: any), after order `after_n`, and their people */
    QUERY_LIST_WHOLE,  /* the same of programme `id`, after programme order `after_n` */
    QUERY_LAST_SEATED, /* the seated of implementation `id`, latest order number first */
    QUERY_HISTORY,     /* moves of registration `id`, the first included   rows: struct move *         */
    QUERY_LAST_MOVE,   /* the latest of them, if there is one after the first; see workset_last_move */
    QUERY_REFUSALS,    /* refusals of programme `id` after `after_bytes`   rows: struct refused *, and their people */
    QUERY_CHAIN        /* entries of implementation `id` after `after_n`   rows: struct chain_entry *  */
};
struct query {
    enum query_kind kind;
    struct uuid id;
    uint32_t after_n, state;
    const char *after_text;
    struct span after_bytes;
    uint32_t limit; /* rows at most */
    void **rows;
    size_t count;
    int result; /* the store's */
    struct query *next;
};

struct chain_entry {
    struct chain_record record;
    struct hash hash;
};
struct refused { /* a row of table refusal; its key for paging is person, implementation, rule */
    struct uuid programme, implementation, person;
    const char *rule;
    uint32_t times;
    int64_t last_us;
};

struct key_want { /* an idempotency key looked up on the registrations */
    struct uuid caller;
    struct span key;
    struct hash request_hash;          /* of the registration found */
    struct registration *registration; /* NULL: the key is new */
};
struct follow { /* whether a person follows a programme */
    struct uuid programme, person;
    bool following, changed;
};
struct fresh { /* a registration to insert, with what only its row holds */
    struct registration *registration;
    struct span key;
    struct hash request_hash;
    struct fresh *next;
};
struct moved { /* a move to insert */
    const struct registration *registration;
    struct move move;
    struct moved *next;
};

struct workset {
    struct arena *arena;
    int64_t now_us;
    const struct signer *signer;
    const struct keyring *keyring; /* NULL: there is none */
    const struct seal *seal;       /* keys the hashes of requests (job_hash); NULL in tests */
    const char *public_url;        /* where people reach the service, without a "/" at its end; NULL: not known */
    struct publisher *publisher;   /* NULL: nobody listens (tests of the store) */
    struct event_list *events;

    /* asked for */
    struct id_set programmes, of_implementations, of_registrations; /* the boundary, named directly or by its parts */
    struct id_set registrations, persons, persons_locked;
    const char **codes;
    size_t code_count, code_room;
    bool lock, units;    /* lock the programmes; study units too */
    struct uuid due;     /* the programme whose lapsed seats are wanted; nil: none */
    uint32_t promotions; /* how many seats the batch may free or add at most, per implementation */
    struct query *queries, **query_end;
    struct map query_of; /* by job */

    /* at hand */
    struct programme **programme_list; /* in order of id */
    size_t programme_count, programme_room;
    struct map programme_by_id, programme_by_code, implementation_by_id, registration_by_id, person_by_id;
    struct map active;            /* person, programme -> struct registration * */
    struct registration **lapsed; /* held and offered seats whose time ran out, of a tick */
    size_t lapsed_count;
    struct map keys;    /* caller, key -> struct key_want * */
    struct map follows; /* programme, person -> struct follow * */
    struct key_want **key_list;
    size_t key_count, key_room;
    struct uuid *active_person, *active_programme;
    size_t active_count, active_room;
    struct follow **follow_list;
    size_t follow_count, follow_room;
    struct map answers; /* packed answers of reads that many jobs of a batch ask alike */
    struct parts parts; /* beside places and people, what only a few use cases know: part.h */

    /* changed */
    struct fresh *fresh, **fresh_end;
    size_t fresh_count;
    struct registration **changed; /* stored before, moved now */
    size_t changed_count, changed_room;
    struct moved *moved, **moved_end;
    size_t moved_count;
    struct map refused; /* person, implementation, rule -> struct refused * */
    struct refused **refused_list;
    size_t refused_count, refused_room;
    struct person **persons_put;
    size_t person_put_count, person_put_room;
    struct programme **programmes_put; /* imported: every part is written */
    size_t programme_put_count, programme_put_room;
    struct random_pool random; /* for ids and salts */
};

#define WORKSET_DUE_MAX 200     /* held and offered seats one tick ends; the next tick goes on */
#define HOLD_GRACE_US   2000000 /* kept so much longer than promised, for answers that arrived in time and stood in a queue */

#define ENROLMENT_STREAMS 4 /* "enrolment.0" .. "enrolment.3": fixed for ever, consumers keep a cursor for each */

struct workset *workset_new(struct arena *arena, int64_t now_us, const struct signer *signer, struct publisher *publisher);

/* --- asking, in needs ---------------------------------------------------------------------------------------------------- */
void workset_lock_programme(struct workset *w, struct uuid id);
void workset_lock_code(struct workset *w, const char *code); /* the programme with this code, if there is one */
void workset_lock_of_implementation(struct workset *w, struct uuid id);
void workset_lock_of_registration(struct workset *w, struct uuid id); /* the registration too */
/* A programme, its seats held and offered that have lapsed, and as many who wait as can be promoted by what is due now. One a batch. */
void workset_lock_due(struct workset *w, struct uuid id);
void workset_see_programme(struct workset *w, struct uuid id);
void workset_see_of_implementation(struct workset *w, struct uuid id);
void workset_see_registration(struct workset *w, struct uuid id);    /* alone, without its programme */
void workset_see_of_registration(struct workset *w, struct uuid id); /* with its programme, not locked */
void workset_want_units(struct workset *w);
void workset_want_promotions(struct workset *w, uint32_t seats); /* adds to what the batch may promote */
void workset_want_person(struct workset *w, struct uuid id);
void workset_lock_person(struct workset *w, struct uuid id);
void workset_want_active(struct workset *w, struct uuid person, struct uuid programme);
void workset_want_key(struct workset *w, struct uuid caller, struct span key);
void workset_want_follow(struct workset *w, struct uuid programme, struct uuid person);
/* A list for this job; fill in the fields that count for the kind. */
struct query *workset_query(struct workset *w, const struct job *job, enum query_kind kind, uint32_t limit);

/* --- looking, in decide: NULL when there is no such row -------------------------------------------------------------------- */
struct programme *workset_programme(const struct workset *w, struct uuid id);
struct programme *workset_programme_coded(const struct workset *w, const char *code);
struct implementation *workset_implementation(const struct workset *w, struct uuid id);
struct registration *workset_registration(const struct workset *w, struct uuid id);
struct person *workset_person(const struct workset *w, struct uuid id);
struct registration *workset_active(const struct workset *w, struct uuid person, struct uuid programme); /* seated or queued */
const struct key_want *workset_key(const struct workset *w, struct uuid caller, struct span key);
struct follow *workset_follow(const struct workset *w, struct uuid programme, struct uuid person);
struct query *workset_query_of(const struct workset *w, const struct job *job);
/* Of a job that asked for QUERY_LAST_MOVE of this registration: its latest move, those of the batch included; NULL: there is but the first.
 */
const struct move *workset_last_move(const struct workset *w, const struct job *job, const struct registration *registration);

/* --- changing, in decide ---------------------------------------------------------------------------------------------------- */
void workset_salt(struct workset *w, uint8_t out[CHAIN_SALT_SIZE]);
void workset_registered(struct workset *w, struct registration *registration, struct span key, struct hash request_hash);
void workset_moved(struct workset *w, struct registration *registration, const struct move *move);
void workset_changed(struct workset *w, struct registration *registration); /* something beside its state: priority, review */
void workset_refused(struct workset *w, struct uuid programme, struct uuid implementation, struct uuid person, const char *rule);
void workset_person_put(struct workset *w, struct person *person);
void workset_programme_put(struct workset *w, struct programme *programme); /* new or changed in any of its parts */

/* --- the store's own ---------------------------------------------------------------------------------------------------------- */
void workset_hold_programme(struct workset *w, struct programme *programme); /* puts it and its implementations at hand */
struct span workset_pair(struct workset *w, struct uuid a, struct uuid b);   /* a key of two ids */
/* Makes room for one more in an array on the arena: doubles it when full. */
void *workset_grow(struct workset *w, void *array, size_t count, size_t *room, size_t size);

#endif
