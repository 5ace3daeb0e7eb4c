/* The part "extract" of the store: see extract.h. */
#include "services/funding/store/extract.h"

#include "common/base/day.h"

#define DAY(column) "(" column " - date '1970-01-01')::int"
#define ON(n)       "date '1970-01-01' + $" n "::int"
/* $1 item */
#define DOCUMENT(one, bare)                                                                                                                \
    "select " DAY("e.names_until") ", " DAY(                                                                                               \
        "e.review_until") ", e.review_version, e.event_id, i.published_at, c.owner_id, c.language, "                                       \
                          "b.code, i.year, i.section, e." one ", e." bare " from extract e join item i on i.id = e.item_id "               \
                          "join municipal_case c on c.id = i.case_id join board b on b.id = i.board_id where e.item_id = $1"
static const struct db_stmt STMT_HTML = {"extract_html", DOCUMENT("html", "bare_html")};
static const struct db_stmt STMT_PDF = {"extract_pdf", DOCUMENT("pdf", "bare_pdf")};

/* $1 municipality or board. The newest meetings are walked down their index until there are enough items. */
#define ITEMS(of)                                                                                                                          \
    "select i.id, m.id, b.title_fi, b.title_sv, b.title_en, c.language, i.title, c.register_number, m.starts_at, case when "               \
    "i.published_at is null then 0 else i.section end, "                                                                                   \
    "p.words, case when i.published_at is null then 0::smallint else i.outcome end, "                                                      \
    "case when i.published_at is null then '' else i.words end, coalesce(i.published_at, greatest(m.summoned_at, "                         \
    "(select v.at from move v where v.machine = 'case' and v.subject = c.id and v.to_state = 6))), "                                       \
    "i.published_at is null and c.state = 6 "                                                                                              \
    "from meeting m join item i on i.meeting_id = m.id join board b on b.id = m.board_id join municipal_case c on c.id = i.case_id "       \
    "join proposal_made p on p.id = i.proposal_id where m." of " = $1 and m.state between 2 and 6 "                                        \
    "order by m.starts_at desc, m.id desc, i.place limit 30"
static const struct db_stmt STMT_ITEMS = {"extract_feed_items", ITEMS("municipality_id")};
static const struct db_stmt STMT_ITEMS_BOARD = {"extract_feed_items_board", ITEMS("board_id")};
#define MEETINGS(of)                                                                                                                       \
    "select m.id, b.title_fi, b.title_sv, b.title_en, m.starts_at, m.place, m.state, coalesce((select v.at from move v "                   \
    "where v.machine = 'meeting' and v.subject = m.id and v.to_state = 7), m.published_at, m.summoned_at), a.items, a.first, a.last "      \
    "from meeting m join board b on b.id = m.board_id cross join lateral (select count(*)::int items, coalesce(min(i.section), 0) first, " \
    "coalesce(max(i.section), 0) last from item i where i.meeting_id = m.id) a where m." of " = $1 and m.summoned_at is not null "         \
    "order by m.starts_at desc, m.id desc limit 30"
static const struct db_stmt STMT_MEETINGS = {"extract_feed_meetings", MEETINGS("municipality_id")};
static const struct db_stmt STMT_MEETINGS_BOARD = {"extract_feed_meetings_board", MEETINGS("board_id")};

/* $1 item $2 html $3 bare html $4 pdf $5 bare pdf $6 names until $7 review until $8 version $9 event */
static const struct db_stmt STMT_ADD = {"extract_add",
                                        "insert into extract (item_id, html, bare_html, pdf, sha256, bare_pdf, bare_sha256, names_until, "
                                        "review_until, review_version, event_id) values ($1, $2, $3, $4::bytea, sha256($4::bytea), "
                                        "$5::bytea, sha256($5::bytea), " ON("6") ", " ON("7") ", $8, $9)"};
/* $1 item $2 when */
static const struct db_stmt STMT_PUBLISH = {"extract_publish", "update item set published_at = $2, version = version + 1 where id = $1"};

struct extract_change {
    struct part_item item; /* first */
    struct extract extract;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
static struct extract_ask *ask_for(struct workset *w, const struct job *job, int what, struct uuid id)
{
    struct extract_ask *ask = part_ask(&w->parts, PART_EXTRACT, job, sizeof *ask);

    ask->what = what;
    ask->id = id;
    return ask;
}

struct extract_ask *extract_want(struct workset *w, const struct job *job, struct uuid item_id, bool pdf)
{
    struct extract_ask *ask = ask_for(w, job, EXTRACT_DOCUMENT, item_id);

    ask->pdf = pdf;
    return ask;
}

struct extract_ask *extract_want_items(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid board_id)
{
    struct extract_ask *ask = ask_for(w, job, EXTRACT_ITEM_FEED, municipality_id);

    ask->board_id = board_id;
    return ask;
}

struct extract_ask *extract_want_meetings(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid board_id)
{
    struct extract_ask *ask = ask_for(w, job, EXTRACT_MEETING_FEED, municipality_id);

    ask->board_id = board_id;
    return ask;
}

const struct extract_ask *extract_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_EXTRACT, job);
}

const struct extract_found *extract_found(const struct workset *w, const struct job *job)
{
    const struct extract_ask *ask = extract_asked(w, job);

    return ask != NULL ? ask->found : NULL;
}

