/* Rows for GetFairness. See fairness.h. */
#include "services/enrolment/store/fairness.h"

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

/* $1 programme, $2 implementation or null. Implementations by ordinal, registrations by the index of the order; one more than the bound
 * is asked for, so that too many are noticed. */
#define CHOSEN "implementation i where i.programme_id = $1 and ($2::uuid is null or i.id = $2::uuid)"

static const struct db_stmt ARRIVALS = {"enrolment_fairness_arrivals",
                                        "select i.id, r.received_at, r.created_at from (select * from " CHOSEN
                                        ") i cross join lateral (select order_no, received_at, created_at"
                                        " from registration r where r.implementation_id = i.id order by r.order_no limit $3::integer) r"
                                        " order by i.ordinal, i.code, r.order_no limit $4::integer"};

/* By hand: a waiting person was given a seat, not by the rules and not by their own answer. Passed: an offer went back to the line. */
static const struct db_stmt MOVES = {
    "enrolment_fairness_moves",
    "select i.id, (count(*) filter (where m.from_state = 2 and m.to_state = 1 and m.actor is not null))::integer,"
    " (count(*) filter (where m.from_state = 5 and m.to_state = 2))::integer"
    " from (select * from " CHOSEN ") i cross join lateral (select from_state, to_state, actor from registration_move m"
    " where m.implementation_id = i.id and m.from_state in (2, 5) order by m.n limit $3::integer) m group by i.id"};

/* People, not registrations: whoever gave up and came again is one. Those forgotten have no facts and are left out. */
#define SHARES(FACT)                                                                                                                       \
    "select p." FACT ", (count(distinct p.id))::integer, (count(distinct p.id) filter (where e.state > 0))::integer, (count(distinct "     \
    "p.id) filter (where e.state = 1))"                                                                                                    \
    "::integer, (count(distinct p.id) filter (where e.state in (2, 5)))::integer, (count(distinct p.id) filter (where e.state = 0))"       \
    "::integer from (select r.person_id, r.state from (select * from " CHOSEN ") i cross join lateral (select person_id, state"            \
    " from registration r where r.implementation_id = i.id and r.person_id is not null order by r.order_no limit $3::integer) r"           \
    " union all select f.person_id, 0 from refusal f where f.programme_id = $1 and ($2::uuid is null or f.implementation_id = $2::uuid))"  \
    " e cross join lateral (select * from person p where p.id = e.person_id limit 1) p group by 1"

static const struct {
    const char *fact;
    struct db_stmt stmt;
} FACTS[] = {
    {"region", {"enrolment_fairness_region", SHARES("region")}},
    {"role", {"enrolment_fairness_role", SHARES("role")}},
};
#define FACT_COUNT (sizeof FACTS / sizeof *FACTS)

struct wanted {
    struct part_item item;
    struct uuid programme, implementation;
    int arrivals, moves, facts[FACT_COUNT];
    struct fairness_rows rows;
};

void fairness_want(struct workset *w, const struct job *job, struct uuid programme, struct uuid implementation)
{
    struct wanted *wanted = part_ask(&w->parts, PART_FAIRNESS, job, sizeof *wanted);
    wanted->programme = programme;
    wanted->implementation = implementation;
}

struct fairness_rows *fairness_found(const struct workset *w, const struct job *job)
{
    return &((struct wanted *)part_asked(&w->parts, PART_FAIRNESS, job))->rows;
}

static struct db_params *chosen(struct workset *w, const struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, wanted->programme);
    if (uuid_is_nil(wanted->implementation))
        db_null(p);
    else
        db_uuid(p, wanted->implementation);
    db_i32(p, FAIRNESS_ROWS_MAX + 1);
    return p;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        struct db_params *p = chosen(w, wanted);
        db_i32(p, FAIRNESS_TOTAL_MAX + 1);
        wanted->arrivals = db_queue(db, &ARRIVALS, p);
        wanted->moves = db_queue(db, &MOVES, chosen(w, wanted));
        for (size_t i = 0; i < FACT_COUNT && uuid_is_nil(wanted->implementation); i++)
            wanted->facts[i] = db_queue(db, &FACTS[i].stmt, chosen(w, wanted));
    }
}

/* Rows come implementation by implementation; how many there are of each is counted first. */
static void read_arrivals(struct workset *w, const struct db_result *r, struct fairness_rows *rows)
{
    struct fairness_part *part = NULL;
    size_t room = 0;

    rows->too_many = db_rows(r) > FAIRNESS_TOTAL_MAX;
    for (int row = 0; row < db_rows(r); row++) {
        const struct uuid id = db_get_uuid(r, row, 0);
        if (part == NULL || uuid_compare(part->implementation, id) != 0) {
            rows->parts = workset_grow(w, rows->parts, rows->part_count, &room, sizeof *rows->parts);
            part = &rows->parts[rows->part_count++];
            *part = (struct fairness_part){.implementation = id};
        }
        part->count++;
    }
    for (int row = 0, at = 0; (size_t)at < rows->part_count; at++) {
        part = &rows->parts[at];
        rows->too_many = rows->too_many || part->count > FAIRNESS_ROWS_MAX;
        part->arrivals = arena_array(w->arena, part->count, sizeof *part->arrivals);
        part->waits = arena_array(w->arena, part->count, sizeof *part->waits);
        for (size_t i = 0; i < part->count; i++, row++) {
            part->arrivals[i] = db_get_time(r, row, 1);
            part->waits[i] = db_get_time(r, row, 2) - part->arrivals[i];
        }
    }
}

static void read_moves(const struct db_result *r, struct fairness_rows *rows)
{
    for (int row = 0; row < db_rows(r); row++) {
        for (size_t i = 0; i < rows->part_count; i++) {
            if (uuid_compare(rows->parts[i].implementation, db_get_uuid(r, row, 0)) != 0)
                continue;
            rows->parts[i].by_hand = (uint32_t)db_get_i32(r, row, 1);
            rows->parts[i].passed = (uint32_t)db_get_i32(r, row, 2);
        }
    }
}

static void read_fact(struct workset *w, const struct db_result *r, struct fairness_fact *fact)
{
    fact->count = (size_t)db_rows(r);
    fact->shares = arena_array(w->arena, fact->count + 1, sizeof *fact->shares); /* one more for "other" */
    for (int row = 0; row < db_rows(r); row++)
        fact->shares[row] = (struct fairness_share){.value = row_text(w, r, row, 0),
                                                    .people = (uint32_t)db_get_i32(r, row, 1),
                                                    .enrolled = (uint32_t)db_get_i32(r, row, 2),
                                                    .seated = (uint32_t)db_get_i32(r, row, 3),
                                                    .waiting = (uint32_t)db_get_i32(r, row, 4),
                                                    .refused = (uint32_t)db_get_i32(r, row, 5)};
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        read_arrivals(w, db_result(db, wanted->arrivals), &wanted->rows);
        read_moves(db_result(db, wanted->moves), &wanted->rows);
        for (size_t i = 0; i < FACT_COUNT && uuid_is_nil(wanted->implementation); i++) {
            wanted->rows.facts[i].fact = FACTS[i].fact;
            read_fact(w, db_result(db, wanted->facts[i]), &wanted->rows.facts[i]);
        }
    }
}

const struct store_part fairness_part = {.load = load, .read = read};
