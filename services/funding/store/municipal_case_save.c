/* How cases are written: see municipal_case.h. A change is written as the struct was when it was given; lists are written anew in the place
 * of what stood. Every change writes the version that the use case has counted up. */
#include "services/funding/store/municipal_case_own.h"
#include "services/funding/store/nomination.h"

#define ON(n) "date '1970-01-01' + $" n "::int"

/* $1 id $2 municipality $3 number $4 why $5 actor $6 title $7 language $8 applicant $9 owner $10 project $11 share $12 applied $13 filed
 * $14 version */
static const struct db_stmt STMT_ADD = {
    "case_add",
    "insert into municipal_case (id, municipality_id, register_number, state, why, actor, title, language, applicant, owner_id, "
    "project_id, share_id, applied_cents, filed_at, version) values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
    "$14)"};
/* $1 id $2 title $3 version */
static const struct db_stmt STMT_PUT = {"case_put", "update municipal_case set title = $2, version = $3 where id = $1"};
/* $1 id $2 version $3 public since $4 state $5 why $6 actor */
static const struct db_stmt STMT_MOVE = {
    "case_move",
    "update municipal_case set version = $2, public_since = coalesce(public_since, $3), state = $4, why = $5, actor = $6 where id = $1"};
static const struct db_stmt STMT_TOUCH = {
    "case_touch", "update municipal_case set version = $2, public_since = coalesce(public_since, $3) where id = $1"};
static const struct db_stmt STMT_CLEAR[] = {{"case_clear_preparers", "delete from case_preparer where case_id = $1"},
                                            {"case_clear_texts", "delete from case_text where case_id = $1"},
                                            {"case_clear_impacts", "delete from case_impact where case_id = $1"}};
/* $1 case, then arrays in their order */
static const struct db_stmt STMT_PREPARERS = {"case_put_preparers",
                                              "insert into case_preparer (case_id, ordinal, title, name) select $1, n, title, name from "
                                              "unnest($2::text[], $3::text[]) with ordinality x (title, name, n)"};
static const struct db_stmt STMT_TEXTS = {
    "case_put_texts", "insert into case_text (case_id, ordinal, kind, heading, words, confidential) select $1, n, kind, heading, words, "
                      "confidential from unnest($2::smallint[], $3::text[], $4::text[], $5::boolean[]) with ordinality x (kind, heading, "
                      "words, confidential, n)"};
static const struct db_stmt STMT_IMPACTS = {"case_put_impacts", "insert into case_impact (case_id, dimension, effect, remark) "
                                                                "select $1, * from unnest($2::int[], $3::smallint[], $4::text[])"};
/* $1 id $2 state $3 why $4 actor $5 words $6 given $7 referred $8 case $9 follows $10 asked $11 person $12 words of the request $13 due
 * $14 requested */
static const struct db_stmt STMT_STATEMENT_ADD = {
    "statement_add",
    "insert into statement (id, state, why, actor, words, given_on, referred_to, case_id, follows_id, asked, person_id, "
    "words_asked, due_on, requested_at) values ($1, $2, $3, $4, $5, " ON("6") ", $7, $8, $9, $10, $11, $12, " ON("13") ", "
                                                                                                                       "$14)"};
static const struct db_stmt STMT_STATEMENT_PUT = {
    "statement_put", "update statement set state = $2, why = $3, actor = $4, words = $5, given_on = " ON("6") ", referred_to = $7 "
                                                                                                              "where id = $1"};
/* $1 id $2 case $3 n $4 kind $5 title $6 name $7 type $8 content $9 SHA-256 $10 confidential $11 ground $12 who $13 when */
static const struct db_stmt STMT_DOCUMENT = {
    "case_document_add", "insert into case_document (id, case_id, n, kind, title, name, media_type, content, sha256, confidential, ground, "
                         "added_by, added_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
/* $1 id $2 case $3 words $4 cents $5 presenter $6 title $7 name $8 saved */
static const struct db_stmt STMT_PROPOSAL = {
    "proposal_put", "insert into proposal_made (id, case_id, words, cents, presenter, presenter_title, presenter_name, saved_at) "
                    "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set (words, cents, presenter, presenter_title, "
                    "presenter_name, saved_at) = row (excluded.words, excluded.cents, excluded.presenter, excluded.presenter_title, "
                    "excluded.presenter_name, excluded.saved_at)"};
static const struct db_stmt STMT_CLEAR_NOMINATIONS = {"proposal_clear_nominations",
                                                      "delete from proposal_nomination where proposal_id = $1"};
static const struct db_stmt STMT_NOMINATIONS = {
    "proposal_put_nominations",
    "insert into proposal_nomination (proposal_id, ordinal, body, role, title, name, person_id) select $1, n, body, role, title, name, "
    "person_id from unnest($2::text[], $3::smallint[], $4::text[], $5::text[], $6::uuid[]) with ordinality x (body, role, title, name, "
    "person_id, n)"};
/* $1 id $2 since */
static const struct db_stmt STMT_MADE = {"proposal_made", "update proposal_made set made_at = $2 where id = $1 and made_at is null"};

static void put_id(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_null(p);
    else
        db_uuid(p, id);
}

static struct db_params *params_of(const struct workset *w, struct uuid id)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, id);
    return p;
}

