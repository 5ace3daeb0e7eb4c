/* Calendar entries in mails, read back by python3-icalendar and held against enrolment's own calendar file for the same registration: a
 * calendar that has the one takes the other for a newer word about the same entry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/outbound/invite.h"
#include "tests/unit/doc/look.h"
#include "tests/unit/notification/peer_calendar.h"

#define NOW (1790000000 * TIME_SECOND)

/* A line for each entry of each file, sorted; the people of a request after it. */
static const char READER[] =
    "/usr/bin/python3 -c \"import icalendar\nout = []\n"
    "for c in icalendar.Calendar.from_ical(open('x.ics','rb').read(), multiple=True):\n"
    " for e in c.walk('VEVENT'):\n"
    "  out.append(' '.join([str(e['UID']), 'n=' + str(e['SEQUENCE']), e['DTSTART'].dt.isoformat(), e['DTEND'].dt.isoformat() if 'DTEND' in "
    "e "
    "else '-', str(e['STATUS']), repr(str(e.get('SUMMARY'))), repr(str(e.get('LOCATION'))), repr(str(e.get('DESCRIPTION')))]))\n"
    "print('\\\\n'.join(sorted(out)))\"";
static const char METHODS[] = "/usr/bin/python3 -c \"import icalendar\n"
                              "for c in icalendar.Calendar.from_ical(open('x.ics','rb').read(), multiple=True):\n"
                              " for e in c.walk('VEVENT'):\n"
                              "  o, a = e['ORGANIZER'], e['ATTENDEE']\n"
                              "  print(c['METHOD'], e['UID'], len(c.walk('VEVENT')), o, o.params['CN'], a, a.params['CN'], "
                              "a.params['PARTSTAT'], a.params['RSVP'], e['DTSTAMP'].dt.isoformat())\"";

static const struct inviter INVITER = {.name = "Hakuväylä \"testi\"", .address = "no-reply@hakuvayla.example.fi"};

static struct uuid id_of(uint8_t n)
{
    return (struct uuid){{0x20, n}};
}

/* One behind, two ahead of which one may still move, one called off. */
static const struct peer_webinar WEBINARS[] = {
    {{{0x10, 1}}, 0, NOW - 9 * TIME_DAY, NOW - 9 * TIME_DAY + TIME_HOUR, false, false},
    {{{0x10, 2}}, 2, NOW + 9 * TIME_DAY, NOW + 9 * TIME_DAY + TIME_HOUR, false, false},
    {{{0x10, 3}}, 0, NOW + 20 * TIME_DAY, NOW + 20 * TIME_DAY + 2 * TIME_HOUR, true, false},
    {{{0x10, 4}}, 5, NOW + 30 * TIME_DAY, NOW + 30 * TIME_DAY + TIME_HOUR, false, true},
};
#define COUNT (sizeof WEBINARS / sizeof WEBINARS[0])

struct bench {
    struct arena *arena;
    struct due due;
    struct due_session sessions[COUNT];
    struct mail_calendar out[INVITES_MAX];
    size_t count;
};

static void set_up(struct bench *b, enum message_kind kind, enum language language)
{
    const struct texts unit = {span_text("Yhteinen; johtaminen"), span_text("Gemensamt ledarskap"), span_text("")};

    *b = (struct bench){.arena = arena_new(65536)};
    for (size_t i = 0; i < COUNT; i++)
        b->sessions[i] = (struct due_session){.unit = unit,
                                              .webinar = {.starts_us = WEBINARS[i].starts_us,
                                                          .ends_us = WEBINARS[i].ends_us,
                                                          .advance_notice = WEBINARS[i].advance_notice,
                                                          .id = WEBINARS[i].id,
                                                          .sequence = (int32_t)WEBINARS[i].sequence,
                                                          .cancelled = WEBINARS[i].cancelled}};
    b->due = (struct due){
        .said = {.kind = kind, .registration_id = id_of(1), .registration_version = 3},
        .promised_us = NOW - TIME_HOUR,
        .queued_us = NOW,
        .person = {.name = span_text("Tuuli \"T\" Esimerkki, \nB"), .email = span_text("tuuli@example.fi"), .language = language},
        .training = {span_text("Voimaa johtajuuteen"), span_text("Kraft"), span_text("Strength")},
        .places = span_text("Kuopio, Joensuu"),
        .online = true,
        .sessions = b->sessions,
        .session_count = COUNT};
}

static void write(struct bench *b)
{
    b->count = invite_write(&INVITER, &b->due, b->arena, NOW, b->out);
}

