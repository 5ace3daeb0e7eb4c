/* What others hear: the events of each change on PUB, in order, with the counters right after it; windows announced once although
 * two processes watch the clock; a stored person in the person's stream. */
#include "tests/service/enrolment/rig.h"

#include "common/event/listener.h"

#define HEARD_MAX 64

static struct rig *rig;

struct heard {
    char type[64];
    uint32_t taken, waiting, programme_taken, capacity;
    uint64_t seq;
    uint32_t stream;
};
struct ears {
    uv_loop_t loop;
    struct listener *listener;
    struct metrics *metrics;
    struct heard heard[HEARD_MAX];
    size_t count;
    bool beating;
};

static const Enrolment__Seats *seats_of(const char *type, ProtobufCMessage *m)
{
    if (strcmp(type, "enrolment.SeatTaken.v1") == 0)
        return ((const Enrolment__SeatTaken *)m)->seats;
    if (strcmp(type, "enrolment.Queued.v1") == 0)
        return ((const Enrolment__Queued *)m)->seats;
    if (strcmp(type, "enrolment.Promoted.v1") == 0)
        return ((const Enrolment__Promoted *)m)->seats;
    if (strcmp(type, "enrolment.Cancelled.v1") == 0)
        return ((const Enrolment__Cancelled *)m)->seats;
    if (strcmp(type, "enrolment.CapacityChanged.v1") == 0)
        return ((const Enrolment__CapacityChanged *)m)->seats;
    return NULL;
}

static const ProtobufCMessageDescriptor *descriptor_of(const char *type)
{
    static const ProtobufCMessageDescriptor *const all[] = {
        &enrolment__seat_taken__descriptor,    &enrolment__queued__descriptor,           &enrolment__promoted__descriptor,
        &enrolment__cancelled__descriptor,     &enrolment__capacity_changed__descriptor, &enrolment__programme_stored__descriptor,
        &enrolment__person_stored__descriptor, &enrolment__window_opened__descriptor,    &enrolment__window_closed__descriptor,
        &enrolment__followed__descriptor};
    char name[64];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        (void)snprintf(name, sizeof name, "%s.v1", all[i]->name);
        if (strcmp(name, type) == 0)
            return all[i];
    }
    fail_msg("an event of unknown type %s", type);
    return NULL;
}

static void on_batch(void *owner, const Bus__EventBatch *batch, struct arena *arena)
{
    struct ears *ears = owner;
    for (size_t i = 0; i < batch->n_events && ears->count < HEARD_MAX; i++) {
        const Bus__Event *event = batch->events[i];
        struct heard *h = &ears->heard[ears->count++];
        ProtobufCMessage *m = NULL;
        (void)snprintf(h->type, sizeof h->type, "%s", event->type);
        h->seq = event->seq;
        h->stream = (uint32_t)(batch->stream[strlen(batch->stream) - 1] - '0');
        assert_int_equal(wire_unpack(arena, span_of(event->payload.data, event->payload.len), descriptor_of(event->type), &m), ERR_OK);
        const Enrolment__Seats *seats = seats_of(event->type, m);
        if (seats != NULL) {
            h->taken = seats->taken;
            h->waiting = seats->waiting;
            h->programme_taken = seats->programme_taken;
            h->capacity = seats->capacity;
        }
    }
}

static void on_heartbeat(void *owner, const Bus__Heartbeat *heartbeat)
{
    struct ears *ears = owner;
    (void)heartbeat;
    ears->beating = true;
}

static void hear(struct ears *ears, size_t count, int wait_ms)
{
    const int64_t until = time_steady_us() + (int64_t)wait_ms * 1000;
    while (ears->count < count && time_steady_us() < until) {
        (void)uv_run(&ears->loop, UV_RUN_NOWAIT);
        kit_sleep_ms(2);
    }
}

static struct ears *ears_open(void)
{
    static struct ears ears;
    const char *url = rig_pub_url(rig);
    memset(&ears, 0, sizeof ears);
    ears.metrics = metrics_new();
    assert_int_equal(uv_loop_init(&ears.loop), 0);
    const struct listener_config config = {.service = "enrolment",
                                           .urls = &url,
                                           .url_count = 1,
                                           .seal = rig_seal(rig),
                                           .log = kit_log(),
                                           .metrics = ears.metrics,
                                           .on_batch = on_batch,
                                           .on_heartbeat = on_heartbeat,
                                           .owner = &ears};
    assert_int_equal(listener_open(&ears.listener, &ears.loop, &config), ERR_OK);
    for (int i = 0; i < KIT_PATIENCE_MS / 5 && !ears.beating; i++) { /* whoever hears a heartbeat is connected */
        (void)uv_run(&ears.loop, UV_RUN_NOWAIT);
        kit_sleep_ms(5);
    }
    assert_true(ears.beating);
    ears.count = 0;
    return &ears;
}

static void ears_close(struct ears *ears)
{
    listener_close(ears->listener);
    (void)uv_run(&ears->loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&ears->loop);
    metrics_free(ears->metrics);
}

