/* An operation of a history: what was asked, by whom, and what the service answered. The generator fills in the first half, a client
 * thread the second; the model reads both. Things are named by their place in the model's arrays, not by their ids. */
#ifndef HV_TESTS_PROPERTY_OPERATION_H
#define HV_TESTS_PROPERTY_OPERATION_H
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/uuid.h"
#include "enrolment.pb-c.h"

#define CLIENTS       64
#define TEAM_MOST     5
#define NOBODY        (-1) /* no registration, no invitation */
#define COORDINATOR   (-2) /* the actor is staff, and none of the people */
#define FORGOTTEN     (-3) /* whose registration it is: nobody's any more */
#define STRANGER      (-5)
#define ADMIN         (-4) /* the actor may forget people */
#define RULE_TEXT_MAX 64

#define OPERATIONS(X)                                                                                                                      \
    X(ENROL, "Enrol")                                                                                                                      \
    X(HOLD, "Hold")                                                                                                                        \
    X(CONFIRM, "Confirm")                                                                                                                  \
    X(CANCEL, "Cancel")                                                                                                                    \
    X(OFFER, "AnswerOffer")                                                                                                                \
    X(TRANSFER, "Transfer")                                                                                                                \
    X(TEAM, "EnrolTeam")                                                                                                                   \
    X(REVIEW, "Review")                                                                                                                    \
    X(PROMOTE, "PromoteRegistration")                                                                                                      \
    X(PRIORITY, "SetPriority")                                                                                                             \
    X(CAPACITY, "SetImplementationCapacity")                                                                                               \
    X(CAP, "SetProgrammeCap")                                                                                                              \
    X(INVITE, "CreateInvitation")                                                                                                          \
    X(REVOKE, "RevokeInvitation")                                                                                                          \
    X(WINDOW, "SetWindow")                                                                                                                 \
    X(ADD_WINDOW, "AddWindow")                                                                                                             \
    X(REMOVE_WINDOW, "RemoveWindow")                                                                                                       \
    X(ERASE, "ErasePerson")                                                                                                                \
    X(RETURN, "PutPerson")                                                                                                                 \
    X(TICK, "Tick")

enum operation_kind {
#define OPERATION_ENUM(name, method) OPERATION_##name,
    OPERATIONS(OPERATION_ENUM)
#undef OPERATION_ENUM
        OPERATION_COUNT
};
const char *operation_name(enum operation_kind kind);

struct operation {
    enum operation_kind kind;
    int actor;          /* a person, COORDINATOR or ADMIN */
    int person;         /* of Enrol, ErasePerson and PutPerson: for whom; a request that is about its actor need not say so */
    bool named;         /* and does */
    int implementation; /* where to; of Enrol, Hold, Transfer, EnrolTeam, SetImplementationCapacity, CreateInvitation */
    int registration;   /* which one */
    int invitation;     /* of Enrol: whose code; of RevokeInvitation; NOBODY: none */
    bool bad_code;      /* of Enrol: a code nobody made */
    uint32_t number; /* capacity, cap, priority, seats, quota; the answer to an offer, a review's decision, a team's mode: by their enums */
    uint32_t waiting; /* of SetImplementationCapacity: the waiting list's cap, or the present one */
    bool flag;        /* displace, despite_order, early; of SetWindow: its quota is set too */
    bool adds;        /* of PromoteRegistration: a seat where there is none */
    bool answered;    /* the programme's question is answered, where there is one */
    bool reasoned;    /* a reason is given */
    int64_t until_us; /* of CreateInvitation; 0: no end */
    int window;       /* of SetWindow, RemoveWindow; NOBODY: a new one */
    int64_t opens_us, closes_us;
    uint64_t if_match;
    int members[TEAM_MOST]; /* or STRANGER: somebody not known yet, with their details */
    size_t member_count;
    uint32_t key;                  /* number of its idempotency key */
    bool at_once;                  /* with others */
    const struct operation *again; /* the same request with the same key as this one; else NULL */
    size_t replica;

    /* what became of it */
    struct arena *arena;
    uint64_t ticket; /* its place in the order of decisions; 0: it was not decided (refused on sight, or answered from the store) */
    int64_t now_us;  /* the service's time when it was decided */
    enum err err;
    char rule[RULE_TEXT_MAX];
    bool replayed;
    const ProtobufCMessage *answer; /* NULL unless err is ERR_OK */
    struct uuid *lapsed;            /* of a tick: the registrations it ended, in order */
    size_t lapsed_count;
};

#endif
