/* Reminders as rows: those of a programme's windows and webinars, that of one offer, those whose time has come with whom they concern, and
 * pages of them for operators. What is to be told about which fact and when is the domain's (domain/reminder.h).
 * Jobs of a batch that want the same ones share them, so the second sees what the first has changed. Telling (DUE) runs alone, one reminder
 * a job (which ones: store/agenda.h). */
#ifndef HV_NOTIFICATION_STORE_REMINDER_H
#define HV_NOTIFICATION_STORE_REMINDER_H
#include "services/notification/domain/reminder.h"
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define REMINDER_PORTION 2000 /* people told at once */

struct reminder_row {
    struct reminder it;
    enum reminder_state state;
    int64_t number;
    int times, told; /* told: people, the last time */
    struct uuid told_until;
    struct span why; /* of one that was called off */
    /* of the batch */
    const struct job *heard; /* the job that last heard of its fact */
    bool stored, changed;
};
struct reminder_person { /* somebody a due reminder concerns */
    struct uuid key;     /* told_until when it has been told to them */
    struct uuid person, registration, implementation;
    int64_t version; /* of the registration */
};
struct reminder_due { /* one whose time has come, with the next people it concerns */
    struct reminder_row row;
    int64_t opens_us, closes_us; /* of a window */
    struct uuid unit;            /* of a webinar */
    struct span contact;         /* of a grant's call, as it is now */
    struct reminder_person *people;
    size_t count;
    bool whole; /* these are the last ones */
};

/* --- needs: one of these a job --- */
void reminder_want_training(struct workset *w, const struct job *job, struct uuid training); /* of its windows and webinars, locked */
void reminder_want_one(struct workset *w, const struct job *job, struct uuid id);            /* locked */
void reminder_want_subject(struct workset *w, const struct job *job, struct uuid subject);   /* of an application or obligation, locked */
void reminder_want_call(struct workset *w, const struct job *job, struct uuid call);         /* of a call's drafts, locked */
void reminder_want_due(struct workset *w, const struct job *job, struct uuid id);            /* locked, unless another replica has it */
void reminder_want_list(struct workset *w, const struct job *job, enum reminder_state state, int64_t before,
                        int32_t limit); /* state 0: any */

/* --- decide --- */
struct reminder_row *reminder_find(const struct workset *w, const struct job *job, struct uuid id);
struct reminder_row *reminder_next(const struct workset *w, const struct job *job,
                                   size_t *cursor); /* all that were wanted; NULL: no more */
struct reminder_row *reminder_add(struct workset *w, const struct job *job, const struct reminder *it); /* a new one, pending */
struct reminder_due *reminder_due_one(const struct workset *w, const struct job *job); /* NULL: it is not due, or somebody else tells it */
const struct reminder_row *reminder_listed(const struct workset *w, const struct job *job,
                                           size_t *count); /* a row more than `limit`: there are more */

/* The row as it now is is written. */
void reminder_put(struct workset *w, struct reminder_row *row);
/* What it said and has not left yet is called off. */
void reminder_call_off(struct workset *w, struct uuid id, const char *why);
/* The same for whatever one was reminded of as a participant, when the seat is gone. */
void reminder_call_off_seat(struct workset *w, struct uuid person, struct uuid registration, const char *why);
/* Those whose moment lies longer behind than anybody asks about are forgotten, some at a time. */
void reminder_sweep(struct workset *w, int64_t before_us);

extern const struct store_part reminder_part;

#endif