/* --- the case ----------------------------------------------------------------------------------------------------------- */
static void save_preparers(const struct workset *w, const struct municipal_case *c, struct db *db)
{
    struct db_params *p = params_of(w, c->id);

    db_array(p, DB_TEXT, c->preparer_count);
    for (size_t i = 0; i < c->preparer_count; i++)
        db_array_text(p, span_text(c->preparers[i].title));
    db_array(p, DB_TEXT, c->preparer_count);
    for (size_t i = 0; i < c->preparer_count; i++)
        db_array_text(p, span_text(c->preparers[i].name));
    (void)db_queue(db, &STMT_PREPARERS, p);
}

static void save_texts(const struct workset *w, const struct municipal_case *c, struct db *db)
{
    struct db_params *p = params_of(w, c->id);

    db_array(p, DB_I16, c->text_count);
    for (size_t i = 0; i < c->text_count; i++)
        db_array_i16(p, (int16_t)c->texts[i].kind);
    db_array(p, DB_TEXT, c->text_count);
    for (size_t i = 0; i < c->text_count; i++)
        db_array_text(p, span_text(c->texts[i].heading));
    db_array(p, DB_TEXT, c->text_count);
    for (size_t i = 0; i < c->text_count; i++)
        db_array_text(p, span_text(c->texts[i].words));
    db_array(p, DB_BOOL, c->text_count);
    for (size_t i = 0; i < c->text_count; i++)
        db_array_bool(p, c->texts[i].confidential);
    (void)db_queue(db, &STMT_TEXTS, p);
}

static void save_impacts(const struct workset *w, const struct municipal_case *c, struct db *db)
{
    struct db_params *p = params_of(w, c->id);

    db_array(p, DB_I32, c->impact_count);
    for (size_t i = 0; i < c->impact_count; i++)
        db_array_i32(p, c->impacts[i].dimension);
    db_array(p, DB_I16, c->impact_count);
    for (size_t i = 0; i < c->impact_count; i++)
        db_array_i16(p, (int16_t)c->impacts[i].effect);
    db_array(p, DB_TEXT, c->impact_count);
    for (size_t i = 0; i < c->impact_count; i++)
        db_array_text(p, span_text(c->impacts[i].remark));
    (void)db_queue(db, &STMT_IMPACTS, p);
}

static void save_new(const struct workset *w, const struct case_change *change, struct db *db)
{
    const struct municipal_case *c = &change->row;
    struct db_params *p = params_of(w, c->id);

    db_uuid(p, c->municipality_id);
    db_text(p, span_text(c->register_number));
    db_text(p, span_text(change->why));
    put_id(p, change->actor);
    db_text(p, span_text(c->title));
    db_text(p, span_text(c->language));
    db_text(p, span_text(c->applicant));
    db_uuid(p, c->owner_id);
    db_uuid(p, c->project_id);
    db_uuid(p, c->share_id);
    db_i64(p, c->applied_cents);
    db_time(p, c->filed_us);
    db_i64(p, c->version);
    (void)db_queue(db, &STMT_ADD, p);
    save_texts(w, c, db);
}

static void save_content(const struct workset *w, const struct municipal_case *c, struct db *db)
{
    struct db_params *p = params_of(w, c->id);

    db_text(p, span_text(c->title));
    db_i64(p, c->version);
    (void)db_queue(db, &STMT_PUT, p);
    for (size_t i = 0; i < sizeof STMT_CLEAR / sizeof STMT_CLEAR[0]; i++)
        (void)db_queue(db, &STMT_CLEAR[i], params_of(w, c->id));
    save_preparers(w, c, db);
    save_texts(w, c, db);
    save_impacts(w, c, db);
}

static void save_touch(const struct workset *w, const struct municipal_case *c, struct db *db)
{
    struct db_params *p = params_of(w, c->id);

    db_i64(p, c->version);
    db_time(p, c->public_us);
    (void)db_queue(db, &STMT_TOUCH, p);
}