/* The entries of the mail, as the reader prints them. */
static char *mailed(const struct bench *b, const char *reader)
{
    struct buf all = {0};

    for (size_t i = 0; i < b->count; i++)
        buf_add(&all, b->out[i].content.data, b->out[i].content.len);
    char *words = look("x.ics", &all, reader);
    buf_fini(&all);
    return words;
}

static char *downloaded(const struct bench *b, struct uuid registration, uint64_t version, enum peer_stands stands)
{
    struct buf file = {0};

    peer_calendar_file(&file, b->arena,
                       &(const struct peer_calendar){.training = {"Voimaa johtajuuteen", "Kraft", "Strength"},
                                                     .unit = {"Yhteinen; johtaminen", "Gemensamt ledarskap", ""},
                                                     .places = "Kuopio\nJoensuu",
                                                     .online = true,
                                                     .registration = registration,
                                                     .version = version,
                                                     .stands = stands,
                                                     .webinars = WEBINARS,
                                                     .count = COUNT,
                                                     .language = language_code(b->due.person.language)});
    char *words = look("x.ics", &file, READER);
    buf_fini(&file);
    return words;
}

/* Every line of `some` is a line of `all`. */
static void expect_among(const char *some, const char *all, size_t lines)
{
    size_t found = 0;

    for (const char *line = some; *line != '\0'; found++) {
        const char *end = strchr(line, '\n');
        char one[1000];
        assert_non_null(end);
        assert_true((size_t)(end - line) + 2 < sizeof one);
        memcpy(one, line, (size_t)(end - line) + 1);
        one[end - line + 1] = '\0';
        if (strstr(all, one) == NULL)
            fail_msg("%s is not among\n%s", one, all);
        line = end + 1;
    }
    assert_int_equal(found, lines);
}

static void test_as_downloaded(void **state)
{
    (void)state;
    static const enum language LANGUAGES[] = {LANGUAGE_FI, LANGUAGE_SV, LANGUAGE_EN};

    for (size_t i = 0; i < 3; i++) {
        struct bench b;
        set_up(&b, KIND_CONFIRMATION, LANGUAGES[i]);
        write(&b);
        assert_int_equal(b.count, 2);
        char *mine = mailed(&b, READER), *theirs = downloaded(&b, id_of(1), 3, PEER_SEATED);
        expect_among(mine, theirs, 2);
        free(mine);
        free(theirs);
        arena_free(b.arena);
    }
}

static void test_struck(void **state)
{
    (void)state;
    struct bench b;

    set_up(&b, KIND_CANCELLATION, LANGUAGE_SV);
    b.due.said.registration_version = 4;
    write(&b);
    char *mine = mailed(&b, READER), *theirs = downloaded(&b, id_of(1), 4, PEER_ENDED), *how = mailed(&b, METHODS);
    expect_among(mine, theirs, 2);
    assert_int_equal(look_count(how, "CANCEL "), 2);
    assert_int_equal(look_count(mine, "CANCELLED"), 2);
    for (size_t i = 0; i < b.count; i++)
        assert_string_equal(b.out[i].method, "CANCEL");
    free(mine);
    free(theirs);
    free(how);
    arena_free(b.arena);
}

/* The download's words of an entry that ended, as the mail of a transfer says them: who has a place is not told that it is over. */
static const char *retold(struct arena *arena, const char *old)
{
    static const char ENDED[] = "Ilmoittautumisesi on päättynyt.";
    const char *text = "", *from = old;

    for (const char *at; (at = strstr(from, ENDED)) != NULL; from = at + sizeof ENDED - 1)
        text = arena_printf(arena, "%s%.*sMerkintä poistuu, koska sinut siirrettiin toiseen toteutukseen.", text, (int)(at - from), from);
    return arena_printf(arena, "%s%s", text, from);
}

