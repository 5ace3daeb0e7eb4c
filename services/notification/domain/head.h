/* Heads of mails (RFC 5322) and of MIME parts (RFC 2045), read where they lie: lines, fields folded over lines, parameters in quotes. No
 * copy is made, so a value is as it stands, folds included. */
#ifndef HV_NOTIFICATION_DOMAIN_HEAD_H
#define HV_NOTIFICATION_DOMAIN_HEAD_H
#include <stdbool.h>

#include "common/base/span.h"

struct span head_line(struct span *rest); /* takes a line off, without its end (CR LF or LF) */
/* Takes a block of fields off, to the empty line behind it, which goes too. Empty lines before it are passed over. */
struct span head_take(struct span *rest);
/* The value of the first field of this name, trimmed. Any case. */
bool head_find(struct span head, const char *name, struct span *value);

struct span head_trim(struct span text);                /* without blanks and line ends around */
bool head_begins(struct span text, const char *prefix); /* these and the next compare ASCII letters in any case */
bool head_same(struct span a, struct span b);
/* Of a Content-Type: whether it is this type; one that ends in "/" is all of its kind. */
bool head_type_is(struct span value, const char *type);
/* A parameter's value, without quotes. One with a backslash in it is not taken: no boundary needs it. */
bool head_parameter(struct span value, const char *name, struct span *out);

#endif
