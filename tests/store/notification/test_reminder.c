/* Reminders in a real PostgreSQL: what jobs of a batch see of each other, whom a due one concerns, in portions, and what is called off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/store/agenda.h"
#include "services/notification/store/reminder.h"
#include "tests/store/notification/shelf.h"

#define NOW      SHELF_NOW
#define TRAINING 900

static struct job jobs[3];

/* Load and save of one batch share a transaction. */
static void load(struct shelf *shelf, struct workset *w)
{
    shelf_load(shelf, w);
}

static void commit(struct shelf *shelf, struct workset *w)
{
    workset_save(w, shelf->db);
    enum err err = db_commit(shelf->db);
    if (err != ERR_OK)
        fail_msg("the batch was not saved: %s", db_message(shelf->db));
}

static struct reminder reminder_of(enum message_kind kind, unsigned subject, int64_t moment_us, int64_t due_us)
{
    return (struct reminder){.id = reminder_id(kind, shelf_id(subject)),
                             .kind = kind,
                             .training = shelf_id(TRAINING),
                             .subject = shelf_id(subject),
                             .moment_us = moment_us,
                             .due_us = due_us};
}

/* In a batch of its own. */
static void put(struct shelf *shelf, const struct reminder *it)
{
    struct workset *w = shelf_begin(shelf, NOW);

    if (uuid_is_nil(it->person))
        reminder_want_training(w, &jobs[0], it->training);
    else
        reminder_want_one(w, &jobs[0], it->id);
    load(shelf, w);
    reminder_put(w, reminder_add(w, &jobs[0], it));
    commit(shelf, w);
}

static void test_jobs_share(void **state)
{
    struct shelf *shelf = *state;
    struct workset *w = shelf_begin(shelf, NOW);
    const struct reminder window = reminder_of(KIND_OPENS_SOON, 1, NOW + 9, NOW + 5);
    struct reminder offer = reminder_of(KIND_OFFER_ENDS, 2, NOW + 9, NOW + 5);
    struct reminder_row *row;

    offer.person = shelf_id(70);
    offer.implementation = shelf_id(901);
    reminder_want_training(w, &jobs[0], window.training);
    reminder_want_training(w, &jobs[1], window.training);
    reminder_want_one(w, &jobs[2], offer.id);
    load(shelf, w);
    assert_null(reminder_find(w, &jobs[0], window.id));
    reminder_put(w, reminder_add(w, &jobs[0], &window));
    row = reminder_find(w, &jobs[1], window.id);
    assert_non_null(row); /* what the first has added */
    row->it.moment_us = NOW + 10;
    reminder_put(w, row);
    assert_null(reminder_find(w, &jobs[2], window.id));
    reminder_put(w, reminder_add(w, &jobs[2], &offer));
    commit(shelf, w);

    w = shelf_begin(shelf, NOW);
    reminder_want_training(w, &jobs[0], window.training);
    reminder_want_one(w, &jobs[1], offer.id);
    load(shelf, w);
    row = reminder_find(w, &jobs[0], window.id);
    assert_non_null(row);
    assert_int_equal(row->it.moment_us, NOW + 10);
    assert_int_equal(row->it.due_us, NOW + 5);
    assert_int_equal(row->state, REMINDER_PENDING);
    assert_null(reminder_find(w, &jobs[0], offer.id)); /* one person's is not the programme's */
    row = reminder_find(w, &jobs[1], offer.id);
    assert_non_null(row);
    assert_int_equal(uuid_compare(row->it.person, offer.person), 0);
    assert_int_equal(uuid_compare(row->it.implementation, offer.implementation), 0);
    row->state = REMINDER_CALLED_OFF;
    row->why = span_text("the offer has ended");
    reminder_put(w, row);
    commit(shelf, w);
    assert_string_equal(
        kit_sql(shelf->pg, "select string_agg(concat_ws('/', kind, state, why), ' ' order by kind) from notification.reminder"),
        "17/1/ 20/3/the offer has ended");
    w = shelf_begin(shelf, NOW);
    reminder_want_one(w, &jobs[0], offer.id);
    load(shelf, w);
    assert_true(span_equal(reminder_find(w, &jobs[0], offer.id)->why, span_text("the offer has ended")));
    assert_int_equal(db_commit(shelf->db), ERR_OK);
}

static struct reminder draft_of(unsigned application, int64_t moment_us)
{
    struct reminder it = reminder_of(KIND_DRAFT_CLOSES, application, moment_us, NOW + 5);

    it.training = (struct uuid){{0}};
    it.call = shelf_id(TRAINING);
    it.person = shelf_id(70 + application);
    it.facts = span_text("{\"call_fi\": \"Haku\"}");
    return it;
}

