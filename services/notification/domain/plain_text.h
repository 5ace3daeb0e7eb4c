/* Words that somebody typed, judged where they are entered: a subject is one line that says something, a body has lines and tabs, and
 * neither has characters that steer. Pure. */
#ifndef HV_NOTIFICATION_DOMAIN_PLAIN_TEXT_H
#define HV_NOTIFICATION_DOMAIN_PLAIN_TEXT_H
#include <stdbool.h>

#include "common/base/span.h"

#define PLAIN_LINE_MAX 200 /* characters of one line */

enum plain_judgement {
    PLAIN_OK,
    PLAIN_BLANK,   /* nothing but space */
    PLAIN_CONTROL, /* a control character; tabs and line feeds are none in a text of several lines */
    PLAIN_BREAK,   /* of one line: it has several */
    PLAIN_LONG     /* of one line: more than PLAIN_LINE_MAX characters */
};
enum plain_judgement plain_judge(struct span text, bool one_line); /* text is valid UTF-8 */

#endif
