/* How what is done to meetings and items goes into the database. See meeting.h. */
#include "services/funding/store/meeting_own.h"
#include "services/funding/store/nomination.h"

/* $1 id $2 board $3 municipality $4 starts $5 place $6 state $7 why $8 actor $9 version */
static const struct db_stmt STMT_ADD = {"meeting_add",
                                        "insert into meeting (id, board_id, municipality_id, starts_at, place, state, why, actor, version) "
                                        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
/* $1 id $2 starts $3 place $4 version */
static const struct db_stmt STMT_PUT = {"meeting_put", "update meeting set starts_at = $2, place = $3, version = $4 where id = $1"};
/* $1 meeting $2 the items that stay */
static const struct db_stmt STMT_DROP_ITEMS = {"meeting_drop_items",
                                               "delete from item i where i.meeting_id = $1 and i.id <> all ($2::uuid[])"};
/* $1 meeting, then arrays: $2 id $3 place */
static const struct db_stmt STMT_PLACE_ITEMS = {"meeting_place_items",
                                                "update item i set place = x.place from unnest($2::uuid[], $3::int[]) as x (id, place) "
                                                "where i.id = x.id and i.meeting_id = $1 and i.place <> x.place"};
/* $1 meeting, then arrays: $2 id $3 place $4 case $5 proposal $6 board: those that are not there yet. The item before it is the last one of
 * its case that a meeting handled. */
static const struct db_stmt STMT_ADD_ITEMS = {
    "meeting_add_items",
    "insert into item (id, meeting_id, board_id, case_id, proposal_id, place, previous_id) select x.id, $1, $6, x.case_id, x.proposal_id, "
    "x.place, (select p.id from item p join meeting m on m.id = p.meeting_id where p.case_id = x.case_id and m.state <> 7 "
    "and not exists (select 1 from item n where n.previous_id = p.id) limit 1) "
    "from unnest($2::uuid[], $3::int[], $4::uuid[], $5::uuid[]) as x (id, place, case_id, proposal_id) "
    "where not exists (select 1 from item i where i.id = x.id)"};
/* $1 id $2 state $3 why $4 actor $5 version $6 summoned $7 published */
static const struct db_stmt STMT_MOVE = {"meeting_move", "update meeting set state = $2, why = $3, actor = $4, version = $5, "
                                                         "summoned_at = $6, published_at = $7 where id = $1"};
static const struct db_stmt STMT_UNCHAIN = {"meeting_unchain",
                                            "update item set previous_id = null where meeting_id = $1 and previous_id is not null"};
/* $1 meeting, then arrays: $2 person $3 name $4 kind $5 checks */
static const struct db_stmt STMT_ATTENDEES = {
    "meeting_attendees",
    "insert into attendee (meeting_id, person_id, name, kind, checks_minutes, ordinal) select $1, x.person_id, x.name, x.kind, x.checks, "
    "x.n from unnest($2::uuid[], $3::text[], $4::smallint[], $5::boolean[]) with ordinality as x (person_id, name, kind, checks, n)"};
/* $1 item $2 year $3 section */
static const struct db_stmt STMT_SECTION = {"meeting_section", "update item set year = $2, section = $3 where id = $1"};
/* $1 meeting, then arrays: $2 person $3 checked or null */
static const struct db_stmt STMT_CHECKS = {"meeting_checks",
                                           "update attendee a set checked_at = x.at from unnest($2::uuid[], $3::timestamptz[]) "
                                           "as x (person_id, at) where a.meeting_id = $1 and a.person_id = x.person_id "
                                           "and a.checked_at is distinct from x.at"};
static const struct db_stmt STMT_TOUCH = {"meeting_touch", "update meeting set version = $2 where id = $1"};
/* $1 id $2 outcome $3 manner $4 words $5 cents $6 counter $7 voting $8 dissents $9 version */
static const struct db_stmt STMT_ITEM = {"item_put", "update item set outcome = nullif($2::smallint, 0), manner = nullif($3::smallint, 0), "
                                                     "words = $4, cents = $5, counter = $6, voting = $7, dissents = $8::text[], "
                                                     "version = $9 where id = $1"};
static const struct db_stmt STMT_CLEAR_NOMINATIONS = {"item_clear_nominations", "delete from item_nomination where item_id = $1"};
/* $1 item, then arrays: $2 body $3 role $4 title $5 name $6 person or null $7 added */
static const struct db_stmt STMT_NOMINATIONS = {
    "item_nominations", "insert into item_nomination (item_id, ordinal, body, role, title, name, person_id, added) select $1, x.n, x.body, "
                        "x.role, x.title, x.name, x.person_id, x.added from unnest($2::text[], $3::smallint[], $4::text[], $5::text[], "
                        "$6::uuid[], $7::boolean[]) with ordinality as x (body, role, title, name, person_id, added, n)"};
/* $1 item $2 person $3 choice $4 at */
static const struct db_stmt STMT_VOTE = {"item_vote", "insert into vote (item_id, person_id, choice, at) values ($1, $2, $3, $4)"};
/* $1 item $2 person $3 ground $4 noted by $5 at */
static const struct db_stmt STMT_DISQUALIFIED = {"item_disqualified",
                                                 "insert into disqualification (item_id, person_id, ground, noted_by, noted_at) "
                                                 "values ($1, $2, $3, $4, $5)"};

static void put_id(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_null(p);
    else
        db_uuid(p, id);
}

static struct db_params *params_of(struct workset *w, struct uuid id)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, id);
    return p;
}

