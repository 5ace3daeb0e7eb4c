/* Webhooks in a real PostgreSQL: the fan-out, the queue as its thread sees it, and what ends a webhook. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/hash.h"
#include "services/notification/store/delivery.h"
#include "services/notification/store/dispatch.h"
#include "services/notification/store/webhook.h"
#include "tests/store/notification/shelf.h"

#define NOW (1800000000LL * TIME_SECOND)
#define ALL 100 /* more than one claim can give */

static struct dispatch *dispatch;

static int set_up(void **state)
{
    const int result = shelf_open(state);
    const struct shelf *shelf = *state;

    return result != 0 || dispatch_open(&dispatch, &shelf->config, 3, kit_log()) != ERR_OK ? -1 : 0;
}

static int tear_down(void **state)
{
    dispatch_close(dispatch);
    return shelf_close(state);
}

static int clear(void **state)
{
    struct shelf *shelf = *state;

    arena_reset(shelf->arena);
    (void)kit_sql(shelf->pg, "truncate notification.webhook, notification.webhook_delivery");
    return 0;
}

static void tell(struct shelf *shelf, unsigned first, unsigned count, const char *type)
{
    struct workset *w = shelf_begin(shelf, NOW);

    for (unsigned i = first; i < first + count; i++)
        delivery_tell(w, shelf_id(1000 + i), span_text(type), span_text(arena_printf(shelf->arena, "{\"n\":%u}", i)));
    shelf_save(shelf, w);
}

static size_t claim(struct shelf *shelf, int64_t now_us, struct post **out)
{
    size_t count = 0;

    assert_int_equal(dispatch_claim(dispatch, shelf->arena, now_us, ALL, out, &count), ERR_OK);
    return count;
}

static struct post claim_one(struct shelf *shelf, int64_t now_us)
{
    struct post *posts;

    assert_int_equal(claim(shelf, now_us, &posts), 1);
    return posts[0];
}

static struct post_end end_one(struct shelf *shelf, const struct post *post, int http_status, int64_t now_us)
{
    struct post_end end = {.number = post->number,
                           .tries = post->tries,
                           .webhook_id = post->webhook_id,
                           .verdict = webhook_judge(http_status),
                           .http_status = http_status,
                           .dice = 1000,
                           .answer = "words"};

    assert_int_equal(dispatch_end(dispatch, shelf->arena, &end, 1, now_us), ERR_OK);
    return end;
}

/* The counter of each webhook says what its rows say. */
static void check_waiting(struct shelf *shelf)
{
    assert_int_equal(kit_sql_int(shelf->pg, "select count(*) from notification.webhook w where waiting <> (select count(*) from "
                                            "notification.webhook_delivery d where d.webhook_id = w.id and d.state in (1, 2))"),
                     0);
}

static int64_t deliveries(struct shelf *shelf, const char *condition)
{
    return kit_sql_int(shelf->pg, "select count(*) from notification.webhook_delivery where %s", condition);
}

static const char *state_of(struct shelf *shelf)
{
    return kit_sql(shelf->pg, "select state || ' ' || why from notification.webhook");
}

static void test_delivery_fans_out(void **state)
{
    struct shelf *shelf = *state;
    char id[UUID_TEXT];

    shelf_add_webhook(shelf, 1, "", NOW);
    shelf_add_webhook(shelf, 2, "enrolment.queued enrolment.cancelled", NOW);
    tell(shelf, 0, 3, "enrolment.seat_taken");
    tell(shelf, 3, 2, "enrolment.cancelled");
    uuid_format(shelf_id(1), id);
    assert_int_equal(kit_sql_int(shelf->pg, "select waiting from notification.webhook where id = '%s'", id), 5);
    uuid_format(shelf_id(2), id);
    assert_int_equal(kit_sql_int(shelf->pg, "select waiting from notification.webhook where id = '%s'", id), 2);
    check_waiting(shelf);
    /* ids are those of webhook, event and type: a replay, even when the rows are gone, makes the same */
    const char *before =
        arena_strdup(shelf->arena, kit_sql(shelf->pg, "select string_agg(id::text, ' ' order by id) from notification.webhook_delivery"));
    tell(shelf, 0, 3, "enrolment.seat_taken");
    assert_int_equal(deliveries(shelf, "true"), 7);
    (void)kit_sql(shelf->pg, "delete from notification.webhook_delivery");
    (void)kit_sql(shelf->pg, "update notification.webhook set waiting = 0");
    tell(shelf, 3, 2, "enrolment.cancelled");
    tell(shelf, 0, 3, "enrolment.seat_taken");
    assert_string_equal(kit_sql(shelf->pg, "select string_agg(id::text, ' ' order by id) from notification.webhook_delivery"), before);
    check_waiting(shelf);
}

