/* Enrolling by an invitation code, and what time does to codes. A request without a code asks for nothing here and pays nothing.
 *
 * The rules of eligibility, the window (unless the code is an early one) and one place a person hold for the invited too; what the
 * code gives is a seat that was kept for it, whoever waits. Guessed codes are refused and counted like any other refusal. */
#ifndef HV_ENROLMENT_HANDLER_INVITED_H
#define HV_ENROLMENT_HANDLER_INVITED_H
#include "enrolment.pb-c.h"
#include "services/enrolment/handler/newcomer.h"
#include "services/enrolment/store/invitation.h"

/* In needs. code "": nothing. */
void invited_needs(struct job *job, struct workset *w, const char *code);
/* In decide, after newcomer_find and before newcomer_admit, which it tells of the invitation. *out NULL: no code was given.
 * False: the job was refused. */
bool invited_judge(struct job *job, struct workset *w, struct newcomer *n, const char *code, struct invitation **out);
/* Right before newcomer_register, with a state of seated: one of the invitation's seats becomes a free one for it. */
void invited_use(struct workset *w, const struct newcomer *n, struct invitation *invitation);

/* For the tick: invitations whose time has come are ended, what is left of them goes to who waits. */
void invited_due_needs(struct job *job, struct workset *w, struct uuid programme);
void invited_due_decide(struct job *job, struct workset *w);

/* Ends an invitation and gives its rest to who waits: the waiting lists must be at hand. */
void invited_end(struct job *job, struct workset *w, struct implementation *i, struct invitation *invitation, const char *reason);
Enrolment__Invitation *invitation_message(struct workset *w, const struct invitation *invitation);
/* "1 seat", "5 seats": in the history of changes. */
const char *invitation_words(struct workset *w, uint32_t seats);
/* For an answer that is kept under its key: without the note, which may name somebody. */
Enrolment__Invitation *invitation_kept(struct workset *w, const struct invitation *invitation);

#endif
