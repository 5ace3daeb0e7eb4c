/* The part "export" of the store: see export.h. Every list has the same columns in the same order, empty where it has nothing to tell. */
#include "services/funding/store/export.h"

#include "services/funding/store/award_own.h"

#define DAY(column)      "(" column " - date '1970-01-01')::int"
#define LEAD             "left join partner l on l.application_id = a.id and l.ordinal = 1 "
#define OF_THEME(column) "and ($3::uuid is null or " column " = $3) "
#define IMPARTIAL        "not exists (select 1 from no_part c where c.application_id = a.id and c.person_id = $4) "
/* register number, title, name, business id, the lead's business id, words, IBAN, theme, state, ordinal, cents, applied, total, in force,
 * at, from, until, cancelled, to be paid back */
#define NOT_OF_PAYMENTS "0::bigint, 0::bigint "
#define DECISIONS                                                                                                                          \
    "select a.register_number, a.title, a.lead_name, coalesce(l.business_id, ''), '', '', '', d.theme_id, "                                \
    "coalesce(w.state, 0::smallint), 0, d.cents, a.applied_cents, a.total_cents, coalesce(w.granted_cents, 0), d.decided_at, null::int, "  \
    "null::int, " NOT_OF_PAYMENTS "from decision d join application a on a.id = d.application_id " LEAD                                    \
    "left join award w on w.id = a.id "                                                                                                    \
    "where d.call_id = $1 " OF_THEME("d.theme_id") "and not exists (select 1 from decision n where n.corrects_id = d.id) "                 \
                                                   "order by d.decided_at, d.id limit $2"
/* Those that lapsed because the call was called off are among them; drafts have no register number. */
#define APPLICATIONS                                                                                                                       \
    "select a.register_number, a.title, a.lead_name, coalesce(l.business_id, ''), '', '', '', a.theme_id, a.state, "                       \
    "(select count(*) from partner p where p.application_id = a.id)::int, 0::bigint, a.applied_cents, a.total_cents, 0::bigint, "          \
    "a.submitted_at, null::int, null::int, " NOT_OF_PAYMENTS "from application a " LEAD "where a.call_id = $1 " OF_THEME(                  \
        "a.theme_id") "and a.state in (2, 3, 4, 5, 6) and a.register_number is not null and (a.state = 5 or " IMPARTIAL ") "               \
                      "order by a.submitted_at, a.id limit $2"
/* An amount is to be paid, or cancelled, or to be paid back: in one column of the three, so no sum mixes them. States of recoveries are
 * behind those of instalments (EXPORT_RECOVERY); what is not recovered is nobody's amount. */
#define PAYMENT_HEAD  "select a.register_number, a.title, a.lead_name, coalesce(l.business_id, ''), '', "
#define PAYMENT_OF    "from award w join application a on a.id = w.id "
#define PAYMENT_WHERE "where w.call_id = $1 " OF_THEME("w.theme_id") "and " IMPARTIAL
#define PAYMENTS                                                                                                                           \
    "select * from (" PAYMENT_HEAD "i.reference, i.iban, w.theme_id, i.state, i.ordinal, case when i.state = 5 then 0 else i.cents end, "  \
    "0::bigint, 0::bigint, 0::bigint, null::timestamptz, " DAY("i.due_on") " due, " DAY(                                                   \
        "i.paid_on") ", "                                                                                                                  \
                     "case when i.state = 5 then i.cents else 0 end, 0::bigint " PAYMENT_OF                                                \
                     "join instalment i on i.award_id = w.id " LEAD PAYMENT_WHERE "union all " PAYMENT_HEAD                                \
                     "'', '', w.theme_id, (6 + r.state)::smallint, 0, 0::bigint, 0::bigint, 0::bigint, 0::bigint, "                        \
                     "null::timestamptz, " DAY("r.due_on") ", " DAY(                                                                       \
                         "r.paid_on") ", 0::bigint, case when r.state = 4 then 0 else r.cents end " PAYMENT_OF                             \
                                      "join recovery r on r.award_id = w.id " LEAD PAYMENT_WHERE                                           \
                                      ") x order by ordinal = 0, ordinal, due limit $2"
