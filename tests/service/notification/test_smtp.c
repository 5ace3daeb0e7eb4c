/* One conversation with a mail relay, command by command: what is made of each answer, of silence in each phase, of a connection that is
 * closed under us and of a relay that takes the encryption out. The relay says what its script says (talker.py). */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/outbound/smtp.h"
#include "tests/support/kit.h"

#define MAIL       "Subject: Hei\r\n\r\nMoi.\r\n..\r\n"
#define TIMEOUT_S  1
#define IN_TIME_US (8 * TIME_SECOND) /* on a busy machine; without a limit it would be half a minute, or never */

struct talk { /* a relay with its script, and our line to it */
    char folder[120], log[140];
    int port;
    pid_t pid;
    struct relay_list list;
    struct smtp *smtp;
    struct smtp_result result;
};

static bool listens(void *arg)
{
    char line[40] = "";
    FILE *file = fopen(arg, "r");
    const bool found = file != NULL && fgets(line, sizeof line, file) != NULL;

    if (file)
        (void)fclose(file);
    return found;
}

static void talk_begin(struct talk *t, const char *query, const char *const *script)
{
    char port[12], address[80], problem[RELAY_PROBLEM];
    const char *argv[16] = {"/usr/bin/python3", TALKER, port, t->folder};

    t->port = kit_port();
    (void)snprintf(t->folder, sizeof t->folder, "/tmp/hv-talk-XXXXXX");
    assert_non_null(mkdtemp(t->folder));
    (void)snprintf(t->log, sizeof t->log, "%s/log", t->folder);
    (void)snprintf(port, sizeof port, "%d", t->port);
    for (int n = 4; *script; script++)
        argv[n++] = *script;
    t->pid = kit_spawn(argv, NULL, t->log);
    assert_true(kit_wait_until(listens, t->log, KIT_PATIENCE_MS));
    (void)snprintf(address, sizeof address, "smtp://127.0.0.1:%d%s", t->port, query);
    assert_int_equal(relay_list_read(&t->list, address, "", problem), ERR_OK);
    assert_int_equal(smtp_open(&t->smtp, &(struct smtp_config){.relay = &t->list.each[0],
                                                               .domain = "mail.example.fi",
                                                               .from = "no-reply@mail.example.fi",
                                                               .timeout_s = TIMEOUT_S}),
                     ERR_OK);
}

#define BEGIN(t, query, ...) talk_begin(t, query, (const char *const[]){__VA_ARGS__, NULL})

static const struct smtp_result *talk_mail(struct talk *t)
{
    smtp_send(t->smtp, "aino@example.fi", span_text(MAIL), &t->result);
    return &t->result;
}

/* How often a piece of text stands in what the relay heard in its n-th connection; n 0: in all of them. */
static int heard(const struct talk *t, int n, const char *piece)
{
    char command[400], count[20] = "";

    if (n > 0)
        (void)snprintf(command, sizeof command, "cat %s/%d.txt | grep -cF '%s'", t->folder, n, piece);
    else
        (void)snprintf(command, sizeof command, "cat %s/[0-9]*.txt | grep -cF '%s'", t->folder, piece);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(count, sizeof count, pipe));
    (void)pclose(pipe);
    return atoi(count);
}

static void talk_end(struct talk *t)
{
    char command[160];

    smtp_close(t->smtp);
    relay_list_fini(&t->list);
    (void)kit_kill(t->pid, SIGKILL);
    (void)snprintf(command, sizeof command, "rm -rf %s", t->folder);
    assert_int_equal(system(command), 0);
}

/* --- what is made of an answer ---------------------------------------------------------------------------------------- */
enum relay_is { RELAY_FINE, RELAY_DOWN };
enum next { HERE, ELSEWHERE };

