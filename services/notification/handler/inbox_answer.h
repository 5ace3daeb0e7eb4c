/* How many are unread: the answer of GetInbox and of MarkRead. */
#ifndef HV_NOTIFICATION_HANDLER_INBOX_ANSWER_H
#define HV_NOTIFICATION_HANDLER_INBOX_ANSWER_H
#include "notification.pb-c.h"
#include "services/notification/store/inbox.h"

static inline void inbox_answer(struct job *job, struct workset *w)
{
    Notification__Inbox *out = arena_alloc(job->arena, sizeof *out);
    bool more;

    notification__inbox__init(out);
    out->unread = (uint32_t)inbox_unread(w, job, &more);
    out->more = more;
    job_answer(job, &out->base, 0);
}

#endif
