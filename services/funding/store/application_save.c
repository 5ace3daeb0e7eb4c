/* Writing applications: see application.h and application_own.h. First the new rows, then every version, then the rows of the consortium,
 * and the states last: the sums of the schema hold when a state needs them. */
#include "services/funding/store/application_own.h"
#include "services/funding/store/consortium.h"

/* $1 id[] $2 call[] $3 theme[] $4 why[] $5 actor[] $6 owner[] $7 language[] $8 title[] $9 lead[] $10 total[] $11 applied[]
 * $12 contact told[] $13 now */
static const struct db_stmt STMT_ADD = {
    "application_add",
    "insert into application (id, call_id, theme_id, state, why, actor, owner_id, language, title, lead_name, content_version, "
    " total_cents, applied_cents, contact_told, created_at, saved_at) "
    "select e.id, e.call_id, e.theme_id, 1, e.why, e.actor, e.owner_id, e.language, e.title, e.lead_name, 1, e.total, e.applied, e.told, "
    " $13, $13 from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], "
    " $10::bigint[], $11::bigint[], $12::text[]) as e (id, call_id, theme_id, why, actor, owner_id, language, title, lead_name, total, "
    " applied, told)"};
/* $1 application[] $2 version[] $3 kind[] $4 at[] $5 actor[] $6 content[] */
static const struct db_stmt STMT_VERSION = {"application_add_version",
                                            "insert into application_version (application_id, version, kind, saved_at, actor, content) "
                                            "select * from unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::timestamptz[], $5::uuid[], "
                                            " $6::bytea[])"};
/* $1 application[] $2 behind this version[] $3 up to this one[]: drafts that are too many */
static const struct db_stmt STMT_TRIM = {
    "application_trim", "delete from application_version v using unnest($1::uuid[], $2::bigint[], $3::bigint[]) as k (id, since, until) "
                        "where v.application_id = k.id and v.version > k.since and v.version <= k.until and v.kind = 1"};
/* $1 id[] $2 theme[] $3 register number[] $4 state[] $5 why[], null where it does not move $6 actor[] $7 language[] $8 title[] $9 lead[]
 * $10 content's version[] $11 submitted version[] $12 receipt[] $13 contact told[] $14 version[] $15 saved[] $16 submitted[] $17 total[]
 * $18 applied[] */
static const struct db_stmt STMT_PUT = {
    "application_put",
    "update application a set theme_id = e.theme_id, register_number = nullif(e.number, ''), state = e.state, why = coalesce(e.why, "
    "a.why), "
    " actor = case when e.why is null then a.actor else e.actor end, language = e.language, title = e.title, lead_name = e.lead_name, "
    " content_version = e.content_version, submitted_version = e.submitted_version, receipt = e.receipt, contact_told = e.told, "
    " version = e.version, saved_at = e.saved_at, submitted_at = e.submitted_at, total_cents = e.total, applied_cents = e.applied "
    "from unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], "
    " $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::bigint[], $15::timestamptz[], $16::timestamptz[], $17::bigint[], "
    " $18::bigint[]) as e (id, theme_id, number, state, why, actor, language, title, lead_name, content_version, submitted_version, "
    "receipt, "
    " told, version, saved_at, submitted_at, total, applied) where a.id = e.id"};

struct picked {
    struct application_change **changes;
    size_t count;
};

static struct picked pick(struct workset *w, const struct part_rows *rows, int what)
{
    struct picked picked = {.count = 0};

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        picked.count++;
    picked.changes = arena_array(w->arena, picked.count, sizeof *picked.changes);
    picked.count = 0;
    for (struct part_item *item = rows->changes; item != NULL; item = item->next)
        if ((int)((struct application_change *)item)->what == what)
            picked.changes[picked.count++] = (struct application_change *)item;
    return picked;
}

static void array_id(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_array_null(p);
    else
        db_array_uuid(p, id);
}

static void array_words(struct db_params *p, const char *words)
{
    if (words == NULL)
        db_array_null(p);
    else
        db_array_text(p, span_text(words));
}

/* A column of what was picked. */
#define COLUMN(p, type, add, picked, value)                                                                                                \
    do {                                                                                                                                   \
        db_array(p, type, (picked)->count);                                                                                                \
        for (size_t i_ = 0; i_ < (picked)->count; i_++) {                                                                                  \
            const struct application_change *c = (picked)->changes[i_];                                                                    \
            add(p, value);                                                                                                                 \
        }                                                                                                                                  \
    } while (0)

