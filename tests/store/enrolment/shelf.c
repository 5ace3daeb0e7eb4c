/* The rows under the tests of the store's parts. See shelf.h. */
#include "tests/store/enrolment/shelf.h"

#include "common/base/time.h"

extern const struct db_schema enrolment_schema;

struct kit_pg *shelf_open(void)
{
    struct kit_pg *pg = kit_pg_new();
    kit_pg_apply(pg, &enrolment_schema);
    return pg;
}

struct uuid shelf_id(const char *text)
{
    struct uuid id = {{0}};
    assert_true(uuid_parse(&id, span_text(text)));
    return id;
}

struct uuid shelf_registration(unsigned number)
{
    char text[UUID_TEXT];
    (void)snprintf(text, sizeof text, "00000004-0000-8000-8000-%012u", number);
    return shelf_id(text);
}

void shelf_fill(struct kit_pg *pg)
{
    (void)kit_sql(pg, "truncate enrolment.programme, enrolment.person cascade");
    (void)kit_sql(
        pg,
        "insert into enrolment.programme (id, code, title_fi, title_sv, title_en, credits_tenths, cap, reply_hours, taken, last_order)"
        " values ('" SHELF_PROGRAMME "', 'p', 'P', '', '', 50, 20, 24, %d, %d)",
        SHELF_PEOPLE, SHELF_PEOPLE);
    (void)kit_sql(
        pg,
        "insert into enrolment.implementation (id, programme_id, code, ordinal, organiser_fi, organiser_sv, organiser_en, title_fi,"
        " title_sv, title_en, audience_fi, audience_sv, audience_en, places, region, mode, capacity, waiting_cap, chain_head, taken, "
        "last_order)"
        " values ('" SHELF_IMPLEMENTATION "', '" SHELF_PROGRAMME "', 'i', 1, 'O', '', '', 'T', '', '', '', '', '', '{}', '', 1, 10, 4,"
        " decode(repeat('00', 32), 'hex'), %d, %d)",
        SHELF_PEOPLE, SHELF_PEOPLE);
    (void)kit_sql(
        pg,
        "insert into enrolment.person select ('00000003-0000-8000-8000-' || lpad(g::text, 12, '0'))::uuid, 'N', 'n@example.fi', 'fi',"
        " 'teacher', 'basic', 'state', '', '' from generate_series(1, %d) g",
        SHELF_PEOPLE);
    (void)kit_sql(
        pg,
        "insert into enrolment.registration (id, programme_id, implementation_id, person_id, state, first_state, order_no, programme_order,"
        " received_at, created_at, version, chain_n, chain_hash, salt, caller, idempotency_key, request_hash, line)"
        " select ('00000004-0000-8000-8000-' || lpad(g::text, 12, '0'))::uuid, '" SHELF_PROGRAMME "', '" SHELF_IMPLEMENTATION "',"
        " ('00000003-0000-8000-8000-' || lpad(g::text, 12, '0'))::uuid, 1, 1, g, g, now(), now(), 1, g, decode(repeat('00', 32), 'hex'),"
        " decode(repeat('00', 16), 'hex'), '00000003-0000-8000-8000-000000000001', convert_to(g::text, 'UTF8'), decode(repeat('00', 32), "
        "'hex'), g"
        " from generate_series(1, %d) g",
        SHELF_PEOPLE);
}

struct hand hand_open(struct kit_pg *pg)
{
    const struct db_config config = {
        .conninfo = kit_pg_conninfo(pg, "hv_enrolment"), .schema = "enrolment", .application_name = "test", .statement_timeout_ms = 10000};
    struct hand hand = {.arena = arena_new(1 << 16)};
    assert_int_equal(db_open(&hand.db, &config, kit_log()), ERR_OK);
    hand.w = workset_new(hand.arena, time_now_us(), NULL, NULL);
    return hand;
}

void hand_load(struct hand *hand)
{
    db_begin(hand->db, DB_READ_WRITE);
    assert_int_equal(store_load(hand->w, hand->db), ERR_OK);
}

enum err hand_save(struct hand *hand)
{
    store_save(hand->w, hand->db);
    return db_commit(hand->db);
}

void hand_close(struct hand *hand)
{
    if (db_begun(hand->db))
        db_rollback(hand->db);
    db_close(hand->db);
    arena_free(hand->arena);
}
