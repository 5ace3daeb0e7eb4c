/* The letter: subject, text and HTML made of a template and facts. Pure; dates and money look as the manner of its language says. */
#ifndef HV_NOTIFICATION_DOMAIN_LETTER_H
#define HV_NOTIFICATION_DOMAIN_LETTER_H
#include "services/notification/domain/language.h"
#include "services/notification/domain/message.h"
#include "services/notification/domain/pattern.h"

#define LETTER_SUBJECT_MAX  1024 /* a title has 200 characters of four bytes at most */
#define LETTER_TEXT_MAX     (64 * 1024)
#define LETTER_HTML_MAX     (128 * 1024)
#define LETTER_WEBINARS_MAX 32

struct template_texts {              /* one version in one language */
    struct span subject, text, html; /* html empty: made of the text */
};
struct letter {
    char subject[LETTER_SUBJECT_MAX];
    char text[LETTER_TEXT_MAX];
    char html[LETTER_HTML_MAX];
};

/* One line of FACT_WEBINARS, ended by a line feed: "- Yhdessä johtaminen: torstai 19.9.2024 klo 9.00–11.30", and that its date may still
 * change. */
void letter_webinar(struct pen *lines, enum language language, const char *unit, const char *when, bool advance_notice);

enum letter_result {
    LETTER_OK,
    LETTER_MISSING, /* a fact the kind requires is not known (its training has no name here yet) */
    LETTER_TOO_LONG /* does not fit: a fact is absurdly long */
};
/* The subject is one line: line feeds in values become spaces. Several empty lines of the text become one, and it begins with none.
 * preferences_link: address for "choose what you get", "" leaves that line of the footer out. */
enum letter_result letter_write(enum message_kind kind, enum language language, const struct template_texts *texts,
                                const struct facts *facts, const struct manner *manner, const char *preferences_link, struct letter *out);

#endif
