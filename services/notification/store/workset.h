/* The rows at hand of one batch of jobs: what handlers ask for (needs), what load.c found, what handlers recorded (decide), which
 * save.c then writes with one statement per table. Plain domain values; protobuf stays in handler/, SQL in load.c, save.c and spool.c.
 * Everything lies on the batch's arena and ends with it. Spans borrow from the jobs, which outlive the batch. */
#ifndef HV_NOTIFICATION_STORE_WORKSET_H
#define HV_NOTIFICATION_STORE_WORKSET_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/span.h"
#include "common/db/db.h"
#include "common/work/job.h"
#include "common/work/part.h"
#include "services/notification/domain/letter.h"
#include "services/notification/domain/message.h"

struct texts { /* Finnish is never empty; the others may be */
    struct span fi, sv, en;
};
struct recipient {
    struct uuid id;
    struct uuid account; /* of the contact of one application: whose it is; else nil */
    struct span name, email;
    enum language language;
    int64_t version; /* 0: somebody a grant concerns, who has not said who they are themselves */
};
struct webinar {
    int64_t starts_us, ends_us; /* ends_us 0: not told */
    bool advance_notice;
    struct uuid id; /* as in calendars; nil: of a programme stored before it was told */
    int32_t sequence;
    bool cancelled; /* kept, so that calendars hear of it */
};
struct window { /* half-open: [opens, closes) */
    struct uuid id;
    int64_t opens_us, closes_us;
};
struct unit {
    struct uuid id;
    int32_t ordinal;
    struct texts title;
    struct webinar *webinars;
    size_t webinar_count;
};
struct implementation {
    struct uuid id;
    struct texts title, organiser;
    struct span places;
    int32_t place_count;
    bool online; /* one may take part from afar */
};
struct training { /* a programme, as letters name it */
    struct uuid id;
    struct span code;
    struct texts title;
    int64_t version;
    struct implementation *implementations;
    size_t implementation_count;
    struct unit *units;
    size_t unit_count;
    struct window *windows;
    size_t window_count;
};
struct follow { /* somebody follows, or no longer follows, a programme */
    struct uuid training_id, person_id;
    bool following;
    int64_t since_us;
};

/* The numbers of participant.standing. */
enum standing {
    STANDING_NONE = 0, /* no longer among them */
    STANDING_SEATED = 1,
    STANDING_OFFERED = 2,
    STANDING_WAITING = 3
};
struct participant { /* somebody has a seat, an offer of one, or waits for one; or no longer does */
    struct uuid registration_id, training_id, person_id;
    enum standing standing;
    int64_t since_us;
    struct uuid implementation_id; /* nil: not told */
    int64_t version;               /* of the registration */
};
struct parting { /* somebody and a training: nothing is to tell that they had to do with each other before this event */
    struct uuid registration_id, training_id, person_id, event_id;
    int64_t at_us; /* when it happened */
};
struct ending { /* of a training, for all who followed it or took part until then */
    struct uuid training_id;
    int64_t at_us;
};
struct announcement { /* a coordinator's own words */
    struct uuid id, training_id;
    struct texts subject, body;
};

/* A message as it stands in its table, for readers. */
struct message_row {
    int64_t number;      /* order of arrival: the page key */
    struct message said; /* id, event, recipient and kind only */
    enum message_state state;
    int64_t queued_us, sent_us, next_us, read_us, not_before_us; /* 0: none */
    enum topic topic;
    int32_t template_version; /* 0: no letter was written yet */
    struct span language, subject, body, why;
    struct uuid digest_id;
    bool test;
    int32_t sends, doubts; /* how often a relay took it; and how often nobody knows whether it did */
};
struct attempt_row {
    int32_t number, smtp_code;
    int64_t started_us, ended_us;
    struct span answer, relay;
};
struct summary {
    int64_t recipients, queued, sending, sent, failed, unsure, withheld, gathered, bounced, called_off;
};

/* A question of one job, and what load.c found. */
struct question {
    const struct job *job;
    enum { ASK_LIST, ASK_MESSAGE, ASK_SUMMARY } what;
    /* ASK_LIST: newest first, from below `before`, `limit` + 1 rows at most so that the asker knows whether there are more */
    enum message_state state; /* 0: any; MESSAGE_UNSURE: all that ever were */
    struct uuid recipient;    /* nil: anybody */
    struct uuid event;        /* what one event said; nil: any */
    bool grants;              /* of an event: letters about grants only */
    bool inbox, unread;       /* of a person: without what was called off and tests; unread only */
    int64_t before;
    int32_t limit;
    /* ASK_MESSAGE */
    struct uuid id;