static void test_delivery_audience(void **state)
{
    struct shelf *shelf = *state;
    const struct job first = {.index = 1}, second = {.index = 2};
    struct workset *w = shelf_begin(shelf, NOW);

    delivery_want_audience(w, &first);
    delivery_want_audience(w, &second);
    shelf_load(shelf, w);
    assert_false(delivery_wanted(w, span_text("enrolment.queued")));
    db_rollback(shelf->db);
    shelf_add_webhook(shelf, 2, "enrolment.queued enrolment.cancelled", NOW);
    w = shelf_begin(shelf, NOW);
    assert_false(delivery_wanted(w, span_text("enrolment.queued"))); /* nobody asked */
    delivery_want_audience(w, &first);
    shelf_load(shelf, w);
    assert_true(delivery_wanted(w, span_text("enrolment.queued")));
    assert_true(delivery_wanted(w, span_text("enrolment.cancelled")));
    assert_false(delivery_wanted(w, span_text("enrolment.cancel")));
    assert_false(delivery_wanted(w, span_text("enrolment.seat_taken")));
    db_rollback(shelf->db);
    (void)kit_sql(shelf->pg, "update notification.webhook set state = 2");
    w = shelf_begin(shelf, NOW);
    delivery_want_audience(w, &first);
    shelf_load(shelf, w);
    assert_false(delivery_wanted(w, span_text("enrolment.queued")));
    db_rollback(shelf->db);
    tell(shelf, 0, 1, "enrolment.queued");
    assert_int_equal(deliveries(shelf, "true"), 0); /* one that is off gets none */
}

static void test_delivery_full(void **state)
{
    struct shelf *shelf = *state;

    shelf_add_webhook(shelf, 1, "enrolment.queued", NOW);
    (void)kit_sql(shelf->pg, "update notification.webhook set waiting = %d", WEBHOOK_WAITING_MAX - 1);
    tell(shelf, 0, 1, "enrolment.queued");
    assert_string_equal(state_of(shelf), "1 ");
    tell(shelf, 1, 1, "enrolment.seat_taken"); /* not for it */
    assert_string_equal(state_of(shelf), "1 ");
    tell(shelf, 2, 3, "enrolment.queued");
    assert_string_equal(state_of(shelf), "2 " WEBHOOK_WHY_FULL);
    assert_int_equal(deliveries(shelf, "true"), 1);
    assert_int_equal(kit_sql_int(shelf->pg, "select waiting from notification.webhook"), WEBHOOK_WAITING_MAX);
}

