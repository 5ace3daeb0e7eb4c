/* From facts to reminders, and from reminders to messages. The first half is called by the handlers of the events that bring facts: a
 * programme's windows and webinars, an offer, the end of either. The second half is the clock's: once a second it tells what is due.
 * Each pair is a needs (which rows) and what is done with them in decide. */
#ifndef HV_NOTIFICATION_HANDLER_REMIND_H
#define HV_NOTIFICATION_HANDLER_REMIND_H
#include "services/notification/handler/convert.h"

/* A programme as it was stored: reminders of its windows and webinars follow, move, or are called off with what is no longer there. */
void remind_programme_needs(struct job *job, struct workset *w, struct uuid training);
void remind_programme(struct job *job, struct workset *w, const struct training *training);

/* An offer of a seat, to this registration; and that it has ended, however. After tell_check. */
void remind_offer_needs(struct job *job, struct workset *w, const Enrolment__Registration *registration);
void remind_offer(struct job *job, struct workset *w, const Enrolment__Registration *registration);
void remind_offer_over(struct job *job, struct workset *w, const Enrolment__Registration *registration);

/* One fact, for whoever has asked for its row (remind_grant.c): it, with kind, subject and moment; and the first of two reminders of it.
 * And that it is gone, or has been done. */
struct reminder;
struct reminder_row;
void remind_hear(struct job *job, struct workset *w, struct reminder *it);
void remind_hear_early(struct job *job, struct workset *w, struct reminder *it);
void remind_end(struct workset *w, struct reminder_row *row, const char *why);

/* A seat is gone: what its person was to be reminded of as a participant has not left yet, and does not. */
void remind_seat_gone(struct workset *w, const Enrolment__Registration *registration);

/* The clock: one that is due is said to whom it concerns, a portion at a time. */
void remind_due_needs(struct job *job, struct workset *w, struct uuid reminder);
void remind_due(struct job *job, struct workset *w);

#endif