static const struct {
    const char *entry;
    enum retry_stage stage;
    unsigned code;
    enum message_move move;
    enum relay_is relay;
    enum next next;
} ANSWERS[] = {
    {"DOT=250 2.0.0 Queued", STAGE_BODY, 250, MOVE_TAKEN, RELAY_FINE, HERE},
    {"GREETING=554 5.7.1 Not from you", STAGE_SESSION, 554, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    {"GREETING=421 4.3.2 Closed", STAGE_SESSION, 421, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    {"EHLO=550 5.7.1 Your name is wrong", STAGE_BODY, 250, MOVE_TAKEN, RELAY_FINE, HERE}, /* then HELO, which it takes */
    /* Of the sender and of the relay's own day, before anybody was named: another relay may have a better one. */
    {"MAIL=452 4.3.1 The disk is full", STAGE_SESSION, 452, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    {"MAIL=451 4.7.1 Try again later", STAGE_SESSION, 451, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    {"MAIL=550 5.7.60 You may not send as this sender", STAGE_SESSION, 550, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    {"MAIL=530 5.7.0 Sign in first", STAGE_SESSION, 530, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    {"MAIL=421 4.4.2 Enough mails for one connection", STAGE_SESSION, 421, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    /* But this mail is too large wherever it goes. */
    {"MAIL=552 5.3.4 Larger than the limit", STAGE_ENVELOPE, 552, MOVE_REFUSED, RELAY_FINE, HERE},
    {"MAIL=552 Larger than the limit", STAGE_ENVELOPE, 552, MOVE_REFUSED, RELAY_FINE, HERE},
    {"RCPT=550 5.1.1 No such user", STAGE_ENVELOPE, 550, MOVE_REFUSED, RELAY_FINE, HERE},
    {"RCPT=450 4.2.1 Busy", STAGE_ENVELOPE, 450, MOVE_LATER, RELAY_FINE, HERE},
    {"RCPT=421 4.7.0 Slower", STAGE_ENVELOPE, 421, MOVE_LATER, RELAY_DOWN, ELSEWHERE},
    {"DATA=451 4.3.0 Not now", STAGE_ENVELOPE, 451, MOVE_LATER, RELAY_FINE, ELSEWHERE},
    {"DATA=554 5.5.1 No valid recipients", STAGE_ENVELOPE, 554, MOVE_REFUSED, RELAY_FINE, HERE},
    {"DOT=554 5.7.1 It looks like spam", STAGE_BODY, 554, MOVE_REFUSED, RELAY_FINE, HERE},
    {"DOT=451 4.3.0 Could not write it down", STAGE_BODY, 451, MOVE_LATER, RELAY_FINE, ELSEWHERE},
    {"DOT=cut", STAGE_BODY, 0, MOVE_DOUBT, RELAY_DOWN, HERE},
};

static void expect_answer(size_t n)
{
    struct talk t;

    if (strncmp(ANSWERS[n].entry, "EHLO", 4) == 0)
        BEGIN(&t, "", ANSWERS[n].entry, "HELO=250 hello");
    else
        BEGIN(&t, "", ANSWERS[n].entry);
    const struct smtp_result *r = talk_mail(&t);
    const enum message_move move = retry_judge(r->stage, r->code);
    if (move != ANSWERS[n].move || r->code != ANSWERS[n].code || r->relay_down != (ANSWERS[n].relay == RELAY_DOWN) ||
        r->safe_elsewhere != (ANSWERS[n].next == ELSEWHERE) || (move != MOVE_TAKEN && r->stage != ANSWERS[n].stage))
        fail_msg("%s: stage %d, code %u, down %d, elsewhere %d: %s", ANSWERS[n].entry, (int)r->stage, r->code, r->relay_down,
                 r->safe_elsewhere, r->answer);
    talk_end(&t);
}

static void test_each_answer(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof ANSWERS / sizeof ANSWERS[0]; n++)
        expect_answer(n);
}

/* The reason stands in the first lines, the last one may be no more than an address to read at; the enhanced status may be in any of them.
 */
static void test_answer_of_several_lines(void **state)
{
    struct talk t;

    (void)state;
    BEGIN(&t, "", "RCPT=550-5.1.1 The account you tried to reach does not exist.|550-Please check the spelling.|550 See help.example.org");
    const struct smtp_result *r = talk_mail(&t);
    assert_int_equal(r->code, 550);
    assert_true(status_address_dead(r->status));
    assert_non_null(strstr(r->answer, "does not exist"));
    assert_non_null(strstr(r->answer, "See help.example.org"));
    talk_end(&t);
}

/* --- silence ---------------------------------------------------------------------------------------------------------- */
static void test_silence_in_each_phase(void **state)
{
    static const struct {
        const char *entry;
        enum message_move move;
    } PHASES[] = {{"GREETING=hang", MOVE_LATER},
                  {"GREETING=flood", MOVE_LATER},
                  {"EHLO=hang", MOVE_LATER},
                  {"MAIL=hang", MOVE_LATER},
                  {"RCPT=hang", MOVE_LATER},
                  {"DATA=hang", MOVE_LATER},
                  {"DOT=hang", MOVE_DOUBT},
                  {"RCPT=trickle|250 2.1.5 it takes me half a minute to say so, letter by letter, but at last I do say it", MOVE_LATER}};

    (void)state;
    for (size_t n = 0; n < sizeof PHASES / sizeof PHASES[0]; n++) {
        struct talk t;
        BEGIN(&t, "", PHASES[n].entry);
        const int64_t began = time_steady_us();
        const struct smtp_result *r = talk_mail(&t);
        const int64_t took = time_steady_us() - began;
        if (took > IN_TIME_US || retry_judge(r->stage, r->code) != PHASES[n].move || r->code != 0 || !r->relay_down ||
            r->safe_elsewhere != (PHASES[n].move == MOVE_LATER))
            fail_msg("%s: stage %d, code %u, %lld us, %s", PHASES[n].entry, (int)r->stage, r->code, (long long)took, r->answer);
        talk_end(&t);
    }
}

/* A connection that owes us an answer is of no use to the next mail, which would take a late one for its own; nor is there anything to say
 * good-bye for: libcurl would wait two minutes for the answer to that. */
static void test_silence_after_the_body(void **state)
{
    struct talk t;

    (void)state;
    BEGIN(&t, "", "DOT=hang");
    for (int mail = 0; mail < 2; mail++)
        assert_int_equal(retry_judge(talk_mail(&t)->stage, t.result.code), MOVE_DOUBT);
    assert_int_equal(heard(&t, 1, "RCPT"), 1);
    assert_int_equal(heard(&t, 2, "RCPT"), 1);
    const int64_t began = time_steady_us();
    talk_end(&t);
    assert_true(time_steady_us() - began < IN_TIME_US);
}

/* --- a connection that is kept ---------------------------------------------------------------------------------------- */
/* Relays close what they have heard enough of, with 421 or without a word. That says nothing of them: a new connection is made at once. */
static void test_closed_between_two_mails(void **state)
{
    static const char *const ENTRIES[] = {"MAIL2=421 4.4.2 Too many mails in one connection|cut", "MAIL2=cut",
                                          "MAIL2=421 4.4.2 Idle too long"};

    (void)state;
    for (size_t n = 0; n < sizeof ENTRIES / sizeof ENTRIES[0]; n++) {
        struct talk t;
        BEGIN(&t, "", ENTRIES[n]);
        for (int mail = 0; mail < 3; mail++) {
            const struct smtp_result *r = talk_mail(&t);
            if (retry_judge(r->stage, r->code) != MOVE_TAKEN || r->relay_down)
                fail_msg("%s, mail %d: stage %d, code %u, %s", ENTRIES[n], mail, (int)r->stage, r->code, r->answer);
        }
        assert_int_equal(heard(&t, 0, "Moi."), 3);
        talk_end(&t);
    }
}

/* One that refuses each recipient is not knocked at anew for each of them, as a stranger might. */
static void test_one_connection_for_many(void **state)
{
    struct talk t;

    (void)state;
    BEGIN(&t, "", "QUIT=221 Bye");
    for (int mail = 0; mail < 5; mail++)
        assert_int_equal(talk_mail(&t)->code, 250);
    assert_int_equal(heard(&t, 1, "MAIL FROM:<no-reply@mail.example.fi>"), 5);
    assert_int_equal(heard(&t, 1, "EHLO mail.example.fi"), 1);
    talk_end(&t);
}

/* --- encryption ------------------------------------------------------------------------------------------------------- */
/* Who stands between takes the offer out, refuses the command, or says words of its own behind the answer to it: nothing of the mail goes
 * out in the clear. */
static void test_stripped_encryption(void **state)
{
    static const char *const ENTRIES[] = {"EHLO=250 talker", "STARTTLS=454 4.7.0 Not today", "STARTTLS=220 Go on|250 injected"};

    (void)state;
    for (size_t n = 0; n < sizeof ENTRIES / sizeof ENTRIES[0]; n++) {
        struct talk t;
        BEGIN(&t, "?tls=require", n == 0 ? "HELO=250 talker" : "EHLO=250-talker|250 STARTTLS", ENTRIES[n]);
        const struct smtp_result *r = talk_mail(&t);
        if (retry_judge(r->stage, r->code) != MOVE_LATER || r->stage != STAGE_SESSION || !r->relay_down)
            fail_msg("%s: stage %d, code %u, %s", ENTRIES[n], (int)r->stage, r->code, r->answer);
        assert_int_equal(heard(&t, 0, "MAIL"), 0);
        assert_int_equal(heard(&t, 0, "Moi."), 0);
        talk_end(&t);
    }
}

/* The body as it goes over the wire: a line that begins with a dot gets another one. */
static void test_dots(void **state)
{
    struct talk t;

    (void)state;
    BEGIN(&t, "", "QUIT=221 Bye");
    assert_int_equal(talk_mail(&t)->code, 250);
    assert_int_equal(heard(&t, 1, "..."), 1);
    talk_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_answer),              /* stage, move, whether the relay is to blame, whether another one may get it */
        cmocka_unit_test(test_answer_of_several_lines),  /* all of it is kept, and the status is found in any line */
        cmocka_unit_test(test_silence_in_each_phase),    /* ends in time; with the body out it is a doubt */
        cmocka_unit_test(test_silence_after_the_body),   /* the next mail has a connection of its own, and the end is no waiting */
        cmocka_unit_test(test_closed_between_two_mails), /* 421 or nothing on a kept connection: a new one, at once */
        cmocka_unit_test(test_one_connection_for_many),  /* five mails, one EHLO */
        cmocka_unit_test(test_stripped_encryption),      /* STARTTLS gone, refused, spoken over: nothing leaves */
        cmocka_unit_test(test_dots),                     /* dot-stuffing */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
