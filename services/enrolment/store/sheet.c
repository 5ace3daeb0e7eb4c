/* The rows of a whole list. See sheet.h. */
#include "services/enrolment/store/sheet.h"

#include "services/enrolment/store/learning.h"
#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

/* The registrations of $1, or of its implementation $2 alone; $3 of each implementation at most. */
#define LISTED                                                                                                                             \
    " from implementation i cross join lateral (select id, team_id from registration r where r.implementation_id = i.id"                   \
    " order by r.order_no limit $3::integer) r "
#define OF_SCOPE " where i.programme_id = $1 and ($2::uuid is null or i.id = $2)"

static const struct db_stmt SHEET_MARKS = {
    "enrolment_sheet_marks", "select a.registration_id, a.unit_id, a.presence::integer, a.marked_at, 0, null::timestamptz" LISTED
                             "cross join lateral (select * from attendance a where a.registration_id = r.id limit 100) a" OF_SCOPE
                             " union all select c.registration_id, c.unit_id, 0, null::timestamptz, c.credits_tenths, c.marked_at" LISTED
                             "cross join lateral (select * from completion c where c.registration_id = r.id limit 100) c" OF_SCOPE};

static const struct db_stmt SHEET_ANSWERS = {
    "enrolment_sheet_answers", "select a.registration_id, a.code, array_to_string(a.plain, E'\\n')" LISTED
                               "cross join lateral (select * from answer a where a.registration_id = r.id and a.plain is not null"
                               " limit 100) a" OF_SCOPE};

static const struct db_stmt SHEET_TEAMS = {"enrolment_sheet_teams",
                                           "select t.id, t.name" LISTED
                                           "cross join lateral (select * from team t where t.id = r.team_id limit 1) t" OF_SCOPE};

struct want {
    struct part_item item; /* its result: that of the marks; answers and teams follow it */
    struct uuid programme, implementation;
    int answers, teams;
    struct map team_names, answered; /* by team; by registration and code */
};

void sheet_want(struct workset *w, const struct job *job, struct uuid programme, struct uuid implementation)
{
    struct want *want = part_ask(&w->parts, PART_SHEET, job, sizeof *want);

    want->programme = programme;
    want->implementation = implementation;
    want->team_names = map_on(w->arena);
    want->answered = map_on(w->arena);
}

const char *sheet_team(const struct workset *w, const struct job *job, struct uuid team)
{
    const struct want *want = part_asked(&w->parts, PART_SHEET, job);
    const char *name = want != NULL ? map_get(&want->team_names, uuid_span(&team)) : NULL;
    return name != NULL ? name : "";
}

static struct span answer_key(struct workset *w, struct uuid registration, struct span code)
{
    uint8_t *key = arena_alloc(w->arena, sizeof registration.b + code.len);

    memcpy(key, registration.b, sizeof registration.b);
    if (code.len > 0)
        memcpy(key + sizeof registration.b, code.data, code.len);
    return span_of(key, sizeof registration.b + code.len);
}

const char *sheet_answer(const struct workset *w, const struct job *job, struct uuid registration, const char *code)
{
    const struct want *want = part_asked(&w->parts, PART_SHEET, job);
    uint8_t key[sizeof registration.b + 256];
    const size_t len = strlen(code);

    if (want == NULL || len > 256)
        return NULL;
    memcpy(key, registration.b, sizeof registration.b);
    memcpy(key + sizeof registration.b, code, len);
    return map_get(&want->answered, span_of(key, sizeof registration.b + len));
}

static struct db_params *scope(struct workset *w, const struct want *want)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, want->programme);
    if (uuid_is_nil(want->implementation))
        db_null(p);
    else
        db_uuid(p, want->implementation);
    db_i32(p, SHEET_ROWS_MAX + 1);
    return p;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct want *want = (struct want *)item;
        item->result = db_queue(db, &SHEET_MARKS, scope(w, want));
        want->answers = db_queue(db, &SHEET_ANSWERS, scope(w, want));
        want->teams = db_queue(db, &SHEET_TEAMS, scope(w, want));
    }
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct want *want = (struct want *)item;
        const struct db_result *answers = db_result(db, want->answers), *teams = db_result(db, want->teams);
        learning_rows_marks(w, db_result(db, item->result));
        for (int row = 0; row < db_rows(answers); row++)
            map_put(&want->answered, answer_key(w, db_get_uuid(answers, row, 0), db_get_span(answers, row, 1)),
                    (void *)(uintptr_t)row_text(w, answers, row, 2));
        for (int row = 0; row < db_rows(teams); row++) {
            const struct uuid id = db_get_uuid(teams, row, 0);
            map_put(&want->team_names, uuid_span(&id), (void *)(uintptr_t)row_text(w, teams, row, 1));
        }
    }
}

const struct store_part sheet_part = {.load = load, .read = read};
