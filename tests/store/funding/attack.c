/* See attack.h. */
#include "tests/store/funding/attack.h"

static char *picture(struct kit_pg *pg)
{
    static char text[8192];
    (void)snprintf(text, sizeof text, "%s",
                   kit_sql(pg,
                           "select concat_ws(';', (select string_agg(c::text, ',') from funding.call c), "
                           "(select string_agg(t::text, ',' order by id) from funding.theme t), "
                           "(select string_agg(concat_ws(':', id, state, moves, applied_cents, partners_cents, lines_cents, shares_cents), "
                           "',' order by id) from funding.application), "
                           "(select string_agg(concat_ws(':', id, state, granted_cents, planned_cents, paid_cents, returned_cents), ',' "
                           "order by id) from funding.award), (select count(*) from funding.decision), (select count(*) from "
                           "funding.decision_partner), (select count(*) from funding.move), (select count(*) from funding.transition), "
                           "(select string_agg(concat_ws(':', id, state, moves, title, granted_cents), ',' order by id) from "
                           "funding.municipal_case), (select string_agg(concat_ws(':', id, state), ',' order by id) from funding.meeting), "
                           "(select string_agg(i::text, ',' order by id) from funding.item i), (select string_agg(y::text, ',' order by "
                           "board_id) from funding.board_year y), (select string_agg(concat_ws(':', id, cents, state, granted_cents), ',' "
                           "order by id) from funding.project_share), (select count(*) from funding.vote), (select count(*) from "
                           "funding.attendee), (select count(*) from funding.disqualification), (select count(*) from funding.extract))"));
    return text;
}

void attack_all(struct kit_pg *pg, struct db *db, const struct attack *attacks, size_t count)
{
    char before[8192];
    (void)snprintf(before, sizeof before, "%s", picture(pg));
    for (size_t i = 0; i < count; i++) {
        if (db_script(db, attacks[i].sql) == ERR_OK)
            fail_msg("%s: nothing stopped it", attacks[i].name);
        if (strstr(db_message(db), attacks[i].words) == NULL && strstr(db_constraint(db), attacks[i].words) == NULL)
            fail_msg("%s: stopped by \"%s\" (%s)", attacks[i].name, db_message(db), db_constraint(db));
        db_rollback(db);
        if (strcmp(before, picture(pg)) != 0)
            fail_msg("%s: refused, and yet something changed", attacks[i].name);
    }
}
