/* How meetings come from the database: the head of one, locked if it is held, then what hangs on it, in one round trip. See meeting.h. */
#include <string.h>

#include "common/base/day.h"
#include "services/funding/store/meeting_own.h"

#define ID      "$1"
#define OF_ITEM "(select x.meeting_id from item x where x.id = $1)"
#define COLUMNS                                                                                                                            \
    "m.id, m.board_id, m.municipality_id, b.title_fi, b.title_sv, b.title_en, m.starts_at, m.place, m.state, m.summoned_at, "              \
    "m.published_at, m.version"
#define HEAD(id) "select " COLUMNS " from meeting m join board b on b.id = m.board_id where m.id = " id
#define ATTENDEES(id)                                                                                                                      \
    "select person_id, name, kind, checks_minutes, checked_at from attendee where meeting_id = " id " order by kind, ordinal, person_id"
#define DAY(column) "(" column " - date '1970-01-01')::int"
#define ITEMS(id)                                                                                                                          \
    "select i.id, i.case_id, i.proposal_id, c.register_number, i.title, c.language, i.place, i.year, i.section, i.outcome, i.manner, "     \
    "i.words, i.cents, i.counter, i.voting, i.previous_id, i.published_at, i.version, n.id, n.summoned_at is not null, " DAY(              \
        "e.names_until") ", " DAY("e.review_until") ", e.sha256 from item i join municipal_case c on c.id = i.case_id "                    \
                                                    "left join lateral (select x.id, y.summoned_at from item x "                           \
                                                    "join meeting y on y.id = x.meeting_id where x.previous_id = i.id) n on true "         \
                                                    "left join extract e on e.item_id = i.id where i.meeting_id = " id " order by i.place"
/* What hangs on items names the place of its item, and comes in the order of these. */
#define NOMINATIONS(id)                                                                                                                    \
    "select i.place, n.body, n.role, n.title, n.name, n.person_id, n.added from item i join item_nomination n on n.item_id = i.id "        \
    "where i.meeting_id = " id " order by i.place, n.ordinal"
#define DISSENTS(id)                                                                                                                       \
    "select i.place, d.words from item i cross join lateral unnest(i.dissents) with ordinality d (words, n) where i.meeting_id = " id      \
    " order by i.place, d.n"
#define DISQUALIFIED(id)                                                                                                                   \
    "select i.place, d.person_id, a.name, d.ground from item i join disqualification d on d.item_id = i.id "                               \
    "join attendee a on a.meeting_id = i.meeting_id and a.person_id = d.person_id where i.meeting_id = " id                                \
    " order by i.place, d.noted_at, d.person_id"
#define VOTES(id)                                                                                                                          \
    "select i.place, v.person_id, a.name, v.choice from item i join vote v on v.item_id = i.id "                                           \
    "join attendee a on a.meeting_id = i.meeting_id and a.person_id = v.person_id where i.meeting_id = " id                                \
    " order by i.place, a.kind, a.ordinal, v.person_id"

enum { HEAD_AT, ATTENDEES_AT, ITEMS_AT, NOMINATIONS_AT, DISSENTS_AT, DISQUALIFIED_AT, VOTES_AT, RESULTS };
#define STMTS(name, id)                                                                                                                    \
    {                                                                                                                                      \
        [HEAD_AT] = {name, HEAD(id)}, [ATTENDEES_AT] = {name "_attendees", ATTENDEES(id)}, [ITEMS_AT] = {name "_items", ITEMS(id)},        \
        [NOMINATIONS_AT] = {name "_nominations", NOMINATIONS(id)}, [DISSENTS_AT] = {name "_dissents", DISSENTS(id)},                       \
        [DISQUALIFIED_AT] = {name "_disqualified", DISQUALIFIED(id)}, [VOTES_AT] = {name "_votes", VOTES(id)},                             \
    }
static const struct db_stmt STMT_WHOLE[][RESULTS] = {
    [MEETING_BY_ID] = STMTS("meeting", ID),
    [MEETING_BY_ITEM] = STMTS("meeting_item", OF_ITEM),
};
static const struct db_stmt STMT_LOCK[] = {
    [MEETING_BY_ID] = {"meeting_lock", HEAD(ID) " for update of m"},
    [MEETING_BY_ITEM] = {"meeting_item_lock", HEAD(OF_ITEM) " for update of m"},
};
/* $1 municipality $2 board or null $3 $4 behind this moment and id, null: from the beginning $5 limit $6 reader $7 offices $8 all */
static const struct db_stmt STMT_PAGE = {
    "meeting_page",
    "select " COLUMNS ", (select min(i.section) from item i where i.meeting_id = m.id), (select max(i.section) from item i "
    "where i.meeting_id = m.id) from meeting m join board b on b.id = m.board_id where m.municipality_id = $1 "
    "and ($2::uuid is null or m.board_id = $2) and ($3::timestamptz is null or (m.starts_at, m.id) < ($3, $4)) "
    "and (m.summoned_at is not null or $8 or exists (select 1 from municipal_official o where o.municipality_id = $1 and o.person_id = $6 "
    "and (1 << o.office) & $7 <> 0)) order by m.starts_at desc, m.id desc limit $5"};

