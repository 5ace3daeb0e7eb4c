/* Lists by key: newest first, a page at a time; the token is the number of the last row shown. */
#ifndef HV_NOTIFICATION_HANDLER_PAGE_H
#define HV_NOTIFICATION_HANDLER_PAGE_H
#include "services/notification/handler/convert.h"

struct page {
    int64_t before;
    int32_t limit;
};
int32_t page_limit(uint32_t size); /* of what was asked for: 0 is the usual one */
/* What a request asks for, or refuses a token that is none. */
enum err page_read(struct job *job, const char *token, uint32_t size, struct page *out);

/* Puts the question of a list, or refuses a token that is none. state 0: any; recipient nil: anybody. */
enum err page_ask(struct job *job, struct workset *w, const char *token, uint32_t size, enum message_state state, struct uuid recipient);
void page_answer(struct job *job, struct workset *w);
/* One message for whom it was said to: why it was not mailed, in the language they asked in. */
Notification__Message *page_own(struct job *job, const struct message_row *row);

enum err page_require_admin(struct job *job); /* ERR_FORBIDDEN for the others */

#endif
