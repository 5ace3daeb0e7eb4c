/* Applications as answers. */
#ifndef HV_FUNDING_HANDLER_APPLICATION_MESSAGE_H
#define HV_FUNDING_HANDLER_APPLICATION_MESSAGE_H
#include "funding.pb-c.h"
#include "services/funding/store/application.h"
#include "services/funding/store/attachment.h"
#include "services/funding/store/supplement.h"

/* What stands in the row: without content, attachments, supplements. */
Funding__Application *application_message(struct arena *arena, const struct application *a);
void application_message_days(Funding__Application *m, int64_t tenths); /* trainee days */
/* With what was written in it, and what follows from that. */
void application_message_content(struct arena *arena, Funding__Application *m, struct span packed);
/* submitted: those of the last submission, as officials see them; else those that its owner has. */
void application_message_attachments(struct arena *arena, Funding__Application *m, const struct attachment_ask *found, bool submitted);
void application_message_supplements(struct arena *arena, Funding__Application *m, const struct supplement_ask *found);
/* A page of `limit` rows out of one row more: the token is the last id of the page. */
Funding__ApplicationList *application_message_list(struct arena *arena, const struct application_ask *found, size_t limit);

#endif
