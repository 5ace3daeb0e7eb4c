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
    int64_t cents; /* applied for */
    enum plan_state state;
    int64_t granted_cents;
    int64_t decided_on;  /* NO_DAY: not decided, or nobody has told when */
    struct uuid item_id; /* the municipal decision; nil: told by a file, or open */
    bool in_case;        /* a municipal case that was not withdrawn is about it: what is decided is the case's to say */
    bool kept;           /* a case, perhaps a withdrawn one, names it: it stays, and its amount */
};
struct project_plan { /* the shares together: granted, open and refused are the total */
    int64_t total_cents, granted_cents, open_cents;
    int64_t refused_cents; /* applied for and decided, but not granted */
    bool covered;          /* the whole cost is granted */
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
    const struct project_plan *plan; /* of a list, which goes without shares; NULL: it follows from them */
    bool undecided;                  /* its application is not decided: it is shown to officials alone */
    bool rejected;                   /* it is decided, and nothing is granted by it: rejected, refused by its applicant or annulled */
    int64_t applied_cents;           /* by that application */
    struct uuid owner_id;            /* its applicant's contact, and its title, where projects were asked for by a meeting; nil: none */
    const char *application_title;
};

/* How much more of its funding has to be open (PLAN_APPLIED): while its application is not decided at least what that applies for, as far
 * as the cost goes; 0: nothing. */
int64_t project_open_missing(const struct project *project);
/* How much less of its funding may be granted: what its application applied for, as far as the cost goes, is not, where nothing was granted
 * by it; 0: nothing. */
int64_t project_granted_excess(const struct project *project);
/* What disagrees today. All of it are warnings. */
void project_check(const struct project *project, int64_t today, struct findings *findings);
size_t project_members(const struct project *project, enum member_role role); /* how many have it */
/* The shares' sum. False: one of them is no amount, or the sum is more than one may be. */
bool project_sum(const struct project *project, int64_t *cents);
/* Who has decided, who has not, and whether the whole is covered. */
struct project_plan project_plan(const struct project *project);
struct project_share *project_share(const struct project *project, struct uuid share_id); /* NULL: none */
/* Whether the share of a file is this one, which a case names: of the same funder, and of the same amount unless the case was withdrawn. */
bool project_share_stays(const struct project_share *before, const struct project_share *after);
/* Whether the two say the same, ids of shares and versions aside. */
bool project_same(const struct project *a, const struct project *b);

#endif
