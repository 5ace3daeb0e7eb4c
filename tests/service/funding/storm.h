/* The steps of a storm: what anybody in a town may do, of which the next is drawn by lot. The lot is always the same; what it meets is not,
 * for many steps are on their way at once. */
#ifndef HV_TESTS_SERVICE_FUNDING_STORM_H
#define HV_TESTS_SERVICE_FUNDING_STORM_H
#include "tests/service/funding/municipal.h"

enum { STORM_SHARES = 41 };

struct storm {
    struct rig *rig;
    struct rig_town town;
    struct uuid project, shares[STORM_SHARES], applicant, asked;
    uint64_t lot;
};
struct step {
    const char *method;
    ProtobufCMessage *message;
    struct uuid who;
    uint32_t roles;
    uint64_t version;
};

#define IN_MEETING "exists (select from funding.meeting m where m.id = item.meeting_id and m.state = 3)"

size_t storm_draw(struct storm *s, size_t most); /* the next of the lot, below `most` */
struct step storm_step(struct storm *s);         /* whatever comes next */
/* These are of the lot too; the caller may change what their message says. */
struct step storm_decide(struct storm *s);
struct step storm_move(struct storm *s, const char *method, const char *where, struct uuid who, uint32_t roles);
/* The oldest row of which this is true, and its version. */
struct uuid *storm_first(struct storm *s, const char *table, const char *where, uint64_t *version);

#endif
