/* What reminder.c (what cases call) and reminder_rows.c (the SQL) share and nobody else sees: what was wanted and what is to be written.
 * What is read lies in sets, one for each thing that was wanted; the asks of several jobs for the same thing point to the same set. */
#ifndef HV_NOTIFICATION_STORE_REMINDER_ROWS_H
#define HV_NOTIFICATION_STORE_REMINDER_ROWS_H
#include "services/notification/store/reminder.h"

enum reminder_want { WANT_TRAINING, WANT_ONE, WANT_SUBJECT, WANT_CALL, WANT_DUE, WANT_LIST };

struct reminder_set {
    struct uuid id; /* of a training, of the one, of a subject or a call */
    struct reminder_row **rows;
    size_t count, cap;
};
struct reminder_ask {
    struct part_item item; /* first */
    enum reminder_want what;
    struct reminder_set *set; /* of TRAINING, ONE, SUBJECT and CALL */
    struct uuid id;           /* of DUE */
    struct reminder_due *due; /* NULL: none */
    struct reminder_row *listed;
    size_t count; /* of listed */
    enum reminder_state state;
    int64_t before;
    int32_t limit;
};
struct reminder_change {
    struct part_item item; /* first */
    enum { CHANGE_ROW, CHANGE_OFF, CHANGE_OFF_SEAT, CHANGE_SWEEP } what;
    const struct reminder_row *row;
    struct uuid id, person; /* reminder, or registration and person */
    const char *why;
    int64_t before_us;
};

/* The set that jobs of this batch want; NULL: none of them does. */
struct reminder_set *reminder_set_of(const struct workset *w, enum reminder_want what, struct uuid id);
/* A row that another set has, in this one too: both see what becomes of it. */
void reminder_set_share(struct workset *w, struct reminder_set *set, struct reminder_row *row);
struct reminder_row *reminder_set_add(struct workset *w, struct reminder_set *set, const struct reminder_row *row);

#endif
