/* The part "award" of the store, what it writes: see award.h. Instalments that are added come as arrays, because decisions are sent by the
 * hundred; everything else happens to one award at a time. */
#include "services/funding/store/award_own.h"

#define NOBODY "'00000000-0000-0000-0000-000000000000'"
#define DAY(n) "date '1970-01-01' + " n "::int"

/* $1 id $2 use_until or null */
static const struct db_stmt STMT_TOUCH = {"award_touch", "update award set use_until = " DAY("$2") ", version = version + 1 where id = $1"};
/* $1 id $2 state $3 why $4 actor */
static const struct db_stmt STMT_MOVE = {"award_move",
                                         "update award set state = $2, why = $3, actor = nullif($4::uuid, " NOBODY ") where id = $1"};
/* $1 awards $2 ids $3 ordinals $4 cents $5 days $6 whys $7 actors */
static const struct db_stmt STMT_INSTALMENTS = {
    "instalment_add", "insert into instalment (award_id, id, ordinal, cents, due_on, state, why, actor) "
                      "select s.award, s.id, s.n, s.cents, date '1970-01-01' + s.due, 1, s.why, nullif(s.actor, " NOBODY ") "
                      "from unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::int[], $6::text[], $7::uuid[]) "
                      "as s (award, id, n, cents, due, why, actor)"};
/* $1 id $2 state $3 why $4 actor $5 iban $6 reference $7 paid on or null */
static const struct db_stmt STMT_INSTALMENT = {
    "instalment_move", "update instalment set state = $2, why = $3, actor = nullif($4::uuid, " NOBODY "), iban = $5, reference = $6, "
                       "paid_on = " DAY("$7") ", version = version + 1 where id = $1"};
/* $1 id $2 kind $3 cents $4 reasons $5 due on */
static const struct db_stmt STMT_RECOVERY_PUT = {
    "recovery_put", "update recovery set kind = $2, cents = $3, reasons = $4, due_on = " DAY("$5") ", version = version + 1 where id = $1"};
/* the same $6 award $7 why $8 actor */
static const struct db_stmt STMT_RECOVERY_ADD = {"recovery_add",
                                                 "insert into recovery (id, kind, cents, reasons, due_on, award_id, state, why, actor) "
                                                 "values ($1, $2, $3, $4, " DAY("$5") ", $6, 1, $7, nullif($8::uuid, " NOBODY "))"};
/* $1 id $2 state $3 why $4 actor $5 paid on or null $6 due on $7 reasons */
static const struct db_stmt STMT_RECOVERY = {
    "recovery_move", "update recovery set state = $2, why = $3, actor = nullif($4::uuid, " NOBODY
                     "), paid_on = " DAY("$5") ", due_on = " DAY("$6") ", reasons = $7, version = version + 1 where id = $1"};

enum what { INSTALMENT_MOVES, INSTALMENT_ADDED, RECOVERY_MOVES, RECOVERY_PUT, RECOVERY_ADDED, AWARD_MOVES, AWARD_TOUCHED, WHAT_COUNT };
struct award_change {
    struct part_item item; /* first */
    enum what what;
    struct uuid award_id;
    const struct award *award;
    struct instalment instalment; /* as it was when it changed: one may change twice in a batch */
    struct recovery recovery;
    int state;
    const char *why;
    struct uuid actor;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
static struct award_change *change(struct workset *w, enum what what, const char *why, struct uuid actor)
{
    struct award_change *c = part_change(&w->parts, PART_AWARD, sizeof *c);