    struct message_row *rows;
    size_t row_count;
    struct attempt_row *attempts;
    size_t attempt_count;
    struct summary summary;
    int results[2]; /* load.c's */
};

/* A failed, bounced or withheld message an operator wants back in the queue; loaded under its lock. */
struct revival {
    struct uuid id;
    bool found, changed;
    bool bare;           /* its words are gone (retention.h): it cannot be written again */
    bool suppressed;     /* its recipient's address gets no mail */
    struct span address; /* its recipient's; empty: not known, or forgotten */
    int16_t setting;     /* what its recipient chose for its topic (enum mail_setting); 0: nothing */
    struct span why;     /* of a changed one: the operator's words, and who it was */
    struct uuid actor;
    struct message_row row;
};

struct vector { /* grows on the arena */
    void *items;
    size_t count, cap;
};

struct workset {
    struct arena *arena;
    int64_t now_us;
    int32_t slot;         /* of the counters: this connection's */
    void *context;        /* of whoever began it (main.c), for the hook after COMMIT */
    bool webhook_private; /* webhooks may lead to private addresses, and be http: in tests (HV_WEBHOOK_PRIVATE) */
    struct vector recipients, trainings, follows, messages; /* decided: to be written */
    struct vector participants, announcements, erased;      /* the same; erased: ids of people */
    struct vector partings, endings;                        /* the same */
    struct vector versions, followers, taking_part;         /* loaded */
    struct vector questions, revivals;
    struct facts *last_facts; /* workset_say's */
    struct span last_facts_text;
    struct parts parts;                   /* what only a few use cases know: store/part.h */
    const uint8_t *link_key;              /* of the tokens in links (domain/token.h) */
    const char *public_url, *mail_domain; /* where people reach us, "": not known; the domain of our Message-IDs */
    const char *mail_only;                /* the domains that get mail at all (domain/allowed.h); NULL: all */
    const struct retention *retention;    /* how long words are kept (retention.h) */
    const struct manner *manners;         /* how values look, by language, for previews and feeds; any thread may use them */
};

struct workset *workset_new(struct arena *arena, int64_t now_us, int32_t slot);

/* --- needs --------------------------------------------------------------------------------------------------------- */
void workset_want_training(struct workset *w, struct uuid id); /* its version, locked */
void workset_want_followers(struct workset *w, struct uuid training_id);
void workset_want_participants(struct workset *w, struct uuid training_id);
void workset_want_revival(struct workset *w, struct uuid message_id); /* locked */
struct question *workset_ask(struct workset *w, const struct job *job);

/* --- decide -------------------------------------------------------------------------------------------------------- */
int64_t workset_training_version(const struct workset *w, struct uuid id); /* -1: not known */
/* One that was found and locked otherwise (retry_many.h) goes back too. */
void workset_revive(struct workset *w, struct uuid message_id, struct span why, struct uuid actor);
struct revival *workset_revival(const struct workset *w, struct uuid message_id);
struct question *workset_answer(const struct workset *w, const struct job *job); /* the question of this job */
void workset_put_recipient(struct workset *w, const struct recipient *recipient);
void workset_put_training(struct workset *w, const struct training *training); /* its parts replace what was there */
void workset_follow(struct workset *w, const struct follow *follow);
void workset_participant(struct workset *w, const struct participant *participant);
void workset_announce(struct workset *w, const struct announcement *announcement);
void workset_erase(struct workset *w, struct uuid person_id);        /* all that is known of them */
void workset_part(struct workset *w, const struct parting *parting); /* their place in it, and what they were told about it */
void workset_end(struct workset *w, const struct ending *ending);
/* Once: its id is computed here. Its facts have passed kind_check; texts and attachments are borrowed until the batch ends. */
void workset_say(struct workset *w, const struct message *message);
/* The followers of a programme as they stand now, changes of this batch included, one by one: *cursor begins at 0. */
bool workset_next_follower(const struct workset *w, struct uuid training_id, size_t *cursor, struct follow *out);

/* Those who have a seat, in the same way. */
bool workset_next_participant(const struct workset *w, struct uuid training_id, size_t *cursor, struct participant *out);

bool workset_wakes_senders(const struct workset *w); /* there is something new to send */

/* --- the worker's hooks (load.c, save.c) --------------------------------------------------------------------------- */
enum err workset_load(struct workset *w, struct db *db) MUST_CHECK;
void workset_save(struct workset *w, struct db *db);

#endif
