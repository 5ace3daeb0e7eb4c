/* One registration's learning as its own person, or staff, may see it: what GetProgress and GetCertificate begin with. */
#ifndef HV_ENROLMENT_HANDLER_SEEN_LEARNING_H
#define HV_ENROLMENT_HANDLER_SEEN_LEARNING_H
#include <protobuf-c/protobuf-c.h>

#include "services/enrolment/domain/completion.h"
#include "services/enrolment/store/workset.h"

struct seen_learning {
    const struct registration *registration;
    const struct programme *programme; /* with its units */
    const struct learning *learning;
};

/* Needs: ERR_UNAUTHENTICATED, ERR_INVALID with the field "registrationId". */
enum err seen_learning_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id) MUST_CHECK;
/* Decide: false after the job was failed with ERR_NOT_FOUND or ERR_FORBIDDEN. */
bool seen_learning(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id, struct seen_learning *out);

#endif
