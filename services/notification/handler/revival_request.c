/* See revival_request.h. */
#include "services/notification/handler/revival_request.h"

#include "services/notification/handler/page.h"

enum err revival_want(struct job *job, struct workset *w, ProtobufCBinaryData message_id)
{
    struct uuid id;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = convert_asked_id(job, &id, message_id, "messageId");
    if (err == ERR_OK)
        workset_want_revival(w, id);
    return err;
}

struct revival *revival_wanted(struct job *job, struct workset *w, ProtobufCBinaryData message_id)
{
    struct uuid id;
    struct revival *revival = convert_id(&id, message_id) ? workset_revival(w, id) : NULL;

    if (revival != NULL && revival->found)
        return revival;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return NULL;
}
