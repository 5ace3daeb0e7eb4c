/* The model: the rules of places once more, as simply and as slowly as they can be said. Rows in arrays, every number counted anew
 * by looking at all of them, no counter that could be forgotten. It is written from the contract (proto/enrolment.proto), the
 * service's README and the headers of its domain, and shares no code with the service: what both say is what was meant. */
#ifndef HV_TESTS_PROPERTY_MODEL_H
#define HV_TESTS_PROPERTY_MODEL_H
#include "tests/service/enrolment/property/operation.h"

#define PEOPLE           40
#define PLACES_MOST      4   /* implementations of a programme */
#define ROWS_MOST        600 /* registrations of a history */
#define INVITATIONS_MOST 24
#define MOVES_MOST       3000
#define ROUNDS_MOST      64
#define STRANGERS_MOST   200
#define PERSONS_MOST     (PEOPLE + 1 + STRANGERS_MOST) /* those there are, one whom nobody knows, and those who come with a team */

enum state { FRESH = 0, SEATED = 1, QUEUED = 2, CANCELLED = 3, HELD = 4, OFFERED = 5, TRANSFERRED = 6 };
enum judged { NOT_NEEDED = 0, UNREVIEWED = 1, CONDITIONAL = 2, ACCEPTED = 3 };

struct row {        /* a registration */
    struct uuid id; /* as the service answered it; nil until then */
    int place, person;
    int round; /* whose quota it counts in; NOBODY: of none */
    enum state state;
    uint32_t order_no, programme_order;
    uint32_t priority, behind, pass; /* the line: higher priority first, then lower behind, then lower pass */
    int64_t due_us;                  /* held, offered, or promoted with reply hours */
    int origin, invitation;
    int leader; /* of the team it came with; NOBODY */
    bool of_team, began_held;
    enum judged review;
};

struct place { /* an implementation */
    struct uuid id;
    uint32_t capacity, waiting_cap;
    uint64_t version;
};

struct invite {
    struct uuid id;
    uint32_t number; /* its code is made of it */
    int place;
    uint32_t seats, used;
    bool early, over;
    int64_t until_us;
};

struct round { /* an application window */
    struct uuid id;
    int64_t opens_us, closes_us;
    uint32_t quota, used;
    bool gone;
};

struct gone {                         /* what is known of a person: number PEOPLE never told anything */
    bool unknown, noted;              /* noted: was forgotten, now or before coming back */
    uint32_t key;                     /* of the request that did it */
    uint32_t registrations, given_up; /* what the erasure found */
};

struct step { /* a change of state, in the order in which they happened */
    int row;
    enum state from, to;
};

struct model {
    struct uuid programme;
    uint32_t number; /* of the history: ids are made of it */
    uint32_t cap, offer_hours, hold_minutes, reply_hours;
    uint64_t version;
    bool moderated, asks;            /* asks: there is a required question */
    bool rule_refuses, rule_reviews; /* a rule that every fourth person does not meet, and what comes of it */
    uint32_t passes;
    struct round rounds[ROUNDS_MOST];
    size_t round_count;
    struct gone gone[PERSONS_MOST];
    struct uuid strangers[STRANGERS_MOST]; /* as the service answered */
    size_t stranger_count;
    struct place places[PLACES_MOST];
    size_t place_count;
    struct row rows[ROWS_MOST];
    size_t row_count;
    struct invite invites[INVITATIONS_MOST];
    size_t invite_count;
    struct step steps[MOVES_MOST];
    size_t step_count;
};

/* What the rules say to one operation. */
struct verdict {
    enum err err;
    const char *rule;    /* of a refusal */
    int row;             /* whose registration is answered; NOBODY: none */
    int rows[TEAM_MOST]; /* a team's members: a row, or the rule that refused */
    const char *rules[TEAM_MOST];
};
/* Applies the operation at its time. Which of several that are due at the same microsecond ends first is not laid down, so a tick takes
 * that from op->lapsed; whatever the service left out, or ended too soon, is an error of the verdict. */
struct verdict model_apply(struct model *m, const struct operation *op);

/* --- counting ------------------------------------------------------------------------------------------------------------------ */
#define WHOLE (-1) /* all implementations */
uint32_t model_count(const struct model *m, int place, enum state state);
uint32_t model_taken(const struct model *m, int place);         /* seated, held and offered */
uint32_t model_reserved(const struct model *m, int place);      /* what is left of living invitations */
bool model_room(const struct model *m, int place);              /* a seat that anybody may have */
int model_active(const struct model *m, int person);            /* the row with which a person has or waits for a place */
bool model_before(const struct row *a, const struct row *b);    /* who stands before whom in line */
uint32_t model_position(const struct model *m, int row);        /* 1: next; 0: does not wait */
int model_next(const struct model *m);                          /* who gets the next free seat; NOBODY */
bool model_meets(int person);                                   /* the rule, where there is one */
bool model_known(const struct model *m, int person);            /* has told who it is, and was not forgotten since */
struct uuid model_person_id(const struct model *m, int person); /* nil: nobody's */
int model_round_at(const struct model *m, int64_t at_us);       /* the window that is open; NOBODY */

/* --- changing; the rooms of the model alone --------------------------------------------------------------------------------- */
int model_give(struct model *m, int place, int person, enum state state);
void model_move(struct model *m, int row, enum state to);
void model_promote(struct model *m, int64_t now_us);
int model_register(struct model *m, const struct operation *op, int person, enum state state); /* through the window */
const char *model_admits(const struct model *m, const struct operation *op, int person);       /* the rule that says no, or NULL */
bool model_may_sit(const struct model *m, int place);
bool model_may_wait(const struct model *m, int place);
const char *model_full(const struct model *m, int place);
bool model_keeps_seat(enum state state);
struct verdict refused(const char *rule);
struct verdict failed(enum err err);
struct verdict answered(int row);

struct verdict apply_enrol(struct model *m, const struct operation *op);
struct verdict apply_hold(struct model *m, const struct operation *op);
struct verdict apply_confirm(struct model *m, const struct operation *op);
struct verdict apply_cancel(struct model *m, const struct operation *op);
struct verdict apply_offer(struct model *m, const struct operation *op);
struct verdict apply_tick(struct model *m, const struct operation *op);
struct verdict apply_transfer(struct model *m, const struct operation *op);
struct verdict apply_team(struct model *m, const struct operation *op);
struct verdict apply_review(struct model *m, const struct operation *op);
struct verdict apply_promote(struct model *m, const struct operation *op);
struct verdict apply_priority(struct model *m, const struct operation *op);
struct verdict apply_capacity(struct model *m, const struct operation *op);
struct verdict apply_cap(struct model *m, const struct operation *op);
struct verdict apply_invite(struct model *m, const struct operation *op);
struct verdict apply_revoke(struct model *m, const struct operation *op);
struct verdict apply_window(struct model *m, const struct operation *op);
struct verdict apply_add_window(struct model *m, const struct operation *op);
struct verdict apply_remove_window(struct model *m, const struct operation *op);
struct verdict apply_erase(struct model *m, const struct operation *op);
struct verdict apply_return(struct model *m, const struct operation *op);

#endif
