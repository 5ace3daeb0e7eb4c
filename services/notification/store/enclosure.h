/* What a message was told with: its facts and the files attached to it, for whoever looks at the message; the content of one file, for
 * whoever opens it. Files are kept once for all messages of an event (table attachment). Read only. */
#ifndef HV_NOTIFICATION_STORE_ENCLOSURE_H
#define HV_NOTIFICATION_STORE_ENCLOSURE_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

struct enclosure {
    int32_t n, size;
    struct span name, media_type;
    struct span content; /* of the wanted one only */
};
struct enclosure_ask {
    struct part_item item; /* first */
    struct uuid message;
    int32_t n; /* whose content is wanted; 0: nobody's */
    bool found;
    struct uuid recipient_id;
    struct facts facts; /* told with it */
    struct enclosure files[ATTACHMENTS_MAX];
    size_t count;
    int files_result;
};
struct enclosure_ask *enclosure_ask(struct workset *w, const struct job *job, struct uuid message, int32_t n);
struct enclosure_ask *enclosure_asked(const struct workset *w, const struct job *job);

extern const struct store_part enclosure_part;

#endif
