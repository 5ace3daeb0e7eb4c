/* The chain: it verifies as `hv verify` would have it, and its entries are the model's changes of state, one by one in order. */
#include "tests/service/enrolment/property/book.h"

#include <string.h>

#include "common/base/chain.h"

/* Which row of the model a registration is; NOBODY: none. */
static int row_of(const struct model *m, struct uuid id)
{
    for (size_t i = 0; i < m->row_count; i++) {
        if (uuid_compare(m->rows[i].id, id) == 0)
            return (int)i;
    }
    return NOBODY;
}

/* Of who is forgotten there is nothing but the hash. */
static struct hash person_hash(const struct db_result *rows, int row)
{
    uint8_t salt[CHAIN_SALT_SIZE];
    struct hash hash;

    if (db_get_null(rows, row, 12)) {
        memcpy(hash.b, db_get_span(rows, row, 13).data, sizeof hash.b);
        return hash;
    }
    memcpy(salt, db_get_span(rows, row, 12).data, sizeof salt);
    return chain_person(salt, db_get_uuid(rows, row, 2));
}

static bool read_record(struct book *book, const struct db_result *moves, int at, const struct db_result *rows, struct chain_record *record)
{
    const int row = row_of(book->m, db_get_uuid(moves, at, 2));
    if (row == NOBODY || row >= db_rows(rows))
        return false;
    *record = (struct chain_record){.implementation = db_get_uuid(moves, at, 0),
                                    .n = (uint32_t)db_get_i32(moves, at, 1),
                                    .from = (uint8_t)db_get_i16(moves, at, 3),
                                    .to = (uint8_t)db_get_i16(moves, at, 4),
                                    .order_no = (uint32_t)db_get_i32(rows, row, 4),
                                    .registration = db_get_uuid(moves, at, 2),
                                    .person = person_hash(rows, row),
                                    .at_us = db_get_time(moves, at, 5)};
    return true;
}

/* The model's next step at this implementation, from *step on. */
static const struct step *next_step(const struct model *m, int place, size_t *step)
{
    while (*step < m->step_count) {
        const struct step *s = &m->steps[(*step)++];
        if (m->rows[s->row].place == place)
            return s;
    }
    return NULL;
}

static void check_step(struct book *book, int place, const struct step *s, const struct chain_record *record)
{
    const int row = row_of(book->m, record->registration);

    if (s == NULL)
        story_wrong(book->story, "entry %u of implementation %d (row %d, %d to %d) is one too many for the model", record->n, place, row,
                    record->from, record->to);
    else if (s->row != row || s->from != record->from || s->to != record->to)
        story_wrong(book->story, "entry %u of implementation %d is row %d from %d to %d, the model says row %d from %d to %d", record->n,
                    place, row, record->from, record->to, s->row, s->from, s->to);
}

static void check_place(struct book *book, const struct db_result *places, int place, const struct db_result *moves,
                        const struct db_result *rows)
{
    struct chain_check check;
    struct chain_record record;
    struct hash hash;
    size_t step = 0;

    chain_check_init(&check, book->m->places[place].id);
    memcpy(hash.b, db_get_span(places, place, 10).data, sizeof hash.b);
    chain_check_expect(&check, (uint32_t)db_get_i32(places, place, 9), &hash);
    for (int i = 0; i < db_rows(moves); i++) {
        if (uuid_compare(db_get_uuid(moves, i, 0), book->m->places[place].id) != 0)
            continue;
        if (!read_record(book, moves, i, rows, &record)) {
            story_wrong(book->story, "an entry of implementation %d is of no row the model knows", place);
            return;
        }
        memcpy(hash.b, db_get_span(moves, i, 6).data, sizeof hash.b);
        const enum chain_finding finding = chain_check_next(&check, &record, &hash);
        if (finding != CHAIN_OK)
            story_wrong(book->story, "the chain of implementation %d does not verify at entry %u: finding %d", place, record.n, finding);
        check_step(book, place, next_step(book->m, place, &step), &record);
    }
    if (chain_check_end(&check) != CHAIN_OK)
        story_wrong(book->story, "the chain of implementation %d does not end where its head says", place);
    const struct step *s = next_step(book->m, place, &step);
    if (s != NULL)
        story_wrong(book->story, "the chain of implementation %d lacks row %d from %d to %d", place, s->row, s->from, s->to);
}

void book_chain(struct book *book, const struct db_result *places, const struct db_result *moves, const struct db_result *rows)
{
    for (int i = 0; i < db_rows(places) && i < (int)book->m->place_count; i++)
        check_place(book, places, i, moves, rows);
}