/* Of a grant: one job has its draft, another the whole call, and both have the same row, whichever made it; with all that its letter says.
 */
static void test_drafts_of_a_call(void **state)
{
    struct shelf *shelf = *state;
    struct workset *w = shelf_begin(shelf, NOW);
    const struct reminder old = draft_of(1, NOW + 9), new = draft_of(2, NOW + 9);
    struct reminder_row *row;
    size_t cursor = 0, count = 0;

    reminder_want_subject(w, &jobs[0], old.subject);
    load(shelf, w);
    reminder_put(w, reminder_add(w, &jobs[0], &old));
    commit(shelf, w);

    w = shelf_begin(shelf, NOW);
    reminder_want_subject(w, &jobs[0], old.subject);
    reminder_want_call(w, &jobs[1], old.call);
    reminder_want_subject(w, &jobs[2], new.subject);
    load(shelf, w);
    assert_ptr_equal(reminder_find(w, &jobs[0], old.id), reminder_find(w, &jobs[1], old.id));
    reminder_put(w, reminder_add(w, &jobs[2], &new));
    while ((row = reminder_next(w, &jobs[1], &cursor)) != NULL) {
        row->it.moment_us = NOW + 20;
        reminder_put(w, row);
        count++;
    }
    assert_int_equal(count, 2);
    commit(shelf, w);

    w = shelf_begin(shelf, NOW);
    reminder_want_subject(w, &jobs[0], new.subject);
    load(shelf, w);
    row = reminder_find(w, &jobs[0], new.id);
    assert_non_null(row);
    assert_int_equal(row->it.moment_us, NOW + 20);
    assert_int_equal(uuid_compare(row->it.call, new.call), 0);
    assert_true(uuid_is_nil(row->it.training));
    assert_true(span_equal(row->it.facts, new.facts));
    assert_int_equal(db_commit(shelf->db), ERR_OK);
}

/* The transaction stays open. */
static struct reminder_due *due_of(struct shelf *shelf, struct workset **w, int64_t now_us, const struct reminder *it)
{
    *w = shelf_begin(shelf, now_us);
    reminder_want_due(*w, &jobs[0], it->id);
    load(shelf, *w);
    return reminder_due_one(*w, &jobs[0]);
}

static void test_grant_concerns(void **state)
{
    struct shelf *shelf = *state;
    const struct reminder draft = draft_of(1, NOW + 9);
    struct workset *w = shelf_begin(shelf, NOW);

    reminder_want_subject(w, &jobs[0], draft.subject);
    load(shelf, w);
    reminder_put(w, reminder_add(w, &jobs[0], &draft));
    commit(shelf, w);
    const struct reminder_due *due = due_of(shelf, &w, NOW + 6, &draft);
    assert_non_null(due);
    assert_int_equal(due->count, 1);
    assert_true(due->whole);
    assert_int_equal(uuid_compare(due->people[0].person, draft.person), 0);
    assert_true(uuid_is_nil(due->people[0].registration));
    assert_int_equal(db_commit(shelf->db), ERR_OK);
}

static const struct agenda *look(struct shelf *shelf, int64_t now_us, struct agenda_entry after)
{
    struct agenda *agenda = arena_alloc(shelf->arena, sizeof *agenda);

    db_begin(shelf->db, DB_READ_WRITE);
    assert_int_equal(agenda_reminders(shelf->db, shelf->arena, now_us, &after, agenda), ERR_OK);
    assert_int_equal(db_commit(shelf->db), ERR_OK);
    return agenda;
}

static void follow(struct shelf *shelf, unsigned from, unsigned to)
{
    struct workset *w = shelf_begin(shelf, NOW);

    for (unsigned i = from; i < to; i++)
        workset_follow(w, &(const struct follow){shelf_id(TRAINING), shelf_id(i), true, NOW - TIME_DAY});
    shelf_save(shelf, w);
}

static bool concerns(const struct reminder_due *due, unsigned person)
{
    for (size_t i = 0; i < due->count; i++)
        if (uuid_compare(due->people[i].person, shelf_id(person)) == 0)
            return true;
    return false;
}

