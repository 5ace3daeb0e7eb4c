/* The chance of a seat, shown to the person who waits and to nobody else: GetRegistration and ListMyRegistrations. */
#ifndef HV_ENROLMENT_HANDLER_OWN_CHANCE_H
#define HV_ENROLMENT_HANDLER_OWN_CHANCE_H
#include "enrolment.pb-c.h"
#include "services/enrolment/store/workset.h"

/* The registration as its own person sees it: with chance_percent when needs has asked by chance_want. */
Enrolment__Registration *own_registration_message(struct workset *w, const struct job *job, const struct registration *r);

#endif
