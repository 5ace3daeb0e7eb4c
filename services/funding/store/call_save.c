/* What is written of calls: see call.h.
 *
 * The sum of the themes' allocations is held under the call's by the database at every step, so the steps have an order: the call first
 * gets the larger of its old and new allocation, its parts are replaced (call_parts.c), and at last the call gets its own. */
#include "services/funding/store/call_own.h"

#define DAY(param) "date '1970-01-01' + nullif(" param "::integer, -1)" /* -1: no day */

/* $1..$31 as head_params puts them, $32 code $33 register number $34 why $35 actor $36 now */
static const struct db_stmt STMT_ADD = {
    "call_add",
    "insert into call (id, version, kind, authority, authority_fi, authority_sv, authority_en, contact, title_fi, title_sv, title_en, "
    "purpose_fi, purpose_sv, purpose_en, terms_fi, terms_sv, terms_en, series, opens_at, closes_at, use_from, use_until, interim_due, "
    "final_due, answer_days, own_permille, sample_permille, allocation_cents, payee, payee_iban, payee_reference, code, register_number, "
    "why, actor, created_at, state) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, " DAY("$21") ", " DAY(
        "$22") ", " DAY("$23") ", " DAY("$24") ", $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, "
                                               "nullif($35::uuid, '00000000-0000-0000-0000-000000000000'), $36, 1)"};
static const struct db_stmt STMT_PUT = {
    "call_put",
    "update call set version = $2, kind = $3, authority = $4, authority_fi = $5, authority_sv = $6, authority_en = $7, contact = $8, "
    "title_fi = $9, title_sv = $10, title_en = $11, purpose_fi = $12, purpose_sv = $13, purpose_en = $14, terms_fi = $15, terms_sv = $16, "
    "terms_en = $17, series = $18, opens_at = $19, closes_at = $20, use_from = " DAY("$21") ", use_until = " DAY(
        "$22") ", interim_due = " DAY("$23") ", final_due = " DAY("$24") ", answer_days = $25, own_permille = $26, sample_permille = $27, "
                                                                         "allocation_cents = greatest(allocation_cents, $28), payee = $29, "
                                                                         "payee_iban = $30, payee_reference = $31 where id = "
                                                                         "$1"};
/* $1 id $2 cents */
static const struct db_stmt STMT_ALLOCATE = {"call_allocate",
                                             "update call set allocation_cents = $2 where id = $1 and allocation_cents <> $2"};
/* $1 id $2 version */
static const struct db_stmt STMT_VERSION = {"call_version", "update call set version = $2 where id = $1"};
/* $1 id $2 state $3 why $4 actor $5 version */
static const struct db_stmt STMT_MOVE = {
    "call_move", "update call set state = $2, why = $3, actor = nullif($4::uuid, '00000000-0000-0000-0000-000000000000'), version = $5 "
                 "where id = $1"};

/* $1 id */
static const struct db_stmt STMT_NO_OFFICIALS = {"call_no_officials", "delete from official where call_id = $1"};
/* $1 id $2 people $3 roles $4 responsible $5 names $6 titles */
static const struct db_stmt STMT_OFFICIALS = {"call_put_officials",
                                              "insert into official (call_id, person_id, role, responsible, name, title) "
                                              "select $1, s.person, s.role, s.responsible, s.name, s.title "
                                              "from unnest($2::uuid[], $3::smallint[], $4::boolean[], $5::text[], $6::text[]) "
                                              "as s (person, role, responsible, name, title)"};
/* $1 id $2 version $3 actor $4 words */
static const struct db_stmt STMT_OFFICIAL_CHANGE = {"call_official_change", "insert into official_change (call_id, n, state, actor, words) "
                                                                            "select c.id, $2, c.state, $3, $4 from call c where c.id = $1"};
/* $1 id $2 ordinal */
static const struct db_stmt STMT_NO_FILE = {"call_no_file", "delete from call_file where call_id = $1 and ordinal = $2"};
/* $1 id $2 ordinal $3 name $4 media type $5 content */
static const struct db_stmt STMT_FILE = {"call_put_file",
                                         "insert into call_file (call_id, ordinal, name, media_type, content) values ($1, $2, $3, $4, $5) "
                                         "on conflict (call_id, ordinal) do update set name = excluded.name, "
                                         "media_type = excluded.media_type, content = excluded.content"};

struct call_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_PUT, CHANGE_OFFICIALS, CHANGE_MOVE, CHANGE_FILE } what;
    const struct call *call;
    enum call_state state;
    const char *why;
    struct uuid actor;
    const struct call_file *file;
    struct span content;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
static struct call_change *change(struct workset *w, const struct call *call)
{
    struct call_change *c = part_change(&w->parts, PART_CALL, sizeof *c);

    c->call = call;
    return c;
}

void call_add(struct workset *w, const struct call *call, const char *why, struct uuid actor)
{
    struct call_change *c = change(w, call);

    c->what = CHANGE_ADD;
    c->why = why;
    c->actor = actor;
}

void call_put(struct workset *w, const struct call *call)
{
    change(w, call)->what = CHANGE_PUT;
}

void call_put_officials(struct workset *w, const struct call *call, const char *words, struct uuid actor)
{
    struct call_change *c = change(w, call);

    c->what = CHANGE_OFFICIALS;
    c->why = words;
    c->actor = actor;
}

void call_move(struct workset *w, const struct call *call, enum call_state state, const char *why, struct uuid actor)
{
    struct call_change *c = change(w, call);

    c->what = CHANGE_MOVE;
    c->state = state;
    c->why = why;
    c->actor = actor;
}

