/* The page a mail's "choose which messages you get" leads to: one topic, how it stands, and a button for each other choice. No sign-in, no
 * script, no style: it works in any reader. It says whose mail it is about, no more of the address than its owner needs to know it again.
 * Opening it changes nothing, since scanners open links too; a button is a POST. */
#ifndef HV_NOTIFICATION_HANDLER_UNSUBSCRIBE_PAGE_H
#define HV_NOTIFICATION_HANDLER_UNSUBSCRIBE_PAGE_H
#include "services/notification/store/preference.h"

/* saved: a button was pressed, and the page says that it counts. In the person's language, else the reader's. */
void unsubscribe_page(struct job *job, const struct preferences *person, const char *token, enum topic topic, enum mail_setting mail,
                      bool saved);
void unsubscribe_broken(struct job *job); /* for a link that is none of ours: a page too, with status 404 */

#endif
