/* Rows of announcements, and whom one goes to. See announcement.h. */
#include "services/enrolment/store/announcement.h"

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

#define COLUMNS                                                                                                                            \
    "id, programme_id, implementation_id, subject_fi, subject_sv, subject_en, body_fi, body_sv, body_en, recipients, sent_by, sent_at"

static const struct db_stmt ADD = {"enrolment_add_announcement",
                                   "insert into announcement (" COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
static const struct db_stmt LIST = {"enrolment_list_announcements",
                                    "select " COLUMNS " from announcement where programme_id = $1 and (sent_at, id) < ($2, $3)"
                                    " order by sent_at desc, id desc limit $4::integer"};
/* Each implementation's list by the index it has; a person has one active registration in a programme, so nobody comes twice unless
 * states that are over are asked for. */
static const struct db_stmt RECIPIENTS = {
    "enrolment_announcement_recipients",
    "select distinct on (r.person_id) r.person_id from implementation i cross join lateral (select person_id from registration r"
    " where r.implementation_id = i.id and r.state = any ($3::smallint[]) and r.person_id is not null order by r.order_no) r"
    " where i.programme_id = $1 and ($2::uuid is null or i.id = $2) order by r.person_id limit $4::integer"};

struct wanted {
    struct part_item item;
    bool list;
    struct uuid programme, implementation, after_id;
    int64_t after_us;
    enum registration_state states[8];
    size_t state_count;
    uint32_t limit;
    struct uuid *people;
    struct announcement *rows;
    size_t count;
};

struct added {
    struct part_item item;
    struct announcement announcement;
};

void announcement_want_recipients(struct workset *w, const struct job *job, struct uuid programme, struct uuid implementation,
                                  const enum registration_state *states, size_t count)
{
    struct wanted *wanted = part_ask(&w->parts, PART_ANNOUNCEMENT, job, sizeof *wanted);

    wanted->programme = programme;
    wanted->implementation = implementation;
    for (size_t i = 0; i < count && wanted->state_count < sizeof wanted->states / sizeof *wanted->states; i++)
        wanted->states[wanted->state_count++] = states[i];
}

void announcement_want_list(struct workset *w, const struct job *job, struct uuid programme, int64_t after_us, struct uuid after_id,
                            uint32_t limit)
{
    struct wanted *wanted = part_ask(&w->parts, PART_ANNOUNCEMENT, job, sizeof *wanted);

    wanted->list = true;
    wanted->programme = programme;
    wanted->after_us = after_us;
    wanted->after_id = after_id;
    wanted->limit = limit;
}

const struct uuid *announcement_recipients(const struct workset *w, const struct job *job, size_t *count)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_ANNOUNCEMENT, job);

    *count = wanted->count;
    return wanted->people;
}

const struct announcement *announcement_list(const struct workset *w, const struct job *job, size_t *count)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_ANNOUNCEMENT, job);

    *count = wanted->count;
    return wanted->rows;
}

void announcement_add(struct workset *w, const struct announcement *announcement)
{
    struct added *added = part_change(&w->parts, PART_ANNOUNCEMENT, sizeof *added);

    added->announcement = *announcement;
}

static void uuid_or_null(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_null(p);
    else
        db_uuid(p, id);
}

static int ask(struct workset *w, struct db *db, const struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, wanted->programme);
    if (wanted->list) {
        db_time(p, wanted->after_us > 0 ? wanted->after_us : INT64_MAX / 4);
        db_uuid(p, wanted->after_id);
        db_i32(p, (int32_t)wanted->limit);
        return db_queue(db, &LIST, p);
    }
    uuid_or_null(p, wanted->implementation);
    db_array(p, DB_I16, wanted->state_count);
    for (size_t i = 0; i < wanted->state_count; i++)
        db_array_i16(p, (int16_t)wanted->states[i]);
    db_i32(p, ANNOUNCEMENT_RECIPIENTS_MAX + 1);
    return db_queue(db, &RECIPIENTS, p);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        item->result = ask(w, db, (const struct wanted *)item);
}

static struct announcement row_announcement(struct workset *w, const struct db_result *r, int row)
{
    return (struct announcement){.id = db_get_uuid(r, row, 0),
                                 .programme = db_get_uuid(r, row, 1),
                                 .implementation = db_get_uuid(r, row, 2),
                                 .subject = row_texts(w, r, row, 3),
                                 .body = row_texts(w, r, row, 6),
                                 .recipients = (uint32_t)db_get_i32(r, row, 9),
                                 .actor = db_get_uuid(r, row, 10),
                                 .at_us = db_get_time(r, row, 11)};
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        const struct db_result *r = db_result(db, item->result);
        wanted->count = (size_t)db_rows(r);
        wanted->people = arena_array(w->arena, wanted->list ? 0 : wanted->count, sizeof *wanted->people);
        wanted->rows = arena_array(w->arena, wanted->list ? wanted->count : 0, sizeof *wanted->rows);
        for (int row = 0; row < db_rows(r); row++) {
            if (wanted->list)
                wanted->rows[row] = row_announcement(w, r, row);
            else
                wanted->people[row] = db_get_uuid(r, row, 0);
        }
    }
}

static void add_texts(struct db_params *p, const struct text *text)
{
    db_text(p, span_text(text->fi));
    db_text(p, span_text(text->sv));
    db_text(p, span_text(text->en));
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct announcement *a = &((const struct added *)item)->announcement;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, a->id);
        db_uuid(p, a->programme);
        uuid_or_null(p, a->implementation);
        add_texts(p, &a->subject);
        add_texts(p, &a->body);
        db_i32(p, (int32_t)a->recipients);
        uuid_or_null(p, a->actor);
        db_time(p, a->at_us);
        (void)db_queue(db, &ADD, p);
    }
}

const struct store_part announcement_part = {.load = load, .read = read, .save = save};
