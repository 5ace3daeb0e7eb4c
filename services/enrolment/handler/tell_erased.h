/* What is told when a person is forgotten, and what was told about them and is taken back. See tell.h. */
#ifndef HV_ENROLMENT_HANDLER_TELL_ERASED_H
#define HV_ENROLMENT_HANDLER_TELL_ERASED_H
#include "services/enrolment/store/erasure.h"

/* PersonErased, the last event of the person's stream about them; and their name, address and facts leave the log's earlier ones. */
void tell_erased(struct workset *w, const struct job *job, struct uuid person);
/* RegistrationForgotten, of somebody who goes on elsewhere; the registration's last event. */
void tell_registration_forgotten(struct workset *w, const struct job *job, const struct registration *registration, struct uuid person);
/* ProgrammeForgotten: nobody's registration is left in it. */
void tell_programme_forgotten(struct workset *w, const struct job *job, struct uuid programme);
/* Reasons and conditions leave the log's earlier events about the registrations found. */
void redact_told(struct workset *w, const struct erasure_found *found);

#endif
