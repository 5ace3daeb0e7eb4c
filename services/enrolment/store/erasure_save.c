/* Writing the forgetting of people: every table that holds something of theirs, in one place, so that whoever adds a table finds where
 * its line belongs. An actor who is forgotten becomes the nil id: it was somebody, and no longer anybody; null stays "the rules".
 * Free text about a person goes whoever wrote it; what they wrote about others, as a coordinator, does not. See erasure.h. */
#include "services/enrolment/store/erasure.h"
#include "services/enrolment/store/erasure_own.h"

#define NOBODY  "'00000000-0000-0000-0000-000000000000'::uuid"
#define NO_HASH "decode(repeat('00', 32), 'hex')" /* of the request: who guesses what it said finds no proof */
#define OF      " from unnest($1::uuid[], $2::bytea[], $3::uuid[]) as e (id, hash, person)"

/* The registration keeps its place, its order and its chain; the key it was made with led back to the caller. */
static const struct db_stmt FORGET_REGISTRATIONS = {
    "enrolment_forget_registrations",
    "update registration r set person_id = null, salt = null, person_hash = e.hash, condition = null, request_hash = " NO_HASH ","
    " caller = case when r.caller = e.person then " NOBODY " else r.caller end,"
    " idempotency_key = case when r.caller = e.person then uuid_send(r.id) else r.idempotency_key end" OF " where r.id = e.id"};
static const struct db_stmt FORGET_MOVES = {
    "enrolment_forget_moves", "update registration_move m set reason = '', actor = case when m.actor = e.person then " NOBODY
                              " else m.actor end" OF " where m.registration_id = e.id and (m.reason <> '' or m.actor = e.person)"};

/* Retention knows people who go on elsewhere: whom else they enrolled in this programme, and their plan, are not to lead back to it either.
 */
static const struct db_stmt FORGET_ENROLLED = {"enrolment_forget_enrolled",
                                               "update registration r set caller = " NOBODY ", idempotency_key = uuid_send(r.id),"
                                               " request_hash = " NO_HASH " from (select e.person, r.programme_id" OF
                                               " cross join lateral (select programme_id from registration where id = e.id limit 1) r) e"
                                               " where r.caller = e.person and r.programme_id = e.programme_id"};
static const struct db_stmt FORGET_PLANNED = {"enrolment_forget_planned",
                                              "update plan p set handed_in_by = " NOBODY " from (select e.person, r.programme_id" OF
                                              " cross join lateral (select programme_id from registration where id = e.id limit 1) r) e"
                                              " where p.handed_in_by = e.person and p.programme_id = e.programme_id"};

/* $1: the registrations, nobody's by now. */
#define THESE "any ($1::uuid[])"
static const struct db_stmt OF_REGISTRATIONS[] = {
    {"enrolment_forget_answers", "delete from answer where registration_id = " THESE},
    {"enrolment_forget_certificates", "update certificate set person_name = null where registration_id = " THESE},
    {"enrolment_forget_notes", "update invitation set note = '' where seats = 1 and note <> '' and id = any (array("
                               "select invitation_id from registration where id = " THESE " and invitation_id is not null))"},
    {"enrolment_forget_change_reasons", "update change set reason = '' where registration_id = " THESE " and reason <> ''"},
    /* A team of which nobody is left is nobody's. */
    {"enrolment_forget_teams", "update team t set leader = null, name = '' where t.id = any (array(select team_id from registration where"
                               " id = " THESE " and team_id is not null)) and (t.leader is not null or t.name <> '') and not exists"
                               " (select 1 from registration where team_id = t.id and person_id is not null)"},
    /* A community's plan stays while one of its people does. */
    {"enrolment_forget_plans",
     "update plan p set title = '', body = '' where p.id = any (array(select plan_id from plan_of where registration_id = " THESE "))"
     " and (p.kind = 1 or not exists (select 1 from plan_of o cross join lateral (select person_id from registration where id ="
     " o.registration_id limit 1) r where o.plan_id = p.id and r.person_id is not null))"},
};

