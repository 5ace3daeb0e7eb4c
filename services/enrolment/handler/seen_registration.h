/* One registration as its own person, or staff, may see it: what GetRegistration, GetHistory and GetReceipt begin with. Some of it the
 * leader of its team may see too: the registration and its history, and nothing that is the person's own secret (answers, receipt). */
#ifndef HV_ENROLMENT_HANDLER_SEEN_REGISTRATION_H
#define HV_ENROLMENT_HANDLER_SEEN_REGISTRATION_H
#include <protobuf-c/protobuf-c.h>

#include "services/enrolment/store/workset.h"

/* Needs: asks for the registration the field "registrationId" names. ERR_UNAUTHENTICATED, ERR_INVALID with the field named. */
enum err seen_registration_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id,
                                 struct uuid *id) MUST_CHECK;
/* The same, and who leads its team: then seen_registration lets the leader see it as well. */
enum err seen_registration_led_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id,
                                     struct uuid *id) MUST_CHECK;

/* Decide: the registration, or NULL after the job was failed with ERR_NOT_FOUND or ERR_FORBIDDEN. */
const struct registration *seen_registration(struct job *job, struct workset *w, struct uuid id);

#endif
