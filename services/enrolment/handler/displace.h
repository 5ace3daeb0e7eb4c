/* Sending the last seated back to the head of the waiting list, where a coordinator lowers a capacity under what is taken. */
#ifndef HV_ENROLMENT_HANDLER_DISPLACE_H
#define HV_ENROLMENT_HANDLER_DISPLACE_H
#include "services/enrolment/store/workset.h"

/* Needs: the seated of the implementation, latest first. The use case runs alone, so that they are all. */
void displace_needs(struct job *job, struct workset *w, struct uuid implementation);

/* Decide: whether that is refused; then the job was failed. */
bool displace_refuses(struct job *job, const struct implementation *i, uint32_t capacity, uint32_t waiting_cap);
/* Moves as many as the capacity is under the taken, with their events and lines of history. The new caps are set already. */
void displace(struct job *job, struct workset *w, struct implementation *i, const char *reason);

#endif
