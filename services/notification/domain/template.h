/* The templates of the letters, as data: subject and body per kind and language, in a notation of lines.
 *
 *   {fact}            the fact; the letter is refused when it is not known, unless the line is conditional
 *   {fact|one|many}   the first text when the number is 1, else the second; # is the number
 *   ?fact|line        the line only when the fact is known; !fact|line only when it is not
 *   *|line            the line once per webinar, with {unit} and {when}; ~ marks a date that may still change
 *
 * Facts: name training implementation organiser places place_count order position ahead first seated queued reply_due opens closes
 * reason registration sessions unit when advance, offer_declined offer_expired rejected (why it was cancelled), unreviewed conditional
 * (review), unit_title was becomes same called_off (a moved webinar), subject body (an announcement), credits code (a completion). Several
 * empty lines in a row become one.
 */
#ifndef HV_NOTIFICATION_DOMAIN_TEMPLATE_H
#define HV_NOTIFICATION_DOMAIN_TEMPLATE_H
#include "services/notification/domain/letter.h"

struct template
{
    const char *subject, *body;
};
/* Rows of the table that stand in files of their own. */
extern const struct template TEMPLATES_MOVES[KIND_REVIEWED - KIND_OFFER + 1][LANGUAGE_COUNT];       /* from KIND_OFFER on */
extern const struct template TEMPLATES_LEARNING[KIND_LAST - KIND_DATE_CHANGED + 1][LANGUAGE_COUNT]; /* from KIND_DATE_CHANGED on */

const struct template *template_of(enum message_kind kind, enum language language);
const char *template_advance_notice(enum language language); /* what ~ stands for */

#endif
