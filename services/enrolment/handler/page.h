/* Lists that staff read, a page at a time; tokens are those of common/work/check.h. */
#ifndef HV_ENROLMENT_HANDLER_PAGE_H
#define HV_ENROLMENT_HANDLER_PAGE_H
#include "common/base/arena.h"
#include "common/work/check.h"
#include "services/enrolment/domain/registration.h"

#define PAGE_BYTES_MAX (200 * 1024) /* a page ends here at the latest: it must fit into one reply */

/* One page of a list that staff read of a programme, as it was asked for. */
struct page {
    struct uuid programme;
    uint32_t size;   /* rows */
    struct span key; /* where the page before it ended; empty: the first */
};
/* ERR_UNAUTHENTICATED, ERR_FORBIDDEN; ERR_INVALID with the field "programmeId", "pageSize" or "pageToken" (see page_key). */
enum err page_read(struct job *job, const ProtobufCBinaryData *programme_id, uint32_t page_size, const char *token, size_t least,
                   size_t most, struct page *page) MUST_CHECK;

/* Lists by order number, of a whole programme or of one implementation. A token of the one kind is a byte longer than that of the other,
 * so that neither is taken for the other. */
size_t page_order_size(bool whole);
uint32_t page_order(struct span key); /* 0 for an empty key */
char *page_after(struct arena *arena, const struct registration *last, bool whole);

#endif
