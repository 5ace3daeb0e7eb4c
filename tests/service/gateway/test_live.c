/* The live view of seats: a picture first, then changes; a broken connection goes on where it was; a loss shows as a new picture. */
#include "house.h"

#include <nng/nng.h>
#include <nng/protocol/pubsub0/pub.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/time.h"
#include "enrolment.pb-c.h"

enum { AFTER_RUSH = 510 }; /* the next number after test_rush_is_gathered */

static struct reply reply;
static nng_socket pub; /* the publisher of this program */

static atomic_int heard; /* connections to the publisher */

static void on_pipe(nng_pipe pipe, nng_pipe_ev event, void *arg)
{
    (void)pipe;
    (void)event;
    (void)arg;
    atomic_fetch_add(&heard, 1);
}

static bool is_heard(void *arg)
{
    (void)arg;
    return atomic_load(&heard) > 0;
}

/* The publisher comes after the gateway, which dials again until it is there. */
static int up(void **state)
{
    if (house_up_strict(state) != 0)
        return -1;
    const struct house *house = *state;
    assert_int_equal(nng_pub0_open(&pub), 0);
    assert_int_equal(nng_socket_set_int(pub, NNG_OPT_SENDBUF, 8192), 0);
    assert_int_equal(nng_pipe_notify(pub, NNG_PIPE_EV_ADD_POST, on_pipe, NULL), 0);
    assert_int_equal(nng_listen(pub, house->pub_url, NULL, 0), 0);
    assert_true(kit_wait_until(is_heard, NULL, KIT_PATIENCE_MS));
    kit_sleep_ms(50);
    return 0;
}

static void publish_as(const struct house *house, uint64_t seq, const char *type, const ProtobufCMessage *change)
{
    struct uuid epoch = answerer_programme(9);
    uint8_t payload[512];
    struct buf sealed = {0};
    Bus__Event event = BUS__EVENT__INIT, *events[1] = {&event};
    Bus__EventBatch batch = BUS__EVENT_BATCH__INIT;
    assert_true(protobuf_c_message_get_packed_size(change) <= sizeof payload);
    event.seq = seq;
    event.id = (ProtobufCBinaryData){16, epoch.b};
    event.type = (char *)(uintptr_t)type;
    event.payload = (ProtobufCBinaryData){protobuf_c_message_pack(change, payload), payload};
    batch.stream = (char *)(uintptr_t) "enrolment.0";
    batch.epoch = (ProtobufCBinaryData){16, epoch.b};
    batch.n_events = 1;
    batch.events = events;
    wire_seal(house->seal, "ev.enrolment.0.", &batch.base, &sealed);
    assert_int_equal(nng_send(pub, sealed.data, sealed.len, 0), 0);
    buf_fini(&sealed);
}

/* The counters of an implementation; the ids live as long as the program. */
static Enrolment__Seats seats_of(int implementation, uint32_t taken)
{
    static struct uuid programme, implementations[256];
    Enrolment__Seats seats = ENROLMENT__SEATS__INIT;
    programme = answerer_programme(PROGRAMME_PLAIN);
    implementations[implementation] = answerer_programme(implementation);
    seats.programme_id = (ProtobufCBinaryData){16, programme.b};
    seats.implementation_id = (ProtobufCBinaryData){16, implementations[implementation].b};
    seats.capacity = 20;
    seats.taken = taken;
    seats.programme_taken = taken;
    seats.programme_cap = 280;
    return seats;
}

/* One event of one programme: implementation 101 has this many seats taken. */
static void publish(const struct house *house, uint64_t seq, uint32_t taken)
{
    Enrolment__Seats seats = seats_of(101, taken);
    Enrolment__SeatTaken change = ENROLMENT__SEAT_TAKEN__INIT;
    change.seats = &seats;
    publish_as(house, seq, "enrolment.SeatTaken.v1", &change.base);
}

static int watch(const struct house *house, const char *headers)
{
    char path[128], request[512];
    int fd = client_connect(house->http);
    house_path(path, sizeof path, "/api/live/seats?programmeId=%s", PROGRAMME_PLAIN);
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", path, headers);
    client_send(fd, request);
    return fd;
}

/* Reads the stream until the text has come; fails the test when it does not. What came stays in reply.body. */
static void assert_comes(int fd, const char *text)
{
    int64_t until = time_steady_us() + 4 * TIME_SECOND;
    size_t have = 0;
    reply.body[0] = 0;
    while (!strstr(reply.body, text) && time_steady_us() < until) {
        struct pollfd poller = {.fd = fd, .events = POLLIN};
        ssize_t n = poll(&poller, 1, 100) > 0 ? recv(fd, reply.body + have, sizeof reply.body - 1 - have, 0) : 0;
        if (n > 0)
            have += (size_t)n;
        reply.body[have] = 0;
    }
    if (!strstr(reply.body, text))
        print_message("wanted %s, came: %s\n", text, reply.body);
    assert_non_null(strstr(reply.body, text));
}

static void test_picture_then_changes(void **state)
{
    struct house *house = *state;
    int fd = watch(house, "");
    assert_comes(fd, "event: snapshot\ndata: {\"programmeId\":\"0197f4d2-6c3b-7a10-8f00-3b1e5a2c9d41\",\"taken\":78,\"cap\":280");
    assert_non_null(strstr(reply.body, "text/event-stream"));
    assert_non_null(strstr(reply.body, "X-Accel-Buffering: no"));
    publish(house, 5, 11);
    assert_comes(fd, "id: enrolment.0:5\nevent: seats\n");
    assert_non_null(strstr(reply.body, "\"capacity\":20,\"taken\":11,\"waiting\":0"));
    close(fd);
}

