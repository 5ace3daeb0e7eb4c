/* Proposals: a choice within the allocations, computed by domain/portfolio.c and kept as it was. Append-only; the newest of a call counts.
 *
 *   proposal_want(w, job, call_id);  or  proposal_want_application(w, job, application_id): with that application's row alone
 *   const struct proposal *p = proposal_found(w, job);                  in decide; NULL: none was made */
#ifndef HV_FUNDING_STORE_PROPOSAL_H
#define HV_FUNDING_STORE_PROPOSAL_H
#include "common/base/hash.h"
#include "services/funding/domain/assessment.h"
#include "services/funding/domain/portfolio.h"
#include "services/funding/store/workset.h"

struct proposal_row {
    struct uuid application_id, theme_id;
    int32_t points;
    int64_t cents; /* what it would get; 0: it is no candidate */
    enum portfolio_why why;
    bool chosen;
    int64_t loss;                           /* points; NO_LOSS: it cannot be otherwise */
    struct uuid displaces[PORTFOLIO_NAMED]; /* of a "no": whom it would displace, the first of them */
    size_t displaces_count, displaces_all;  /* of those named; of all */
};
struct proposal {
    struct uuid id, call_id, actor;
    int64_t made_us;
    struct hash input_hash;
    int64_t points, cents;
    const char *words;
    struct proposal_row *rows; /* by application id, lowest first */
    size_t count;
};
struct proposal_ask {
    struct part_item item; /* first */
    enum { PROPOSAL_OF_CALL, PROPOSAL_OF_APPLICATION } what;
    struct uuid id;         /* the call or the application */
    struct proposal *found; /* NULL: none was made */
};

void proposal_want(struct workset *w, const struct job *job, struct uuid call_id);
void proposal_want_application(struct workset *w, const struct job *job, struct uuid application_id);
const struct proposal *proposal_found(const struct workset *w, const struct job *job);
/* What it says of an application, for assessment_findings; p may be NULL. */
struct proposed proposal_of(const struct proposal *p, struct uuid application);
void proposal_add(struct workset *w, const struct proposal *proposal); /* borrowed until the batch ends */

extern const struct store_part proposal_part;

#endif