    c->what = what;
    c->why = why;
    c->actor = actor;
    return c;
}

void award_touch(struct workset *w, struct award *award)
{
    award->version++;
    change(w, AWARD_TOUCHED, NULL, (struct uuid){{0}})->award = award;
}

void award_move(struct workset *w, struct award *award, enum award_state state, const char *why, struct uuid actor)
{
    struct award_change *c = change(w, AWARD_MOVES, why, actor);

    award->state = state;
    award->ended = state != AWARD_OFFERED && state != AWARD_ACCEPTED;
    if (state == AWARD_REFUSED || state == AWARD_ANNULLED)
        award->granted_cents = 0; /* the trigger does it */
    c->award = award;
    c->state = (int)state;
}

void instalment_add(struct workset *w, struct uuid award_id, const struct instalment *instalment, const char *why, struct uuid actor)
{
    struct award_change *c = change(w, INSTALMENT_ADDED, why, actor);

    c->award_id = award_id;
    c->instalment = *instalment;
}

void instalment_move(struct workset *w, struct instalment *instalment, enum instalment_state state, const char *why, struct uuid actor)
{
    struct award_change *c = change(w, INSTALMENT_MOVES, why, actor);

    instalment->state = state;
    instalment->moved_by = actor;
    c->instalment = *instalment;
}

void recovery_add(struct workset *w, struct uuid award_id, const struct recovery *recovery, const char *why, struct uuid actor)
{
    struct award_change *c = change(w, RECOVERY_ADDED, why, actor);

    c->award_id = award_id;
    c->recovery = *recovery;
}

void recovery_put(struct workset *w, const struct recovery *recovery)
{
    change(w, RECOVERY_PUT, NULL, (struct uuid){{0}})->recovery = *recovery;
}

void recovery_move(struct workset *w, struct recovery *recovery, enum recovery_state state, const char *why, struct uuid actor)
{
    struct award_change *c = change(w, RECOVERY_MOVES, why, actor);

    recovery->state = state;
    c->recovery = *recovery;
}

/* --- saving ------------------------------------------------------------------------------------------------------------ */
static void put_day(struct db_params *p, int64_t day)
{
    if (day == NO_DAY)
        db_null(p);
    else
        db_i32(p, (int32_t)day);
}

static void put_move(struct db_params *p, struct uuid id, int state, const struct award_change *c)
{
    db_uuid(p, id);
    db_i16(p, (int16_t)state);
    db_text(p, span_text(c->why));
    db_uuid(p, c->actor);
}

static void save_instalment(const struct award_change *c, struct db_params *p, struct db *db)
{
    const struct instalment *i = &c->instalment;

    put_move(p, i->id, (int)i->state, c);
    db_text(p, span_text(i->iban));
    db_text(p, span_text(i->reference));
    put_day(p, i->paid_on);
    (void)db_queue(db, &STMT_INSTALMENT, p);
}

static void put_recovery(struct db_params *p, const struct recovery *r)
{
    db_uuid(p, r->id);
    db_i16(p, (int16_t)r->kind);
    db_i64(p, r->cents);
    db_text(p, span_text(r->reasons));
    put_day(p, r->due_on);
}

static void save_recovery_add(const struct award_change *c, struct db_params *p, struct db *db)
{
    put_recovery(p, &c->recovery);
    db_uuid(p, c->award_id);
    db_text(p, span_text(c->why));
    db_uuid(p, c->actor);
    (void)db_queue(db, &STMT_RECOVERY_ADD, p);
}

static void save_recovery_move(const struct award_change *c, struct db_params *p, struct db *db)
{
    const struct recovery *r = &c->recovery;

    put_move(p, r->id, (int)r->state, c);
    put_day(p, r->paid_on);
    put_day(p, r->due_on);
    db_text(p, span_text(r->reasons));
    (void)db_queue(db, &STMT_RECOVERY, p);
}

static void save_award(const struct award_change *c, struct db_params *p, struct db *db)
{
    if (c->what == AWARD_MOVES) {
        put_move(p, c->award->id, c->state, c);
        (void)db_queue(db, &STMT_MOVE, p);
        return;
    }
    db_uuid(p, c->award->id);
    put_day(p, c->award->use_until);
    (void)db_queue(db, &STMT_TOUCH, p);
}

static void save_one(struct workset *w, const struct award_change *c, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    switch (c->what) {
    case INSTALMENT_MOVES:
        save_instalment(c, p, db);
        break;
    case RECOVERY_MOVES:
        save_recovery_move(c, p, db);
        break;
    case RECOVERY_PUT:
        put_recovery(p, &c->recovery);
        (void)db_queue(db, &STMT_RECOVERY_PUT, p);
        break;
    case RECOVERY_ADDED:
        save_recovery_add(c, p, db);
        break;
    case AWARD_MOVES:
    case AWARD_TOUCHED:
        save_award(c, p, db);
        break;
    case INSTALMENT_ADDED: /* as arrays, below */
    case WHAT_COUNT:
        break;
    }
}

#define EACH_ADDED(c, rows)                                                                                                                \
    for (const struct award_change *c = (const struct award_change *)(rows)->changes; c != NULL;                                           \
         c = (const struct award_change *)c->item.next)                                                                                    \
        if (c->what == INSTALMENT_ADDED)

static void put_added_ids(struct db_params *p, const struct part_rows *rows, size_t count)
{
    db_array(p, DB_UUID, count);
    EACH_ADDED(c, rows)
    db_array_uuid(p, c->award_id);
    db_array(p, DB_UUID, count);
    EACH_ADDED(c, rows)
    db_array_uuid(p, c->instalment.id);
}

static void save_added(struct workset *w, const struct part_rows *rows, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    size_t count = 0;

    EACH_ADDED(c, rows)
    count++;
    if (count == 0)
        return;
    put_added_ids(p, rows, count);
    db_array(p, DB_I32, count);
    EACH_ADDED(c, rows)
    db_array_i32(p, c->instalment.n);
    db_array(p, DB_I64, count);
    EACH_ADDED(c, rows)
    db_array_i64(p, c->instalment.cents);
    db_array(p, DB_I32, count);
    EACH_ADDED(c, rows)
    db_array_i32(p, (int32_t)c->instalment.due_on);
    db_array(p, DB_TEXT, count);
    EACH_ADDED(c, rows)
    db_array_text(p, span_text(c->why));
    db_array(p, DB_UUID, count);
    EACH_ADDED(c, rows)
    db_array_uuid(p, c->actor);
    (void)db_queue(db, &STMT_INSTALMENTS, p);
}

/* Kind by kind: what frees the plan first, what fills it next, the award's own state last. */
void award_save_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (int what = 0; what < WHAT_COUNT; what++) {
        if (what == INSTALMENT_ADDED)
            save_added(w, rows, db);
        for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
            if ((int)((const struct award_change *)item)->what == what)
                save_one(w, (const struct award_change *)item, db);
    }
}
