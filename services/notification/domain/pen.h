/* The pen: bounded writing, for patterns, hypertext and letters. Private to the domain; struct pen is in pattern.h.
 * What does not fit whole is not begun, and from then on nothing is written: a letter is whole or it is none. The text always ends in NUL.
 */
#ifndef HV_NOTIFICATION_DOMAIN_PEN_H
#define HV_NOTIFICATION_DOMAIN_PEN_H
#include "services/notification/domain/pattern.h"

struct pen pen_init(char *text, size_t size, bool escape);
void pen_put(struct pen *pen, const char *text, size_t len);     /* as it stands */
void pen_words(struct pen *pen, const char *text);               /* the same, up to its NUL */
void pen_escaped(struct pen *pen, const char *text, size_t len); /* & < > and quotes as entities */
/* A value into a template: as it stands, or escaped and with <br> for line feeds where the pen escapes. */
void pen_value(struct pen *pen, struct span value);
/* Lines begun by "- ", without line feeds at the end; where the pen escapes: <ul>. */
void pen_list(struct pen *pen, struct span lines);

#endif
