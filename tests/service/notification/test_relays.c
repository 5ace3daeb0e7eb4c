/* Mail relays as they are in the world: encrypted and signed in to, down, silent, two of them. What each kept says how it was spoken to. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "tests/service/notification/relays.h"

#define PASSWORD "salainen sana"

/* A certificate for this machine, known by nobody but us. */
static void make_certificate(const struct stage *s)
{
    char key[300], certificate[300];
    const char *argv[] = {
        "openssl", "req",  "-x509",     "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",  "-keyout",
        key,       "-out", certificate, "-days",   "2",  "-subj",    "/CN=mailbox.example.fi",  "-addext", "subjectAltName=IP:127.0.0.1",
        NULL};

    (void)snprintf(key, sizeof key, "%s/tls.key", s->folder);
    (void)snprintf(certificate, sizeof certificate, "%s/tls.crt", s->folder);
    assert_int_equal(kit_join(kit_spawn(argv, NULL, "/dev/null"), 20000), 0);
}

static int open_stage(void **state)
{
    int failed = relays_open(state);

    if (failed == 0)
        make_certificate(*state);
    return failed;
}

static void write_password(struct stage *s, const struct relay *r, const char *password)
{
    const char *path = arena_printf(s->arena, "%s/passwords", s->folder);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fprintf(file, "haku%%40example.fi@127.0.0.1:%d %s\n", r->port, password) > 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
    stage_set(s, "HV_SMTP_PASSWORDS", path);
}

static const char *const *with_tls(struct stage *s, const char *implicit)
{
    const char **more = arena_array(s->arena, 9, sizeof *more);

    more[0] = "--tls";
    more[1] = arena_printf(s->arena, "%s/tls.crt", s->folder);
    more[2] = arena_printf(s->arena, "%s/tls.key", s->folder);
    more[3] = "--user=haku@example.fi";
    more[4] = "--password=" PASSWORD;
    more[5] = implicit;
    return more;
}

static void test_starttls_and_auth(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "tls", "plain", with_tls(s, NULL));
    write_password(s, &r, PASSWORD);
    stage_set(s, "HV_SMTP_CA", arena_printf(s->arena, "%s/tls.crt", s->folder));
    relays_serve(s, relay_address(s, &r, "smtp://haku%40example.fi@", "?tls=require"));
    relays_seat(s, 1);
    relays_seat(s, 2);
    assert_true(stage_wait_tally(s, "sent", 2, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&r), 2);
    relay_expect_session(&r, "tls=TLSv1.3 user=haku@example.fi");
    assert_int_equal(
        kit_sql_int(s->pg, "select count(*) from notification.attempt where smtp_code = 250 and relay = '127.0.0.1:%d'", r.port), 2);
    relay_stop(&r);
}

static void test_encrypted_at_once(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "smtps", "plain", with_tls(s, "--implicit"));
    write_password(s, &r, PASSWORD);
    relays_serve(s, relay_address(s, &r, "smtps://haku%40example.fi@", ""));
    relays_seat(s, 3);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    relay_expect_session(&r, "tls=TLSv1.3 user=haku@example.fi");
    relay_stop(&r);
}

/* A certificate of nobody's: no mail and no password goes there, and nothing is lost. */
static void test_unknown_certificate(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "unknown", "plain", with_tls(s, NULL));
    write_password(s, &r, PASSWORD);
    stage_set(s, "HV_SMTP_CA", "");
    relays_serve(s, relay_address(s, &r, "smtp://haku%40example.fi@", "?tls=require"));
    relays_seat(s, 4);
    const char *refused = "select count(*) from notification.attempt where smtp_code = 0 and answer ilike '%%certificate%%'";
    for (int i = 0; i < KIT_PATIENCE_MS / 50 && kit_sql_int(s->pg, "%s", refused) == 0; i++)
        kit_sleep_ms(50);
    assert_true(kit_sql_int(s->pg, "%s", refused) >= 1);
    assert_int_equal(relay_kept(&r), 0);
    assert_int_equal(stage_waiting(s), 1);
    stage_set(s, "HV_SMTP_CA", arena_printf(s->arena, "%s/tls.crt", s->folder));
    assert_int_equal(stage_notification_stop(s, SIGTERM), 0);
    stage_notification_start(s);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    relay_stop(&r);
}

/* A password the relay does not take is our fault, not the recipient's: the mail waits until it is mended. */
static void test_wrong_password(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "password", "plain", with_tls(s, NULL));
    write_password(s, &r, "wrong");
    stage_set(s, "HV_SMTP_CA", arena_printf(s->arena, "%s/tls.crt", s->folder));
    relays_serve(s, relay_address(s, &r, "smtp://haku%40example.fi@", "?tls=require"));
    relays_seat(s, 5);
    const char *refused = "select count(*) from notification.attempt where smtp_code = 535";
    for (int i = 0; i < KIT_PATIENCE_MS / 50 && kit_sql_int(s->pg, "%s", refused) == 0; i++)
        kit_sleep_ms(50);
    assert_true(kit_sql_int(s->pg, "%s", refused) >= 1);
    assert_int_equal(stage_tally(s, "failed"), 0);
    write_password(s, &r, PASSWORD);
    assert_int_equal(stage_notification_stop(s, SIGTERM), 0);
    stage_notification_start(s);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&r), 1);
    relay_stop(&r);
}

