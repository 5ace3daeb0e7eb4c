/* Internal comments of officials about an application: written once, never changed; public on request after the decision. */
#ifndef HV_FUNDING_STORE_REMARK_H
#define HV_FUNDING_STORE_REMARK_H
#include "services/funding/store/workset.h"

#define REMARKS_MAX 200 /* that are listed: the newest, oldest of them first */

struct remark {
    struct uuid id, application_id, person_id;
    int64_t at_us;
    const char *words;
};
struct remark_ask {
    struct part_item item; /* first */
    struct uuid application_id;
    struct remark *rows; /* found */
    size_t count;
};

void remark_want(struct workset *w, const struct job *job, struct uuid application_id);
const struct remark_ask *remark_asked(const struct workset *w, const struct job *job);
void remark_add(struct workset *w, const struct remark *remark); /* borrowed until the batch ends */

extern const struct store_part remark_part;

#endif
