/* A letter as a document: what a decision says, to print and to keep (kinds with kind->pdf). Tagged, so that a screen reader reads it.
 * The same letter gives the same bytes. */
#ifndef HV_NOTIFICATION_OUTBOUND_PAPER_H
#define HV_NOTIFICATION_OUTBOUND_PAPER_H
#include "common/base/buf.h"
#include "common/base/err.h"
#include "services/notification/domain/letter.h"

struct paper_about {
    const char *author; /* who the mail is from */
    enum language language;
    int64_t created_us; /* when the message came into the queue: the same at every attempt */
};
enum err paper_write(struct buf *out, const struct letter *letter, const struct paper_about *about) MUST_CHECK; /* appends */
const char *paper_name(enum language language); /* of its file, in the reader's language */

#endif