/* Of the followers, who has a registration is not told that it closes; who gave it up, is. */
static void test_whom_it_concerns(void **state)
{
    struct shelf *shelf = *state;
    const struct reminder opens = reminder_of(KIND_OPENS_SOON, TRAINING + 70, NOW + 9, NOW + 1);
    const struct reminder closes = reminder_of(KIND_CLOSES_SOON, TRAINING + 70, NOW + 9, NOW + 2);
    const struct reminder webinar = reminder_of(KIND_WEBINAR_SOON, TRAINING + 60, NOW + 9, NOW + 3);
    struct message said[3] = {shelf_message(1, 1, KIND_CONFIRMATION), shelf_message(2, 2, KIND_CONFIRMATION),
                              shelf_message(3, 2, KIND_CANCELLATION)};
    struct workset *w = shelf_begin(shelf, NOW);
    struct reminder_due *due;

    shelf_put_training(shelf, TRAINING, "Koulutus", 1, NOW);
    follow(shelf, 1, 4);
    for (size_t i = 0; i < 3; i++)
        said[i].registration_id = shelf_id(i == 0 ? 51 : 52);
    shelf_say(shelf, said, 3, NOW);
    workset_participant(w,
                        &(const struct participant){shelf_id(51), shelf_id(TRAINING), shelf_id(1), STANDING_SEATED, NOW, shelf_id(901), 4});
    shelf_save(shelf, w);
    put(shelf, &opens);
    put(shelf, &closes);
    put(shelf, &webinar);

    assert_null(due_of(shelf, &w, NOW, &opens)); /* not yet */
    db_rollback(shelf->db);
    due = due_of(shelf, &w, NOW + 3, &opens);
    assert_non_null(due);
    assert_int_equal(due->row.it.kind, KIND_OPENS_SOON);
    assert_int_equal(due->count, 3);
    assert_int_equal(due->opens_us, NOW - TIME_DAY);
    assert_int_equal(due->closes_us, NOW + TIME_DAY);
    db_rollback(shelf->db);
    due = due_of(shelf, &w, NOW + 3, &closes);
    assert_non_null(due);
    assert_int_equal(due->count, 2);
    assert_false(concerns(due, 1));
    assert_true(concerns(due, 2) && concerns(due, 3));
    db_rollback(shelf->db);
    due = due_of(shelf, &w, NOW + 3, &webinar);
    assert_non_null(due);
    assert_int_equal(due->count, 1);
    assert_true(concerns(due, 1) && due->whole);
    assert_int_equal(uuid_compare(due->unit, shelf_id(TRAINING + 50)), 0);
    assert_int_equal(uuid_compare(due->people[0].registration, shelf_id(51)), 0);
    assert_int_equal(uuid_compare(due->people[0].implementation, shelf_id(901)), 0);
    assert_int_equal(due->people[0].version, 4);
    db_rollback(shelf->db);
}

static void test_portions(void **state)
{
    struct shelf *shelf = *state;
    const struct reminder opens = reminder_of(KIND_OPENS_SOON, 1, NOW + 9, NOW);
    struct reminder_due *due;
    struct workset *w;

    follow(shelf, 1, REMINDER_PORTION + 501);
    put(shelf, &opens);
    due = due_of(shelf, &w, NOW + 1, &opens);
    assert_non_null(due);
    assert_int_equal(due->count, REMINDER_PORTION);
    assert_false(due->whole);
    due->row.told_until = due->people[REMINDER_PORTION - 1].key;
    reminder_put(w, &due->row);
    commit(shelf, w);
    due = due_of(shelf, &w, NOW + 1, &opens);
    assert_non_null(due);
    assert_int_equal(due->count, 500);
    assert_true(due->whole);
    assert_true(uuid_compare(due->people[0].key, due->row.told_until) > 0);
    db_rollback(shelf->db);
}

/* In the order of their moments, from behind the last one found: one that cannot be told is passed by, and found again later. */
static void test_agenda(void **state)
{
    struct shelf *shelf = *state;
    const struct reminder first = reminder_of(KIND_OPENS_SOON, 1, NOW + 9, NOW), second = reminder_of(KIND_OPENS_SOON, 2, NOW + 9, NOW + 1);
    struct reminder offer = reminder_of(KIND_OFFER_ENDS, 3, NOW + 9, NOW + 1);
    const struct agenda *agenda;

    offer.person = shelf_id(70);
    put(shelf, &second);
    put(shelf, &offer);
    put(shelf, &first);
    assert_int_equal(look(shelf, NOW - 1, (struct agenda_entry){0})->count, 0);
    agenda = look(shelf, NOW + 1, (struct agenda_entry){0});
    assert_int_equal(agenda->count, 3);
    assert_int_equal(uuid_compare(agenda->entries[0].id, first.id), 0);
    assert_true(agenda->entries[0].wide);
    for (size_t i = 1; i < 3; i++)
        assert_int_equal(agenda->entries[i].wide, uuid_compare(agenda->entries[i].id, second.id) == 0);
    agenda = look(shelf, NOW + 1, agenda->entries[1]);
    assert_int_equal(agenda->count, 1);
}

