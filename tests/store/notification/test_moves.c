/* Everything that moves messages, mixed at random and repeatably: after each step the counters say what the rows say, every change of state
 * that was logged is a legal move (domain/message.c), and each log is a chain without a gap. So a statement that moves what the table does
 * not, or counts it otherwise than it moved it, is found whatever came before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/course.h"
#include "services/notification/handler/digest.h"
#include "services/notification/store/agenda.h"
#include "services/notification/store/bounce.h"
#include "services/notification/store/reminder.h"
#include "tests/store/notification/shelf.h"

#define PEOPLE   6
#define STEPS    600
#define RELAYING 2 /* spools */

struct mix {
    struct shelf *s;
    struct spool *spools[RELAYING];
    uint32_t dice;
    unsigned event; /* the last one */
    int64_t now_us;
};

static unsigned roll(struct mix *m, unsigned sides)
{
    m->dice = m->dice * 1664525U + 1013904223U;
    return (m->dice >> 8) % sides;
}

static void say(struct mix *m)
{
    static const enum message_kind KINDS[] = {KIND_CONFIRMATION, KIND_WINDOW_OPENED, KIND_WEBINAR_SOON, KIND_ANNOUNCEMENT};
    struct message message = shelf_message(++m->event, roll(m, PEOPLE), KINDS[roll(m, 4)]);

    message.reminder_id = shelf_id(7000 + roll(m, 3));
    message.not_before_us = roll(m, 4) == 0 ? m->now_us + TIME_HOUR : 0;
    shelf_say(m->s, &message, 1, m->now_us);
}

/* How a claimed message ends its turn; some of the ends begin an attempt first. */
static void end_turn(struct mix *m, struct spool *spool, struct due *due)
{
    static const struct outcome ENDS[] = {
        {.state = MESSAGE_SENT, .smtp_code = 250, .answer = "250 ok"},
        {.state = MESSAGE_FAILED, .smtp_code = 550, .answer = "550 no"},
        {.state = MESSAGE_UNSURE, .answer = "no answer"},
        {.state = MESSAGE_QUEUED, .smtp_code = 450, .answer = "450 later"},
        {.state = MESSAGE_WITHHELD, .untried = true},
        {.state = MESSAGE_GATHERED, .untried = true},
        {.state = MESSAGE_QUEUED, .untried = true, .put_off = true},
        {.state = MESSAGE_QUEUED, .waits = true},
    };
    struct outcome o = ENDS[roll(m, sizeof ENDS / sizeof *ENDS)];

    o.due = due;
    o.next_us = o.state == MESSAGE_GATHERED ? helsinki_next(m->now_us, 8) : m->now_us + TIME_HOUR;
    o.language = "fi";
    o.subject = "Aihe";
    o.body = "Sisältö";
    if (!o.untried && !o.waits && !shelf_turn(spool, m->s, NULL, due, m->now_us))
        return;
    (void)shelf_turn(spool, m->s, &o, NULL, m->now_us);
}

static void claim(struct mix *m)
{
    struct spool *spool = m->spools[roll(m, RELAYING)];
    struct due *dues;
    const size_t count = shelf_claim(spool, m->s->arena, m->now_us, &dues);

    for (size_t i = 0; i < count; i++) {
        switch (roll(m, 6)) {
        case 0:
            assert_int_equal(spool_release(spool, m->s->arena, &dues[i], 1, m->now_us), ERR_OK);
            break;
        case 1: /* a crash, its attempt begun */
            (void)shelf_turn(spool, m->s, NULL, &dues[i], m->now_us);
            break;
        case 2: /* a crash before it */
            break;
        default:
            end_turn(m, spool, &dues[i]);
            break;
        }
    }
}

static void recover(struct mix *m)
{
    int64_t doubts, untried;

    assert_int_equal(spool_recover(m->spools[roll(m, RELAYING)], m->s->arena, SPOOL_MINE, m->now_us, &doubts, &untried), ERR_OK);
    assert_int_equal(spool_look_again(m->spools[0], m->s->arena, m->now_us), ERR_OK);
}

/* The id of some message in this state; false: there is none. */
static bool some_message(struct mix *m, const char *states, struct uuid *out)
{
    const char *text = kit_sql(m->s->pg, "select id from notification.message where state in (%s) order by md5(id::text || '%u') limit 1",
                               states, roll(m, 1000));

    return text != NULL && uuid_parse(out, span_text(text));
}

static void revive(struct mix *m)
{
    struct workset *w = shelf_begin(m->s, m->now_us);
    struct uuid id;

    if (!some_message(m, "4, 6, 8", &id))
        return;
    workset_want_revival(w, id);
    shelf_load(m->s, w);
    workset_revival(w, id)->changed = true;
    workset_save(w, m->s->db);
    assert_int_equal(db_commit(m->s->db), ERR_OK);
}