/* The seat at the other implementation invites first; the old one's entries go. */
static void test_transferred(void **state)
{
    (void)state;
    struct bench b;

    set_up(&b, KIND_TRANSFER, LANGUAGE_FI);
    b.due.said.origin_id = id_of(2);
    b.due.said.origin_version = 6;
    facts_number(&b.due.said.facts, FACT_SEATED, 1);
    write(&b);
    assert_int_equal(b.count, 4);
    assert_string_equal(b.out[0].method, "REQUEST");
    assert_string_equal(b.out[3].method, "CANCEL");
    char *mine = mailed(&b, READER), *new = downloaded(&b, id_of(1), 3, PEER_SEATED), *old = downloaded(&b, id_of(2), 6, PEER_ENDED);
    char *both = arena_printf(b.arena, "%s%s", new, retold(b.arena, old));
    const struct invite_count sorts = invite_count(&b.due, b.arena, NOW);
    assert_true(sorts.added == 2 && sorts.removed == 2);
    assert_int_equal(look_count(mine, "Merkintä poistuu, koska sinut siirrettiin toiseen toteutukseen."), 2);
    expect_among(mine, both, 4);
    free(mine);
    free(new);
    free(old);
    b.due.said.facts = (struct facts){.of = {{.known = false}}};
    facts_number(&b.due.said.facts, FACT_WAITING, 1);
    write(&b); /* to a waiting list: nothing to come to */
    assert_int_equal(b.count, 2);
    assert_true(invite_count(&b.due, b.arena, NOW).added == 0 && invite_count(&b.due, b.arena, NOW).removed == 2);
    assert_string_equal(b.out[0].method, "CANCEL");
    arena_free(b.arena);
}

static void test_the_moved_one(void **state)
{
    (void)state;
    struct bench b;

    set_up(&b, KIND_DATE_CHANGED, LANGUAGE_FI);
    b.due.said.webinar_id = WEBINARS[1].id;
    b.due.said.webinar_sequence = 2;
    write(&b);
    assert_int_equal(b.count, 1);
    assert_string_equal(b.out[0].method, "REQUEST");
    char *mine = mailed(&b, READER), *theirs = downloaded(&b, id_of(1), 3, PEER_SEATED);
    expect_among(mine, theirs, 1);
    assert_non_null(strstr(mine, " n=4 "));
    free(mine);
    b.due.said.webinar_id = WEBINARS[3].id; /* called off */
    write(&b);
    assert_int_equal(b.count, 1);
    assert_string_equal(b.out[0].method, "CANCEL");
    mine = mailed(&b, READER);
    expect_among(mine, theirs, 1);
    free(mine);
    free(theirs);
    arena_free(b.arena);
}

/* Its unit was taken out of the programme: what the letter says is all there is. */
static void test_taken_out(void **state)
{
    (void)state;
    struct bench b;

    set_up(&b, KIND_DATE_CHANGED, LANGUAGE_FI);
    b.due.said.webinar_id = WEBINARS[1].id;
    b.due.said.webinar_sequence = 3;
    b.due.session_count = 0;
    write(&b);
    assert_int_equal(b.count, 0);
    facts_number(&b.due.said.facts, FACT_CALLED_OFF, 1);
    facts_number(&b.due.said.facts, FACT_WAS, WEBINARS[1].starts_us);
    write(&b);
    assert_int_equal(b.count, 1);
    char *mine = mailed(&b, READER);
    assert_non_null(strstr(mine, " n=5 "));
    assert_non_null(strstr(mine, "CANCELLED"));
    free(mine);
    arena_free(b.arena);
}

/* Both travel in one transaction, the change first: its letter waits for the programme, a minute at most. */
static void test_waits_for_the_programme(void **state)
{
    (void)state;
    struct bench b;

    set_up(&b, KIND_DATE_CHANGED, LANGUAGE_FI);
    b.due.said.webinar_id = WEBINARS[1].id;
    b.due.said.webinar_sequence = 2;
    assert_false(invite_waits(&b.due, NOW));
    b.due.said.webinar_sequence = 3;
    assert_true(invite_waits(&b.due, NOW));
    assert_false(invite_waits(&b.due, NOW + 61 * TIME_SECOND));
    b.due.session_count = 0; /* a new one: its row comes with the programme */
    assert_true(invite_waits(&b.due, NOW));
    facts_number(&b.due.said.facts, FACT_CALLED_OFF, 1);
    assert_false(invite_waits(&b.due, NOW));
    b.due.said.kind = KIND_CONFIRMATION;
    b.due.said.facts = (struct facts){.of = {{.known = false}}};
    assert_false(invite_waits(&b.due, NOW));
    arena_free(b.arena);
}

/* RFC 5546, 3.2.2: an object is about one entry, says who invites and whom. Nobody is asked for an answer. */
static void test_as_the_standard_wants(void **state)
{
    (void)state;
    struct bench b;

    set_up(&b, KIND_PROMOTION, LANGUAGE_FI);
    write(&b);
    char *how = mailed(&b, METHODS);
    assert_int_equal(look_count(how, "REQUEST "), 2);
    assert_int_equal(look_count(how,
                                " 1 mailto:no-reply@hakuvayla.example.fi Hakuväylä 'testi' mailto:tuuli@example.fi Tuuli 'T' Esimerkki,  B "
                                "ACCEPTED FALSE 2026-09-21T13:13:20+00:00\n"),
                     2);
    assert_string_equal(b.out[1].name, "webinaari-2.ics");
    free(how);
    arena_free(b.arena);
}