/* A relay that cannot encrypt gets nothing where encryption is required. */
static void test_no_encryption(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "clear", "plain", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", "?tls=require"));
    relays_seat(s, 6);
    for (int i = 0; i < KIT_PATIENCE_MS / 50 && kit_sql_int(s->pg, "select count(*) from notification.attempt where answer <> ''") == 0;
         i++)
        kit_sleep_ms(50);
    assert_int_equal(relay_kept(&r), 0);
    relays_serve(s, relay_address(s, &r, "smtp://", "?tls=try"));
    relays_seat(s, 7);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    relay_expect_session(&r, "tls=- user=-");
    relay_stop(&r);
}

/* The first of two relays dies: its mails go by the second one at once, within the same attempt; and the other way round. */
static void test_two_relays(void **state)
{
    struct stage *s = *state;
    struct relay a = {0}, b = {0};

    relay_start(s, &a, "first", "plain", NULL);
    relay_start(s, &b, "second", "plain", NULL);
    relays_serve(s, arena_printf(s->arena, "smtp://127.0.0.1:%d smtp://127.0.0.1:%d", a.port, b.port));
    for (unsigned i = 10; i < 20; i++)
        relays_seat(s, i);
    assert_true(stage_wait_tally(s, "sent", 10, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&a), 10);
    relay_stop(&a);
    for (unsigned i = 20; i < 40; i++)
        relays_seat(s, i);
    assert_true(stage_wait_tally(s, "sent", 30, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&b), 20);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where tries <> 1"), 0);
    assert_int_equal(
        kit_sql_int(s->pg, "select count(*) from notification.attempt where smtp_code = 250 and relay = '127.0.0.1:%d'", b.port), 20);
    relay_start(s, &a, "first", "plain", NULL);
    relay_stop(&b);
    for (unsigned i = 40; i < 60; i++)
        relays_seat(s, i);
    assert_true(stage_wait_tally(s, "sent", 50, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&a), 30);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where tries <> 1"), 0);
    relay_stop(&a);
}

/* 421 in the place of a greeting: the same as no relay. */
static void test_refuses_us(void **state)
{
    struct stage *s = *state;
    struct relay a = {0}, b = {0};

    relay_start(s, &a, "shut", "refuse", NULL);
    relay_start(s, &b, "door", "plain", NULL);
    relays_serve(s, arena_printf(s->arena, "smtp://127.0.0.1:%d smtp://127.0.0.1:%d", a.port, b.port));
    relays_seat(s, 60);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&b), 1);
    relay_stop(&a);
    relay_stop(&b);
}

/* It took the mail and never said so: unsure and listed, sent again under the same id; and not by the other relay at once. */
static void test_hang_after_data(void **state)
{
    struct stage *s = *state;
    struct relay a = {0}, b = {0};

    relay_start(s, &a, "silent", "hang", NULL);
    relay_start(s, &b, "spare", "plain", NULL);
    relays_serve(s, arena_printf(s->arena, "smtp://127.0.0.1:%d smtp://127.0.0.1:%d", a.port, b.port));
    relays_seat(s, 61);
    assert_true(stage_wait_tally(s, "unsure", 1, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&b), 0);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&a) + relay_kept(&b), 2);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where smtp_code = 0 and relay = '127.0.0.1:%d'", a.port),
                     1);
    relay_stop(&a);
    relay_stop(&b);
}

/* A setting that cannot be ends the start with a sentence, and never says a password. */
static void test_bad_settings(void **state)
{
    struct stage *s = *state;
    char log[300], line[2000] = "";
    const char *argv[] = {kit_program("hv-notification"), NULL};

    assert_int_equal(stage_notification_stop(s, SIGTERM), 0);
    stage_set(s, "HV_SMTP", "smtp://haku:geheim@relay.example.fi");
    (void)snprintf(log, sizeof log, "%s/bad.log", s->folder);
    assert_true(kit_join(kit_spawn(argv, s->changes, log), 10000) > 0);
    FILE *file = fopen(log, "r");
    assert_non_null(file);
    line[fread(line, 1, sizeof line - 1, file)] = '\0';
    (void)fclose(file);
    assert_non_null(
        strstr(line, "HV_SMTP: the relay \"relay.example.fi\" holds a password: it belongs into the file of HV_SMTP_PASSWORDS"));
    assert_null(strstr(line, "geheim"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_starttls_and_auth),   /* encrypted, known by its certificate, signed in */
        cmocka_unit_test(test_encrypted_at_once),   /* smtps:// */
        cmocka_unit_test(test_unknown_certificate), /* nothing goes to who it is not */
        cmocka_unit_test(test_wrong_password),      /* waits until it is mended */
        cmocka_unit_test(test_no_encryption),       /* required: nothing; tried: in the clear */
        cmocka_unit_test(test_two_relays),          /* one dies: the other carries, no try is lost; and the other way round */
        cmocka_unit_test(test_refuses_us),          /* 421 at the door */
        cmocka_unit_test(test_hang_after_data),     /* unsure, listed, sent again under the same id */
        cmocka_unit_test(test_bad_settings),        /* a sentence, without the password */
    };

    return cmocka_run_group_tests(tests, open_stage, relays_close);
}
