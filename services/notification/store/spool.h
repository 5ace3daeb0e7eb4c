/* The queue of messages, as a sender sees it: claim some that are due, begin and end attempts, give back the rest.
 * Each sender has a queue of its own (one connection, one slot of the counters); the rows themselves are the queue, so a million
 * waiting messages cost no memory and a crash loses none. Order of a mail's life:
 *
 *   claim (state sending) -> turn: attempt row, COMMIT -> the relay -> turn: outcome, COMMIT
 *
 * so whatever is found in state sending after a crash either has an open attempt, and nobody knows, or was not begun.
 */
#ifndef HV_NOTIFICATION_STORE_SPOOL_H
#define HV_NOTIFICATION_STORE_SPOOL_H
#include "common/base/arena.h"
#include "common/base/time.h"
#include "common/db/db.h"
#include "services/notification/domain/course.h"
#include "services/notification/store/workset.h"

#define SPOOL_INSTANCES  16                      /* as many as the schema has counters for */
#define SPOOL_SLOTS      16                      /* connections of one instance that count: the writer's is 0, senders 1..15 */
#define SPOOL_CLAIM      (30 * 60 * TIME_SECOND) /* longer than SPOOL_CLAIM_MAX mails can take: then a claim lapses */
#define SPOOL_CLAIM_MAX  16
#define SPOOL_CLAIM_MANY 4 /* of these, at least so many of what goes to many at once, when there are */

struct spool;

/* instance: which replica of the service, below SPOOL_INSTANCES; sender: 1..15. */
enum err spool_open(struct spool **out, const struct db_config *config, int instance, int sender, const struct log *log) MUST_CHECK;
void spool_close(struct spool *spool);
/* After ERR_UNAVAILABLE: one try. */
enum err spool_reconnect(struct spool *spool) MUST_CHECK;
int32_t spool_slot(int instance, int sender); /* the counters of a connection; sender 0 is the writer */

#define SPOOL_SESSIONS_MAX 128

struct due_session { /* a webinar of the training, cancelled ones too: calendars hear of them */
    struct texts unit;
    struct webinar webinar;
};
/* A claimed message with all that is known for its letter, on the caller's arena. */
struct due {
    int64_t number;
    int64_t queued_us;   /* the later of that and its not_before: 72 hours count from here */
    int64_t promised_us; /* the ten seconds count from here */
    int32_t tries;       /* this one included */
    struct message said;
    enum topic topic;
    bool person_known, training_known, implementation_known;
    struct recipient person;
    enum mail_setting setting; /* of its topic: what the person chose, MAIL_ON where nothing */
    bool suppressed;           /* the address is on the list of those that get no mail */
    int32_t template_version;  /* of these: the current one of its kind and language */
    struct template_texts texts;
    int32_t doubts;                /* so often nobody knows whether a relay took it */
    bool first;                    /* no relay has taken it yet: the promise counts the first time */
    struct template_texts written; /* of a test: its words as they were shown, to go out as they are; else empty */
    struct texts training, implementation, organiser;
    struct span places;
    int32_t place_count;
    bool online;       /* one may take part from afar */
    struct texts unit; /* of a moved or coming webinar */
    struct texts announced_subject, announced_body;
    struct due_session *sessions; /* of its training: shared by those of one */
    size_t session_count;
};
/* Takes up to SPOOL_CLAIM_MAX due messages. *count 0: none is due. */
enum err spool_claim(struct spool *spool, struct arena *arena, int64_t now_us, struct due **out, size_t *count) MUST_CHECK;
enum err spool_release(struct spool *spool, struct arena *arena, const struct due *dues, size_t count, int64_t now_us) MUST_CHECK;

struct outcome {
    const struct due *due;
    enum message_state state;
    int64_t next_us;      /* of a queued or unsure one */
    bool waits;           /* for an address or a training; no attempt was begun */
    bool untried;         /* no attempt was begun, and none is noted: waits, withheld, gathered, put off */
    bool put_off;         /* its time comes at next_us */
    const char *language; /* of the letter; NULL: none was written */
    const char *subject, *body, *html;
    int smtp_code;      /* 0: no answer */
    const char *answer; /* UTF-8; the relay's words or ours; of a withheld one why; may be NULL */
    const char *relay;  /* host and port; NULL: none was asked */
    bool address_dead;  /* the relay said that there is no such address: it gets no more mail */
};
/* One transaction: how the last attempt ended (NULL: none), and that the next one begins (NULL: none).
 * *begun: false when the claim on the next one has lapsed, then it is not to be sent. Safe to say again after ERR_UNAVAILABLE. */
enum err spool_turn(struct spool *spool, struct arena *arena, const struct outcome *ended, const struct due *begins, int64_t now_us,
                    bool *begun) MUST_CHECK;

/* Sets free claims that nobody works on: with an open attempt they are in doubt and sent again, without one they were not begun. */
enum spool_whose {
    SPOOL_LAPSED,  /* anybody's, that have lapsed: any time */
    SPOOL_MINE,    /* this sender's too: after it has lost its connection, when it holds none it knows of */
    SPOOL_INSTANCE /* all of this instance: before its senders start */
};
enum err spool_recover(struct spool *spool, struct arena *arena, enum spool_whose whose, int64_t now_us, int64_t *doubts,
                       int64_t *untried) MUST_CHECK;

/* Some of the messages that wait for an address or a training, and whose time has come: those that wait for nothing more are due now. */
enum err spool_look_again(struct spool *spool, struct arena *arena, int64_t now_us) MUST_CHECK;

/* From the counters and the index, for health: *oldest_us 0 when nothing waits. */
enum err spool_depth(struct spool *spool, int64_t *waiting, int64_t *oldest_us) MUST_CHECK;

#endif
