/* What a letter can say: its facts as texts, ready in the reader's language, and the letter made of them.
 * An empty text or a zero means "not known" or "not of this kind". */
#ifndef HV_NOTIFICATION_DOMAIN_LETTER_H
#define HV_NOTIFICATION_DOMAIN_LETTER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "services/notification/domain/message.h"

enum language { LANGUAGE_FI, LANGUAGE_SV, LANGUAGE_EN };
#define LANGUAGE_COUNT 3

#define LETTER_VERSION      3    /* of the templates; kept with each message that was sent */
#define LETTER_SUBJECT_MAX  1024 /* a title has 200 characters of four bytes at most */
#define LETTER_BODY_MAX     (64 * 1024)
#define LETTER_SESSIONS_MAX 32

struct letter_session { /* a webinar */
    const char *unit;
    const char *when;
    bool advance_notice;
};

struct letter_facts {
    enum message_kind kind;
    enum language language;
    const char *name; /* the reader's */
    const char *training;
    const char *implementation;
    const char *organiser;
    const char *places;
    uint32_t place_count;
    uint32_t order_no;
    uint32_t position; /* on the waiting list */
    enum message_stood stood;
    const char *reply_due, *opens, *closes; /* moments in words */
    enum message_cause cause;
    enum message_review review;
    bool called_off;                        /* the webinar will not be held */
    const char *unit_title, *was, *becomes; /* of a moved webinar */
    const char *same;                       /* of one that begins as before: its end changed, or whether the date is certain */
    const char *announced_subject, *announced_body;
    const char *credits; /* "5", "2,5": in the reader's form */
    const char *code;    /* of the certificate */
    const char *reason;
    const char *registration; /* id, for those who answer questions */
    struct letter_session sessions[LETTER_SESSIONS_MAX];
    size_t session_count;
};

struct letter {
    char subject[LETTER_SUBJECT_MAX];
    char body[LETTER_BODY_MAX];
};

const char *language_code(enum language language);         /* "fi", "sv", "en" */
enum language language_read(const char *text, size_t len); /* anything else is Finnish */

enum letter_result {
    LETTER_OK,
    LETTER_MISSING, /* a fact the letter cannot do without is not known; *missing names it */
    LETTER_TOO_LONG /* does not fit: a fact is absurdly long */
};
/* Fills in the template of the kind and language. missing may be NULL. */
enum letter_result letter_render(const struct letter_facts *facts, struct letter *out, const char **missing);

#endif
