/* Evaluations with their scores, and conflicts of interest, as the store holds them: read domain/evaluation.h for what they mean.
 *
 *   evaluation_want(w, job, application_id);        in needs: all of one application, with scores and comments; and its conflicts
 *   evaluation_want_call(w, job, call_id);          all of a call, without scores and comments; and its conflicts
 *   const struct evaluation_ask *e = evaluation_asked(w, job);      in decide
 *
 * Whoever writes holds the call's lock. An evaluation belongs to its writer: nobody else changes it, but for a conflict, which excludes it
 * (a trigger of the schema does that in the same statement). */
#ifndef HV_FUNDING_STORE_EVALUATION_H
#define HV_FUNDING_STORE_EVALUATION_H
#include "services/funding/domain/evaluation.h"
#include "services/funding/store/workset.h"

struct conflict {
    struct uuid application_id, person_id;
    bool party; /* nobody has noted it: it is their own application (hallintolaki, 28 s.), so it is found with the noted ones */
    const char *reason;
    int64_t noted_us;
    struct uuid noted_by;
    int64_t ended_us; /* taken back then: it stands no more; 0: it stands */
    struct uuid ended_by;
    const char *why; /* it was taken back */
};
struct evaluation_ask {
    struct part_item item; /* first */
    enum { EVALUATION_ONE, EVALUATION_OF_CALL } what;
    struct uuid id;          /* the application or the call */
    struct evaluation *rows; /* found: by application, then person */
    size_t count;
    struct conflict *conflicts; /* by application, then person; of one application those that were taken back, too */
    size_t conflict_count;
};

void evaluation_want(struct workset *w, const struct job *job, struct uuid application_id);
void evaluation_want_call(struct workset *w, const struct job *job, struct uuid call_id);
const struct evaluation_ask *evaluation_asked(const struct workset *w, const struct job *job);
/* Those of one application among what was asked for: they stand in a row. */
struct evaluation *evaluation_rows(const struct evaluation_ask *ask, struct uuid application, size_t *count);
struct evaluation *evaluation_by(const struct evaluation_ask *ask, struct uuid application, struct uuid person); /* NULL: none */
/* Why this person takes no part in the application; NULL: they may. Everything an official does about it asks here, or, where evaluations
 * are not loaded, the same view of the schema: no_part. */
const struct conflict *conflict_of(const struct evaluation_ask *ask, struct uuid application, struct uuid person);
struct conflict *conflict_noted(const struct evaluation_ask *ask, struct uuid application, struct uuid person); /* one that stands */
size_t conflict_count(const struct evaluation_ask *ask, struct uuid application); /* that were noted and stand */

/* Changes. The structs are borrowed until the batch ends. */
void evaluation_put(struct workset *w, const struct evaluation *evaluation); /* the whole of it: new, or instead of the one before */
void conflict_add(struct workset *w, const struct conflict *conflict);
void conflict_end(struct workset *w, const struct conflict *conflict); /* taken back: ended_us, ended_by and why are set */

extern const struct store_part evaluation_part;

#endif
