/* HV_SMTP and HV_SMTP_PASSWORDS: what is read, and the sentence for each mistake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "services/notification/outbound/relay_list.h"

static char secrets[64];

static void write_secrets(const char *text, mode_t mode)
{
    FILE *file = fopen(secrets, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(secrets, mode), 0);
}

static int make_file(void **state)
{
    (void)state;
    (void)snprintf(secrets, sizeof secrets, "/tmp/hv-relays-XXXXXX");
    int fd = mkstemp(secrets);
    return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(secrets);
}

static void refuse(const char *relays, const char *passwords, const char *piece)
{
    struct relay_list list;
    char problem[RELAY_PROBLEM] = "";

    assert_int_equal(relay_list_read(&list, relays, passwords, problem), ERR_INVALID);
    relay_list_fini(&list);
    if (strstr(problem, piece) == NULL)
        fail_msg("\"%s\" is refused with: %s", relays, problem);
    if (strstr(problem, "geheim") != NULL)
        fail_msg("a password is in: %s", problem);
}

static void test_list_defaults(void **state)
{
    struct relay_list list;
    char problem[RELAY_PROBLEM];

    (void)state;
    assert_int_equal(relay_list_read(&list, "smtp://127.0.0.1:7025 smtp://relay.example.fi,smtps://relay.example.org\n", "", problem),
                     ERR_OK);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.each[0].name, "127.0.0.1:7025");
    assert_string_equal(list.each[0].url, "smtp://127.0.0.1:7025");
    assert_int_equal(list.each[0].tls, RELAY_TLS_OFF);
    assert_null(list.each[0].user);
    assert_string_equal(list.each[1].name, "relay.example.fi:25");
    assert_int_equal(list.each[1].tls, RELAY_TLS_REQUIRE);
    assert_string_equal(list.each[2].name, "relay.example.org:465");
    assert_int_equal(list.each[2].tls, RELAY_TLS_AT_ONCE);
    relay_list_fini(&list);
}

static void test_list_ways(void **state)
{
    struct relay_list list;
    char problem[RELAY_PROBLEM];

    (void)state;
    assert_int_equal(
        relay_list_read(&list, "smtp://a.example.fi?tls=off smtp://b.example.fi?tls=try smtp://127.0.0.1?tls=require", "", problem),
        ERR_OK);
    assert_int_equal(list.each[0].tls, RELAY_TLS_OFF);
    assert_int_equal(list.each[1].tls, RELAY_TLS_TRY);
    assert_int_equal(list.each[2].tls, RELAY_TLS_REQUIRE);
    relay_list_fini(&list);
}

static void test_list_users(void **state)
{
    struct relay_list list;
    char problem[RELAY_PROBLEM];

    (void)state;
    write_secrets("# relays\n\nhaku%40example.fi@a.example.fi:587 geheim with spaces\nhaku@b.example.fi\tgeheim2\r\n", 0600);
    assert_int_equal(
        relay_list_read(&list, "smtp://haku%40example.fi@a.example.fi:587 smtps://haku@b.example.fi smtp://127.0.0.1", secrets, problem),
        ERR_OK);
    assert_string_equal(list.each[0].user, "haku@example.fi");
    assert_string_equal(list.each[0].password, "geheim with spaces");
    assert_string_equal(list.each[0].name, "a.example.fi:587");
    assert_string_equal(list.each[0].url, "smtp://a.example.fi:587");
    assert_string_equal(list.each[1].user, "haku");
    assert_string_equal(list.each[1].password, "geheim2");
    assert_null(list.each[2].password);
    relay_list_fini(&list);
}

static void test_list_refuses_relays(void **state)
{
    static const char *const NINE = "smtp://a.example.fi smtp://a.example.fi smtp://a.example.fi smtp://a.example.fi smtp://a.example.fi "
                                    "smtp://a.example.fi smtp://a.example.fi smtp://a.example.fi smtp://a.example.fi";

    (void)state;
    refuse("", "", "names no relay");
    refuse("http://relay.example.fi", "", "must begin with smtp:// or smtps://");
    refuse("relay.example.fi:25", "", "not an address like smtp://host:port");
    refuse("smtp://relay.example.fi:99999", "", "not an address");
    refuse("smtp://haku:geheim@relay.example.fi", "", "HV_SMTP_PASSWORDS");
    refuse("smtp://relay.example.fi/path", "", "has a path");
    refuse("smtp://relay.example.fi?tls=maybe", "", "?tls=require, ?tls=try or ?tls=off");
    refuse("smtp://relay.example.fi?colour=red", "", "nothing else");
    refuse("smtps://relay.example.fi?tls=off", "", "always encrypted");
    refuse("smtp://haku@relay.example.fi?tls=try", "", "must not travel in the clear");
    refuse(NINE, "", "may name 8 relays");
}

static void test_list_refuses_passwords(void **state)
{
    const char *relay = "smtp://haku@a.example.fi:587";

    (void)state;
    refuse(relay, "", "no line of HV_SMTP_PASSWORDS begins with \"haku@a.example.fi:587 \"");
    refuse(relay, "/nowhere/at/all", "cannot be read");
    write_secrets("haku@a.example.fi:587 geheim\n", 0644);
    refuse(relay, secrets, "mode 644");
    write_secrets("haku@a.example.fi:587\n", 0600);
    refuse(relay, secrets, "line 1 has no password");
    write_secrets("\nhaku@b.example.fi:587 geheim\n", 0600);
    refuse(relay, secrets, "no line of HV_SMTP_PASSWORDS begins with");
    write_secrets("haku@a.example.fi:587 geheim\nhaku@a.example.fi:587 geheim2\n", 0600);
    refuse(relay, secrets, "line 2 has a second password");
    write_secrets("127.0.0.1:25 geheim\n", 0600);
    refuse("smtp://127.0.0.1:25", secrets, "without a user");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list_defaults),          /* ports and encryption where nothing is said */
        cmocka_unit_test(test_list_ways),              /* ?tls= */
        cmocka_unit_test(test_list_users),             /* users, percent signs, the lines of the file */
        cmocka_unit_test(test_list_refuses_relays),    /* a sentence for each mistake */
        cmocka_unit_test(test_list_refuses_passwords), /* for each in the file; no password is ever said */
    };

    return cmocka_run_group_tests(tests, make_file, remove_file);
}