/* $1: the people of whom nothing is to stay. Why they decided something about others stays, as those decisions do. Followers and refusals
 * are found by their keys, which begin with the programme. */
static const struct db_stmt OF_PERSONS[] = {
    {"enrolment_forget_follows", "delete from follower f using programme p where f.programme_id = p.id and f.person_id = " THESE},
    {"enrolment_forget_refusals", "delete from refusal f using programme p where f.programme_id = p.id and f.person_id = " THESE},
    {"enrolment_forget_leaders", "update team set leader = null where leader = " THESE},
    {"enrolment_forget_callers",
     "update registration set caller = " NOBODY ", idempotency_key = uuid_send(id), request_hash = " NO_HASH " where caller = " THESE},
    {"enrolment_forget_movers", "update registration_move set actor = " NOBODY " where actor = " THESE},
    {"enrolment_forget_changers", "update change set actor = " NOBODY " where actor = " THESE},
    {"enrolment_forget_senders", "update announcement set sent_by = " NOBODY " where sent_by = " THESE},
    {"enrolment_forget_markers", "update attendance set marked_by = " NOBODY " where marked_by = " THESE},
    {"enrolment_forget_completers", "update completion set marked_by = " NOBODY " where marked_by = " THESE},
    {"enrolment_forget_planners", "update plan set handed_in_by = " NOBODY " where handed_in_by = " THESE},
    {"enrolment_forget_persons", "delete from person where id = " THESE},
};
/* But for the key of the request that forgets: its answer is kept, so that a repeated one is answered alike. */
static const struct db_stmt FORGET_REQUESTS = {"enrolment_forget_requests", "delete from request_seen where caller = $1 and key <> $2"};

/* Plans that a later one replaced belong to nobody that can be told any more. */
static const struct db_stmt FORGET_REPLACED = {
    "enrolment_forget_replaced_plans",
    "update plan p set title = '', body = '' where p.programme_id = " THESE
    " and (p.title <> '' or p.body <> '') and not exists (select 1 from plan_of o where o.plan_id = p.id)"};

static const struct db_stmt OF_PROGRAMME[] = {
    {"enrolment_forget_all_follows", "delete from follower where programme_id = $1"},
    {"enrolment_forget_all_refusals", "delete from refusal where programme_id = $1"},
};

/* Numbers in order of commit: whoever reads on from a number misses none. Erasures are rare, and this lock is taken last of all but the
 * event streams. */
static const struct db_stmt LOCK_NOTES = {"enrolment_lock_notes",
                                          "select pg_advisory_xact_lock(hashtextextended(current_schema() || '.forgotten', 0))"};
static const struct db_stmt NOTE = {"enrolment_note_forgotten",
                                    "insert into forgotten (n, person_id, registrations, given_up, forgotten_at)"
                                    " select coalesce(max(n), 0) + 1, $1, $2, $3, $4 from forgotten on conflict (person_id) do update"
                                    " set n = excluded.n, registrations = excluded.registrations, given_up = excluded.given_up,"
                                    " forgotten_at = excluded.forgotten_at"};

enum change_kind { CHANGE_REGISTRATION, CHANGE_PERSON, CHANGE_PROGRAMME, CHANGE_NOTE };
struct change {
    struct part_item item;
    enum change_kind kind;
    const struct registration *registration;
    struct uuid id; /* of the person, or of the programme */
    struct span own_key;
    uint32_t registrations, given_up;
};

static struct change *change(struct workset *w, enum change_kind kind, struct uuid id)
{
    struct change *c = part_change(&w->parts, PART_ERASURE, sizeof *c);
    c->kind = kind;
    c->id = id;
    return c;
}

void erasure_registration(struct workset *w, const struct registration *registration, struct uuid person)
{
    change(w, CHANGE_REGISTRATION, person)->registration = registration;
}

void erasure_person(struct workset *w, struct uuid person, struct span own_key)
{
    change(w, CHANGE_PERSON, person)->own_key = own_key;
}

void erasure_programme(struct workset *w, struct uuid programme)
{
    (void)change(w, CHANGE_PROGRAMME, programme);
}

