/* Result rows to people, registrations and waiting lists. */
#include <string.h>

#include "services/enrolment/store/rows.h"

void row_person(struct workset *w, const struct db_result *r, int row, int col)
{
    const struct uuid id = db_get_uuid(r, row, col);

    if (uuid_is_nil(id) || workset_person(w, id) != NULL)
        return;
    struct person *p = arena_alloc(w->arena, sizeof *p);
    *p = (struct person){.id = id,
                         .name = row_text(w, r, row, col + 1),
                         .email = row_text(w, r, row, col + 2),
                         .language = row_text(w, r, row, col + 3),
                         .role = row_text(w, r, row, col + 4),
                         .level = row_text(w, r, row, col + 5),
                         .organisation_kind = row_text(w, r, row, col + 6),
                         .organisation = row_text(w, r, row, col + 7),
                         .region = row_text(w, r, row, col + 8),
                         .version = (uint64_t)db_get_i64(r, row, col + 9)};
    map_put(&w->person_by_id, uuid_span(&p->id), p);
}

void rows_persons(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++)
        row_person(w, r, row, 0);
}

static void copy_bytes(void *to, size_t size, struct span from)
{
    if (from.len == size)
        memcpy(to, from.data, size);
}

struct registration *row_registration(struct workset *w, const struct db_result *r, int row)
{
    const struct uuid id = db_get_uuid(r, row, 0);
    struct registration *reg = workset_registration(w, id);

    if (reg != NULL) {
        if (reg->position == 0)
            reg->position = (uint32_t)db_get_i32(r, row, REGISTRATION_COLUMN_COUNT - 1);
        return reg;
    }
    reg = arena_alloc(w->arena, sizeof *reg);
    *reg = (struct registration){.id = id,
                                 .programme = db_get_uuid(r, row, 1),
                                 .implementation = db_get_uuid(r, row, 2),
                                 .person = db_get_uuid(r, row, 3),
                                 .state = (enum registration_state)db_get_i16(r, row, 4),
                                 .first_state = (enum registration_state)db_get_i16(r, row, 5),
                                 .order_no = (uint32_t)db_get_i32(r, row, 6),
                                 .programme_order = (uint32_t)db_get_i32(r, row, 7),
                                 .received_us = db_get_time(r, row, 8),
                                 .created_us = db_get_time(r, row, 9),
                                 .reply_due_us = db_get_time(r, row, 10),
                                 .version = (uint64_t)db_get_i64(r, row, 11),
                                 .chain_n = (uint32_t)db_get_i32(r, row, 12),
                                 .caller = db_get_uuid(r, row, 15),
                                 .line = (uint64_t)db_get_i64(r, row, 16),
                                 .origin = db_get_uuid(r, row, 17),
                                 .team = db_get_uuid(r, row, 18),
                                 .invitation = db_get_uuid(r, row, 19),
                                 .review = (enum review)db_get_i16(r, row, 20),
                                 .condition = row_text(w, r, row, 21),
                                 .forgotten = !db_get_null(r, row, 22),
                                 .quota_window = db_get_uuid(r, row, 23),
                                 .position = (uint32_t)db_get_i32(r, row, REGISTRATION_COLUMN_COUNT - 1)};
    copy_bytes(reg->person_hash.b, sizeof reg->person_hash.b, db_get_span(r, row, 22));
    copy_bytes(reg->chain_hash.b, sizeof reg->chain_hash.b, db_get_span(r, row, 13));
    copy_bytes(reg->salt, sizeof reg->salt, db_get_span(r, row, 14));
    map_put(&w->registration_by_id, uuid_span(&id), reg);
    return reg;
}

/* Rows come by implementation, then in line: each list is linked as they come. */
void rows_queues(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        struct registration *reg = row_registration(w, r, row);
        struct implementation *i = workset_implementation(w, reg->implementation);
        if (i == NULL)
            continue;
        if (i->queue_last != NULL)
            i->queue_last->queue_next = reg;
        else
            i->queue_first = reg;
        i->queue_last = reg;
    }
}