/* --- asking ------------------------------------------------------------------------------------------------------------ */
static int load_page(const struct meeting_ask *ask, struct db_params *p, struct db *db)
{
    db_uuid(p, ask->id);
    if (uuid_is_nil(ask->board_id))
        db_null(p);
    else
        db_uuid(p, ask->board_id);
    db_time(p, ask->before_us);
    db_uuid(p, ask->before);
    db_i32(p, ask->limit);
    db_uuid(p, ask->reader);
    db_i32(p, (int32_t)ask->offices);
    db_bool(p, ask->all);
    return db_queue(db, &STMT_PAGE, p);
}

void meeting_load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct meeting_ask *ask = (const struct meeting_ask *)item;
        struct db_params *p = db_params(w->arena);

        if (ask->what == MEETINGS_PAGE) {
            item->result = load_page(ask, p, db);
            continue;
        }
        db_uuid(p, ask->id);
        item->result = db_queue(db, ask->hold ? &STMT_LOCK[ask->by] : &STMT_WHOLE[ask->by][HEAD_AT], p);
        for (size_t i = ATTENDEES_AT; i < RESULTS; i++)
            (void)db_queue(db, &STMT_WHOLE[ask->by][i], p); /* the results behind it */
    }
}

/* --- reading ----------------------------------------------------------------------------------------------------------- */
static const char *text_of(struct arena *arena, const struct db_result *r, int row, int col)
{
    return arena_text(arena, db_get_span(r, row, col));
}

/* NULL is 0. */
static int32_t number_of(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? 0 : db_get_i32(r, row, col);
}

static int16_t word_of(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? (int16_t)0 : db_get_i16(r, row, col);
}

static int64_t day_of(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? NO_DAY : db_get_i32(r, row, col);
}

static struct meeting read_head(struct arena *arena, const struct db_result *r, int row)
{
    return (struct meeting){.id = db_get_uuid(r, row, 0),
                            .board_id = db_get_uuid(r, row, 1),
                            .municipality_id = db_get_uuid(r, row, 2),
                            .board = {.fi = text_of(arena, r, row, 3), .sv = text_of(arena, r, row, 4), .en = text_of(arena, r, row, 5)},
                            .starts_us = db_get_time(r, row, 6),
                            .place = text_of(arena, r, row, 7),
                            .state = (enum meeting_state)db_get_i16(r, row, 8),
                            .summoned_us = db_get_time(r, row, 9),
                            .published_us = db_get_time(r, row, 10),
                            .version = db_get_i64(r, row, 11)};
}

static void read_attendees(struct arena *arena, struct meeting *meeting, const struct db_result *r)
{
    meeting->attendees = arena_array(arena, (size_t)db_rows(r) + 1, sizeof *meeting->attendees);
    for (int i = 0; i < db_rows(r); i++)
        meeting->attendees[meeting->attendee_count++] = (struct attendee){.person_id = db_get_uuid(r, i, 0),
                                                                          .name = text_of(arena, r, i, 1),
                                                                          .kind = (enum seat_kind)db_get_i16(r, i, 2),
                                                                          .checks_minutes = db_get_bool(r, i, 3),
                                                                          .checked_us = db_get_time(r, i, 4)};
}

static struct item read_item(struct arena *arena, const struct meeting *meeting, const struct db_result *r, int row)
{
    struct item item = {.id = db_get_uuid(r, row, 0),
                        .meeting_id = meeting->id,
                        .board_id = meeting->board_id,
                        .case_id = db_get_uuid(r, row, 1),
                        .proposal_id = db_get_uuid(r, row, 2),
                        .register_number = text_of(arena, r, row, 3),
                        .title = text_of(arena, r, row, 4),
                        .language = text_of(arena, r, row, 5),
                        .place = db_get_i32(r, row, 6),
                        .year = number_of(r, row, 7),
                        .section = number_of(r, row, 8),
                        .outcome = (enum outcome)word_of(r, row, 9),
                        .manner = (enum manner)word_of(r, row, 10),
                        .words = text_of(arena, r, row, 11),
                        .cents = db_get_i64(r, row, 12),
                        .counter = text_of(arena, r, row, 13),
                        .voting = db_get_bool(r, row, 14),
                        .previous_id = db_get_uuid(r, row, 15),
                        .published_us = db_get_time(r, row, 16),
                        .version = db_get_i64(r, row, 17),
                        .next_id = db_get_uuid(r, row, 18),
                        .next_public = db_get_bool(r, row, 19),
                        .names_until = day_of(r, row, 20),
                        .review_until = day_of(r, row, 21)};
    const struct span digest = db_get_span(r, row, 22);

    if (digest.len == sizeof item.sha256)
        memcpy(item.sha256, digest.data, sizeof item.sha256);
    return item;
}