static void save_move(const struct workset *w, const struct case_change *change, struct db *db)
{
    struct db_params *p = params_of(w, change->row.id);

    db_i64(p, change->row.version);
    db_time(p, change->row.public_us);
    db_i16(p, (int16_t)change->row.state);
    db_text(p, span_text(change->why));
    put_id(p, change->actor);
    (void)db_queue(db, &STMT_MOVE, p);
}

/* --- what hangs on it --------------------------------------------------------------------------------------------------- */
static void put_day(struct db_params *p, int64_t day)
{
    if (day == NO_DAY)
        db_null(p);
    else
        db_i32(p, (int32_t)day);
}

static void save_statement(const struct workset *w, const struct case_change *change, bool add, struct db *db)
{
    const struct statement *s = &change->statement;
    struct db_params *p = params_of(w, s->id);

    db_i16(p, (int16_t)s->state);
    db_text(p, span_text(change->why));
    put_id(p, change->actor);
    db_text(p, span_text(s->words));
    put_day(p, s->given_on);
    db_text(p, span_text(s->referred_to));
    if (add) {
        db_uuid(p, change->row.id);
        put_id(p, s->follows_id);
        db_text(p, span_text(s->asked));
        put_id(p, s->person_id);
        db_text(p, span_text(s->words_asked));
        db_i32(p, (int32_t)s->due_on);
        db_time(p, s->requested_us);
    }
    (void)db_queue(db, add ? &STMT_STATEMENT_ADD : &STMT_STATEMENT_PUT, p);
    save_touch(w, &change->row, db);
}

static void save_document(const struct workset *w, const struct case_change *change, struct db *db)
{
    const struct case_document *d = &change->document;
    struct db_params *p = params_of(w, d->id);

    db_uuid(p, change->row.id);
    db_i32(p, d->n);
    db_i16(p, (int16_t)d->kind);
    db_text(p, span_text(d->title));
    db_text(p, span_text(d->name));
    db_text(p, span_text(d->media_type));
    db_bytes(p, change->content);
    db_bytes(p, span_of(d->sha256, sizeof d->sha256));
    db_bool(p, d->confidential);
    db_text(p, span_text(d->ground));
    db_uuid(p, d->added_by);
    db_time(p, d->added_us);
    (void)db_queue(db, &STMT_DOCUMENT, p);
    save_touch(w, &change->row, db);
}

static void save_nominations(const struct workset *w, const struct board_proposal *proposal, struct db *db)
{
    struct db_params *p = params_of(w, proposal->id);

    nominations_bind(p, proposal->nominations, proposal->nomination_count);
    (void)db_queue(db, &STMT_NOMINATIONS, p);
}

static void save_proposal(const struct workset *w, const struct case_change *change, struct db *db)
{
    const struct board_proposal *proposal = &change->proposal;
    struct db_params *p = params_of(w, proposal->id);

    db_uuid(p, change->row.id);
    db_text(p, span_text(proposal->words));
    db_i64(p, proposal->cents);
    db_uuid(p, proposal->presenter);
    db_text(p, span_text(proposal->presenter_title));
    db_text(p, span_text(proposal->presenter_name));
    db_time(p, proposal->saved_us);
    (void)db_queue(db, &STMT_PROPOSAL, p);
    (void)db_queue(db, &STMT_CLEAR_NOMINATIONS, params_of(w, proposal->id));
    save_nominations(w, proposal, db);
    save_touch(w, &change->row, db);
}

static void save_made(const struct workset *w, const struct case_change *change, struct db *db)
{
    struct db_params *p = params_of(w, change->proposal.id);

    db_time(p, change->proposal.made_us);
    (void)db_queue(db, &STMT_MADE, p);
}

static void save_change(const struct workset *w, const struct case_change *change, struct db *db)
{
    switch (change->what) {
    case CASE_CHANGE_ADD:
        save_new(w, change, db);
        break;
    case CASE_CHANGE_PUT:
        save_content(w, &change->row, db);
        break;
    case CASE_CHANGE_MOVE:
        save_move(w, change, db);
        break;
    case CASE_CHANGE_TOUCH:
        save_touch(w, &change->row, db);
        break;
    case CASE_CHANGE_STATEMENT_ADD:
        save_statement(w, change, true, db);
        break;
    case CASE_CHANGE_STATEMENT_PUT:
        save_statement(w, change, false, db);
        break;
    case CASE_CHANGE_DOCUMENT:
        save_document(w, change, db);
        break;
    case CASE_CHANGE_PROPOSAL:
        save_proposal(w, change, db);
        break;
    case CASE_CHANGE_PROPOSAL_MADE:
        save_made(w, change, db);
        break;
    }
}

void case_save_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        save_change(w, (const struct case_change *)item, db);
}