void erasure_note(struct workset *w, struct uuid person, uint32_t registrations, uint32_t given_up)
{
    struct change *c = change(w, CHANGE_NOTE, person);
    c->registrations = registrations;
    c->given_up = given_up;
}

#define EACH(C, KIND)                                                                                                                      \
    for (const struct change *C = (const struct change *)rows->changes; C != NULL; C = (const struct change *)C->item.next)                \
        if (C->kind == (KIND))

static size_t count(const struct part_rows *rows, enum change_kind kind)
{
    size_t n = 0;
    EACH(c, kind)
    n++;
    return n;
}

static void save_registrations(struct workset *w, const struct part_rows *rows, struct db *db)
{
    const size_t n = count(rows, CHANGE_REGISTRATION);
    struct db_params *whose = db_params(w->arena), *which = db_params(w->arena), *where = db_params(w->arena);

    if (n == 0)
        return;
    db_array(whose, DB_UUID, n);
    db_array(which, DB_UUID, n);
    EACH(c, CHANGE_REGISTRATION)
    {
        db_array_uuid(whose, c->registration->id);
        db_array_uuid(which, c->registration->id);
    }
    db_array(whose, DB_BYTES, n);
    EACH(c, CHANGE_REGISTRATION)
    db_array_bytes(whose, span_of(c->registration->person_hash.b, HASH_SIZE));
    db_array(whose, DB_UUID, n);
    EACH(c, CHANGE_REGISTRATION)
    db_array_uuid(whose, c->id);
    db_array(where, DB_UUID, n);
    EACH(c, CHANGE_REGISTRATION)
    db_array_uuid(where, c->registration->programme);
    (void)db_queue(db, &FORGET_REGISTRATIONS, whose);
    (void)db_queue(db, &FORGET_MOVES, whose);
    (void)db_queue(db, &FORGET_ENROLLED, whose);
    (void)db_queue(db, &FORGET_PLANNED, whose);
    for (size_t i = 0; i < sizeof OF_REGISTRATIONS / sizeof *OF_REGISTRATIONS; i++)
        (void)db_queue(db, &OF_REGISTRATIONS[i], which);
    (void)db_queue(db, &FORGET_REPLACED, where);
}

static void save_persons(struct workset *w, const struct part_rows *rows, struct db *db)
{
    const size_t n = count(rows, CHANGE_PERSON);
    struct db_params *all = db_params(w->arena);

    if (n == 0)
        return;
    db_array(all, DB_UUID, n);
    EACH(c, CHANGE_PERSON)
    db_array_uuid(all, c->id);
    for (size_t i = 0; i < sizeof OF_PERSONS / sizeof *OF_PERSONS; i++)
        (void)db_queue(db, &OF_PERSONS[i], all);
    EACH(c, CHANGE_PERSON)
    {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, c->id);
        db_bytes(p, c->own_key);
        (void)db_queue(db, &FORGET_REQUESTS, p);
    }
}

static void save_programmes(struct workset *w, const struct part_rows *rows, struct db *db)
{
    EACH(c, CHANGE_PROGRAMME)
    {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, c->id);
        for (size_t i = 0; i < sizeof OF_PROGRAMME / sizeof *OF_PROGRAMME; i++)
            (void)db_queue(db, &OF_PROGRAMME[i], p);
    }
}

static void save_notes(struct workset *w, const struct part_rows *rows, struct db *db)
{
    EACH(c, CHANGE_NOTE)
    {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, c->id);
        db_i32(p, (int32_t)c->registrations);
        db_i32(p, (int32_t)c->given_up);
        db_time(p, w->now_us);
        (void)db_queue(db, &LOCK_NOTES, NULL);
        (void)db_queue(db, &NOTE, p);
    }
}

/* Registrations first: a person's row can go when none refers to it. */
void erasure_save(struct workset *w, struct part_rows *rows, struct db *db)
{
    save_registrations(w, rows, db);
    save_persons(w, rows, db);
    save_programmes(w, rows, db);
    save_notes(w, rows, db);
}
