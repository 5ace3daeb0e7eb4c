/* What a participant has done: presence, completed study units, the plan, the certificate - and when all of it is enough.
 *
 * Each completed unit gives its credits as they were when it was marked. A programme is completed when each of its units is, a plan was
 * handed in where one is required, and no review is open; a programme without units is never completed. Then a certificate is made;
 * taking a unit's mark back withdraws it, and completing again makes the same one valid again under the same code.
 * A certificate's code is what a stranger proves it by: 16 of 31 characters, about 79 bits, none of which is taken for another. */
#ifndef HV_ENROLMENT_DOMAIN_COMPLETION_H
#define HV_ENROLMENT_DOMAIN_COMPLETION_H
#include "services/enrolment/domain/programme.h"

/* The numbers of enrolment.Presence. */
enum presence { PRESENCE_UNKNOWN = 0, PRESENCE_PRESENT = 1, PRESENCE_PARTLY = 2, PRESENCE_ABSENT = 3 };

/* The numbers of enrolment.HandInPlanRequest.Kind. */
enum plan_kind { PLAN_NONE = 0, PLAN_OWN = 1, PLAN_COMMUNITY = 2 };

struct unit_mark { /* of one person in one unit */
    struct uuid unit;
    enum presence presence;
    int64_t attended_us;                         /* when presence was marked; 0: never */
    uint32_t credits_tenths;                     /* of the unit when it was marked completed */
    int64_t completed_us;                        /* 0: not completed */
    bool attendance_changed, completion_changed; /* the store writes them, as told by: */
    struct uuid attendance_by, completion_by;
};

#define CERTIFICATE_CODE_SIZE   16
#define CERTIFICATE_CODE_RANDOM 16                          /* bytes it is made from */
#define CERTIFICATE_CODE_TEXT   (CERTIFICATE_CODE_SIZE + 4) /* "ABCD-EFGH-JKMN-PQRS" and NUL */

struct certificate { /* what it says stays as it was when it was completed */
    struct uuid registration;
    const char *code; /* NULL: none was ever made */
    const char *name; /* NULL: its person was forgotten */
    struct text title, organiser;
    uint32_t credits_tenths;
    int64_t completed_us;
    bool withdrawn, changed;
};

struct learning { /* all of it for one registration */
    struct uuid registration;
    struct unit_mark *marks; /* of the units somebody marked */
    size_t mark_count, mark_room;
    enum plan_kind plan; /* handed in; PLAN_NONE: not */
    struct certificate certificate;
};

/* The mark of that unit; NULL: nobody has marked it. */
struct unit_mark *learning_mark(const struct learning *learning, struct uuid unit);
uint32_t learning_credits(const struct learning *learning); /* so far, tenths */
static inline bool certificate_valid(const struct certificate *c)
{
    return c->code != NULL && !c->withdrawn;
}

/* What is still missing; all zero and false: nothing. */
struct completion_gap {
    size_t units; /* not completed yet; PROGRAMME_UNITS_MAX + 1: the programme has none at all */
    bool plan, review;
};
struct completion_gap completion_gap(const struct programme *p, const struct registration *r, const struct learning *learning);
bool completion_done(struct completion_gap gap);

void certificate_code_make(const uint8_t random[CERTIFICATE_CODE_RANDOM], char out[CERTIFICATE_CODE_TEXT]);
/* As somebody typed it: any case, dashes and spaces anywhere. False: it cannot be a code. */
bool certificate_code_read(const char *typed, char out[CERTIFICATE_CODE_TEXT]);

#endif