void call_put_file(struct workset *w, const struct call *call, const struct call_file *file, struct span content)
{
    struct call_change *c = change(w, call);

    c->what = CHANGE_FILE;
    c->file = file;
    c->content = content;
}

/* --- the call itself --------------------------------------------------------------------------------------------------- */
static void put_text(struct db_params *p, const char *text)
{
    db_text(p, span_text(text));
}

static void put_texts(struct db_params *p, struct text text)
{
    put_text(p, text.fi);
    put_text(p, text.sv);
    put_text(p, text.en);
}

static void put_day(struct db_params *p, int64_t day)
{
    db_i32(p, day == NO_DAY ? -1 : (int32_t)day);
}

static struct db_params *params_of(const struct workset *w, const struct call *call)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, call->id);
    return p;
}

static struct db_params *head_params(const struct workset *w, const struct call *call)
{
    struct db_params *p = params_of(w, call);

    db_i64(p, call->version);
    db_i16(p, (int16_t)call->kind);
    db_i16(p, (int16_t)call->authority_kind);
    put_texts(p, call->authority);
    put_text(p, call->contact);
    put_texts(p, call->title);
    put_texts(p, call->purpose);
    put_texts(p, call->terms);
    put_text(p, call->series);
    db_time(p, call->opens_us);
    db_time(p, call->closes_us);
    put_day(p, call->use_from);
    put_day(p, call->use_until);
    put_day(p, call->interim_due);
    put_day(p, call->final_due);
    db_i32(p, call->answer_days);
    db_i32(p, call->own_permille);
    db_i32(p, call->sample_permille);
    db_i64(p, call->allocation_cents);
    put_text(p, call->payee);
    put_text(p, call->payee_iban);
    put_text(p, call->payee_reference);
    return p;
}

static void save_version(const struct workset *w, const struct call *call, struct db *db)
{
    struct db_params *p = params_of(w, call);

    db_i64(p, call->version);
    (void)db_queue(db, &STMT_VERSION, p);
}

static void save_add(const struct workset *w, const struct call_change *c, struct db *db)
{
    struct db_params *p = head_params(w, c->call);

    put_text(p, c->call->code);
    put_text(p, c->call->register_number);
    put_text(p, c->why);
    db_uuid(p, c->actor);
    db_time(p, w->now_us);
    (void)db_queue(db, &STMT_ADD, p);
    call_parts_add(w, c->call, db);
}

static void save_put(const struct workset *w, const struct call *call, struct db *db)
{
    struct db_params *p = params_of(w, call);

    (void)db_queue(db, &STMT_PUT, head_params(w, call));
    call_parts_replace(w, call, db);
    db_i64(p, call->allocation_cents);
    (void)db_queue(db, &STMT_ALLOCATE, p);
}

/* --- officials, state, files ------------------------------------------------------------------------------------------- */
static void save_official_change(const struct workset *w, const struct call_change *c, struct db *db)
{
    struct db_params *p = params_of(w, c->call);

    db_i64(p, c->call->version);
    db_uuid(p, c->actor);
    put_text(p, c->why);
    (void)db_queue(db, &STMT_OFFICIAL_CHANGE, p);
}

static void save_officials(const struct workset *w, const struct call_change *c, struct db *db)
{
    const struct call *call = c->call;
    struct db_params *p = params_of(w, call);

    save_version(w, call, db);
    save_official_change(w, c, db);
    (void)db_queue(db, &STMT_NO_OFFICIALS, params_of(w, call));
    db_array(p, DB_UUID, call->official_count);
    for (size_t i = 0; i < call->official_count; i++)
        db_array_uuid(p, call->officials[i].person_id);
    db_array(p, DB_I16, call->official_count);
    for (size_t i = 0; i < call->official_count; i++)
        db_array_i16(p, (int16_t)call->officials[i].role);
    db_array(p, DB_BOOL, call->official_count);
    for (size_t i = 0; i < call->official_count; i++)
        db_array_bool(p, call->officials[i].responsible);
    db_array(p, DB_TEXT, call->official_count);
    for (size_t i = 0; i < call->official_count; i++)
        db_array_text(p, span_text(call->officials[i].name));
    db_array(p, DB_TEXT, call->official_count);
    for (size_t i = 0; i < call->official_count; i++)
        db_array_text(p, span_text(call->officials[i].title));
    (void)db_queue(db, &STMT_OFFICIALS, p);
}

static void save_move(const struct workset *w, const struct call_change *c, struct db *db)
{
    struct db_params *p = params_of(w, c->call);

    db_i16(p, (int16_t)c->state);
    put_text(p, c->why);
    db_uuid(p, c->actor);
    db_i64(p, c->call->version);
    (void)db_queue(db, &STMT_MOVE, p);
}

static void save_file(const struct workset *w, const struct call_change *c, struct db *db)
{
    struct db_params *p = params_of(w, c->call);

    save_version(w, c->call, db);
    db_i32(p, c->file->n);
    if (c->file->size > 0) {
        put_text(p, c->file->name);
        put_text(p, c->file->media_type);
        db_bytes(p, c->content);
    }
    (void)db_queue(db, c->file->size > 0 ? &STMT_FILE : &STMT_NO_FILE, p);
}

void call_save_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct call_change *c = (const struct call_change *)item;

        switch (c->what) {
        case CHANGE_ADD:
            save_add(w, c, db);
            break;
        case CHANGE_PUT:
            save_put(w, c->call, db);
            break;
        case CHANGE_OFFICIALS:
            save_officials(w, c, db);
            break;
        case CHANGE_MOVE:
            save_move(w, c, db);
            break;
        case CHANGE_FILE:
            save_file(w, c, db);
            break;
        }
    }
}
