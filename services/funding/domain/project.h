/* A project of the register: who leads it, who carries it out, with whom, when, on what areas with which goals, and who pays how much of
 * the whole. It may have come from an application here, or be funded elsewhere.
 *
 * What disagrees in it (the period is over while the state says ongoing) is told and not mended: both are what somebody has said. Days are
 * day numbers (common/base/day.h). Nothing is allocated here; the lists are the store's or the request's. */
#ifndef HV_FUNDING_DOMAIN_PROJECT_H
#define HV_FUNDING_DOMAIN_PROJECT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/day.h"
#include "common/base/uuid.h"
#include "services/funding/domain/finding.h"
#include "services/funding/domain/machine.h"

enum { PROJECT_MEMBERS_MAX = 500, PROJECT_AREAS_MAX = 50, PROJECT_SHARES_MAX = 100 };

enum member_role { MEMBER_IMPLEMENTER = 1, MEMBER_PARTNER };
enum plan_state { PLAN_APPLIED = 1, PLAN_GRANTED, PLAN_REFUSED };

struct project_member {
    enum member_role role;
    const char *name;
};
struct project_area {
    struct text title;
    const char *goals;
};
struct project_share { /* of the funding plan */
    struct uuid id;
    const char *funder;
    int64_t cents;
    enum plan_state state;
};
struct project {
    struct uuid id;
    const char *code;
    struct uuid application_id; /* nil: funded elsewhere */
    struct text title;
    const char *funder, *programme, *lead_name, *target;
    int64_t starts_on, ends_on;
    int64_t page_until; /* NO_DAY: it has none */
    enum project_state state;
    int64_t total_cents;
    int64_t version;
    struct project_member *members;
    size_t member_count;
    struct project_area *areas;
    size_t area_count;
    struct project_share *shares; /* together total_cents */
    size_t share_count;
    bool undecided;        /* its application is not decided: it is shown to officials alone */
    int64_t applied_cents; /* by that application */
};

/* How much more of its funding has to be open (PLAN_APPLIED): while its application is not decided at least what that applies for, as far
 * as the cost goes; 0: nothing. */
int64_t project_open_missing(const struct project *project);
/* What disagrees today. All of it are warnings. */
void project_check(const struct project *project, int64_t today, struct findings *findings);
size_t project_members(const struct project *project, enum member_role role); /* how many have it */
/* The shares' sum. False: one of them is no amount, or the sum is more than one may be. */
bool project_sum(const struct project *project, int64_t *cents);
/* Whether the two say the same, ids of shares and versions aside. */
bool project_same(const struct project *a, const struct project *b);

#endif
