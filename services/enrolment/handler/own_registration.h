/* A registration that its own person, and nobody else, changes: what Confirm and AnswerOffer begin with. Its programme is locked. */
#ifndef HV_ENROLMENT_HANDLER_OWN_REGISTRATION_H
#define HV_ENROLMENT_HANDLER_OWN_REGISTRATION_H
#include <protobuf-c/protobuf-c.h>

#include "services/enrolment/store/workset.h"

/* Needs: locks what the field "registrationId" names. ERR_UNAUTHENTICATED, ERR_INVALID with the field named. */
enum err own_registration_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id, struct uuid *id) MUST_CHECK;

/* Decide: the registration and where it is, or NULL after the job was failed with ERR_NOT_FOUND or ERR_FORBIDDEN. */
struct registration *own_registration(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id,
                                      struct implementation **implementation);

#endif
