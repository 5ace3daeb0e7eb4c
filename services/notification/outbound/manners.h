/* How values look, for threads that write a letter now and then: previews on the readers, feeds. One set of ICU's formatters under a lock;
 * the senders, who write hundreds a second, have their own (format.h). */
#ifndef HV_NOTIFICATION_OUTBOUND_MANNERS_H
#define HV_NOTIFICATION_OUTBOUND_MANNERS_H
#include "services/notification/outbound/format.h"

struct manners;

enum err manners_open(struct manners **out) MUST_CHECK; /* as format_open */
void manners_close(struct manners *manners);            /* NULL is fine */
/* Of all languages, by language; they live as long as the manners. */
const struct manner *manners_of(const struct manners *manners);

#endif