/* A board's meeting: a request with what the letter knows, and its cancellation under the same UID with a later number. Nothing of a
 * registration is asked for. */
static void test_meeting(void **state)
{
    (void)state;
    struct bench b;
    const struct uuid meeting = {{0x30, 1}}, reader = {{0x31, 1}};
    static const char UID[] = "30010000-0000-0000-0000-000000000000.31010000-0000-0000-0000-000000000000@hakuvayla.example.fi ";

    set_up(&b, KIND_MEETING_SUMMONED, LANGUAGE_SV);
    b.due.said = (struct message){.kind = KIND_MEETING_SUMMONED, .webinar_id = meeting, .recipient_id = reader};
    facts_number(&b.due.said.facts, FACT_MEETING, NOW + TIME_DAY);
    facts_text(&b.due.said.facts, FACT_BOARD_FI, span_text("Kaupunginhallitus"));
    facts_text(&b.due.said.facts, FACT_BOARD_SV, span_text("Stadsstyrelsen"));
    facts_text(&b.due.said.facts, FACT_PLACE, span_text("Stadshuset, sal 2"));
    write(&b);
    char *summoned = mailed(&b, READER), *how = mailed(&b, METHODS);
    assert_string_equal(summoned, arena_printf(b.arena, "%s%s", UID,
                                               "n=0 2026-09-22T14:13:20+00:00 - CONFIRMED 'Sammanträde: Stadsstyrelsen' "
                                               "'Stadshuset, sal 2' 'None'\n"));
    assert_int_equal(look_count(how, "REQUEST "), 1);
    assert_string_equal(b.out[0].name, "sammantrade-1.ics");
    free(summoned);
    free(how);
    b.due.said.kind = KIND_MEETING_CANCELLED;
    b.due.said.facts.of[FACT_PLACE].known = b.due.said.facts.of[FACT_BOARD_SV].known = false;
    write(&b);
    assert_int_equal(b.count, 1);
    const struct invite_count count = invite_count(&b.due, b.arena, NOW);
    assert_true(count.added == 0 && count.removed == 1);
    char *off = mailed(&b, READER);
    assert_string_equal(b.out[0].method, "CANCEL");
    assert_non_null(strstr(off, UID));
    assert_non_null(
        strstr(off, "n=1 2026-09-22T14:13:20+00:00 - CANCELLED 'Sammanträde: Kaupunginhallitus' 'None' 'Sammanträdet är inställt.'"));
    free(off);
    b.due.said.webinar_id = (struct uuid){{0}};
    write(&b);
    assert_int_equal(b.count, 0);
    arena_free(b.arena);
}

static void test_none(void **state)
{
    (void)state;
    static const enum message_kind KINDS[] = {KIND_WAITING_LIST, KIND_OFFER, KIND_ANNOUNCEMENT, KIND_WEBINAR_SOON, KIND_NOTICE};
    struct bench b;

    set_up(&b, KIND_CONFIRMATION, LANGUAGE_FI);
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        b.due.said.kind = KINDS[i];
        write(&b);
        assert_int_equal(b.count, 0);
    }
    b.due.said.kind = KIND_CONFIRMATION;
    b.due.said.registration_id = (struct uuid){{0}};
    write(&b);
    assert_int_equal(b.count, 0);
    b.due.said.registration_id = id_of(1);
    for (size_t i = 0; i < COUNT; i++)
        b.sessions[i].webinar.id = (struct uuid){{0}}; /* stored before webinars had ids */
    write(&b);
    assert_int_equal(b.count, 0);
    arena_free(b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_downloaded),           /* the same UID, SEQUENCE, times, title, place and status, in three languages */
        cmocka_unit_test(test_struck),                  /* what is given up is struck, as in the download */
        cmocka_unit_test(test_transferred),             /* the old entries go, the new ones come */
        cmocka_unit_test(test_the_moved_one),           /* that one alone; struck when called off */
        cmocka_unit_test(test_taken_out),               /* struck by what the letter knows */
        cmocka_unit_test(test_waits_for_the_programme), /* never an old entry */
        cmocka_unit_test(test_as_the_standard_wants),   /* organizer, attendee, one entry an object */
        cmocka_unit_test(test_meeting),                 /* of a board: called to, and taken back */
        cmocka_unit_test(test_none),                    /* other kinds have none */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
