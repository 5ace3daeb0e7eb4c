/* Partners, budget lines, shares of funding and work packages of what was submitted: the rows that decisions, payments and letters go by.
 * They are written with application_submit (store/application.h), before the state moves, so that the sums of the schema hold at every
 * statement.
 *
 *   consortium_want(w, job, application_id);                           in needs; or consortium_want_call for all of a call
 *   const struct consortium *c = consortium_of(w, job, application_id);   in decide; NULL: never submitted */
#ifndef HV_FUNDING_STORE_CONSORTIUM_H
#define HV_FUNDING_STORE_CONSORTIUM_H
#include "services/funding/domain/consortium.h"
#include "services/funding/store/workset.h"

struct consortium_row {
    struct uuid application_id;
    struct consortium consortium;
};
struct consortium_ask {
    struct part_item item; /* first */
    enum { CONSORTIUM_ONE, CONSORTIUM_OF_CALL, CONSORTIUM_OF_AMENDMENT } what;
    struct uuid id;
    struct consortium_row *rows; /* found: by application id, lowest first; without the descriptions of work packages */
    size_t count;
};

void consortium_want(struct workset *w, const struct job *job, struct uuid application_id);
void consortium_want_amendment(struct workset *w, const struct job *job, struct uuid amendment_id); /* of its application */
void consortium_want_call(struct workset *w, const struct job *job, struct uuid call_id);           /* submitted, to supplement, decided */
const struct consortium_ask *consortium_asked(const struct workset *w, const struct job *job);
const struct consortium *consortium_of(const struct workset *w, const struct job *job, struct uuid application_id);

/* For application_part: replaces the rows of these applications. */
struct application;
void consortium_write(struct workset *w, struct application *const *applications, size_t count, struct db *db);

extern const struct store_part consortium_part;

#endif
