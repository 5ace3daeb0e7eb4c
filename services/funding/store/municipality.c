/* The part "municipality" of the store: see municipality.h. Everything of one is found by the same key, $1 $2 $3: by what, its id, its
 * code. */
#include "services/funding/store/municipality.h"

#include "common/base/date.h"
#include "common/base/workday.h"

#define KEY                                                                                                                                \
    "(case $1::smallint when 0 then $2::uuid when 1 then (select k.id from municipality k where k.code = $3::text) "                       \
    "when 2 then (select k.municipality_id from municipal_case k where k.id = $2::uuid) "                                                  \
    "when 3 then (select k.municipality_id from board k where k.id = $2::uuid) "                                                           \
    "when 4 then (select k.municipality_id from meeting k where k.id = $2::uuid) "                                                         \
    "when 5 then (select h.municipality_id from item k join meeting h on h.id = k.meeting_id where k.id = $2::uuid) end)"
#define COLUMNS                                                                                                                            \
    "m.id, m.code, m.name_fi, m.name_sv, m.name_en, m.contact, 'fi' = any (m.languages), 'sv' = any (m.languages), m.names_days, "         \
    "m.series, m.version"
/* The numbering of this year, $4, where it has begun. */
#define LAST_NUMBER  "coalesce((select r.last from register_series r where r.owner = m.id and r.series = m.series and r.year = $4::int), 0)"
#define LAST_SECTION "coalesce((select y.last_section from board_year y where y.board_id = b.id and y.year = $4::int), 0)"
#define ONE          "select " COLUMNS ", " LAST_NUMBER " from municipality m where m.id = " KEY

static const struct db_stmt STMT_ONE[] = {{"municipality_one", ONE}, {"municipality_lock", ONE " for no key update of m"}};
enum { DIMENSIONS_AT, OFFICIALS_AT, BOARDS_AT, SEATS_AT, HANGING };
static const struct db_stmt STMT_HANGING[HANGING] = {
    {"municipality_dimensions",
     "select d.n, d.title_fi, d.title_sv, d.title_en, exists (select 1 from municipal_case c join case_impact i on i.case_id = c.id "
     "where c.municipality_id = d.municipality_id and i.dimension = d.n) from impact_dimension d where d.municipality_id = " KEY
     " order by d.n"},
    {"municipality_officials", "select person_id, office, name, title_fi, title_sv, title_en from municipal_official "
                               "where municipality_id = " KEY " order by office, name, person_id"},
    {"municipality_boards", "select b.id, b.code, b.title_fi, b.title_sv, b.title_en, " LAST_SECTION " from board b "
                            "where b.municipality_id = " KEY " order by b.code"},
    {"municipality_seats", "select s.board_id, s.person_id, s.kind, s.name from seat s join board b on b.id = s.board_id "
                           "where b.municipality_id = " KEY " order by b.code, s.kind, s.name, s.person_id"},
};
/* $1 after $2 how many */
static const struct db_stmt STMT_PAGE = {"municipality_page", "select " COLUMNS ", 0 from municipality m where m.id > $1 order by m.id "
                                                              "limit $2"};
/* $1 meeting */
#define YEAR_OF "date_part('year', m.starts_at at time zone 'Europe/Helsinki')::int"
static const struct db_stmt STMT_YEAR = {"board_year_begin", "insert into board_year (board_id, year, last_section) "
                                                             "select m.board_id, " YEAR_OF ", 0 from meeting m where m.id = $1 "
                                                             "on conflict do nothing"};
static const struct db_stmt STMT_YEAR_LOCK = {"board_year_lock",
                                              "select y.year, y.last_section from meeting m join board_year y on "
                                              "y.board_id = m.board_id and y.year = " YEAR_OF " where m.id = $1 for update of y"};

/* $1 id $2 code $3 $4 $5 names $6 contact $7 Finnish $8 Swedish $9 days $10 series $11 version */
#define LANGUAGES "array_remove(array[case when $7 then 'fi' end, case when $8 then 'sv' end], null)"
static const struct db_stmt STMT_ADD = {"municipality_add",
                                        "insert into municipality (id, code, name_fi, name_sv, name_en, contact, languages, names_days, "
                                        "series, version) values ($1, $2, $3, $4, $5, $6, " LANGUAGES ", $9, $10, $11)"};