void extract_add(struct workset *w, const struct extract *extract)
{
    struct extract_change *c = part_change(&w->parts, PART_EXTRACT, sizeof *c);

    c->extract = *extract;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static const struct db_stmt *statement_of(const struct extract_ask *ask)
{
    const bool board = !uuid_is_nil(ask->board_id);

    switch (ask->what) {
    case EXTRACT_DOCUMENT:
        return ask->pdf ? &STMT_PDF : &STMT_HTML;
    case EXTRACT_ITEM_FEED:
        return board ? &STMT_ITEMS_BOARD : &STMT_ITEMS;
    case EXTRACT_MEETING_FEED:
        break;
    }
    return board ? &STMT_MEETINGS_BOARD : &STMT_MEETINGS;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct extract_ask *ask = (const struct extract_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, uuid_is_nil(ask->board_id) ? ask->id : ask->board_id);
        item->result = db_queue(db, statement_of(ask), p);
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

static struct extract_found *read_document(struct arena *arena, const struct extract_ask *ask, const struct db_result *r)
{
    struct extract_found *found = arena_alloc(arena, sizeof *found);
    struct extract *e = &found->extract;

    *e = (struct extract){.item_id = ask->id,
                          .names_until = db_get_i32(r, 0, 0),
                          .review_until = db_get_null(r, 0, 1) ? NO_DAY : db_get_i32(r, 0, 1),
                          .review_version = text_of(arena, r, 0, 2),
                          .event_id = db_get_uuid(r, 0, 3),
                          .published_us = db_get_time(r, 0, 4)};
    *(ask->pdf ? &e->pdf : &e->html) = arena_copy(arena, db_get_span(r, 0, 10));
    *(ask->pdf ? &e->bare_pdf : &e->bare_html) = arena_copy(arena, db_get_span(r, 0, 11));
    found->owner_id = db_get_uuid(r, 0, 5);
    found->language = text_of(arena, r, 0, 6);
    found->board_code = text_of(arena, r, 0, 7);
    found->year = db_get_i32(r, 0, 8);
    found->section = db_get_i32(r, 0, 9);
    return found;
}

static struct feed_item read_item(struct arena *arena, const struct db_result *r, int row)
{
    return (struct feed_item){.id = db_get_uuid(r, row, 0),
                              .meeting_id = db_get_uuid(r, row, 1),
                              .board = texts_of(arena, r, row, 2),
                              .language = text_of(arena, r, row, 5),
                              .title = text_of(arena, r, row, 6),
                              .register_number = text_of(arena, r, row, 7),
                              .starts_us = db_get_time(r, row, 8),
                              .section = db_get_i32(r, row, 9),
                              .proposal = text_of(arena, r, row, 10),
                              .outcome = (enum outcome)db_get_i16(r, row, 11),
                              .words = text_of(arena, r, row, 12),
                              .told_us = db_get_time(r, row, 13),
                              .withdrawn = db_get_bool(r, row, 14)};
}

static struct feed_meeting read_meeting(struct arena *arena, const struct db_result *r, int row)
{
    return (struct feed_meeting){.id = db_get_uuid(r, row, 0),
                                 .board = texts_of(arena, r, row, 1),
                                 .starts_us = db_get_time(r, row, 4),
                                 .place = text_of(arena, r, row, 5),
                                 .state = (enum meeting_state)db_get_i16(r, row, 6),
                                 .told_us = db_get_time(r, row, 7),
                                 .items = db_get_i32(r, row, 8),
                                 .first_section = db_get_i32(r, row, 9),
                                 .last_section = db_get_i32(r, row, 10)};
}

static void read_ask(struct workset *w, struct extract_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    switch (ask->what) {
    case EXTRACT_DOCUMENT:
        ask->found = ask->count > 0 ? read_document(w->arena, ask, r) : NULL;
        break;
    case EXTRACT_ITEM_FEED:
        ask->items = arena_array(w->arena, ask->count + 1, sizeof *ask->items);
        for (size_t i = 0; i < ask->count; i++)
            ask->items[i] = read_item(w->arena, r, (int)i);
        break;
    case EXTRACT_MEETING_FEED:
        ask->meetings = arena_array(w->arena, ask->count + 1, sizeof *ask->meetings);
        for (size_t i = 0; i < ask->count; i++)
            ask->meetings[i] = read_meeting(w->arena, r, (int)i);
        break;
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_ask(w, (struct extract_ask *)item, db_result(db, item->result));
}

/* --- saving ------------------------------------------------------------------------------------------------------------ */
static void save_one(struct workset *w, const struct extract *e, struct db *db)
{
    struct db_params *p = db_params(w->arena), *q = db_params(w->arena);

    db_uuid(q, e->item_id);
    db_time(q, e->published_us);
    (void)db_queue(db, &STMT_PUBLISH, q); /* first: an extract is of what is published */
    db_uuid(p, e->item_id);
    db_text(p, e->html);
    db_text(p, e->bare_html);
    db_bytes(p, e->pdf);
    db_bytes(p, e->bare_pdf);
    db_i32(p, (int32_t)e->names_until);
    if (e->review_until == NO_DAY)
        db_null(p);
    else
        db_i32(p, (int32_t)e->review_until);
    db_text(p, span_text(e->review_version));
    db_uuid(p, e->event_id);
    (void)db_queue(db, &STMT_ADD, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        save_one(w, &((const struct extract_change *)item)->extract, db);
}

const struct store_part extract_part = {.load = load, .read = read_all, .save = save};
