/* ListSuppressionChanges: who put which address onto the list, or took it away, when and why; for operators, newest first, of one address
 * or of all. */
#include <inttypes.h>

#include "common/base/address.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/suppression_change.h"

enum err list_suppression_changes_needs(struct job *job, struct workset *w)
{
    const Notification__ListSuppressionChangesRequest *request = (const Notification__ListSuppressionChangesRequest *)job->message;
    const struct span address = span_text(request->address);
    struct page page;
    enum err err = page_require_admin(job);

    if (err == ERR_OK && address.len > 0 && !address_valid(address))
        err = job_fail(job, ERR_INVALID, "notification.suppression.address", "address", "Tämä ei ole sähköpostiosoite",
                       "Detta är ingen e-postadress", "This is not an e-mail address");
    if (err == ERR_OK)
        err = page_read(job, request->page_token, request->page_size, &page);
    if (err == ERR_OK)
        suppression_change_want(w, job, address, page.before, page.limit);
    return err;
}

static Notification__SuppressionChange *change_message(struct arena *arena, const struct suppression_change *change)
{
    Notification__SuppressionChange *out = arena_alloc(arena, sizeof *out);

    notification__suppression_change__init(out);
    out->address = arena_text(arena, change->address);
    out->reason = (Notification__SuppressionReason)change->reason;
    out->removed = change->reason == 0;
    out->at_us = change->at_us;
    out->note = arena_text(arena, change->note);
    if (!uuid_is_nil(change->actor))
        out->actor = convert_id_bytes(arena, change->actor);
    return out;
}

void list_suppression_changes_decide(struct job *job, struct workset *w)
{
    const Notification__ListSuppressionChangesRequest *request = (const Notification__ListSuppressionChangesRequest *)job->message;
    Notification__SuppressionChangeList *list = arena_alloc(job->arena, sizeof *list);
    const size_t limit = (size_t)page_limit(request->page_size);
    size_t count;
    const struct suppression_change *rows = suppression_change_found(w, job, &count);

    notification__suppression_change_list__init(list);
    list->n_changes = count > limit ? limit : count;
    list->changes = arena_array(job->arena, list->n_changes + 1, sizeof *list->changes);
    for (size_t i = 0; i < list->n_changes; i++)
        list->changes[i] = change_message(job->arena, &rows[i]);
    if (count > limit)
        list->next_page_token = arena_printf(job->arena, "%" PRId64, rows[limit - 1].number);
    job_answer(job, &list->base, 0);
}
