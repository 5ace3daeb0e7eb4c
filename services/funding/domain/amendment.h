/* Change applications (muutoshakemus): a longer use, other content, another budget, other partners - one application may ask several of
 * them, and each is decided by itself: accepted, accepted with changes, or rejected, the last two with reasons.
 *
 * A longer use is after the present end and at most AMENDMENT_LONGER_DAYS behind the end of the call's period of use: a transferable
 * appropriation is at hand for three years in all, of which the call's own time takes the first (the limit is policy of this file and has
 * to be checked against the appropriation of each call). It is asked before the use has ended; by practice 30 days before, later is late
 * but no ground to refuse. New amounts are always whole lists with the same sum: of the budget that of the accepted costs, of the partners
 * that of the grant. Rows that are there already keep their names; a new partner has a business id of its own, because what it gets is
 * published under it. The database holds the sums too (amendment_adds_up), and keeps what was decided as it was. */
#ifndef HV_FUNDING_DOMAIN_AMENDMENT_H
#define HV_FUNDING_DOMAIN_AMENDMENT_H
#include "services/funding/domain/award.h"
#include "services/funding/domain/call.h"

#define AMENDMENT_PARTS_MAX   4
#define AMENDMENT_ROWS_MAX    100
#define AMENDMENTS_MAX        50 /* of an award, withdrawn ones among them: an award is loaded with all of them */
#define AMENDMENT_LONGER_DAYS 730
#define AMENDMENT_EARLY_DAYS  30

enum change_kind { CHANGE_PERIOD = 1, CHANGE_CONTENT, CHANGE_BUDGET, CHANGE_PARTNERS };
enum part_outcome { ANSWER_OPEN, ANSWER_ACCEPTED, ANSWER_CHANGED, ANSWER_REJECTED };

struct change { /* the member of its kind; amounts are of budget and partners */
    int64_t use_until;
    const char *words;
    struct amounts amounts;
};
struct amendment_part {
    enum change_kind kind;
    struct change asked;
    enum part_outcome outcome;
    struct change accepted;
    const char *reason;
};
struct amendment {
    struct uuid id, award_id;
    enum amendment_state state;
    const char *reasons;
    struct amendment_part parts[AMENDMENT_PARTS_MAX];
    size_t part_count;
    int64_t submitted_us, decided_us;
    bool late;
    int64_t version;
};

struct amendment_part *amendment_part(struct amendment *amendment, enum change_kind kind); /* NULL: it has none */
bool amendment_late(const struct award *award, int64_t today);                             /* less than 30 days before the end */
/* Rows of the plan in force are called what they are called there, whatever the change says. */
void change_name(enum change_kind kind, struct change *change, const struct award *award);
/* What keeps this change from being asked, or accepted; fields are `field` and what is behind it: "parts[0].asked", ".useUntil". */
void change_check(enum change_kind kind, const struct change *change, const struct award *award, const struct call *call, const char *field,
                  struct findings *findings);
/* All of a new application: parts, each kind at most once, each change; and that a longer use is asked before the use has ended. A late
 * one is a warning. */
void amendment_check(const struct amendment *amendment, const struct award *award, const struct call *call, int64_t today,
                     struct findings *findings);
/* Of the decision: every part asked has its outcome, a reason where it is not simply accepted, and what was changed can be. */
void amendment_decision_check(const struct amendment *asked, const struct amendment *decided, const struct award *award,
                              const struct call *call, struct findings *findings);

#endif