static void test_dispatch_claims(void **state)
{
    struct shelf *shelf = *state;
    struct post *posts;

    shelf_add_webhook(shelf, 1, "", NOW);
    shelf_add_webhook(shelf, 2, "", NOW);
    tell(shelf, 0, 6, "enrolment.queued");
    assert_int_equal(claim(shelf, NOW - 1, &posts), 0);
    assert_int_equal(claim(shelf, NOW, &posts), 2 * DISPATCH_EACH);
    assert_int_equal(posts[0].tries, 1);
    assert_int_equal(posts[0].secret_count, 1);
    assert_int_equal(posts[0].secrets[0].len, WEBHOOK_SECRET_SIZE);
    assert_int_equal(deliveries(shelf, "state = 2 and claimed_by = 3"), 2 * DISPATCH_EACH);
    /* one that has enough under way is stepped over; of the other as many as have ended meanwhile */
    assert_int_equal(claim(shelf, NOW, &(struct post *){NULL}), 0);
    size_t ended = 0;
    for (size_t i = 0; i < 2 * DISPATCH_EACH && ended < 1; i++)
        if (uuid_compare(posts[i].webhook_id, shelf_id(2)) == 0) {
            (void)end_one(shelf, &posts[i], 200, NOW);
            ended++;
        }
    assert_int_equal(claim(shelf, NOW, &posts), 1);
    assert_int_equal(uuid_compare(posts[0].webhook_id, shelf_id(2)), 0);
    (void)end_one(shelf, &posts[0], 200, NOW);
    assert_int_equal(claim(shelf, NOW, &posts), 1);
    (void)kit_sql(shelf->pg, "update notification.webhook_delivery set claimed_by = 7 where state = 2"); /* of another replica */
    assert_int_equal(claim(shelf, NOW, &posts), 0);
    (void)kit_sql(shelf->pg, "update notification.webhook_delivery set state = 3, next_at = null where state = 2");
    /* so are one that is off, and one that rests */
    (void)kit_sql(shelf->pg, "update notification.webhook set rest_until = to_timestamp(1800000005)");
    assert_int_equal(claim(shelf, NOW + TIME_SECOND, &posts), 0);
    (void)kit_sql(shelf->pg, "update notification.webhook set state = 2");
    assert_int_equal(claim(shelf, NOW + 6 * TIME_SECOND, &posts), 0);
    (void)kit_sql(shelf->pg, "update notification.webhook set state = 1");
    assert_int_equal(claim(shelf, NOW + 6 * TIME_SECOND, &posts), 2);
}

static void test_dispatch_claim_lapses(void **state)
{
    struct shelf *shelf = *state;
    struct post *posts;

    shelf_add_webhook(shelf, 1, "", NOW);
    tell(shelf, 0, 1, "enrolment.queued");
    const struct post first = claim_one(shelf, NOW);
    assert_int_equal(claim(shelf, NOW + DISPATCH_CLAIM - 1, &posts), 0);
    const struct post second = claim_one(shelf, NOW + DISPATCH_CLAIM);
    assert_int_equal(uuid_compare(first.id, second.id), 0);
    assert_int_equal(second.tries, 2);
    assert_memory_equal(second.body.data, "{\"n\":0}", 7);
    /* the end of the lapsed one says nothing */
    (void)end_one(shelf, &first, 410, NOW + DISPATCH_CLAIM);
    assert_string_equal(state_of(shelf), "1 ");
    assert_int_equal(deliveries(shelf, "state = 2 and tries = 2"), 1);
    (void)end_one(shelf, &second, 200, NOW + DISPATCH_CLAIM);
    assert_int_equal(deliveries(shelf, "state = 3 and tries = 2 and done_at is not null and http_status = 200 and answer = 'words'"), 1);
    (void)end_one(shelf, &second, 200, NOW + DISPATCH_CLAIM); /* said twice */
    check_waiting(shelf);
}

static void test_dispatch_rotates(void **state)
{
    struct shelf *shelf = *state;
    uint8_t secret[WEBHOOK_SECRET_SIZE];
    struct post *posts;

    shelf_add_webhook(shelf, 1, "", NOW);
    struct workset *w = shelf_begin(shelf, NOW);
    memset(secret, 77, sizeof secret);
    webhook_rotate(w, &(const struct webhook){.id = shelf_id(1), .version = 2}, secret);
    shelf_save(shelf, w);
    tell(shelf, 0, 2, "enrolment.queued");
    (void)kit_sql(shelf->pg, "update notification.webhook_delivery set next_at = to_timestamp(1800000000 + 86400) where number = "
                             "(select max(number) from notification.webhook_delivery)");
    const struct post both = claim_one(shelf, NOW + WEBHOOK_ROTATE_US - 1);
    assert_int_equal(both.secret_count, 2);
    assert_int_equal(both.secrets[0].data[0], 77);
    assert_int_equal(both.secrets[1].data[31], 1);
    (void)end_one(shelf, &both, 200, NOW + WEBHOOK_ROTATE_US - 1);
    assert_int_equal(claim(shelf, NOW + WEBHOOK_ROTATE_US, &posts), 1);
    assert_int_equal(posts[0].secret_count, 1);
    assert_int_equal(posts[0].secrets[0].data[0], 77);
}