/* --- meetings ---------------------------------------------------------------------------------------------------------- */
static void save_added(struct workset *w, const struct meeting_change *c, struct db *db)
{
    const struct meeting *m = c->meeting;
    struct db_params *p = params_of(w, m->id);

    db_uuid(p, m->board_id);
    db_uuid(p, m->municipality_id);
    db_time(p, m->starts_us);
    db_text(p, span_text(m->place));
    db_i16(p, (int16_t)m->state);
    db_text(p, span_text(c->why));
    put_id(p, c->actor);
    db_i64(p, m->version);
    (void)db_queue(db, &STMT_ADD, p);
}

static void put_places(struct db_params *p, const struct meeting *m)
{
    db_array(p, DB_UUID, m->item_count);
    for (size_t i = 0; i < m->item_count; i++)
        db_array_uuid(p, m->items[i].id);
    db_array(p, DB_I32, m->item_count);
    for (size_t i = 0; i < m->item_count; i++)
        db_array_i32(p, m->items[i].place);
}

static void save_agenda(struct workset *w, const struct meeting *m, struct db *db)
{
    struct db_params *stay = params_of(w, m->id), *places = params_of(w, m->id), *p = params_of(w, m->id);

    db_array(stay, DB_UUID, m->item_count);
    for (size_t i = 0; i < m->item_count; i++)
        db_array_uuid(stay, m->items[i].id);
    (void)db_queue(db, &STMT_DROP_ITEMS, stay);
    put_places(places, m);
    (void)db_queue(db, &STMT_PLACE_ITEMS, places);
    put_places(p, m);
    db_array(p, DB_UUID, m->item_count);
    for (size_t i = 0; i < m->item_count; i++)
        db_array_uuid(p, m->items[i].case_id);
    db_array(p, DB_UUID, m->item_count);
    for (size_t i = 0; i < m->item_count; i++)
        db_array_uuid(p, m->items[i].proposal_id);
    db_uuid(p, m->board_id);
    (void)db_queue(db, &STMT_ADD_ITEMS, p);
}

static void save_changed(struct workset *w, const struct meeting *m, struct db *db)
{
    struct db_params *p = params_of(w, m->id);

    db_time(p, m->starts_us);
    db_text(p, span_text(m->place));
    db_i64(p, m->version);
    (void)db_queue(db, &STMT_PUT, p);
    save_agenda(w, m, db);
}

static void save_moved(struct workset *w, const struct meeting_change *c, struct db *db)
{
    const struct meeting *m = c->meeting;
    struct db_params *p = params_of(w, m->id);

    db_i16(p, (int16_t)m->state);
    db_text(p, span_text(c->why));
    put_id(p, c->actor);
    db_i64(p, m->version);
    db_time(p, m->summoned_us);
    db_time(p, m->published_us);
    (void)db_queue(db, &STMT_MOVE, p);
}

static void save_attendees(struct workset *w, const struct meeting *m, struct db *db)
{
    struct db_params *p = params_of(w, m->id);

    db_array(p, DB_UUID, m->attendee_count);
    for (size_t i = 0; i < m->attendee_count; i++)
        db_array_uuid(p, m->attendees[i].person_id);
    db_array(p, DB_TEXT, m->attendee_count);
    for (size_t i = 0; i < m->attendee_count; i++)
        db_array_text(p, span_text(m->attendees[i].name));
    db_array(p, DB_I16, m->attendee_count);
    for (size_t i = 0; i < m->attendee_count; i++)
        db_array_i16(p, (int16_t)m->attendees[i].kind);
    db_array(p, DB_BOOL, m->attendee_count);
    for (size_t i = 0; i < m->attendee_count; i++)
        db_array_bool(p, m->attendees[i].checks_minutes);
    (void)db_queue(db, &STMT_ATTENDEES, p);
}

