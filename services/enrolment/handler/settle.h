/* Whether a registration completes its programme, after something that could decide it: a unit was marked, a plan handed in, a review
 * accepted. The rules are in domain/completion.h; here a certificate is made or withdrawn, and told.
 */
#ifndef HV_ENROLMENT_HANDLER_SETTLE_H
#define HV_ENROLMENT_HANDLER_SETTLE_H
#include <protobuf-c/protobuf-c.h>

#include "services/enrolment/store/workset.h"

/* Needs: the learning of that registration, and study units. */
void settle_want(struct workset *w, const ProtobufCBinaryData *registration_id);
/* Done with everything, and without a valid certificate: makes one, or the withdrawn one valid again. */
void settle_completed(struct workset *w, const struct job *job, const struct programme *p, const struct registration *r);
/* A unit's mark was taken back: a valid certificate is withdrawn. */
void settle_undone(struct workset *w, const struct job *job, const struct programme *p, const struct registration *r);

#endif