/* A held seat, seats kept for invitations, and a transfer, which changes two implementations at once. */
static void test_every_kind_of_change(void **state)
{
    struct house *house = *state;
    Enrolment__Seats here = seats_of(101, 12), there = seats_of(102, 3);
    Enrolment__Held held = ENROLMENT__HELD__INIT;
    Enrolment__Transferred transferred = ENROLMENT__TRANSFERRED__INIT;
    int fd = watch(house, "");
    assert_comes(fd, "event: snapshot");
    here.held = here.programme_held = 1;
    here.reserved = here.programme_reserved = 4;
    held.seats = &here;
    publish_as(house, AFTER_RUSH, "enrolment.Held.v1", &held.base);
    assert_comes(fd, "\"taken\":12,\"cap\":280,\"held\":1,\"reserved\":4,\"implementations\":[");
    assert_non_null(strstr(reply.body, "\"taken\":12,\"waiting\":0,\"held\":1,\"reserved\":4}"));
    here.taken = 11;
    transferred.origin_seats = &here;
    transferred.seats = &there;
    publish_as(house, AFTER_RUSH + 1, "enrolment.Transferred.v1", &transferred.base);
    assert_comes(fd, "\"taken\":3,\"waiting\":0,\"held\":0,\"reserved\":0}");
    assert_non_null(strstr(reply.body, "\"taken\":11,\"waiting\":0,\"held\":1,\"reserved\":4}"));
    close(fd);
}

static void test_resume(void **state)
{
    struct house *house = *state;
    int fd = watch(house, "");
    assert_comes(fd, "event: snapshot");
    publish(house, 6, 12);
    assert_comes(fd, "\"taken\":12,");
    close(fd);
    fd = watch(house, "Last-Event-ID: enrolment.0:5\r\n");
    assert_comes(fd, "id: enrolment.0:6\n");
    assert_null(strstr(reply.body, "snapshot"));
    close(fd);
    fd = watch(house, "Last-Event-ID: enrolment.0:900\r\n"); /* from another life: a picture */
    assert_comes(fd, "event: snapshot");
    close(fd);
}

static void test_loss_is_a_picture(void **state)
{
    struct house *house = *state;
    int fd = watch(house, "");
    assert_comes(fd, "event: snapshot");
    publish(house, 7, 13);
    assert_comes(fd, "\"taken\":13,");
    publish(house, 9, 15); /* 8 was lost on the way */
    assert_comes(fd, "event: snapshot");
    close(fd);
}

/* Many changes at once are one message: the viewer wants the number. */
static void test_rush_is_gathered(void **state)
{
    struct house *house = *state;
    int fd = watch(house, ""), messages = 0;
    assert_comes(fd, "event: snapshot");
    for (uint32_t i = 0; i < 500; i++)
        publish(house, 10 + i, 100 + i);
    assert_comes(fd, "\"taken\":599,");
    for (const char *at = reply.body; (at = strstr(at, "event: seats")); at++)
        messages++;
    assert_in_range(messages, 1, 10);
    close(fd);
}

static void test_refused(void **state)
{
    struct house *house = *state;
    char path[128];
    client_call(house->http, "GET", "/api/live/seats", "", NULL, &reply);
    assert_int_equal(reply.status, 400);
    house_path(path, sizeof path, "/api/live/seats?programmeId=%s", PROGRAMME_ABSENT);
    client_call(house->http, "GET", path, "", NULL, &reply);
    assert_int_equal(reply.status, 404);
    int fds[HOUSE_LIVE_STREAMS];
    for (int i = 0; i < HOUSE_LIVE_STREAMS; i++)
        fds[i] = watch(house, ""); /* some of them in vain: earlier tests' viewers count until they are noticed gone */
    kit_sleep_ms(300);
    house_path(path, sizeof path, "/api/live/seats?programmeId=%s", PROGRAMME_PLAIN);
    client_call(house->http, "GET", path, "", NULL, &reply);
    assert_int_equal(reply.status, 429);
    for (int i = 0; i < HOUSE_LIVE_STREAMS; i++)
        close(fds[i]);
}

/* Streams end when the gateway is asked to stop; it does not wait for them for ever. */
static void test_stop_ends_streams(void **state)
{
    struct house *house = *state;
    int fd = watch(house, "");
    kit_sleep_ms(200);
    assert_int_equal(kit_kill(house->gateway, SIGTERM), 0);
    house->gateway = 0;
    assert_true(client_ended(fd, KIT_PATIENCE_MS));
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_picture_then_changes), /* a full picture, then what changes, with ids */
        cmocka_unit_test(test_resume),               /* Last-Event-ID goes on; an unknown one gets a picture */
        cmocka_unit_test(test_loss_is_a_picture),    /* a gap in the numbers: a new picture */
        cmocka_unit_test(test_rush_is_gathered),     /* 500 changes are a few messages */
        cmocka_unit_test(test_every_kind_of_change), /* held, reserved, and a transfer in two places */
        cmocka_unit_test(test_refused),              /* no id, no programme, too many streams of one address */
        cmocka_unit_test(test_stop_ends_streams),    /* SIGTERM ends the streams, then the gateway */
    };
    return cmocka_run_group_tests(tests, up, house_down);
}