/* Two at the same time: what one holds, the other leaves out. */
static void test_two_look(void **state)
{
    struct shelf *shelf = *state, other = *shelf;
    const struct reminder opens = reminder_of(KIND_OPENS_SOON, 1, NOW + 9, NOW);
    struct workset *w;

    put(shelf, &opens);
    assert_int_equal(db_open(&other.db, &shelf->config, kit_log()), ERR_OK);
    assert_non_null(due_of(shelf, &w, NOW, &opens));
    assert_null(due_of(&other, &w, NOW, &opens));
    db_rollback(other.db);
    db_rollback(shelf->db);
    db_close(other.db);
}

static const char *states(struct shelf *shelf)
{
    return kit_sql(shelf->pg, "select string_agg(concat_ws('/', state, why), ' ' order by number) from notification.message");
}

static void test_call_off(void **state)
{
    struct shelf *shelf = *state;
    const struct uuid id = reminder_id(KIND_WEBINAR_SOON, shelf_id(9));
    struct message said[6];
    struct workset *w;

    shelf_put_training(shelf, TRAINING, "Koulutus", 1, NOW);
    for (unsigned i = 0; i < 6; i++) {
        said[i] = shelf_message(i, i, KIND_WEBINAR_SOON);
        said[i].registration_id = shelf_id(50 + i);
        said[i].reminder_id = i < 4 ? id : reminder_id(KIND_WEBINAR_SOON, shelf_id(8));
    }
    shelf_say(shelf, said, 6, NOW);
    (void)kit_sql(shelf->pg, "update notification.message set state = 7, waits = false where number = (select min(number) + 1 "
                             "from notification.message)");
    (void)kit_sql(shelf->pg,
                  "update notification.message set state = 3, waits = false, next_at = null, sent_at = now() where number = (select "
                  "min(number) + 2 from notification.message)");
    (void)kit_sql(shelf->pg,
                  "update notification.tally set n = case what when 'queued' then 4 else 1 end where slot = 0 and what in ('queued', "
                  "'gathered', 'sent')");
    w = shelf_begin(shelf, NOW);
    reminder_call_off(w, id, "moved");
    reminder_call_off_seat(w, shelf_id(5), shelf_id(55), "left");
    reminder_call_off_seat(w, shelf_id(4), shelf_id(55), "not theirs");
    shelf_save(shelf, w);
    assert_string_equal(states(shelf), "9/moved 9/moved 3/ 9/moved 1/ 9/left");
    assert_int_equal(shelf_tally(shelf, "called_off"), 4);
    assert_int_equal(shelf_tally(shelf, "gathered"), 0);
    shelf_check_tally(shelf);
}

static void test_lists_and_sweep(void **state)
{
    struct shelf *shelf = *state;
    const struct reminder_row *rows;
    struct workset *w;
    size_t count;

    for (unsigned i = 0; i < 5; i++) {
        const struct reminder it = reminder_of(KIND_OPENS_SOON, i, NOW + i, NOW);
        put(shelf, &it);
    }
    (void)kit_sql(shelf->pg, "update notification.reminder set state = 2 where moment > (select min(moment) from notification.reminder)");
    w = shelf_begin(shelf, NOW);
    reminder_want_list(w, &jobs[0], 0, INT64_MAX, 3);
    reminder_want_list(w, &jobs[1], REMINDER_PENDING, INT64_MAX, 3);
    load(shelf, w);
    rows = reminder_listed(w, &jobs[0], &count);
    assert_int_equal(count, 4); /* one more than asked for: there are more */
    assert_int_equal(rows[0].it.moment_us, NOW + 4);
    rows = reminder_listed(w, &jobs[1], &count);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].it.moment_us, NOW);
    db_rollback(shelf->db);
    w = shelf_begin(shelf, NOW);
    reminder_sweep(w, NOW + 3);
    shelf_save(shelf, w);
    assert_int_equal(kit_sql_int(shelf->pg, "select count(*) from notification.reminder"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_jobs_share, shelf_clear),       /* the second job of a batch sees what the first has changed */
        cmocka_unit_test_setup(test_drafts_of_a_call, shelf_clear), /* by application and by call it is one row */
        cmocka_unit_test_setup(test_grant_concerns, shelf_clear),   /* its own person, without a registration */
        cmocka_unit_test_setup(test_whom_it_concerns, shelf_clear), /* followers, those without a registration, who has a seat */
        cmocka_unit_test_setup(test_portions, shelf_clear),         /* a portion is bounded, and the next one goes on behind it */
        cmocka_unit_test_setup(test_agenda, shelf_clear),           /* what is due, in order, from behind the last one */
        cmocka_unit_test_setup(test_two_look, shelf_clear),         /* two replicas tell each reminder once */
        cmocka_unit_test_setup(test_call_off, shelf_clear),         /* what has not left; the counters follow */
        cmocka_unit_test_setup(test_lists_and_sweep, shelf_clear),  /* newest first, by state; what lies behind goes */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