static void bounce(struct mix *m)
{
    const struct job job = {.index = 0};
    struct workset *w = shelf_begin(m->s, m->now_us);
    struct uuid id;

    if (!some_message(m, "3", &id))
        return;
    bounce_want(w, &job, id);
    shelf_load(m->s, w);
    struct bounced *bounced = bounce_found(w, &job);
    assert_true(message_move(&bounced->state, MOVE_BOUNCE));
    bounce_note(w, bounced, span_text("5.1.1"));
    workset_save(w, m->s->db);
    assert_int_equal(db_commit(m->s->db), ERR_OK);
}

static void digest(struct mix *m)
{
    static struct job jobs[AGENDA_MAX];
    struct agenda *agenda = arena_alloc(m->s->arena, sizeof *agenda);
    struct workset *w = shelf_begin(m->s, m->now_us);

    (void)kit_sql(m->s->pg,
                  "insert into notification.preference select id, 5, %u, now() from notification.recipient on conflict "
                  "(person_id, topic) do update set mail = excluded.mail",
                  1 + roll(m, 3));
    db_begin(m->s->db, DB_READ_WRITE);
    assert_int_equal(agenda_digests(m->s->db, m->s->arena, m->now_us, &(const struct agenda_entry){0}, agenda), ERR_OK);
    assert_int_equal(db_commit(m->s->db), ERR_OK);
    for (size_t i = 0; i < agenda->count; i++)
        digest_due_needs(&jobs[i], w, agenda->entries[i].id, agenda->entries[i].due_us);
    shelf_load(m->s, w);
    for (size_t i = 0; i < agenda->count; i++)
        digest_due_decide(&jobs[i], w);
    workset_save(w, m->s->db);
    assert_int_equal(db_commit(m->s->db), ERR_OK);
}

static void forget(struct mix *m)
{
    struct workset *w = shelf_begin(m->s, m->now_us);
    const unsigned person = roll(m, PEOPLE);

    switch (roll(m, 4)) {
    case 0:
        workset_erase(w, shelf_id(person));
        break;
    case 1:
        workset_part(w, &(const struct parting){shelf_id(person), shelf_id(900), shelf_id(person), {{0}}, m->now_us - TIME_HOUR});
        break;
    case 2:
        reminder_call_off(w, shelf_id(7000 + roll(m, 3)), "it has moved");
        break;
    default:
        reminder_call_off_seat(w, shelf_id(person), shelf_id(5000 + roll(m, m->event + 1)), "the seat is gone");
        break;
    }
    shelf_save(m->s, w);
}

static void check(const struct mix *m)
{
    shelf_check_tally(m->s);
    assert_string_equal(kit_sql(m->s->pg,
                                "select coalesce(string_agg(id::text, ' '), '') from (select m.id, m.state, m.changes, c.to_state, "
                                "c.n, c.from_state, lag(c.to_state) over (partition by m.number order by c.n) as was, max(c.n) over "
                                "(partition by m.number) as last from notification.message m join notification.message_change c on "
                                "c.message = m.number) t where (n > 1 and from_state <> was) or (n = 1 and from_state <> 1) or "
                                "(n = last and (to_state <> state or n <> changes))"),
                        "");
}

/* Each pair of states that the log has is a move of the table. */
static void check_moves(const struct mix *m)
{
    for (int from = MESSAGE_QUEUED; from <= MESSAGE_STATE_LAST; from++) {
        for (int to = MESSAGE_QUEUED; to <= MESSAGE_STATE_LAST; to++) {
            bool legal = false;
            for (int move = 0; move <= MOVE_LAST; move++) {
                enum message_state state = (enum message_state)from;
                legal = legal || (message_move(&state, (enum message_move)move) && (int)state == to);
            }
            if (!legal && kit_sql_int(m->s->pg, "select count(*) from notification.message_change where from_state = %d and to_state = %d",
                                      from, to) > 0)
                fail_msg("a statement moved a message from %d to %d", from, to);
        }
    }
}

static void test_moves_at_random(void **state)
{
    static void (*const DO[])(struct mix *) = {say, say, say, say, claim, claim, claim, recover, revive, bounce, digest, forget};
    struct mix m = {.s = *state, .dice = 20261122, .now_us = SHELF_NOW};

    for (int i = 0; i < RELAYING; i++)
        m.spools[i] = shelf_spool(m.s, i, 1);
    shelf_put_training(m.s, 900, "Koulutus", 1, SHELF_NOW);
    for (int step = 0; step < STEPS; step++) {
        m.now_us += 600 * TIME_SECOND;
        if (step % 50 == 0)
            for (unsigned person = 0; person + 1 < PEOPLE; person++) /* of the last one nobody has told us */
                shelf_put_person(m.s, person, "a@example.fi", step + 1, m.now_us);
        DO[roll(&m, sizeof DO / sizeof *DO)](&m);
        if (step % 5 == 0)
            check(&m);
    }
    check(&m);
    check_moves(&m);
    /* it went through all there is */
    assert_int_equal(kit_sql_int(m.s->pg, "select count(distinct to_state) from notification.message_change"), MESSAGE_STATE_LAST);
    assert_true(kit_sql_int(m.s->pg, "select count(*) from notification.message where kind = 21") > 0);
    for (int i = 0; i < RELAYING; i++)
        spool_close(m.spools[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_moves_at_random, shelf_clear), /* counters, log and table of moves agree, whatever happens */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
