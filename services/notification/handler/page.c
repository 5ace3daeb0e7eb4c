/* The shared half of the two lists. */
#include "services/notification/handler/page.h"

#include <inttypes.h>
#include <string.h>

#include "services/notification/domain/why.h"

#define PAGE_SIZE     50
#define PAGE_SIZE_MAX 200
#define TOKEN_MAX     18 /* digits: below 2^63 */

enum err page_require_admin(struct job *job)
{
    if (job->request->roles & BUS__ROLE__ROLE_ADMIN)
        return ERR_OK;
    return job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
}

static bool read_token(const char *token, int64_t *before)
{
    *before = INT64_MAX;
    if (*token == '\0')
        return true;
    if (strlen(token) > TOKEN_MAX || strspn(token, "0123456789") != strlen(token))
        return false;
    *before = 0;
    for (; *token; token++)
        *before = *before * 10 + (*token - '0');
    return true;
}

int32_t page_limit(uint32_t size)
{
    return size == 0 ? PAGE_SIZE : size > PAGE_SIZE_MAX ? PAGE_SIZE_MAX : (int32_t)size;
}

enum err page_read(struct job *job, const char *token, uint32_t size, struct page *out)
{
    out->limit = page_limit(size);
    if (read_token(token, &out->before))
        return ERR_OK;
    return job_fail(job, ERR_INVALID, "request.page-token", "pageToken", "Sivun tunniste on virheellinen", "Sidans kod är felaktig",
                    "The page token is malformed");
}

enum err page_ask(struct job *job, struct workset *w, const char *token, uint32_t size, enum message_state state, struct uuid recipient)
{
    struct page page;
    const enum err err = page_read(job, token, size, &page);

    if (err != ERR_OK)
        return err;
    struct question *q = workset_ask(w, job);
    q->what = ASK_LIST;
    q->state = state;
    q->recipient = recipient;
    q->before = page.before;
    q->limit = page.limit;
    return ERR_OK;
}

Notification__Message *page_own(struct job *job, const struct message_row *row)
{
    const char *asked = job->request->language;
    struct message_row own = *row;

    own.why = why_words(row->why, language_read(asked, strlen(asked)));
    return convert_row(job->arena, &own);
}

void page_answer(struct job *job, struct workset *w)
{
    const struct question *q = workset_answer(w, job);
    Notification__MessageList *list = arena_alloc(job->arena, sizeof *list);
    size_t shown = q->row_count > (size_t)q->limit ? (size_t)q->limit : q->row_count;

    notification__message_list__init(list);
    list->messages = arena_array(job->arena, shown + 1, sizeof *list->messages);
    list->n_messages = shown;
    for (size_t i = 0; i < shown; i++)
        list->messages[i] = q->inbox ? page_own(job, &q->rows[i]) : convert_row(job->arena, &q->rows[i]);
    if (q->row_count > shown)
        list->next_page_token = arena_printf(job->arena, "%" PRId64, q->rows[shown - 1].number);
    job_answer(job, &list->base, 0);
}
