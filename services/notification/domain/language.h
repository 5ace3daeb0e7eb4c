/* The languages of letters, and how they are written down. */
#ifndef HV_NOTIFICATION_DOMAIN_LANGUAGE_H
#define HV_NOTIFICATION_DOMAIN_LANGUAGE_H
#include <stdbool.h>
#include <stddef.h>

#include "common/base/span.h"

enum language { LANGUAGE_FI, LANGUAGE_SV, LANGUAGE_EN };
#define LANGUAGE_COUNT 3

const char *language_code(enum language language);         /* "fi", "sv", "en" */
enum language language_read(const char *text, size_t len); /* anything else is Finnish */
bool language_find(struct span text, enum language *out);  /* exactly one of the three */

#endif