static const struct db_stmt STMT_PUT = {
    "municipality_put", "update municipality set (code, name_fi, name_sv, name_en, contact, languages, names_days, series, version) = "
                        "row ($2, $3, $4, $5, $6, " LANGUAGES ", $9::int, $10, $11::bigint) where id = $1"};
/* $1 municipality */
static const struct db_stmt STMT_CLEAR[] = {
    {"municipality_clear_dimensions", "delete from impact_dimension where municipality_id = $1"},
    {"municipality_clear_officials", "delete from municipal_official where municipality_id = $1"},
    {"municipality_clear_seats", "delete from seat s using board b where b.id = s.board_id and b.municipality_id = $1"},
};
/* $1 municipality, then arrays */
static const struct db_stmt STMT_DIMENSIONS = {"municipality_put_dimensions",
                                               "insert into impact_dimension (municipality_id, n, title_fi, title_sv, title_en) "
                                               "select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[])"};
static const struct db_stmt STMT_OFFICIALS = {
    "municipality_put_officials", "insert into municipal_official (municipality_id, person_id, office, name, title_fi, title_sv, title_en) "
                                  "select $1, * from unnest($2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[])"};
static const struct db_stmt STMT_BOARDS = {
    "municipality_put_boards",
    "insert into board (municipality_id, id, code, title_fi, title_sv, title_en) select $1, * from unnest($2::uuid[], $3::text[], "
    "$4::text[], $5::text[], $6::text[]) on conflict (id) do update set (title_fi, title_sv, title_en) = "
    "row (excluded.title_fi, excluded.title_sv, excluded.title_en)"};
static const struct db_stmt STMT_SEATS = {"municipality_put_seats",
                                          "insert into seat (board_id, person_id, kind, name) select * from unnest($1::uuid[], $2::uuid[], "
                                          "$3::smallint[], $4::text[])"};
/* $1 year $2 boards $3 last sections: where the numbering has not begun */
static const struct db_stmt STMT_SECTIONS = {
    "municipality_begin_sections", "insert into board_year (board_id, year, last_section) select b, $1, last "
                                   "from unnest($2::uuid[], $3::int[]) x (b, last) where last > 0 on conflict (board_id, year) do update "
                                   "set last_section = excluded.last_section where board_year.last_section = 0"};
/* $1 municipality $2 series $3 year $4 last */
static const struct db_stmt STMT_NUMBER = {"municipality_begin_numbers", "insert into register_series (owner, series, year, last) "
                                                                         "values ($1, $2, $3, $4) on conflict (owner, series, year) do "
                                                                         "update set last = excluded.last where register_series.last = 0"};

struct municipality_change {
    struct part_item item; /* first */
    bool add;
    const struct municipality *municipality;
};

/* --- what cases call ---------------------------------------------------------------------------------------------------- */
struct municipality_ask *municipality_want(struct workset *w, const struct job *job, enum municipality_by by, struct uuid id)
{
    struct municipality_ask *ask = part_ask(&w->parts, PART_MUNICIPALITY, job, sizeof *ask);

    ask->by = by;
    ask->id = id;
    ask->code = "";
    return ask;
}

struct municipality_ask *municipality_want_code(struct workset *w, const struct job *job, const char *code, bool hold)
{
    struct municipality_ask *ask = municipality_want(w, job, MUNICIPALITY_BY_CODE, (struct uuid){{0}});

    ask->code = code;
    ask->hold = hold;
    return ask;
}

struct municipality_ask *municipality_want_page(struct workset *w, const struct job *job, struct uuid after, int32_t limit)
{
    struct municipality_ask *ask = municipality_want(w, job, MUNICIPALITY_BY_ID, after);

    ask->limit = limit;
    return ask;
}

struct municipality_ask *municipality_want_section(struct workset *w, const struct job *job, struct uuid meeting_id)
{
    struct municipality_ask *ask = municipality_want(w, job, MUNICIPALITY_BY_MEETING, meeting_id);