static void test_events(void **state)
{
    static const struct heard expected[] = {{.type = "enrolment.SeatTaken.v1", .taken = 1, .programme_taken = 1},
                                            {.type = "enrolment.Queued.v1", .taken = 1, .waiting = 1, .programme_taken = 1},
                                            {.type = "enrolment.Queued.v1", .taken = 1, .waiting = 2, .programme_taken = 1},
                                            {.type = "enrolment.Cancelled.v1", .waiting = 2},
                                            {.type = "enrolment.Promoted.v1", .taken = 1, .waiting = 1, .programme_taken = 1},
                                            {.type = "enrolment.Cancelled.v1", .taken = 1, .programme_taken = 1}};
    const struct uuid people[3] = {rig_person(rig, "teacher", "basic"), rig_person(rig, "teacher", "basic"),
                                   rig_person(rig, "principal", "basic")};
    const Enrolment__Registration *r[3];
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "events", .cap = 1, .capacity = 1, .waiting_cap = 5, .count = 1});
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED "update enrolment.application_window set opened_told = true"); /* the clock's event would come between */
    struct ears *ears = ears_open();
    for (size_t i = 0; i < 3; i++) {
        const struct answer a = rig_enrol(rig, &world, 0, people[i]);
        r[i] = rig_registration(&a);
    }
    Enrolment__CancelRequest cancel = ENROLMENT__CANCEL_REQUEST__INIT;
    for (size_t i = 0; i < 3; i += 2) { /* the first gives the seat to the second; the third only leaves the list */
        cancel.registration_id = r[i]->id;
        (void)rig_ask(rig, &(struct ask){.method = "Cancel", .message = &cancel.base, .actor = people[i], .roles = RIG_PARTICIPANT});
    }
    hear(ears, 6, KIT_PATIENCE_MS);
    assert_int_equal(ears->count, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct heard *h = &ears->heard[i];
        assert_string_equal(h->type, expected[i].type);
        assert_int_equal(h->taken, expected[i].taken);
        assert_int_equal(h->waiting, expected[i].waiting);
        assert_int_equal(h->programme_taken, expected[i].programme_taken);
        assert_int_equal(h->capacity, 1);
        assert_int_equal(h->stream, uuid_hash(world.programme) % 4);
        assert_int_equal(h->seq, ears->heard[0].seq + i);
    }
    ears_close(ears);
}

static bool told(void *arg)
{
    (void)arg;
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type like 'enrolment.Window%%'") >= 2;
}

static void test_windows_told_once(void **state)
{
    (void)state;
    const int64_t soon = time_now_us() + TIME_SECOND;
    const struct world world = rig_programme(
        rig,
        &(struct programme_plan){.code = "tick", .cap = 1, .capacity = 1, .count = 1, .opens_us = soon, .closes_us = soon + TIME_SECOND});
    char programme[UUID_TEXT];
    uuid_format(world.programme, programme);
    assert_true(kit_wait_until(told, NULL, KIT_PATIENCE_MS));
    kit_sleep_ms(1500); /* both processes have looked at least once more */
    assert_string_equal(kit_sql(rig_pg(rig),
                                "select string_agg(type, ' ' order by seq) from enrolment.event_log where subject = '%s'"
                                " and type like 'enrolment.Window%%'",
                                programme),
                        "enrolment.WindowOpened.v1 enrolment.WindowClosed.v1");
    const int64_t late_ms = kit_sql_int(rig_pg(rig),
                                        "select (extract(epoch from e.occurred_at - w.opens_at) * 1000)::bigint"
                                        " from enrolment.event_log e, enrolment.application_window w where w.programme_id = '%s'"
                                        " and e.type = 'enrolment.WindowOpened.v1' and e.subject = '%s'",
                                        programme, programme);
    assert_in_range(late_ms, 0, KIT_PATIENCE_MS); /* never early */
}

static void test_person_stored(void **state)
{
    char id[UUID_TEXT], stream[32];
    (void)state;
    const struct uuid who = rig_person(rig, "teacher", "basic");
    uuid_format(who, id);
    (void)snprintf(stream, sizeof stream, "enrolment.%u", uuid_hash(who) % 4);
    assert_string_equal(
        kit_sql(rig_pg(rig), "select stream from enrolment.event_log where subject = '%s' and type = 'enrolment.PersonStored.v1'", id),
        stream);
}

static void test_refusal_is_no_event(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "silent", .cap = 1, .capacity = 1, .count = 1});
    const int64_t before = kit_sql_int(rig_pg(rig), "select sum(head_seq) from enrolment.event_stream");
    assert_int_equal(rig_enrol(rig, &world, 0, rig_new_id()).err, ERR_REFUSED);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select sum(head_seq) from enrolment.event_stream"), before);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select sum(times) from enrolment.refusal"), 1);
}

static int start(void **state)
{
    *state = rig = rig_new(2, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_events, rig_group_rest), /* each change heard once, in order, with the counters after it */
        cmocka_unit_test_setup(test_windows_told_once,
                               rig_group_rest),                     /* opening and closing announced by the clock, once, by one of two */
        cmocka_unit_test_setup(test_person_stored, rig_group_rest), /* a person's event travels in the person's stream */
        cmocka_unit_test_setup(test_refusal_is_no_event, rig_group_rest) /* a refusal is counted, not announced */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment events", tests, start, rig_group_stop));
}
