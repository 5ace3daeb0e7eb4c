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
    ATTACHMENT_NAME,   /* not as people name files: see attachment_name_fits */
    ATTACHMENT_TWICE,  /* two of one name */
    ATTACHMENT_TYPE,   /* neither application/pdf nor text/calendar */
    ATTACHMENT_CONTENT /* not what its type says */
};
/* 1 to 100 bytes of UTF-8: letters of any script, digits, spaces and . - _ ( ) + , &, begun by a letter or digit. Nothing that names a
 * folder, ends a header, cannot be seen or turns the reading direction round. It ends in .pdf or .ics, as its type is. */
bool attachment_name_fits(struct span name, const char *ending);
/* *which: the first one that is wrong. */
enum attachment_judgement attachment_judge(const struct attachment *attachments, size_t count, size_t *which);

#endif