static void read_items(struct arena *arena, struct meeting *meeting, const struct db_result *r)
{
    meeting->items = arena_array(arena, (size_t)db_rows(r) + 1, sizeof *meeting->items);
    for (int i = 0; i < db_rows(r); i++)
        meeting->items[meeting->item_count++] = read_item(arena, meeting, r, i);
}

/* The rows of r that begin at *row and hang on this item: how many; *row goes behind them. */
static size_t rows_of(const struct item *item, const struct db_result *r, int *row)
{
    const int first = *row;

    while (*row < db_rows(r) && db_get_i32(r, *row, 0) == item->place)
        ++*row;
    return (size_t)(*row - first);
}

static void read_nominations(struct arena *arena, struct meeting *meeting, const struct db_result *r)
{
    int row = 0;

    for (size_t i = 0; i < meeting->item_count; i++) {
        struct item *item = &meeting->items[i];
        int at = row;

        item->nomination_count = rows_of(item, r, &row);
        item->nominations = arena_array(arena, item->nomination_count + 1, sizeof *item->nominations);
        for (size_t n = 0; at < row; at++, n++)
            item->nominations[n] = (struct nomination){.body = text_of(arena, r, at, 1),
                                                       .role = (enum nominee_role)db_get_i16(r, at, 2),
                                                       .title = text_of(arena, r, at, 3),
                                                       .name = text_of(arena, r, at, 4),
                                                       .person_id = db_get_uuid(r, at, 5),
                                                       .added = db_get_bool(r, at, 6)};
    }
}

static void read_dissents(struct arena *arena, struct meeting *meeting, const struct db_result *r)
{
    int row = 0;

    for (size_t i = 0; i < meeting->item_count; i++) {
        struct item *item = &meeting->items[i];
        int at = row;

        item->dissent_count = rows_of(item, r, &row);
        item->dissents = arena_array(arena, item->dissent_count + 1, sizeof *item->dissents);
        for (size_t n = 0; at < row; at++, n++)
            item->dissents[n] = text_of(arena, r, at, 1);
    }
}

static void read_disqualified(struct arena *arena, struct meeting *meeting, const struct db_result *r)
{
    int row = 0;

    for (size_t i = 0; i < meeting->item_count; i++) {
        struct item *item = &meeting->items[i];
        int at = row;

        item->disqualified_count = rows_of(item, r, &row);
        item->disqualified = arena_array(arena, item->disqualified_count + 2, sizeof *item->disqualified); /* and one to come */
        for (size_t n = 0; at < row; at++, n++)
            item->disqualified[n] = (struct disqualified){
                .person_id = db_get_uuid(r, at, 1), .name = text_of(arena, r, at, 2), .ground = text_of(arena, r, at, 3)};
    }
}

static void read_votes(struct arena *arena, struct meeting *meeting, const struct db_result *r)
{
    int row = 0;

    for (size_t i = 0; i < meeting->item_count; i++) {
        struct item *item = &meeting->items[i];
        int at = row;

        item->vote_count = rows_of(item, r, &row);
        item->votes = arena_array(arena, item->vote_count + 2, sizeof *item->votes); /* and one to come */
        for (size_t n = 0; at < row; at++, n++)
            item->votes[n] = (struct vote){
                .person_id = db_get_uuid(r, at, 1), .name = text_of(arena, r, at, 2), .choice = (enum choice)db_get_i16(r, at, 3)};
    }
}

static void read_whole(struct arena *arena, struct meeting_ask *ask, const struct db *db)
{
    const int first = ask->item.result;
    const struct db_result *head = db_result(db, first + HEAD_AT);

    if (db_rows(head) == 0)
        return;
    ask->meeting = arena_alloc(arena, sizeof *ask->meeting);
    *ask->meeting = read_head(arena, head, 0);
    read_attendees(arena, ask->meeting, db_result(db, first + ATTENDEES_AT));
    read_items(arena, ask->meeting, db_result(db, first + ITEMS_AT));
    read_nominations(arena, ask->meeting, db_result(db, first + NOMINATIONS_AT));
    read_dissents(arena, ask->meeting, db_result(db, first + DISSENTS_AT));
    read_disqualified(arena, ask->meeting, db_result(db, first + DISQUALIFIED_AT));
    read_votes(arena, ask->meeting, db_result(db, first + VOTES_AT));
}

static void read_page(struct arena *arena, struct meeting_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(arena, ask->count + 1, sizeof *ask->rows);
    for (int i = 0; i < db_rows(r); i++)
        ask->rows[i] = (struct meeting_row){
            .meeting = read_head(arena, r, i), .first_section = number_of(r, i, 12), .last_section = number_of(r, i, 13)};
}

void meeting_read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct meeting_ask *ask = (struct meeting_ask *)item;

        if (ask->what == MEETINGS_PAGE)
            read_page(w->arena, ask, db_result(db, item->result));
        else
            read_whole(w->arena, ask, db);
    }
}