static void test_dispatch_fails(void **state)
{
    struct shelf *shelf = *state;
    int64_t now = NOW;

    shelf_add_webhook(shelf, 1, "", NOW);
    tell(shelf, 0, 1, "enrolment.queued");
    for (int tries = 1; tries <= WEBHOOK_TRIES; tries++) {
        const struct post post = claim_one(shelf, now);
        assert_int_equal(post.tries, tries);
        const struct post_end end = end_one(shelf, &post, tries % 2 ? 500 : 0, now);
        assert_int_equal(end.state, tries < WEBHOOK_TRIES ? DELIVERY_DUE : DELIVERY_DEAD);
        assert_null(end.disabled);
        assert_int_equal(kit_sql_int(shelf->pg, "select count(*) from notification.webhook where state = 1 and rest_until > failing_since "
                                                "and failing_since = to_timestamp(1800000000)"),
                         1);
        if (tries < WEBHOOK_TRIES)
            now =
                kit_sql_int(shelf->pg, "select ceil(extract(epoch from next_at))::bigint from notification.webhook_delivery") * TIME_SECOND;
    }
    assert_int_equal(now - NOW, 272105 * TIME_SECOND); /* the standard's 75 hours and 35 minutes */
}

static void test_dispatch_disables(void **state)
{
    struct shelf *shelf = *state;

    shelf_add_webhook(shelf, 1, "", NOW);
    tell(shelf, 0, 4, "enrolment.queued");
    struct post *posts;
    assert_int_equal(claim(shelf, NOW, &posts), 4);
    (void)end_one(shelf, &posts[0], 500, NOW);
    (void)end_one(shelf, &posts[1], 500, NOW + WEBHOOK_FAILING_US);
    assert_string_equal(state_of(shelf), "1 ");
    struct post_end end = end_one(shelf, &posts[2], 500, NOW + WEBHOOK_FAILING_US + 1);
    assert_string_equal(end.disabled, WEBHOOK_WHY_FAILING);
    assert_string_equal(state_of(shelf), "2 " WEBHOOK_WHY_FAILING);
    end = end_one(shelf, &posts[3], 500, NOW + WEBHOOK_FAILING_US + 2);
    assert_null(end.disabled); /* said once */
    assert_int_equal(deliveries(shelf, "state = 1"), 4);
    check_waiting(shelf);
}

static void test_dispatch_success_forgives(void **state)
{
    struct shelf *shelf = *state;
    struct post *posts;

    shelf_add_webhook(shelf, 1, "", NOW);
    tell(shelf, 0, 3, "enrolment.queued");
    assert_int_equal(claim(shelf, NOW, &posts), 3);
    (void)end_one(shelf, &posts[0], 500, NOW);
    (void)end_one(shelf, &posts[1], 204, NOW + WEBHOOK_FAILING_US);
    (void)end_one(shelf, &posts[2], 500, NOW + WEBHOOK_FAILING_US + 1);
    assert_string_equal(state_of(shelf), "1 ");
    check_waiting(shelf);
}

static void test_dispatch_gone(void **state)
{
    struct shelf *shelf = *state;

    shelf_add_webhook(shelf, 1, "", NOW);
    tell(shelf, 0, 1, "enrolment.queued");
    struct post post = claim_one(shelf, NOW);
    const struct post_end end = end_one(shelf, &post, 410, NOW);
    assert_string_equal(end.disabled, WEBHOOK_WHY_GONE);
    assert_int_equal(end.state, DELIVERY_DEAD);
    assert_string_equal(state_of(shelf), "2 " WEBHOOK_WHY_GONE);
    check_waiting(shelf);
    /* by hand on again: the dead one can go again, from its first try on */
    struct workset *w = shelf_begin(shelf, NOW);
    const struct job job = {.index = 1};
    struct webhook_ask *ask = webhook_ask(w, &job);
    ask->what = WEBHOOK_ASK_LOCK;
    ask->id = shelf_id(1);
    delivery_want(w, &job, post.id);
    shelf_load(shelf, w);
    size_t count;
    assert_int_equal(delivery_found(w, &job, &count)->state, DELIVERY_DEAD);
    assert_int_equal(count, 1);
    struct webhook *webhook = webhook_found(w, &job);
    assert_non_null(webhook);
    assert_int_equal(webhook->state, WEBHOOK_OFF);
    webhook->state = WEBHOOK_ON;
    webhook->why = span_text("");
    webhook_put(w, webhook);
    delivery_again(w, post.id);
    db_rollback(shelf->db);
    shelf_save(shelf, w);
    check_waiting(shelf);
    post = claim_one(shelf, NOW);
    assert_int_equal(post.tries, 1);
}

