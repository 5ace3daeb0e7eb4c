/* Rows of teams. See team.h. */
#include "services/enrolment/store/team.h"

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"
#include "services/enrolment/store/statements.h"

#define TEAM_COLUMNS "id, programme_id, implementation_id, leader, name, mode, created_at"

static const struct db_stmt SEE_TEAM = {"enrolment_see_team", "select " TEAM_COLUMNS " from team where id = $1 limit 1"};
static const struct db_stmt LIST_LED = {
    "enrolment_list_led", "select " TEAM_COLUMNS " from team where leader = $1 order by created_at desc, id limit $2::integer"};
/* One statement for all who ask in a batch, since every participant's look at a registration of their own asks too. */
static const struct db_stmt LOAD_LEADERS = {"enrolment_load_leaders",
                                            "select k.n::integer - 1, t.leader from unnest($1::uuid[]) with ordinality as k (id, n)"
                                            " cross join lateral (select team_id from registration where id = k.id limit 1) r"
                                            " cross join lateral (select leader from team where id = r.team_id limit 1) t order by k.n"};
static const struct db_stmt ADD_TEAM = {"enrolment_add_team", "insert into team (" TEAM_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7)"};

enum want { WANT_TEAM, WANT_LED, WANT_LEADER };

struct wanted {
    struct part_item item;
    enum want want;
    struct uuid id; /* the team, the leader or the registration */
    struct uuid leader;
    int members; /* result of the members' statement */
    struct team *teams;
    struct registration **registrations;
    size_t team_count, registration_count;
};

struct added {
    struct part_item item;
    const struct team *team;
};

static void want(struct workset *w, const struct job *job, enum want what, struct uuid id)
{
    struct wanted *wanted = part_ask(&w->parts, PART_TEAM, job, sizeof *wanted);

    wanted->want = what;
    wanted->id = id;
}

void team_want(struct workset *w, const struct job *job, struct uuid id)
{
    want(w, job, WANT_TEAM, id);
}

void team_want_led(struct workset *w, const struct job *job, struct uuid leader)
{
    want(w, job, WANT_LED, leader);
}

void team_want_leader(struct workset *w, const struct job *job, struct uuid registration)
{
    want(w, job, WANT_LEADER, registration);
}

const struct team *team_list(const struct workset *w, const struct job *job, size_t *count)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_TEAM, job);

    *count = wanted->team_count;
    return wanted->teams;
}

struct registration *const *team_members(const struct workset *w, const struct job *job, size_t *count)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_TEAM, job);

    *count = wanted->registration_count;
    return wanted->registrations;
}

bool team_leads(const struct workset *w, const struct job *job, struct uuid person)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_TEAM, job);

    return wanted != NULL && wanted->want == WANT_LEADER && !uuid_is_nil(person) && uuid_compare(wanted->leader, person) == 0;
}

void team_add(struct workset *w, const struct team *team)
{
    struct added *added = part_change(&w->parts, PART_TEAM, sizeof *added);

    added->team = team;
}

static void load_one(struct workset *w, struct db *db, struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, wanted->id);
    if (wanted->want == WANT_TEAM) {
        wanted->members = db_queue(db, &LIST_TEAM, p);
        wanted->item.result = db_queue(db, &SEE_TEAM, p);
    } else {
        db_i32(p, TEAM_LIST_MAX);
        wanted->item.result = db_queue(db, &LIST_LED, p);
    }
}

static void load_leaders(struct workset *w, struct db *db, size_t count)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, count);
    for (struct part_item *item = w->parts.rows[PART_TEAM].asks; item != NULL; item = item->next)
        if (((struct wanted *)item)->want == WANT_LEADER)
            db_array_uuid(p, ((struct wanted *)item)->id);
    const int result = db_queue(db, &LOAD_LEADERS, p);
    for (struct part_item *item = w->parts.rows[PART_TEAM].asks; item != NULL; item = item->next)
        if (((struct wanted *)item)->want == WANT_LEADER)
            item->result = result;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    size_t leaders = 0;

    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        if (((struct wanted *)item)->want == WANT_LEADER)
            leaders++;
        else
            load_one(w, db, (struct wanted *)item);
    }
    if (leaders > 0)
        load_leaders(w, db, leaders);
}

static void read_teams(struct workset *w, const struct db_result *r, struct wanted *wanted)
{
    wanted->team_count = (size_t)db_rows(r);
    wanted->teams = arena_array(w->arena, wanted->team_count, sizeof *wanted->teams);
    for (int row = 0; row < db_rows(r); row++)
        wanted->teams[row] = (struct team){.id = db_get_uuid(r, row, 0),
                                           .programme = db_get_uuid(r, row, 1),
                                           .implementation = db_get_uuid(r, row, 2),
                                           .leader = db_get_uuid(r, row, 3),
                                           .name = row_text(w, r, row, 4),
                                           .mode = (enum team_mode)db_get_i16(r, row, 5),
                                           .created_us = db_get_time(r, row, 6)};
}

static void read_members(struct workset *w, const struct db_result *r, struct wanted *wanted)
{
    wanted->registration_count = (size_t)db_rows(r);
    wanted->registrations = arena_array(w->arena, wanted->registration_count, sizeof(struct registration *));
    for (int row = 0; row < db_rows(r); row++) {
        row_person(w, r, row, REGISTRATION_COLUMN_COUNT);
        wanted->registrations[row] = row_registration(w, r, row);
    }
}

/* The rows name the asker by its place among those who asked for a leader: both go in the same order. */
static void read_leaders(const struct db_result *r, struct part_item *first)
{
    int row = 0, place = 0;

    for (struct part_item *item = first; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        if (wanted->want != WANT_LEADER)
            continue;
        while (row < db_rows(r) && db_get_i32(r, row, 0) < place)
            row++;
        if (row < db_rows(r) && db_get_i32(r, row, 0) == place)
            wanted->leader = db_get_uuid(r, row, 1);
        place++;
    }
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct db_result *leaders = NULL;

    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        if (wanted->want == WANT_LEADER) {
            leaders = db_result(db, item->result);
            continue;
        }
        read_teams(w, db_result(db, item->result), wanted);
        if (wanted->want == WANT_TEAM)
            read_members(w, db_result(db, wanted->members), wanted);
    }
    if (leaders != NULL)
        read_leaders(leaders, rows->asks);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct team *team = ((const struct added *)item)->team;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, team->id);
        db_uuid(p, team->programme);
        db_uuid(p, team->implementation);
        db_uuid(p, team->leader);
        db_text(p, span_text(team->name));
        db_i16(p, (int16_t)team->mode);
        db_time(p, team->created_us);
        (void)db_queue(db, &ADD_TEAM, p);
    }
}

const struct store_part team_part = {.load = load, .read = read, .save = save};
