/* ListCalls: the published calls, newest opening first; officials see drafts too. The page token is the opening and the id of its last row.
 */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/call_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/who.h"

enum { KEY_SIZE = 24, PAGE_MOST = 100 };

enum err list_calls_needs(struct job *job, struct workset *w)
{
    const Funding__ListCallsRequest *request = (const Funding__ListCallsRequest *)job->message;
    const uint32_t size = request->page_size == 0 ? 50 : request->page_size;
    struct span key;
    enum err err = check_range(job, "pageSize", size, 1, PAGE_MOST);

    if (err == ERR_OK)
        err = page_key(job, request->page_token, KEY_SIZE, KEY_SIZE, &key);
    if (err != ERR_OK)
        return err;
    struct call_ask *ask = call_want_list(w, job);
    ask->all = who_is_official(job);
    ask->limit = (int32_t)size + 1;
    if (key.len == KEY_SIZE) {
        memcpy(&ask->before_us, key.data, sizeof ask->before_us);
        memcpy(ask->before.b, key.data + sizeof ask->before_us, sizeof ask->before.b);
        err = check_range(job, "pageToken", ask->before_us, 1, INT64_MAX); /* whoever made it up: no call opens before that */
    }
    return err;
}

static char *token_of(struct job *job, const struct call *call)
{
    uint8_t key[KEY_SIZE];

    memcpy(key, &call->opens_us, sizeof call->opens_us);
    memcpy(key + sizeof call->opens_us, call->id.b, sizeof call->id.b);
    return page_token(job->arena, span_of(key, sizeof key));
}

static Funding__Call *line(const struct job *job, const struct call_ask *ask, size_t i, int64_t now_us)
{
    Funding__Call *m = call_line(job->arena, ask->rows[i], now_us);

    if (ask->all)
        call_message_count(m, ask->rows[i]);
    return m;
}

void list_calls_decide(struct job *job, struct workset *w)
{
    const struct call_ask *ask = call_asked(w, job);
    const size_t most = (size_t)ask->limit - 1;
    Funding__CallList *list = arena_alloc(job->arena, sizeof *list);

    funding__call_list__init(list);
    list->calls = arena_array(job->arena, ask->count + 1, sizeof *list->calls);
    for (size_t i = 0; i < ask->count && i < most; i++)
        list->calls[list->n_calls++] = line(job, ask, i, w->now_us);
    if (ask->count > most)
        list->next_page_token = token_of(job, ask->rows[most - 1]);
    job_answer(job, &list->base, 0);
}
