/* Lists: pages asked for by one job each. They ride in the same round trip as the rest; only a page of whole programmes needs
 * one of its own before it, since its ids are not known beforehand. */
#include <string.h>

#include "services/enrolment/store/rows.h"
#include "services/enrolment/store/statements.h"
#include "services/enrolment/store/store.h"

static void ask_refusals(struct db_params *p, const struct query *q)
{
    struct uuid person = {{0}}, implementation = {{0}};
    struct span rule = span_of(NULL, 0);

    if (q->after_bytes.len >= sizeof person.b + sizeof implementation.b) {
        memcpy(person.b, q->after_bytes.data, sizeof person.b);
        memcpy(implementation.b, q->after_bytes.data + sizeof person.b, sizeof implementation.b);
        rule = span_of(q->after_bytes.data + sizeof person.b + sizeof implementation.b,
                       q->after_bytes.len - sizeof person.b - sizeof implementation.b);
    }
    db_uuid(p, person);
    db_uuid(p, implementation);
    db_text(p, rule);
}

/* The parameters of each list, in the order of its statement. */
static const struct db_stmt *ask_query(struct db_params *p, const struct query *q)
{
    const struct db_stmt *stmt = NULL;

    db_uuid(p, q->id);
    switch (q->kind) {
    case QUERY_PROGRAMMES:
        return NULL;
    case QUERY_MINE:
        stmt = &LIST_MINE;
        break;
    case QUERY_LIST:
        stmt = &LIST_REGISTRATIONS;
        db_i32(p, (int32_t)q->after_n);
        db_i32(p, (int32_t)q->state);
        break;
    case QUERY_LIST_WHOLE:
        stmt = &LIST_WHOLE;
        db_i32(p, (int32_t)q->after_n);
        db_i32(p, (int32_t)q->state);
        break;
    case QUERY_LAST_SEATED:
        stmt = &LIST_LAST_SEATED;
        break;
    case QUERY_HISTORY:
        stmt = &LIST_HISTORY;
        break;
    case QUERY_LAST_MOVE:
        stmt = &LIST_LAST_MOVE;
        break;
    case QUERY_REFUSALS:
        stmt = &LIST_REFUSALS;
        ask_refusals(p, q);
        break;
    case QUERY_CHAIN:
        stmt = &LIST_CHAIN;
        db_i32(p, (int32_t)q->after_n);
        break;
    }
    db_i32(p, (int32_t)q->limit);
    return stmt;
}

void load_queries(struct workset *w, struct db *db)
{
    for (struct query *q = w->queries; q != NULL; q = q->next) {
        struct db_params *p = db_params(w->arena);
        const struct db_stmt *stmt = ask_query(p, q);
        if (stmt != NULL)
            q->result = db_queue(db, stmt, p);
    }
}

static struct move *row_move(struct workset *w, const struct db_result *r, int row)
{
    struct move *move = arena_alloc(w->arena, sizeof *move);
    const struct span hash = db_get_span(r, row, 6);

    *move = (struct move){.n = (uint32_t)db_get_i32(r, row, 0),
                          .from = (enum registration_state)db_get_i32(r, row, 1),
                          .to = (enum registration_state)db_get_i32(r, row, 2),
                          .at_us = db_get_time(r, row, 3),
                          .actor = db_get_uuid(r, row, 4),
                          .forgotten = !db_get_null(r, row, 4) && uuid_is_nil(db_get_uuid(r, row, 4)),
                          .reason = row_text(w, r, row, 5)};
    if (hash.len == sizeof move->hash.b)
        memcpy(move->hash.b, hash.data, hash.len);
    return move;
}

static struct refused *row_refused(struct workset *w, const struct db_result *r, int row)
{
    struct refused *refused = arena_alloc(w->arena, sizeof *refused);

    row_person(w, r, row, REFUSAL_COLUMN_COUNT);
    *refused = (struct refused){.programme = db_get_uuid(r, row, 0),
                                .implementation = db_get_uuid(r, row, 1),
                                .person = db_get_uuid(r, row, 2),
                                .rule = row_text(w, r, row, 3),
                                .times = (uint32_t)db_get_i32(r, row, 4),
                                .last_us = db_get_time(r, row, 5)};
    return refused;
}

