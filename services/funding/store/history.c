/* The part "history" of the store: see history.h. */
#include "services/funding/store/history.h"

#define LIMIT "500"

/* The application that $2 is about, by the machine $1; null: a call or a project. */
#define APPLICATION                                                                                                                        \
    "case $1 when 'application' then $2 when 'assessment' then $2 when 'award' then $2 "                                                   \
    " when 'instalment' then (select t.award_id from instalment t where t.id = $2) "                                                       \
    " when 'amendment' then (select t.award_id from amendment t where t.id = $2) "                                                         \
    " when 'report' then (select t.award_id from report t where t.id = $2) "                                                               \
    " when 'obligation' then (select t.award_id from obligation t where t.id = $2) "                                                       \
    " when 'recovery' then (select t.award_id from recovery t where t.id = $2) end"
/* The municipality that $2 is of, by the machine $1; null: it is of none. */
#define MUNICIPALITY                                                                                                                       \
    "case $1 when 'case' then (select t.municipality_id from municipal_case t where t.id = $2) "                                           \
    " when 'meeting' then (select t.municipality_id from meeting t where t.id = $2) "                                                      \
    " when 'statement' then (select c.municipality_id from statement t join municipal_case c on c.id = t.case_id where t.id = $2) end"
/* $1 machine $2 subject. With a call come the changes of its officials; who moved it has a name where they are one of them. */
static const struct db_stmt STMT_MOVES = {
    "history_moves",
    "select m.from_state, m.to_state, m.at, m.actor, m.why, coalesce(o.name, l.name, '') from "
    "(select n::bigint, from_state, to_state, at, actor, why from move where machine = $1 and subject = $2 "
    " union all select n, state, state, at, actor, left(words, 1000) from official_change where $1 = 'call' and call_id = $2) m "
    "left join lateral (select f.name from official f where f.call_id = (case $1 when 'call' then $2 else (select a.call_id from "
    "application a "
    " where a.id = " APPLICATION ") end) and f.person_id = m.actor order by f.role limit 1) o on true "
    "left join lateral (select f.name from municipal_official f where f.municipality_id = (" MUNICIPALITY ") and f.person_id = m.actor "
    " order by f.office limit 1) l on true "
    "order by m.at, m.n limit " LIMIT};
/* $1 machine $2 subject $3 reader: the application it is about, in their eyes; no row: a call or a project */
static const struct db_stmt STMT_ABOUT = {
    "history_about", "select a.register_number is not null, exists (select from no_part k where k.application_id = "
                     "a.id and k.person_id = $3), "
                     " exists (select from official o where o.call_id = a.call_id and o.role = 1), "
                     " coalesce((select bit_or(1 << o.role) from official o where o.call_id = a.call_id and o.person_id = $3), 0), "
                     " a.state = 5 or exists (select from evaluation e where e.application_id = a.id and e.person_id = $3) "
                     "from application a where a.id = " APPLICATION};

/* $1 machine $2 subject $3 reader: the municipality it is of, in their eyes; no row: it is of none */
static const struct db_stmt STMT_TOWN = {
    "history_town",
    "select coalesce((select bit_or(1 << f.office) from municipal_official f where f.municipality_id = t.id and f.person_id = "
    "$3), 0) from municipality t where t.id = (" MUNICIPALITY ")"};

struct history_ask *history_ask(struct workset *w, const struct job *job, enum machine machine, struct uuid subject, struct uuid reader)
{
    struct history_ask *ask = part_ask(&w->parts, PART_HISTORY, job, sizeof *ask);

    ask->machine = machine;
    ask->subject = subject;
    ask->reader = reader;
    return ask;
}

const struct history_ask *history_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_HISTORY, job);
}

static struct db_params *params_of(const struct workset *w, const struct history_ask *ask, bool with_reader)
{
    struct db_params *p = db_params(w->arena);

    db_text(p, span_text(machine_name(ask->machine)));
    db_uuid(p, ask->subject);
    if (with_reader)
        db_uuid(p, ask->reader);
    return p;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct history_ask *ask = (const struct history_ask *)item;

        item->result = db_queue(db, &STMT_MOVES, params_of(w, ask, false));
        (void)db_queue(db, &STMT_ABOUT, params_of(w, ask, true)); /* the results behind it */
        (void)db_queue(db, &STMT_TOWN, params_of(w, ask, true));
    }
}

static void read_town(struct history_ask *ask, const struct db_result *town)
{
    ask->of_municipality = db_rows(town) > 0;
    if (ask->of_municipality)
        ask->held_offices = (uint32_t)db_get_i32(town, 0, 0);
}

static void read_ask(struct workset *w, struct history_ask *ask, const struct db_result *moves, const struct db_result *about)
{
    ask->of_application = db_rows(about) > 0;
    if (ask->of_application) {
        ask->submitted = db_get_bool(about, 0, 0);
        ask->conflict = db_get_bool(about, 0, 1);
        ask->prepared = db_get_bool(about, 0, 2);
        ask->offices = db_get_i32(about, 0, 3);
        ask->evaluated = db_get_bool(about, 0, 4);
    }
    ask->count = (size_t)db_rows(moves);
    ask->moves = arena_array(w->arena, ask->count + 1, sizeof *ask->moves);
    for (size_t i = 0; i < ask->count; i++)
        ask->moves[i] = (struct history_move){.from = db_get_i16(moves, (int)i, 0),
                                              .to = db_get_i16(moves, (int)i, 1),
                                              .at_us = db_get_time(moves, (int)i, 2),
                                              .actor = db_get_uuid(moves, (int)i, 3),
                                              .why = arena_copy(w->arena, db_get_span(moves, (int)i, 4)),
                                              .name = arena_copy(w->arena, db_get_span(moves, (int)i, 5))};
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        read_ask(w, (struct history_ask *)item, db_result(db, item->result), db_result(db, item->result + 1));
        read_town((struct history_ask *)item, db_result(db, item->result + 2));
    }
}

const struct store_part history_part = {.load = load, .read = read_all};
