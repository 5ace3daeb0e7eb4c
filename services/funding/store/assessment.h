/* What is prepared for decisions, as the store holds it: read domain/assessment.h for what it means.
 *
 *   assessment_want(w, job, application_id);                            in needs; or assessment_want_call for all of a call
 *   const struct assessment *a = assessment_of(w, job, application_id);   in decide; NULL: nothing is written yet, assessment_begin
 *
 * Rows are not locked by themselves: whoever writes one holds the call's lock (PART_CALL, CALL_LOCK). */
#ifndef HV_FUNDING_STORE_ASSESSMENT_H
#define HV_FUNDING_STORE_ASSESSMENT_H
#include "services/funding/domain/assessment.h"
#include "services/funding/store/workset.h"

struct assessment_ask {
    struct part_item item; /* first */
    enum { ASSESSMENT_ONE, ASSESSMENT_OF_CALL } what;
    struct uuid id;          /* the application or the call */
    struct assessment *rows; /* found: by application id, lowest first */
    size_t count;
};

void assessment_want(struct workset *w, const struct job *job, struct uuid application_id);
void assessment_want_call(struct workset *w, const struct job *job, struct uuid call_id);
const struct assessment_ask *assessment_asked(const struct workset *w, const struct job *job);
const struct assessment *assessment_of(const struct workset *w, const struct job *job, struct uuid application_id); /* NULL: no row */

/* Writes all of it; makes the row where it is not stored. The struct says the new state; borrowed until the batch ends. */
void assessment_put(struct workset *w, const struct assessment *a, const char *why, struct uuid actor);
/* The state alone, of a stored one: SendDecisions makes it ASSESSMENT_DECIDED. Its version rises. */
void assessment_move(struct workset *w, struct uuid application_id, enum assessment_state state, const char *why, struct uuid actor);

extern const struct store_part assessment_part;

#endif
