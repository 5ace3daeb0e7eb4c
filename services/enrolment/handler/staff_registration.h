/* One registration that a coordinator changes: what Review, PromoteRegistration and SetPriority begin with. Its programme is locked. */
#ifndef HV_ENROLMENT_HANDLER_STAFF_REGISTRATION_H
#define HV_ENROLMENT_HANDLER_STAFF_REGISTRATION_H
#include <protobuf-c/protobuf-c.h>

#include "services/enrolment/store/workset.h"

/* Needs: checks that it is a coordinator who asks, and locks what the field "registrationId" names. */
enum err staff_registration_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id) MUST_CHECK;

/* Decide: the registration and where it is, or NULL after the job was failed with ERR_NOT_FOUND, or with ERR_PRECONDITION when a version
 * was given and is not the present one. */
struct registration *staff_registration(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id,
                                        struct implementation **implementation);

#endif