static void test_dispatch_recovers(void **state)
{
    struct shelf *shelf = *state;
    struct post *posts;
    int64_t count;

    shelf_add_webhook(shelf, 1, "", NOW);
    tell(shelf, 0, 2, "enrolment.queued");
    assert_int_equal(claim(shelf, NOW, &posts), 2);
    (void)kit_sql(shelf->pg, "update notification.webhook_delivery set claimed_by = 4 where number = %lld", (long long)posts[1].number);
    assert_int_equal(dispatch_recover(dispatch, shelf->arena, NOW + TIME_SECOND, &count), ERR_OK);
    assert_int_equal(count, 1); /* the other one is another replica's */
    const struct uuid id = posts[0].id;
    assert_int_equal(uuid_compare(claim_one(shelf, NOW + TIME_SECOND).id, id), 0);
}

static void test_dispatch_looks_and_forgets(void **state)
{
    struct shelf *shelf = *state;
    struct dispatch_state look;
    struct post post;

    shelf_add_webhook(shelf, 1, "", NOW);
    shelf_add_webhook(shelf, 2, "enrolment.cancelled", NOW);
    shelf_add_webhook(shelf, 3, "enrolment.cancelled", NOW);
    tell(shelf, 0, 2, "enrolment.queued");
    (void)kit_sql(shelf->pg, "update notification.webhook set state = 2, why = case when secret = decode(repeat('03', 32), 'hex') then "
                             "'" WEBHOOK_WHY_HAND "' else '" WEBHOOK_WHY_GONE "' end where types <> '{}'");
    (void)kit_sql(shelf->pg, "update notification.webhook_delivery set next_at = to_timestamp(1800000060) where number = "
                             "(select max(number) from notification.webhook_delivery)");
    post = claim_one(shelf, NOW);
    (void)end_one(shelf, &post, 200, NOW);
    post = claim_one(shelf, NOW + 60 * TIME_SECOND);
    (void)end_one(shelf, &post, 500, NOW + 60 * TIME_SECOND);
    assert_int_equal(dispatch_look(dispatch, shelf->arena, &look), ERR_OK);
    assert_int_equal(look.webhooks, 3);
    assert_int_equal(look.failing, 1);
    assert_int_equal(look.disabled, 1);
    assert_int_equal(look.waiting, 1);
    assert_string_equal(look.why, WEBHOOK_WHY_GONE);
    char id[UUID_TEXT];
    uuid_format(shelf_id(2), id);
    assert_string_equal(look.id, id);
    assert_int_equal(dispatch_prune(dispatch, shelf->arena, NOW + WEBHOOK_KEPT_US), ERR_OK);
    assert_int_equal(deliveries(shelf, "true"), 2);
    assert_int_equal(dispatch_prune(dispatch, shelf->arena, NOW + WEBHOOK_KEPT_US + 1), ERR_OK);
    assert_int_equal(deliveries(shelf, "state = 1"), 1);
    assert_int_equal(deliveries(shelf, "true"), 1);
}

static void test_delivery_forgets(void **state)
{
    struct shelf *shelf = *state;
    struct workset *w = shelf_begin(shelf, NOW);
    char id[UUID_TEXT], other[UUID_TEXT];
    struct post *posts;

    shelf_add_webhook(shelf, 1, "", NOW);
    uuid_format(shelf_id(70), id);
    uuid_format(shelf_id(71), other);
    const char *bodies[] = {
        arena_printf(shelf->arena, "{\"data\":{\"n\":1,\"personId\":\"%s\",\"state\":\"A\"}}", id),
        arena_printf(shelf->arena, "{\"data\":{\"n\":2,\"leaderId\":\"%s\",\"seated\":1}}", id),
        arena_printf(shelf->arena, "{\"data\":{\"n\":3,\"personId\":\"%s\",\"state\":\"A\"}}", other),
        arena_printf(shelf->arena, "{\"data\":{\"personId\":\"%s\"}}", id), /* is to be forgotten: just that */
    };
    for (unsigned i = 0; i < 4; i++)
        delivery_tell(w, shelf_id(2000 + i), span_text("a.b"), span_text(bodies[i]));
    shelf_save(shelf, w);
    w = shelf_begin(shelf, NOW);
    delivery_forget(w, shelf_id(70));
    shelf_save(shelf, w);
    assert_int_equal(claim(shelf, NOW, &posts), 4);
    static const char *const LEFT[] = {"{\"data\":{\"n\":1,\"state\":\"A\"}}", "{\"data\":{\"n\":2,\"seated\":1}}"};
    for (size_t i = 0; i < 4; i++) {
        const size_t n = (size_t)(posts[i].number - posts[0].number);
        assert_true(span_equal(posts[i].body, span_text(n < 2 ? LEFT[n] : bodies[n])));
    }
    (void)end_one(shelf, &posts[0], 200, NOW);
    assert_int_equal(deliveries(shelf, "state = 3 and body = ''"), 1); /* what was delivered is not kept */
}

