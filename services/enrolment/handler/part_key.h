/* Keys of registrations that a request makes instead of one that bears its own key: unique for the caller like any idempotency key, and
 * the same again when the same request is decided again. */
#ifndef HV_ENROLMENT_HANDLER_PART_KEY_H
#define HV_ENROLMENT_HANDLER_PART_KEY_H
#include "services/enrolment/store/workset.h"

/* The key of the `index`th registration of this request: a hash of the method, the request's own key and the index. */
struct span part_key(const struct job *job, struct workset *w, size_t index);

#endif
