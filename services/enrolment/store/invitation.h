/* Rows of invitations, one copy of each in a batch. A part of the store (part.h): whoever names no code asks for nothing and pays
 * nothing. An invitation is changed under its programme's lock only; a code is read after the lock that the same request takes. */
#ifndef HV_ENROLMENT_STORE_INVITATION_H
#define HV_ENROLMENT_STORE_INVITATION_H
#include "services/enrolment/domain/invitation.h"
#include "services/enrolment/store/workset.h"

/* In needs; one of these a job. */
void invitation_want_code(struct workset *w, const struct job *job, const char *code);    /* in capitals */
void invitation_want_of(struct workset *w, const struct job *job, struct uuid programme); /* its list: open ones first, then the newest */
void invitation_want_due(struct workset *w, const struct job *job,
                         struct uuid programme); /* those of it whose time came HOLD_GRACE_US ago */
/* Locks the programme of this invitation, and brings it. */
void invitation_lock(struct workset *w, const struct job *job, struct uuid id);
/* How many of a programme, named by one of its implementations, are not over; and the one with this code, if there is one. */
void invitation_want_new(struct workset *w, const struct job *job, struct uuid implementation, const char *code);

/* In decide: what this job asked for; *count 0 and NULL when there is nothing. */
struct invitation **invitation_list(const struct workset *w, const struct job *job, size_t *count);
struct invitation *invitation_coded(const struct workset *w, const char *code);
struct invitation *invitation_named(const struct workset *w, struct uuid id);
uint32_t invitation_open_count(const struct workset *w, const struct job *job); /* of invitation_want_new; beside new ones of this batch */
/* A new one: written, and found by its code from now on. */
void invitation_add(struct workset *w, struct invitation *invitation);
/* One that was changed: written; again and again is fine. */
void invitation_changed(struct workset *w, struct invitation *invitation);

#endif