    ask->section = true;
    return ask;
}

const struct municipality_ask *municipality_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_MUNICIPALITY, job);
}

struct municipality *municipality_found(const struct workset *w, const struct job *job)
{
    const struct municipality_ask *ask = municipality_asked(w, job);

    return ask != NULL && ask->limit == 0 && ask->count > 0 ? ask->rows : NULL;
}

static void change(struct workset *w, const struct municipality *municipality, bool add)
{
    struct municipality_change *c = part_change(&w->parts, PART_MUNICIPALITY, sizeof *c);

    c->add = add;
    c->municipality = municipality;
}

void municipality_add(struct workset *w, const struct municipality *municipality)
{
    change(w, municipality, true);
}

void municipality_put(struct workset *w, const struct municipality *municipality)
{
    change(w, municipality, false);
}

/* --- loading ------------------------------------------------------------------------------------------------------------ */
static int32_t year_of(const struct workset *w)
{
    return (int32_t)date_of_days(helsinki_day(w->now_us)).year;
}

static struct db_params *key_of(const struct workset *w, const struct municipality_ask *ask)
{
    struct db_params *p = db_params(w->arena);

    db_i16(p, (int16_t)ask->by);
    db_uuid(p, ask->id);
    db_text(p, span_text(ask->code));
    return p;
}

static void load_one(const struct workset *w, struct municipality_ask *ask, struct db *db)
{
    struct db_params *key = key_of(w, ask), *with_year = key_of(w, ask), *meeting = db_params(w->arena);

    if (ask->section) {
        db_uuid(meeting, ask->id);
        ask->item.result = db_queue(db, &STMT_YEAR, meeting);
        (void)db_queue(db, &STMT_YEAR_LOCK, meeting);
    }
    db_i32(with_year, year_of(w));
    const int one = db_queue(db, &STMT_ONE[ask->hold], with_year);
    if (!ask->section)
        ask->item.result = one;
    for (size_t i = 0; i < HANGING; i++) /* the results behind it */
        (void)db_queue(db, &STMT_HANGING[i], i == BOARDS_AT ? with_year : key);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct municipality_ask *ask = (struct municipality_ask *)item;

        if (ask->limit == 0) {
            load_one(w, ask, db);
            continue;
        }
        struct db_params *p = db_params(w->arena);
        db_uuid(p, ask->id);
        db_i32(p, ask->limit);
        item->result = db_queue(db, &STMT_PAGE, p);
    }
}

static const char *text_of(struct arena *arena, const struct db_result *r, int row, int col)
{
    return arena_text(arena, db_get_span(r, row, col));
}

static struct text texts_of(struct arena *arena, const struct db_result *r, int row, int col)
{
    return (struct text){.fi = text_of(arena, r, row, col), .sv = text_of(arena, r, row, col + 1), .en = text_of(arena, r, row, col + 2)};
}

static struct municipality read_row(struct arena *arena, const struct db_result *r, int row)
{
    return (struct municipality){.id = db_get_uuid(r, row, 0),
                                 .code = text_of(arena, r, row, 1),
                                 .name = texts_of(arena, r, row, 2),
                                 .contact = text_of(arena, r, row, 5),
                                 .finnish = db_get_bool(r, row, 6),
                                 .swedish = db_get_bool(r, row, 7),
                                 .names_days = db_get_i32(r, row, 8),
                                 .series = text_of(arena, r, row, 9),
                                 .version = db_get_i64(r, row, 10),
                                 .last_number = db_get_i32(r, row, 11)};
}

