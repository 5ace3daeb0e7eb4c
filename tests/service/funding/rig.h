/* The rig: one or two real hv-funding on a database of their own, and clients that speak to them over real NNG by common/rpc.
 *
 *   struct rig *rig = rig_new(1, 1);                             one process, one client
 *   struct rig_call call = rig_call(rig, &(struct call_plan){.code = "spring"});       published, open, with its officials
 *   struct answer a = rig_ask(rig, &(struct ask){.method = "GetCall", .message = &request.base, .actor = who, .roles = RIG_PREPARER});
 *
 * The machinery is tests/support/rig.h; here stands what it runs, and the words of funding. Time is the machine's: what takes weeks is
 * brought near by moving days in the database (kit_sql(rig_pg(rig), ...) is the owner). */
#ifndef HV_TESTS_SERVICE_FUNDING_RIG_H
#define HV_TESTS_SERVICE_FUNDING_RIG_H
#include "funding.pb-c.h"
#include "tests/support/rig.h"

#define RIG_PUBLIC    0
#define RIG_ADMIN     BUS__ROLE__ROLE_ADMIN
#define RIG_APPLICANT BUS__ROLE__ROLE_APPLICANT
#define RIG_EVALUATOR BUS__ROLE__ROLE_EVALUATOR
#define RIG_PREPARER  BUS__ROLE__ROLE_PREPARER
#define RIG_PRESENTER BUS__ROLE__ROLE_PRESENTER
#define RIG_DECIDER   BUS__ROLE__ROLE_DECIDER

struct rig *rig_new(size_t processes, size_t clients); /* clients are spread over the processes in turn */
void rig_restart(struct rig *rig);                     /* as rig_renew */

/* --- in the words of funding (calls.c) --------------------------------------------------------------------------------------- */
ProtobufCBinaryData rig_bytes(const struct uuid *id); /* borrowed */
struct uuid rig_id(ProtobufCBinaryData bytes);
struct uuid rig_new_id(void);
/* Events of this type in the log, about this subject (nil: about anything). */
int64_t rig_events(struct rig *rig, const char *type, struct uuid subject);

/* A call of one group: `themes` themes of `theme_cents` each, two criteria (weights 60 and 40, at most 5 points), one question that has to
 * be answered. */
struct call_plan {
    const char *code;
    size_t themes;               /* 0: two; at most 8 */
    int64_t theme_cents;         /* 0: 1,000,000.00 euros */
    int64_t opens_us, closes_us; /* 0: a day ago, in 60 days */
    uint32_t own_permille;
    uint32_t sample_permille;
    bool municipal;
    bool draft;        /* not published */
    bool no_officials; /* nobody is named */
};
struct rig_call {
    struct uuid id, themes[8], criteria[2], question;
    struct uuid preparer, second_preparer, evaluators[3], presenter, decider; /* officials of it: each with its role */
};
struct rig_call rig_call(struct rig *rig, const struct call_plan *plan);
/* What such a call says, on the rig's arena: to be changed, for a CreateCall or ImportCall of one's own. */
Funding__CallContent *rig_content(struct rig *rig, const struct call_plan *plan);
/* Moves the call's opening and closing by hand: it closes, or has closed, so long from now (negative: ago). */
void rig_closes_in(struct rig *rig, const struct rig_call *call, int64_t us);
Bus__Text *rig_text(struct rig *rig, const char *fi, const char *sv, const char *en);

#endif
