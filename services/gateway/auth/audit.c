/* ListAudit: what was done about accounts, sessions and tokens, newest first. */
#include <inttypes.h>
#include <stdlib.h>

#include "services/gateway/auth/account.h"
#include "services/gateway/auth/page.h"
#include "services/gateway/auth/refusal.h"

static const struct db_stmt LIST = {"audit_list",
                                    "select id, at, actor, action, target, detail from audit where id < $1 order by id desc limit $2"};

/* The page token is the last id of the page before, in decimal. */
static bool page_from(const char *token, int64_t *out)
{
    *out = INT64_MAX;
    if (!*token)
        return true;
    if (strspn(token, "0123456789") != strlen(token) || strlen(token) > 18)
        return false;
    *out = strtoll(token, NULL, 10);
    return true;
}

static Gateway__AuditEntry *entry(struct job *job, const struct db_result *rows, int row)
{
    Gateway__AuditEntry *message = arena_alloc(job->arena, sizeof *message);
    gateway__audit_entry__init(message);
    message->at_us = db_get_time(rows, row, 1);
    if (!db_get_null(rows, row, 2))
        message->actor = account_bytes(job->arena, db_get_uuid(rows, row, 2));
    message->action = arena_text(job->arena, db_get_span(rows, row, 3));
    message->target = arena_text(job->arena, db_get_span(rows, row, 4));
    message->detail = arena_text(job->arena, db_get_span(rows, row, 5));
    return message;
}

enum err list_audit(struct job *job, struct db *db)
{
    const Gateway__ListAuditRequest *request = (const Gateway__ListAuditRequest *)job->message;
    const size_t size = page_size(request->page_size);
    int64_t before = 0;
    if (!page_from(request->page_token, &before))
        return refuse(job, REFUSAL_PAGE);
    struct db_params *params = db_params(job->arena);
    db_i64(params, before);
    db_i64(params, (int64_t)size + 1);
    const int rows = db_queue(db, &LIST, params);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    const size_t got = (size_t)db_rows(result);
    Gateway__AuditList *list = arena_alloc(job->arena, sizeof *list);
    gateway__audit_list__init(list);
    list->n_entries = got > size ? size : got;
    list->entries = arena_array(job->arena, list->n_entries + 1, sizeof *list->entries);
    for (size_t i = 0; i < list->n_entries; i++)
        list->entries[i] = entry(job, result, (int)i);
    if (got > size)
        list->next_page_token = arena_printf(job->arena, "%" PRId64, db_get_i64(result, (int)size - 1, 0));
    job_answer(job, &list->base, 0);
    return ERR_OK;
}
