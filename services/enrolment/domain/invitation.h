/* An invitation: a code that keeps seats of one implementation for those who were given it.
 *
 * What is left of it (seats less used) stands in the counters `reserved` of the implementation and the programme, beside the taken; so
 * whoever has no code never gets such a seat, and taken + reserved stays under both caps. Using the code takes a reserved seat even
 * when others wait: it was never theirs. An early code works outside the enrolment period too. Expiry and revocation give the rest
 * back, once. A seat that was taken by a code and is given up is an ordinary free seat: it goes to who waits, not back to the code. */
#ifndef HV_ENROLMENT_DOMAIN_INVITATION_H
#define HV_ENROLMENT_DOMAIN_INVITATION_H
#include "services/enrolment/domain/programme.h"

#define INVITATIONS_MAX        500 /* of one programme that are not over: they fit into one list */
#define INVITATION_CODE_LEAST  4
#define INVITATION_CODE_MAX    40
#define INVITATION_CODE_MADE   10 /* characters of a code we make: 31^10, so guessing one takes longer than it is valid */
#define INVITATION_CODE_RANDOM 32 /* bytes it is drawn from */
#define INVITATION_NOTE_MAX    100

struct invitation {
    struct uuid id, programme, implementation;
    const char *code; /* A-Z, 0-9 and '-'; written as people like, kept in capitals */
    uint32_t seats, used;
    bool early;
    int64_t valid_until_us; /* 0: until it is revoked */
    const char *note;
    bool over; /* expired or revoked: its rest has been freed */
    uint64_t version;
    bool fresh, changed; /* the store inserts or updates it */
};

enum invitation_verdict {
    INVITATION_GOOD,
    INVITATION_OTHER, /* it is for another implementation */
    INVITATION_OVER,  /* expired or revoked */
    INVITATION_USED_UP
};

/* at_us: the arrival of the request. */
enum invitation_verdict invitation_judge(const struct invitation *invitation, struct uuid implementation, int64_t at_us);

/* How many more seats can be reserved. */
uint32_t invitation_room(const struct implementation *implementation);

/* The code in capitals into out; false: it is not a code (length, characters). */
bool invitation_code_read(const char *text, char out[INVITATION_CODE_MAX + 1]);
/* A code of our own from random bytes, without characters that are mistaken for others; false: those bytes give none, draw again. */
bool invitation_code_make(const uint8_t random[INVITATION_CODE_RANDOM], char out[INVITATION_CODE_MADE + 1]);

/* Reserves the seats of a new invitation: there is room for them. */
void invitation_reserve(struct invitation *invitation, struct implementation *implementation);
/* Uses one of its seats: right before the place is given, which takes it. Judged INVITATION_GOOD. */
void invitation_use(struct invitation *invitation, struct implementation *implementation);
/* Ends it and frees what is left. Returns how many seats that are; 0 too when it was over. */
uint32_t invitation_end(struct invitation *invitation, struct implementation *implementation);
/* Whether its time has come to be ended. */
bool invitation_due(const struct invitation *invitation, int64_t now_us);

#endif
