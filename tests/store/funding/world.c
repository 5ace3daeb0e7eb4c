/* See world.h. */
#include "tests/store/funding/world.h"

extern const struct db_schema funding_schema;

#define APPLICATION(id, theme, number, applied)                                                                                            \
    "insert into funding.application (id, call_id, theme_id, state, why, owner_id, language, title, lead_name, content_version, "          \
    "created_at, saved_at, total_cents, applied_cents) values (" id ", " CALL ", " theme ", 1, 'x', " SOMEBODY ", 'fi', 'x', 'x', 1, "     \
    "now(), now(), " applied " + 100, " applied ");"                                                                                       \
    "insert into funding.partner values (" id ", 1, '0313471-7', 'x', " SOMEBODY ", 'x', 'x@example.fi', 'fi', " applied " - 100), "       \
    "(" id ", 2, '0245894-7', 'x', " ANOTHER ", 'x', 'y@example.fi', 'sv', 100);"                                                          \
    "insert into funding.budget_line values (" id ", 1, 1, 'x', " applied "), (" id ", 2, 2, 'x', 100);"                                   \
    "insert into funding.funding_share values (" id ", 1, 1, 'x', " applied "), (" id ", 2, 2, 'x', 100);"                                 \
    "update funding.application set state = 2, why = 'x', register_number = '" number "/20.01/2026', submitted_at = now() where id = " id  \
    ";"

struct kit_pg *world_new(void)
{
    struct kit_pg *pg = kit_pg_new();

    kit_pg_apply(pg, &funding_schema);
    return pg;
}

void world_fill(struct kit_pg *pg)
{
    (void)kit_sql(pg, "truncate funding.call, funding.project, funding.move, funding.register_series cascade");
    (void)kit_sql(
        pg, "insert into funding.call (id, code, register_number, state, why, kind, authority, authority_fi, authority_sv, authority_en, "
            "contact, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, terms_fi, terms_sv, terms_en, series, opens_at, "
            "closes_at, use_from, use_until, final_due, answer_days, own_permille, allocation_cents, created_at) values (" CALL
            ", 'world', '1/20.01/2026', 1, 'x', 2, 1, 'x', '', '', '', 'x', '', '', 'x', '', '', 'x', '', '', '20.01', now() - "
            "interval '60 days', now(), '2026-01-01', '2027-01-01', '2027-03-01', 30, 0, 1000, now());"
            "insert into funding.call_group values (" GROUP_ROW ", " CALL ", 1, 'x', '', '');"
            "insert into funding.theme (id, call_id, group_id, ordinal, title_fi, title_sv, title_en, allocation_cents) values (" THEME_ONE
            ", " CALL ", " GROUP_ROW ", 1, 'x', '', '', 600), (" THEME_TWO ", " CALL ", " GROUP_ROW ", 2, 'x', '', '', 400);"
            "update funding.call set state = 2, why = 'x'");
    (void)kit_sql(pg, APPLICATION(FIRST, THEME_ONE, "2", "500") APPLICATION(SECOND, THEME_ONE, "3", "300")
                          APPLICATION(THIRD, THEME_TWO, "4", "400") "insert into funding.application (id, call_id, state, why, owner_id, "
                                                                    "language, title, lead_name, content_version, created_at, "
                                                                    "saved_at) values (" DRAFT ", " CALL ", 1, 'x', " SOMEBODY
                                                                    ", 'fi', '', '', 1, now(), now())");
    (void)kit_sql(pg, "set search_path = funding; " DECIDE(
                          DECISION, THEME_ONE, FIRST, "500", "400",
                          "100") "insert into decision_line values (" DECISION ", 1, 1, 'x', 500, 500);"
                                 "insert into instalment (id, award_id, ordinal, cents, due_on, state, why) values (" INSTALMENT ", " FIRST
                                 ", 1, 300, '2026-03-01', 1, 'x')");
}

struct db *world_connect(struct kit_pg *pg)
{
    const struct db_config config = {
        .conninfo = kit_pg_conninfo(pg, "hv_funding"), .schema = "funding", .application_name = "test", .statement_timeout_ms = 10000};
    struct db *db = NULL;

    assert_int_equal(db_open(&db, &config, kit_log()), ERR_OK);
    return db;
}

void world_apply(struct db *db, const char *sql)
{
    if (db_script(db, sql) != ERR_OK)
        fail_msg("%s: %s", sql, db_message(db));
}