static void read_offices(struct arena *arena, struct municipality *m, struct db *db, int first)
{
    const struct db_result *dimensions = db_result(db, first + DIMENSIONS_AT), *officials = db_result(db, first + OFFICIALS_AT);

    m->dimensions = arena_array(arena, (size_t)db_rows(dimensions) + 1, sizeof *m->dimensions);
    for (int i = 0; i < db_rows(dimensions); i++)
        m->dimensions[m->dimension_count++] = (struct impact_dimension){
            .n = db_get_i32(dimensions, i, 0), .title = texts_of(arena, dimensions, i, 1), .used = db_get_bool(dimensions, i, 4)};
    m->officials = arena_array(arena, (size_t)db_rows(officials) + 1, sizeof *m->officials);
    for (int i = 0; i < db_rows(officials); i++)
        m->officials[m->official_count++] = (struct municipal_official){.person_id = db_get_uuid(officials, i, 0),
                                                                        .office = (enum office)db_get_i16(officials, i, 1),
                                                                        .name = text_of(arena, officials, i, 2),
                                                                        .title = texts_of(arena, officials, i, 3)};
}

/* Seats come in the order of their boards. */
static void read_boards(struct arena *arena, struct municipality *m, struct db *db, int first)
{
    const struct db_result *boards = db_result(db, first + BOARDS_AT), *seats = db_result(db, first + SEATS_AT);
    const int all = db_rows(seats);
    struct seat *seat = arena_array(arena, (size_t)all + 1, sizeof *seat);
    int at = 0;

    m->boards = arena_array(arena, (size_t)db_rows(boards) + 1, sizeof *m->boards);
    for (int i = 0; i < db_rows(boards); i++) {
        struct board *board = &m->boards[m->board_count++];

        *board = (struct board){.id = db_get_uuid(boards, i, 0),
                                .code = text_of(arena, boards, i, 1),
                                .title = texts_of(arena, boards, i, 2),
                                .seats = seat + at,
                                .last_section = db_get_i32(boards, i, 5)};
        for (; at < all && uuid_compare(db_get_uuid(seats, at, 0), board->id) == 0; at++)
            board->seats[board->seat_count++] = (struct seat){.person_id = db_get_uuid(seats, at, 1),
                                                              .kind = (enum seat_kind)db_get_i16(seats, at, 2),
                                                              .name = text_of(arena, seats, at, 3)};
    }
}

static void read_ask(struct workset *w, struct municipality_ask *ask, struct db *db)
{
    int at = ask->item.result;

    if (ask->section) {
        const struct db_result *year = db_result(db, at + 1);
        if (db_rows(year) > 0) {
            ask->section_year = db_get_i32(year, 0, 0);
            ask->last_section = db_get_i32(year, 0, 1);
        }
        at += 2;
    }
    const struct db_result *r = db_result(db, at);
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = read_row(w->arena, r, (int)i);
    if (ask->limit == 0 && ask->count > 0) {
        read_offices(w->arena, ask->rows, db, at + 1);
        read_boards(w->arena, ask->rows, db, at + 1);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_ask(w, (struct municipality_ask *)item, db);
}

/* --- saving ------------------------------------------------------------------------------------------------------------- */
static void put_texts(struct db_params *p, struct text text)
{
    db_text(p, span_text(text.fi));
    db_text(p, span_text(text.sv));
    db_text(p, span_text(text.en));
}

static const char *in_language(struct text text, int language)
{
    return language == 0 ? text.fi : language == 1 ? text.sv : text.en;
}

static struct db_params *params_of(const struct workset *w, const struct municipality *m)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, m->id);
    return p;
}

static void save_head(const struct workset *w, const struct municipality *m, bool add, struct db *db)
{
    struct db_params *p = params_of(w, m);

    db_text(p, span_text(m->code));
    put_texts(p, m->name);
    db_text(p, span_text(m->contact));
    db_bool(p, m->finnish);
    db_bool(p, m->swedish);
    db_i32(p, m->names_days);
    db_text(p, span_text(m->series));
    db_i64(p, m->version);
    (void)db_queue(db, add ? &STMT_ADD : &STMT_PUT, p);
}

static void save_dimensions(const struct workset *w, const struct municipality *m, struct db *db)
{
    struct db_params *p = params_of(w, m);

    db_array(p, DB_I32, m->dimension_count);
    for (size_t i = 0; i < m->dimension_count; i++)
        db_array_i32(p, m->dimensions[i].n);
    for (int language = 0; language < 3; language++) {
        db_array(p, DB_TEXT, m->dimension_count);
        for (size_t i = 0; i < m->dimension_count; i++)
            db_array_text(p, span_text(in_language(m->dimensions[i].title, language)));
    }
    (void)db_queue(db, &STMT_DIMENSIONS, p);
}

