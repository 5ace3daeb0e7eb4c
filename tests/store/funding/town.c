/* See town.h. */
#include "tests/store/funding/town.h"

#define SHARE(id, n, cents, state, granted)                                                                                                \
    "insert into project_share (id, project_id, ordinal, funder, cents, state, granted_cents) values (" id ", " PLAN ", " n                \
    ", 'x', " cents ", " state ", " granted ");"

static const char MUNICIPALITIES[] =
    "set search_path = funding;"
    "insert into municipality (id, code, name_fi, name_sv, name_en, contact, languages, names_days, series) values (" TOWN
    ", 'town', 'x', 'x', 'x', 'x', '{fi}', 30, '00.01.05'), (" ELSEWHERE ", 'elsewhere', 'x', 'x', 'x', 'x', '{fi,sv}', 30, '00.01.05');"
    "insert into impact_dimension values (" TOWN ", 1, 'x', 'x', 'x'), (" TOWN ", 2, 'x', 'x', 'x'), (" ELSEWHERE ", 3, 'x', 'x', 'x');"
    "insert into board values (" BOARD ", " TOWN ", 'KH', 'x', 'x', 'x'), (" OTHER_BOARD ", " TOWN ", 'SIV', 'x', 'x', 'x'), "
    "(" BOARD_ELSEWHERE ", " ELSEWHERE ", 'KH', 'x', 'x', 'x');"
    "insert into seat values (" BOARD ", " CHAIR ", 1, 'x'), (" BOARD ", " VICE ", 2, 'x'), (" BOARD ", " MEMBER ", 3, 'x'), (" BOARD
    ", " DEPUTY ", 4, 'x');"
    "insert into municipal_official values (" TOWN ", " SECRETARY ", 3, 'x', 'x', 'x', 'x');"
    "insert into board_year values (" BOARD ", 2026, 28), (" OTHER_BOARD ", 2026, 0);"
    "insert into register_series (owner, series, year, last) values (" TOWN ", '00.01.05', 2026, 20);"
    "insert into project (id, code, title_fi, title_sv, title_en, funder, programme, lead_name, starts_on, ends_on, target, state, why, "
    "total_cents) values (" PLAN
    ", 'plan', 'x', '', '', 'x', 'x', 'x', '2026-01-01', '2028-12-31', 'x', 2, 'x', 401052);" SHARE(SHARE_DONE, "1", "400", "1", "0")
        SHARE(SHARE_FIRST, "2", "3163", "1", "0") SHARE(SHARE_NEXT, "3", "500", "1", "0") SHARE(SHARE_WAITING, "4", "700", "1", "0")
            SHARE(SHARE_STATE, "5", "396089", "2", "396089") SHARE(SHARE_FREE, "6", "200", "1", "0");

static const char CASES[] = "set search_path = funding;" FILE_CASE(DONE, SHARE_DONE, "17", "400") MOVE_CASE(DONE, "2")
    PROPOSE(DONE, PROPOSED_DONE, "400") FILE_CASE(FIRST_UP, SHARE_FIRST, "18", "3163") MOVE_CASE(FIRST_UP, "2")
        PROPOSE(FIRST_UP, PROPOSED_FIRST, "3163") FILE_CASE(NEXT_UP, SHARE_NEXT, "19", "500") MOVE_CASE(NEXT_UP, "2")
            PROPOSE(NEXT_UP, PROPOSED_NEXT, "500") FILE_CASE(WAITING, SHARE_WAITING, "20", "700") MOVE_CASE(WAITING, "2") PROPOSE(
                WAITING, PROPOSED_WAITS,
                "700") "insert into case_text values (" WAITING ", 1, 1, 'x', 'x', false);"
                       "insert into case_impact values (" WAITING ", 1, 1, '');"
                       "insert into case_preparer values (" WAITING ", 1, 'x', 'x');"
                       "insert into case_document (id, case_id, n, kind, title, name, media_type, content, sha256, confidential, ground, "
                       "added_by, added_at) "
                       "values (gen_random_uuid(), " WAITING ", 1, 1, 'x', 'x', 'text/plain', 'x', sha256('x'), true, 'x', " SOMEBODY
                       ", now());"
                       "insert into statement (id, case_id, asked, words_asked, due_on, state, why, requested_at) values (" STATEMENT
                       ", " WAITING ", 'x', 'x', '2026-03-01', 1, 'x', now()), (" STATEMENT_ASKED ", " WAITING
                       ", 'y', 'x', '2026-03-01', 1, 'x', now());"
                       "update statement set state = 2, words = 'x', given_on = '2026-02-01', why = 'x' where id = " STATEMENT ";"
                       "insert into proposal_nomination values (" PROPOSED_FIRST ", 1, 'x', 1, 'x', 'x', null);";

static const char MEETINGS[] =
    "set search_path = funding;" PLAN_MEETING(MEETING_DONE, BOARD, "2026-03-10") PLAN_MEETING(MEETING_OPEN, BOARD, "2026-03-24")
        PLAN_MEETING(MEETING_PLANNED, BOARD, "2026-04-07") PUT_ITEM(ITEM_DONE, MEETING_DONE, DONE, PROPOSED_DONE, "1", "null")
            SUMMON(MEETING_DONE) OPEN_MEETING(MEETING_DONE) TAKE_SECTION(ITEM_DONE, "29") DECIDE_ITEM(ITEM_DONE, "2", "300")
                CLOSE_MEETING(MEETING_DONE) CHECK_MINUTES(MEETING_DONE) PUBLISH_ITEM(ITEM_DONE, DONE, "5") PUBLISH(MEETING_DONE)
                    PUT_ITEM(ITEM_FIRST, MEETING_OPEN, FIRST_UP, PROPOSED_FIRST, "1", "null")
                        PUT_ITEM(ITEM_NEXT, MEETING_OPEN, NEXT_UP, PROPOSED_NEXT, "2", "null") SUMMON(MEETING_OPEN)
                            OPEN_MEETING(MEETING_OPEN) TAKE_SECTION(ITEM_FIRST, "30") TAKE_SECTION(ITEM_NEXT, "31");

void town_fill(struct kit_pg *pg)
{
    (void)kit_sql(pg, "truncate funding.municipality, funding.project, funding.move, funding.register_series cascade");
    (void)kit_sql(pg, "%s", MUNICIPALITIES);
    (void)kit_sql(pg, "%s", CASES);
    (void)kit_sql(pg, "%s", MEETINGS);
}

const char *town_case(struct kit_pg *pg, const char *id)
{
    return kit_sql(pg, "select concat_ws(' ', state, granted_cents) from funding.municipal_case where id = %s", id);
}

const char *town_share(struct kit_pg *pg, const char *id)
{
    return kit_sql(pg, "select concat_ws(' ', state, granted_cents, decided_on) from funding.project_share where id = %s", id);
}