/* The parts of a grant as they were amended, else as they were decided: the same as store/award.c has them. */
#define PARTS                                                                                                                              \
    "select p.ordinal as n, p.name, p.business_id, p.cents from decision_partner p where c.accepted is null and p.decision_id = d.id "     \
    "union all select (j ->> 'n')::int, j ->> 'name', coalesce(j ->> 'business_id', ''), (j ->> 'cents')::bigint "                         \
    "from jsonb_array_elements(c.accepted) j"
#define GRANTS                                                                                                                             \
    "select a.register_number, a.title, x.name, x.business_id, h.business_id, d.purpose, '', w.theme_id, w.state, 0, x.cents, "            \
    "0::bigint, 0::bigint, 0::bigint, d.decided_at, " DAY("d.use_from") ", " DAY(                                                          \
        "w.use_until") ", " NOT_OF_PAYMENTS "from award w join application a on a.id = w.id join decision d on d.id = w.decision_id "      \
                       "join decision_partner h on h.decision_id = d.id and h.ordinal = 1 left join lateral (" AWARD_AMENDED(              \
                           "4") ") c on true "                                                                                             \
                                "cross join lateral (" PARTS ") x where w.call_id = $1 " OF_THEME(                                         \
                                    "w.theme_id") "and w.state in (1, 2, 4) and x.cents > 0 order by d.decided_at, d.id, x.n limit $2"

/* $1 call $2 limit $3 theme, null: all; of applications and payments $4 reader */
static const struct db_stmt STMT_LIST[EXPORT_COUNT] = {[EXPORT_DECISIONS] = {"export_decisions", DECISIONS},
                                                       [EXPORT_APPLICATIONS] = {"export_applications", APPLICATIONS},
                                                       [EXPORT_PAYMENTS] = {"export_payments", PAYMENTS},
                                                       [EXPORT_GRANTS] = {"export_grants", GRANTS}};

void export_want(struct workset *w, const struct job *job, enum export_list list, struct uuid call_id, struct uuid theme_id)
{
    struct export_ask *ask = part_ask(&w->parts, PART_EXPORT, job, sizeof *ask);

    ask->list = list;
    ask->call_id = call_id;
    ask->theme_id = theme_id;
    ask->reader = job->actor;
}

const struct export_ask *export_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_EXPORT, job);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct export_ask *ask = (const struct export_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->call_id);
        db_i32(p, EXPORT_ROWS_MAX + 1);
        if (uuid_is_nil(ask->theme_id))
            db_null(p);
        else
            db_uuid(p, ask->theme_id);
        if (ask->list == EXPORT_APPLICATIONS || ask->list == EXPORT_PAYMENTS)
            db_uuid(p, ask->reader);
        item->result = db_queue(db, &STMT_LIST[ask->list], p);
    }
}

static int64_t day_of(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? NO_DAY : db_get_i32(r, row, col);
}

static const char *text_of(struct arena *arena, const struct db_result *r, int row, int col)
{
    return arena_text(arena, db_get_span(r, row, col));
}

static struct export_row read_row(struct arena *arena, const struct db_result *r, int row)
{
    return (struct export_row){.register_number = text_of(arena, r, row, 0),
                               .title = text_of(arena, r, row, 1),
                               .name = text_of(arena, r, row, 2),
                               .business_id = text_of(arena, r, row, 3),
                               .lead_business_id = text_of(arena, r, row, 4),
                               .words = text_of(arena, r, row, 5),
                               .iban = text_of(arena, r, row, 6),
                               .theme_id = db_get_uuid(r, row, 7),
                               .state = db_get_i16(r, row, 8),
                               .ordinal = db_get_i32(r, row, 9),
                               .cents = db_get_i64(r, row, 10),
                               .applied_cents = db_get_i64(r, row, 11),
                               .total_cents = db_get_i64(r, row, 12),
                               .in_force_cents = db_get_i64(r, row, 13),
                               .at_us = db_get_time(r, row, 14),
                               .from = day_of(r, row, 15),
                               .until = day_of(r, row, 16),
                               .cancelled_cents = db_get_i64(r, row, 17),
                               .recovered_cents = db_get_i64(r, row, 18)};
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct export_ask *ask = (struct export_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = read_row(w->arena, r, (int)i);
    }
}

const struct store_part export_part = {.load = load, .read = read_all};
