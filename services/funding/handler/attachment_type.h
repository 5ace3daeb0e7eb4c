/* Which files may be attached, and whether one is what it is said to be: its first bytes are those of its type. Nothing that runs where it
 * is opened (no HTML, no SVG, no macros by name). */
#ifndef HV_FUNDING_HANDLER_ATTACHMENT_TYPE_H
#define HV_FUNDING_HANDLER_ATTACHMENT_TYPE_H
#include "common/base/arena.h"

bool attachment_type_fits(const char *media_type, struct span content);
/* The name to save it under: ASCII letters, digits, '.', '-' and '_', with the ending of its type. */
char *attachment_type_name(struct arena *arena, const char *name, const char *media_type);

#endif
