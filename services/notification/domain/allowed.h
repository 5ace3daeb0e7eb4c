/* Which addresses get mail at all: on a system for tests and training only those of some domains (HV_MAIL_ONLY), so that nobody outside is
 * written to by mistake. */
#ifndef HV_NOTIFICATION_DOMAIN_ALLOWED_H
#define HV_NOTIFICATION_DOMAIN_ALLOWED_H
#include <stdbool.h>

#include "common/base/span.h"

/* domains: "example.fi example.org", spaces or commas between; "": all. Exactly these, not what lies below them; case does not matter. */
bool mail_allowed(const char *domains, struct span address);

#endif
