/* What may be attached to a message: judged where it is entered, by its content too, so that nobody is mailed a program that calls itself
 * a document. Pure. */
#ifndef HV_NOTIFICATION_DOMAIN_ATTACHMENT_H
#define HV_NOTIFICATION_DOMAIN_ATTACHMENT_H
#include "services/notification/domain/message.h"

#define ATTACHMENT_NAME_MAX 100

enum attachment_judgement {
    ATTACHMENT_OK,
    ATTACHMENT_MANY,   /* more than ATTACHMENTS_MAX */
    ATTACHMENT_LARGE,  /* more than ATTACHMENTS_MAX_SIZE together */
    ATTACHMENT_NAME,   /* not 1 to 100 of A-Z a-z 0-9 . - _, begun by a letter or digit and ended by .pdf or .ics, as its type is */
    ATTACHMENT_TWICE,  /* two of one name */
    ATTACHMENT_TYPE,   /* neither application/pdf nor text/calendar */
    ATTACHMENT_CONTENT /* not what its type says */
};
/* *which: the first one that is wrong. */
enum attachment_judgement attachment_judge(const struct attachment *attachments, size_t count, size_t *which);

#endif
