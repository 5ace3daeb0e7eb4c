/* A newcomer: a person who wants a place in an implementation, on the way from the request to the registration. What Enrol, Hold and
 * the members of a team have in common: the rules one must meet, in their order, and the registration that is made.
 *
 * The admission answers a refusal by a problem on the job and counts it in table refusal; it changes nothing else. All but
 * newcomer_needs belongs to decide: the programme is locked, no I/O. */
#ifndef HV_ENROLMENT_HANDLER_NEWCOMER_H
#define HV_ENROLMENT_HANDLER_NEWCOMER_H
#include "services/enrolment/domain/refusal.h"
#include "services/enrolment/store/workset.h"

struct newcomer {
    struct uuid programme, implementation, person; /* asked for */
    struct implementation *at;                     /* found by newcomer_find */
    const struct person *who;
    struct window *window;  /* the one it came through; NULL: by an invitation */
    bool early;             /* an invitation opens the door before and after the windows; set before newcomer_admit */
    enum review review;     /* UNREVIEWED where the rules leave it to a coordinator */
    struct uuid team;       /* nil: none; set before newcomer_register */
    struct uuid invitation; /* nil: none; set before newcomer_admit */
};

/* The time of arrival at the gateway; a gateway whose clock runs ahead of ours cannot arrive in the future. */
int64_t arrival_us(const struct job *job, const struct workset *w);

/* In needs: what everything below looks at, and the registration that has the request's key. */
void newcomer_needs(struct job *job, struct workset *w, const struct newcomer *asked);

/* The implementation of this programme; NULL: there is none, the job was failed (ERR_NOT_FOUND with the field at fault). */
struct implementation *newcomer_place(struct job *job, const struct workset *w, struct uuid programme, struct uuid implementation);
/* Finds the implementation and the person. False: the job was failed (ERR_NOT_FOUND, or ERR_REFUSED for an unknown person). */
bool newcomer_find(struct job *job, struct workset *w, struct newcomer *n);
/* After newcomer_find: an open window with quota left, every rule met, no active registration. False: the job was refused. */
bool newcomer_admit(struct job *job, struct workset *w, struct newcomer *n);
/* After both, and allocation_decide: the registration in this state with its events, its row and its share of the quota. The key is
 * the one its row keeps; unique for the caller. */
struct registration *newcomer_register(struct job *job, struct workset *w, struct newcomer *n, enum registration_state state,
                                       struct span key, struct hash request_hash);

/* Counts who was refused by which rule; the rule lives as long as the batch. */
void newcomer_count_refusal(struct workset *w, const struct newcomer *n, const char *rule);
/* Refuses and counts it. */
void newcomer_refuse(struct job *job, struct workset *w, const struct newcomer *n, enum refusal refusal);
/* Fails the job by a rule of eligibility, with the fact it looked at and the values it allows; counts nothing. */
void newcomer_fail_rule(struct job *job, const struct rule *rule, const struct person *who);
/* The refusal when there is neither a seat nor room on the waiting list: full, or congested while seats are only held. */
void newcomer_refuse_full(struct job *job, struct workset *w, const struct newcomer *n);

/* Enrol and Hold keep their key on the registration they make. */
struct span newcomer_key(const struct job *job);
/* Whether the key has been used before; then the job has its answer: that registration as it is now, or ERR_KEY_REUSED. */
bool newcomer_replay(struct job *job, struct workset *w);

#endif