static void change(struct shelf *shelf, void (*what)(struct workset *w, struct uuid id), struct uuid id, int64_t now_us)
{
    struct workset *w = shelf_begin(shelf, now_us);

    what(w, id);
    assert_true(delivery_changed(w)); /* so the thread is woken */
    shelf_save(shelf, w);
}

static void test_delivery_hurried(void **state)
{
    struct shelf *shelf = *state;
    struct post *posts;

    shelf_add_webhook(shelf, 1, "", NOW);
    tell(shelf, 0, 2, "enrolment.seat_taken");
    assert_int_equal(claim(shelf, NOW, &posts), 2);
    const struct uuid webhook = posts[0].webhook_id;
    const struct uuid waits = posts[0].id;
    (void)end_one(shelf, &posts[0], 500, NOW);
    (void)end_one(shelf, &posts[1], 500, NOW);
    assert_int_equal(deliveries(shelf, "state = 1 and tries = 1"), 2);
    assert_int_equal(claim(shelf, NOW + 1, &posts), 0);
    change(shelf, delivery_hurry, waits, NOW + 1);
    struct post post = claim_one(shelf, NOW + 1); /* not the other one, and the webhook does not rest for it */
    assert_int_equal(post.tries, 2);
    change(shelf, delivery_hurry, waits, NOW + 1); /* it is under way */
    assert_int_equal(deliveries(shelf, "state = 2"), 1);
    (void)end_one(shelf, &post, 500, NOW + 1);
    change(shelf, delivery_hurry_all, webhook, NOW + 2);
    (void)kit_sql(shelf->pg, "update notification.webhook set rest_until = null");
    assert_int_equal(claim(shelf, NOW + 2, &posts), 2);
    check_waiting(shelf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_delivery_fans_out, clear),          /* a row for each webhook that wants it; a replay makes none */
        cmocka_unit_test_setup(test_delivery_audience, clear),          /* what nobody wants is not even written down */
        cmocka_unit_test_setup(test_delivery_full, clear),              /* 100,000 that wait disable their webhook */
        cmocka_unit_test_setup(test_dispatch_claims, clear),            /* some of each webhook, none of one that is busy, off or resting */
        cmocka_unit_test_setup(test_dispatch_claim_lapses, clear),      /* sent again under the same id; the late end says nothing */
        cmocka_unit_test_setup(test_dispatch_rotates, clear),           /* for 24 hours two keys, the new one first */
        cmocka_unit_test_setup(test_dispatch_fails, clear),             /* ten tries, then dead; the webhook rests and is known to fail */
        cmocka_unit_test_setup(test_dispatch_disables, clear),          /* five days of failing; what waits stays */
        cmocka_unit_test_setup(test_dispatch_success_forgives, clear),  /* one success and the five days begin anew */
        cmocka_unit_test_setup(test_dispatch_gone, clear),              /* 410 disables at once; by hand it all goes on */
        cmocka_unit_test_setup(test_dispatch_recovers, clear),          /* after a crash this replica's claims are due */
        cmocka_unit_test_setup(test_dispatch_looks_and_forgets, clear), /* for health; and what ended long ago goes */
        cmocka_unit_test_setup(test_delivery_hurried, clear),           /* by hand what waits is due now: one, or all of a webhook */
        cmocka_unit_test_setup(test_delivery_forgets, clear),           /* a person leaves what waits; what was delivered has no body */
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
