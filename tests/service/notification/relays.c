/* See relays.h. */
#include "tests/service/notification/relays.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/facts.h"

struct uuid relays_programme(void)
{
    return facts_id(1000000);
}
struct uuid relays_implementation(void)
{
    return facts_id(1000001);
}

/* A programme and the people p0..p99, known before any mail is due. */
int relays_open(void **state)
{
    static struct stage s;

    stage_open(&s);
    stage_mailbox_stop(&s);
    stage_set(&s, "HV_SMTP_TIMEOUT", "2");
    (void)stage_publish(&s, relays_programme(), "enrolment.ProgrammeStored.v1",
                        &facts_programme(s.arena, relays_programme(), relays_implementation(), 1)->base);
    for (unsigned i = 0; i < 100; i++)
        (void)stage_publish(
            &s, facts_id(i), "enrolment.PersonStored.v1",
            &facts_person(s.arena, i, "fi", arena_printf(s.arena, "%s%u@example.%s", i == 99 ? "never" : "p", i, i == 98 ? "org" : "fi"))
                 ->base);
    *state = &s;
    return 0;
}

int relays_close(void **state)
{
    stage_close(*state);
    return 0;
}

static bool listens(void *arg)
{
    char line[300] = "";
    FILE *file = fopen(arg, "r");
    bool found = file != NULL && fgets(line, sizeof line, file) != NULL && strstr(line, "listening") != NULL;

    if (file)
        (void)fclose(file);
    return found;
}

void relay_start(struct stage *s, struct relay *r, const char *name, const char *mode, const char *const *more)
{
    char port[12], log[300], program[300];
    const char *argv[24] = {"/usr/bin/python3", program, "--folder", r->mails, "--port", port, "--mode", mode};
    int n = 8;

    if (r->port == 0)
        r->port = kit_port();
    (void)snprintf(program, sizeof program, "%s/mailbox_modes.py", STAGE_FOLDER);
    (void)snprintf(r->mails, sizeof r->mails, "%s/%s", s->folder, name);
    (void)snprintf(port, sizeof port, "%d", r->port);
    (void)snprintf(log, sizeof log, "%s/%s.%d.log", s->folder, name, ++s->seq);
    for (; more && *more; more++)
        argv[n++] = *more;
    r->pid = kit_spawn(argv, NULL, log);
    assert_true(kit_wait_until(listens, log, KIT_PATIENCE_MS));
}

void relay_stop(struct relay *r)
{
    (void)kit_kill(r->pid, SIGKILL);
}

size_t relay_kept(const struct relay *r)
{
    DIR *dir = opendir(r->mails);
    size_t count = 0;

    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += entry->d_name[0] != '.';
    (void)closedir(dir);
    return count;
}

void relay_expect_session(const struct relay *r, const char *piece)
{
    char command[2000], seen[300] = "";
    FILE *pipe;

    (void)snprintf(command, sizeof command, "ls %s/*.eml | tail -1 | xargs grep -h '^X-Session'", r->mails);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    (void)fgets(seen, sizeof seen, pipe);
    (void)pclose(pipe);
    if (strstr(seen, piece) == NULL)
        fail_msg("not %s: %s", piece, seen);
}

void relays_serve(struct stage *s, const char *relays)
{
    if (s->notification)
        assert_int_equal(stage_notification_stop(s, SIGTERM), 0);
    (void)kit_sql(s->pg, "truncate notification.suppression, notification.message cascade; update notification.tally set n = 0");
    stage_set(s, "HV_SMTP", relays);
    stage_notification_start(s);
}

void relays_seat(struct stage *s, unsigned person)
{
    Enrolment__SeatTaken event = ENROLMENT__SEAT_TAKEN__INIT;

    event.registration = facts_registration(s->arena, relays_programme(), relays_implementation(), facts_id(person), person + 1);
    (void)stage_publish(s, relays_programme(), "enrolment.SeatTaken.v1", &event.base);
}

const char *relay_address(struct stage *s, const struct relay *r, const char *before, const char *after)
{
    return arena_printf(s->arena, "%s127.0.0.1:%d%s", before, r->port, after);
}
