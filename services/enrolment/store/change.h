/* The history of changes: who changed what and why, line by line, numbered 1, 2, 3 ... within a programme. Append-only.
 *
 * Whatever staff set goes through change_add in the decision that sets it, so that the lines are written in the same transaction as
 * the change and counted under the same lock. A part of the store (part.h). */
#ifndef HV_ENROLMENT_STORE_CHANGE_H
#define HV_ENROLMENT_STORE_CHANGE_H
#include "services/enrolment/store/workset.h"

struct change {
    uint32_t n;
    int64_t at_us;
    struct uuid programme, actor, registration; /* nil: the rules did it, or its person was forgotten; not about one registration */
    const char *call;                           /* "enrolment.PutUnit" */
    const char *field;                          /* "implementations[uef-1].capacity" */
    const char *was, *becomes, *reason;         /* plain words; "" when there is nothing to say */
};

/* A line of this job's. Its texts are borrowed until the batch is saved; NULL is "". registration: nil unless the line is about one. */
void change_add(struct workset *w, const struct job *job, struct programme *programme, const char *field, const char *was,
                const char *becomes, const char *reason, struct uuid registration);
/* The same of a number; says nothing when it stays. */
void change_number(struct workset *w, const struct job *job, struct programme *programme, const char *field, uint32_t was, uint32_t becomes,
                   const char *reason);

/* Asks for the lines of a programme, newest first: those before number `before` (0: from the newest), `limit` at most. */
void change_want(struct workset *w, const struct job *job, struct uuid programme, uint32_t before, uint32_t limit);
const struct change *change_list(const struct workset *w, const struct job *job, size_t *count);

#endif
