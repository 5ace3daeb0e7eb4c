/* Pages by key: a token is the last key of a page in base64, so a list neither skips nor repeats while rows come and go. */
#ifndef HV_ENROLMENT_HANDLER_PAGE_H
#define HV_ENROLMENT_HANDLER_PAGE_H
#include "common/base/arena.h"
#include "common/work/job.h"

#define PAGE_BYTES_MAX (200 * 1024) /* a page ends here at the latest: it must fit into one reply */

char *page_token(struct arena *arena, struct span key);
/* An empty token gives an empty key. ERR_INVALID for what page_token did not make, or a key that is not least..most bytes. */
enum err page_key(struct job *job, const char *token, size_t least, size_t most, struct span *key) MUST_CHECK;

#endif