static struct chain_entry *row_entry(struct workset *w, const struct query *q, const struct db_result *r, int row)
{
    struct chain_entry *entry = arena_alloc(w->arena, sizeof *entry);
    const struct span salt = db_get_span(r, row, 5), hash = db_get_span(r, row, 8);

    entry->record = (struct chain_record){.implementation = q->id,
                                          .n = (uint32_t)db_get_i32(r, row, 0),
                                          .from = (uint8_t)db_get_i32(r, row, 1),
                                          .to = (uint8_t)db_get_i32(r, row, 2),
                                          .order_no = (uint32_t)db_get_i32(r, row, 3),
                                          .registration = db_get_uuid(r, row, 4),
                                          .at_us = db_get_time(r, row, 7)};
    const struct span kept = db_get_span(r, row, 9); /* the person was forgotten, the hash was not */
    if (salt.len == CHAIN_SALT_SIZE)
        entry->record.person = chain_person(salt.data, db_get_uuid(r, row, 6));
    else if (kept.len == sizeof entry->record.person.b)
        memcpy(entry->record.person.b, kept.data, kept.len);
    if (hash.len == sizeof entry->hash.b)
        memcpy(entry->hash.b, hash.data, hash.len);
    return entry;
}

static void *row_of(struct workset *w, const struct query *q, const struct db_result *r, int row)
{
    switch (q->kind) {
    case QUERY_PROGRAMMES:
        break;
    case QUERY_LIST:
    case QUERY_LIST_WHOLE:
        row_person(w, r, row, REGISTRATION_COLUMN_COUNT);
        return row_registration(w, r, row);
    case QUERY_MINE:
    case QUERY_LAST_SEATED:
        return row_registration(w, r, row);
    case QUERY_HISTORY:
    case QUERY_LAST_MOVE:
        return row_move(w, r, row);
    case QUERY_REFUSALS:
        return row_refused(w, r, row);
    case QUERY_CHAIN:
        return row_entry(w, q, r, row);
    }
    return NULL;
}

/* A page of programmes: the whole programmes are at hand by now, unless one was read twice and is gone, which cannot happen in
 * a reader's one snapshot. */
static void read_programmes(const struct workset *w, struct query *q)
{
    for (size_t i = 0; i < q->count; i++)
        q->rows[i] = workset_programme(w, *(const struct uuid *)q->rows[i]);
}

void load_queries_read(struct workset *w, struct db *db)
{
    for (struct query *q = w->queries; q != NULL; q = q->next) {
        if (q->kind == QUERY_PROGRAMMES) {
            read_programmes(w, q);
            continue;
        }
        const struct db_result *r = db_result(db, q->result);
        q->count = (size_t)db_rows(r);
        q->rows = arena_array(w->arena, q->count, sizeof *q->rows);
        for (size_t i = 0; i < q->count; i++)
            q->rows[i] = row_of(w, q, r, (int)i);
    }
}

static void read_page(struct workset *w, struct query *q, const struct db_result *r)
{
    q->count = (size_t)db_rows(r);
    q->rows = arena_array(w->arena, q->count, sizeof *q->rows);
    for (size_t i = 0; i < q->count; i++) {
        struct uuid *id = arena_alloc(w->arena, sizeof *id);
        *id = db_get_uuid(r, (int)i, 0);
        q->rows[i] = id;
        workset_see_programme(w, *id);
    }
}

enum err load_programme_pages(struct workset *w, struct db *db)
{
    bool any = false;

    for (struct query *q = w->queries; q != NULL; q = q->next) {
        if (q->kind != QUERY_PROGRAMMES)
            continue;
        struct db_params *p = db_params(w->arena);
        db_text(p, span_text(q->after_text));
        db_i32(p, (int32_t)q->limit);
        q->result = db_queue(db, &PAGE_PROGRAMMES, p);
        any = true;
    }
    if (!any)
        return ERR_OK;
    const enum err err = db_flush(db);
    for (struct query *q = w->queries; err == ERR_OK && q != NULL; q = q->next)
        if (q->kind == QUERY_PROGRAMMES)
            read_page(w, q, db_result(db, q->result));
    return err;
}
