/* What the lists share that officials of a call read page by page: grants, change applications, reports, obligations. Rows go by id, and
 * leave out what the reader has a conflict of interest in. */
#ifndef HV_FUNDING_HANDLER_CALL_PAGE_H
#define HV_FUNDING_HANDLER_CALL_PAGE_H
#include "common/work/check.h"
#include "services/funding/store/call.h"

struct call_page {
    struct uuid call_id, after; /* after: the last id of the page before; nil: none */
    int state;                  /* 0: any */
    int32_t limit;              /* one more than the page holds: that one says that there is another page */
};

/* In needs: an official, the call, and what the request says about the page. */
enum err call_page_want(struct job *job, struct workset *w, const ProtobufCBinaryData *call_id, int state, int most_state,
                        const char *token, uint32_t size, struct call_page *page) MUST_CHECK;
/* In decide; false: the job was refused, for there is no such call or the reader is no official of it. */
bool call_page_seen(struct job *job, const struct workset *w);
/* How many of the rows found are told, and the token of the next page, "" where this is the last one. */
size_t call_page_rows(size_t found, int32_t limit);
char *call_page_token(struct job *job, size_t found, int32_t limit, const struct uuid *last);

#endif
