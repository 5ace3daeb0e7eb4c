/* ListSuppressions: the addresses that get no mail, in their own order. A page begins behind the last address of the one before. */
#include "common/base/address.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/suppression_answer.h"

#define PAGE_SIZE     50
#define PAGE_SIZE_MAX 200

static int32_t page_size(const Notification__ListSuppressionsRequest *request)
{
    if (request->page_size == 0)
        return PAGE_SIZE;
    return request->page_size > PAGE_SIZE_MAX ? PAGE_SIZE_MAX : (int32_t)request->page_size;
}

enum err list_suppressions_needs(struct job *job, struct workset *w)
{
    const Notification__ListSuppressionsRequest *request = (const Notification__ListSuppressionsRequest *)job->message;
    const enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    if (*request->page_token != '\0' && !address_valid(span_text(request->page_token)))
        return job_fail(job, ERR_INVALID, "request.page-token", "pageToken", "Sivun tunniste on virheellinen", "Sidans kod är felaktig",
                        "The page token is malformed");
    suppression_want_list(w, job, span_text(request->page_token), page_size(request));
    return ERR_OK;
}

void list_suppressions_decide(struct job *job, struct workset *w)
{
    const Notification__ListSuppressionsRequest *request = (const Notification__ListSuppressionsRequest *)job->message;
    Notification__SuppressionList *out = arena_alloc(job->arena, sizeof *out);
    size_t count, most = (size_t)page_size(request);
    const struct suppression *rows = suppression_found(w, job, &count);

    notification__suppression_list__init(out);
    out->suppressions = arena_array(job->arena, count + 1, sizeof *out->suppressions);
    for (size_t i = 0; i < count && i < most; i++)
        out->suppressions[out->n_suppressions++] = suppression_message(job->arena, &rows[i]);
    if (count > most)
        out->next_page_token = arena_text(job->arena, rows[most - 1].address);
    job_answer(job, &out->base, 0);
}
