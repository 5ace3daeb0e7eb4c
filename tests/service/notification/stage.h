/* The stage of these tests: PostgreSQL, a publisher of enrolment's events, a real SMTP server with its folder of mails, and
 * hv-notification between them. Each can be stopped, killed and started again. */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_STAGE_H
#define HV_TESTS_SERVICE_NOTIFICATION_STAGE_H
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "common/base/arena.h"
#include "common/base/uuid.h"
#include "enrolment.pb-c.h"
#include "tests/support/kit.h"

struct stage {
    struct kit_pg *pg;
    struct db *source; /* the publisher's schema, under its role */
    struct db *grants; /* the same of funding; NULL: it does not run */
    struct arena *arena;
    char folder[200]; /* of this test: key, logs, mails */
    char environment[24][300];
    const char *changes[25];
    int smtp_port, seq;
    pid_t publisher, funding, mailbox, notification;
};

void stage_open(struct stage *stage);  /* everything runs */
void stage_close(struct stage *stage); /* everything is gone */

/* A setting of hv-notification from its next start on; "" takes the default. */
void stage_set(struct stage *stage, const char *name, const char *value);
void stage_mailbox_start(struct stage *stage, const char *mode); /* mode: see mailbox_modes.py; "" is deploy/mailbox.py itself */
void stage_mailbox_stop(struct stage *stage);
void stage_notification_start(struct stage *stage);
int stage_notification_stop(struct stage *stage, int signal); /* as kit_kill */

/* Writes one event of enrolment into its log; returns its id. */
struct uuid stage_publish(struct stage *stage, struct uuid key, const char *type, const ProtobufCMessage *message);
/* The same for many at once. */
struct stage_event {
    struct uuid key;
    const char *type;
    const ProtobufCMessage *message;
};
void stage_publish_many(struct stage *stage, const struct stage_event *events, size_t count);

/* A publisher of funding's events as well; and one event of it. */
void stage_funding_open(struct stage *stage);
struct uuid stage_publish_grant(struct stage *stage, struct uuid key, const char *type, const ProtobufCMessage *message);

int64_t stage_tally(struct stage *stage, const char *what); /* of notification's counters */
int64_t stage_waiting(struct stage *stage);                 /* queued and being sent, in one look: a mail goes from one to the other */
bool stage_wait_tally(struct stage *stage, const char *what, int64_t n, int wait_ms);
/* Every mail of the folder as Python's email parser reads it, a line each: see read_mails.py. Lives on the arena. */
char *stage_mails(struct stage *stage);
size_t stage_mail_count(struct stage *stage);

#endif