/* One statement an item: the schema takes the numbers one after the other. */
static void save_sections(struct workset *w, const struct meeting *m, struct db *db)
{
    for (size_t i = 0; i < m->item_count; i++) {
        struct db_params *p = params_of(w, m->items[i].id);

        db_i32(p, m->items[i].year);
        db_i32(p, m->items[i].section);
        (void)db_queue(db, &STMT_SECTION, p);
    }
}

static void save_checks(struct workset *w, const struct meeting *m, struct db *db)
{
    struct db_params *p = params_of(w, m->id);

    db_array(p, DB_UUID, m->attendee_count);
    for (size_t i = 0; i < m->attendee_count; i++)
        db_array_uuid(p, m->attendees[i].person_id);
    db_array(p, DB_TIME, m->attendee_count);
    for (size_t i = 0; i < m->attendee_count; i++)
        db_array_time(p, m->attendees[i].checked_us);
    (void)db_queue(db, &STMT_CHECKS, p);
    struct db_params *q = params_of(w, m->id);
    db_i64(q, m->version);
    (void)db_queue(db, &STMT_TOUCH, q);
}

/* --- items ------------------------------------------------------------------------------------------------------------- */
static void save_nominations(struct workset *w, const struct item *item, struct db *db)
{
    const struct nomination *rows = item->nominations;
    const size_t count = item->nomination_count;
    struct db_params *p = params_of(w, item->id);

    (void)db_queue(db, &STMT_CLEAR_NOMINATIONS, params_of(w, item->id));
    nominations_bind(p, rows, count);
    db_array(p, DB_BOOL, count);
    for (size_t i = 0; i < count; i++)
        db_array_bool(p, rows[i].added);
    (void)db_queue(db, &STMT_NOMINATIONS, p);
}

static void save_item(struct workset *w, const struct item *item, struct db *db)
{
    struct db_params *p = params_of(w, item->id);

    db_i16(p, (int16_t)item->outcome);
    db_i16(p, (int16_t)item->manner);
    db_text(p, span_text(item->words));
    db_i64(p, item->cents);
    db_text(p, span_text(item->counter));
    db_bool(p, item->voting);
    db_array(p, DB_TEXT, item->dissent_count);
    for (size_t i = 0; i < item->dissent_count; i++)
        db_array_text(p, span_text(item->dissents[i]));
    db_i64(p, item->version);
    (void)db_queue(db, &STMT_ITEM, p);
    save_nominations(w, item, db);
}

static void save_vote(struct workset *w, const struct meeting_change *c, struct db *db)
{
    struct db_params *p = params_of(w, c->row->id);

    db_uuid(p, c->vote.person_id);
    db_i16(p, (int16_t)c->vote.choice);
    db_time(p, w->now_us);
    (void)db_queue(db, &STMT_VOTE, p);
}

static void save_disqualified(struct workset *w, const struct meeting_change *c, struct db *db)
{
    struct db_params *p = params_of(w, c->row->id);

    db_uuid(p, c->who.person_id);
    db_text(p, span_text(c->who.ground));
    db_uuid(p, c->actor);
    db_time(p, w->now_us);
    (void)db_queue(db, &STMT_DISQUALIFIED, p);
}

/* --- all --------------------------------------------------------------------------------------------------------------- */
static void save_change(struct workset *w, const struct meeting_change *c, struct db *db)
{
    switch (c->what) {
    case MEETING_ADDED:
        save_added(w, c, db);
        break;
    case MEETING_CHANGED:
        save_changed(w, c->meeting, db);
        break;
    case MEETING_MOVED:
        save_moved(w, c, db);
        break;
    case MEETING_CALLED_OFF:
        (void)db_queue(db, &STMT_UNCHAIN, params_of(w, c->meeting->id));
        save_moved(w, c, db);
        break;
    case MEETING_OPENED:
        save_moved(w, c, db);
        save_attendees(w, c->meeting, db);
        save_sections(w, c->meeting, db);
        break;
    case MEETING_CHECKS:
        save_checks(w, c->meeting, db);
        break;
    case ITEM_CHANGED:
        save_item(w, c->row, db);
        break;
    case ITEM_VOTED:
        save_vote(w, c, db);
        break;
    case ITEM_DISQUALIFIED:
        save_disqualified(w, c, db);
        break;
    }
}

void meeting_save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        save_change(w, (const struct meeting_change *)item, db);
}