static void save_new(struct workset *w, const struct picked *new, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, new, c->row->id);
    COLUMN(p, DB_UUID, db_array_uuid, new, c->row->call_id);
    COLUMN(p, DB_UUID, array_id, new, c->row->theme_id);
    COLUMN(p, DB_TEXT, array_words, new, c->row->why);
    COLUMN(p, DB_UUID, array_id, new, c->row->actor);
    COLUMN(p, DB_UUID, db_array_uuid, new, c->row->owner_id);
    COLUMN(p, DB_TEXT, array_words, new, c->row->language);
    COLUMN(p, DB_TEXT, array_words, new, c->row->title);
    COLUMN(p, DB_TEXT, array_words, new, c->row->lead_name);
    COLUMN(p, DB_I64, db_array_i64, new, c->row->total_cents);
    COLUMN(p, DB_I64, db_array_i64, new, c->row->applied_cents);
    COLUMN(p, DB_TEXT, array_words, new, c->row->contact_told);
    db_time(p, w->now_us);
    (void)db_queue(db, &STMT_ADD, p);
}

static void save_versions(struct workset *w, const struct picked *versions, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, versions, c->row->id);
    COLUMN(p, DB_I64, db_array_i64, versions, c->version.version);
    COLUMN(p, DB_I16, db_array_i16, versions, (int16_t)c->version.kind);
    COLUMN(p, DB_TIME, db_array_time, versions, c->version.saved_us);
    COLUMN(p, DB_UUID, array_id, versions, c->version.actor);
    COLUMN(p, DB_BYTES, db_array_bytes, versions, c->version.content);
    (void)db_queue(db, &STMT_VERSION, p);
}

/* Only where there can be too many. */
static void trim_versions(struct workset *w, const struct picked *versions, struct db *db)
{
    struct picked old = {.changes = arena_array(w->arena, versions->count, sizeof *old.changes)};
    struct db_params *p = db_params(w->arena);

    for (size_t i = 0; i < versions->count; i++)
        if (versions->changes[i]->version.version - versions->changes[i]->since > APPLICATION_DRAFTS_KEPT)
            old.changes[old.count++] = versions->changes[i];
    if (old.count == 0)
        return;
    COLUMN(p, DB_UUID, db_array_uuid, &old, c->row->id);
    COLUMN(p, DB_I64, db_array_i64, &old, c->since);
    COLUMN(p, DB_I64, db_array_i64, &old, c->version.version - APPLICATION_DRAFTS_KEPT);
    (void)db_queue(db, &STMT_TRIM, p);
}

static void save_rows(struct workset *w, const struct picked *rows, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, c->row->id);
    COLUMN(p, DB_UUID, array_id, rows, c->row->theme_id);
    COLUMN(p, DB_TEXT, array_words, rows, c->row->register_number);
    COLUMN(p, DB_I16, db_array_i16, rows, (int16_t)c->row->state);
    COLUMN(p, DB_TEXT, array_words, rows, c->row->moved ? c->row->why : NULL);
    COLUMN(p, DB_UUID, array_id, rows, c->row->actor);
    COLUMN(p, DB_TEXT, array_words, rows, c->row->language);
    COLUMN(p, DB_TEXT, array_words, rows, c->row->title);
    COLUMN(p, DB_TEXT, array_words, rows, c->row->lead_name);
    COLUMN(p, DB_I64, db_array_i64, rows, c->row->content_version);
    COLUMN(p, DB_I64, db_array_i64, rows, c->row->submitted_version);
    COLUMN(p, DB_TEXT, array_words, rows, c->row->receipt);
    COLUMN(p, DB_TEXT, array_words, rows, c->row->contact_told);
    COLUMN(p, DB_I64, db_array_i64, rows, c->row->version);
    COLUMN(p, DB_TIME, db_array_time, rows, c->row->saved_us);
    COLUMN(p, DB_TIME, db_array_time, rows, c->row->submitted_us);
    COLUMN(p, DB_I64, db_array_i64, rows, c->row->total_cents);
    COLUMN(p, DB_I64, db_array_i64, rows, c->row->applied_cents);
    (void)db_queue(db, &STMT_PUT, p);
}

static void save_consortia(struct workset *w, const struct picked *rows, struct db *db)
{
    struct application **submitted = arena_array(w->arena, rows->count, sizeof *submitted);
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (rows->changes[i]->row->rows != NULL)
            submitted[count++] = rows->changes[i]->row;
    if (count > 0)
        consortium_write(w, submitted, count, db);
}

void application_write(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct picked new = pick(w, rows, CHANGE_ADD), versions = pick(w, rows, CHANGE_VERSION), changed = pick(w, rows, CHANGE_ROW);

    if (new.count > 0)
        save_new(w, &new, db);
    if (versions.count > 0) {
        save_versions(w, &versions, db);
        trim_versions(w, &versions, db);
    }
    if (changed.count == 0)
        return;
    save_consortia(w, &changed, db);
    save_rows(w, &changed, db);
}
