/* Lists by key: newest first, a page at a time; the token is the number of the last row shown. */
#ifndef HV_NOTIFICATION_HANDLER_PAGE_H
#define HV_NOTIFICATION_HANDLER_PAGE_H
#include "services/notification/handler/convert.h"

/* Puts the question of a list, or refuses a token that is none. state 0: any; recipient nil: anybody. */
enum err page_ask(struct job *job, struct workset *w, const char *token, uint32_t size, enum message_state state, struct uuid recipient);
void page_answer(struct job *job, struct workset *w);

enum err page_require_admin(struct job *job); /* ERR_FORBIDDEN for the others */

#endif
