/* See call_page.h. */
#include "services/funding/handler/call_page.h"

#include "services/funding/handler/page.h"
#include "services/funding/handler/seen_application.h"

enum err call_page_want(struct job *job, struct workset *w, const ProtobufCBinaryData *call_id, int state, int most_state,
                        const char *token, uint32_t size, struct call_page *page)
{
    uint32_t limit;
    enum err err = who_official(job);

    *page = (struct call_page){.state = state};
    if (err == ERR_OK)
        err = check_id(job, "callId", call_id, &page->call_id);
    if (err == ERR_OK)
        err = check_range(job, "state", state, 0, most_state);
    if (err == ERR_OK)
        err = page_after(job, token, size, &page->after, &limit);
    if (err == ERR_OK) {
        page->limit = (int32_t)limit + 1;
        (void)call_want(w, job, CALL_BY_ID, page->call_id, CALL_READ);
    }
    return err;
}

bool call_page_seen(struct job *job, const struct workset *w)
{
    const struct call *call = call_found(w, job);

    if (call != NULL && official_sees(job, call))
        return true;
    (void)job_fail(job, call == NULL ? ERR_NOT_FOUND : ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return false;
}

size_t call_page_rows(size_t found, int32_t limit)
{
    return found < (size_t)limit ? found : (size_t)limit - 1;
}

char *call_page_token(struct job *job, size_t found, int32_t limit, const struct uuid *last)
{
    return found < (size_t)limit ? arena_strdup(job->arena, "") : page_token(job->arena, span_of(last->b, sizeof last->b));
}
