/* Pages by the last id of the page before. */
#ifndef HV_FUNDING_HANDLER_PAGE_H
#define HV_FUNDING_HANDLER_PAGE_H
#include "common/work/check.h"

/* An empty token gives a nil id; size is 1..200, 0 asks for 50. */
enum err page_after(struct job *job, const char *token, uint32_t size, struct uuid *after, uint32_t *limit) MUST_CHECK;

#endif
