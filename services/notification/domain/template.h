/* The built-in templates: subject and text per kind and language, as patterns (pattern.h). HTML is made of the text (hypertext.h). They are
 * what a new database starts with (template rows with built_in); whoever changes one here raises nothing: the service compares texts. */
#ifndef HV_NOTIFICATION_DOMAIN_TEMPLATE_H
#define HV_NOTIFICATION_DOMAIN_TEMPLATE_H
#include "services/notification/domain/letter.h"

struct template_built_in {
    const char *subject, *text;
};
const struct template_built_in *template_built_in(enum message_kind kind, enum language language);

/* The rows of the table stand in files of their own, by room of life: template.c (the spine), _moves, _learning, _reminders, _grants,
 * _awards, _municipal. */

#endif