static void save_officials(const struct workset *w, const struct municipality *m, struct db *db)
{
    struct db_params *p = params_of(w, m);

    db_array(p, DB_UUID, m->official_count);
    for (size_t i = 0; i < m->official_count; i++)
        db_array_uuid(p, m->officials[i].person_id);
    db_array(p, DB_I16, m->official_count);
    for (size_t i = 0; i < m->official_count; i++)
        db_array_i16(p, (int16_t)m->officials[i].office);
    db_array(p, DB_TEXT, m->official_count);
    for (size_t i = 0; i < m->official_count; i++)
        db_array_text(p, span_text(m->officials[i].name));
    for (int language = 0; language < 3; language++) {
        db_array(p, DB_TEXT, m->official_count);
        for (size_t i = 0; i < m->official_count; i++)
            db_array_text(p, span_text(in_language(m->officials[i].title, language)));
    }
    (void)db_queue(db, &STMT_OFFICIALS, p);
}

static void save_boards(const struct workset *w, const struct municipality *m, struct db *db)
{
    struct db_params *p = params_of(w, m);

    db_array(p, DB_UUID, m->board_count);
    for (size_t i = 0; i < m->board_count; i++)
        db_array_uuid(p, m->boards[i].id);
    db_array(p, DB_TEXT, m->board_count);
    for (size_t i = 0; i < m->board_count; i++)
        db_array_text(p, span_text(m->boards[i].code));
    for (int language = 0; language < 3; language++) {
        db_array(p, DB_TEXT, m->board_count);
        for (size_t i = 0; i < m->board_count; i++)
            db_array_text(p, span_text(in_language(m->boards[i].title, language)));
    }
    (void)db_queue(db, &STMT_BOARDS, p);
}

static void save_seats(const struct workset *w, const struct board *board, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, board->seat_count);
    for (size_t i = 0; i < board->seat_count; i++)
        db_array_uuid(p, board->id);
    db_array(p, DB_UUID, board->seat_count);
    for (size_t i = 0; i < board->seat_count; i++)
        db_array_uuid(p, board->seats[i].person_id);
    db_array(p, DB_I16, board->seat_count);
    for (size_t i = 0; i < board->seat_count; i++)
        db_array_i16(p, (int16_t)board->seats[i].kind);
    db_array(p, DB_TEXT, board->seat_count);
    for (size_t i = 0; i < board->seat_count; i++)
        db_array_text(p, span_text(board->seats[i].name));
    (void)db_queue(db, &STMT_SEATS, p);
}

static void save_numbering(const struct workset *w, const struct municipality *m, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_i32(p, year_of(w));
    db_array(p, DB_UUID, m->board_count);
    for (size_t i = 0; i < m->board_count; i++)
        db_array_uuid(p, m->boards[i].id);
    db_array(p, DB_I32, m->board_count);
    for (size_t i = 0; i < m->board_count; i++)
        db_array_i32(p, m->boards[i].last_section);
    (void)db_queue(db, &STMT_SECTIONS, p);
    if (m->last_number == 0)
        return;
    p = params_of(w, m);
    db_text(p, span_text(m->series));
    db_i32(p, year_of(w));
    db_i32(p, m->last_number);
    (void)db_queue(db, &STMT_NUMBER, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct municipality_change *c = (const struct municipality_change *)item;
        const struct municipality *m = c->municipality;

        save_head(w, m, c->add, db);
        for (size_t i = 0; !c->add && i < sizeof STMT_CLEAR / sizeof STMT_CLEAR[0]; i++)
            (void)db_queue(db, &STMT_CLEAR[i], params_of(w, m));
        save_dimensions(w, m, db);
        save_officials(w, m, db);
        save_boards(w, m, db);
        for (size_t i = 0; i < m->board_count; i++)
            if (m->boards[i].seat_count > 0)
                save_seats(w, &m->boards[i], db);
        save_numbering(w, m, db);
    }
}

const struct store_part municipality_part = {.load = load, .read = read_all, .save = save};
