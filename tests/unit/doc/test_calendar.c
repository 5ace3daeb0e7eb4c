/* Calendar files: read back by python3-icalendar, and looked at byte by byte where RFC 5545 counts bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/base/utf8.h"
#include "common/doc/calendar.h"
#include "tests/unit/doc/look.h"

#define START (1790000000 * TIME_SECOND) /* 2026-09-21T14:13:20Z */

static const char reader[] = "/usr/bin/python3 -c \"import icalendar\nc = "
                             "icalendar.Calendar.from_ical(open('x.ics','rb').read())\nprint(c['METHOD'], c.get('X-WR-CALNAME'))\n"
                             "for e in c.walk('VEVENT'):\n print(e['UID'], e['SEQUENCE'], e['DTSTART'].dt.isoformat(), "
                             "e['DTEND'].dt.isoformat() if 'DTEND' in e else '-', "
                             "e['STATUS'], e['DTSTAMP'].dt.isoformat(), repr(str(e.get('SUMMARY'))), repr(str(e.get('LOCATION'))))\"";

static struct calendar_entry entry_of(const char *uid)
{
    return (struct calendar_entry){
        .uid = uid, .sequence = 3, .starts_us = START, .ends_us = START + TIME_HOUR, .stamp_us = START - TIME_DAY};
}

static void a_file_is_read_as_it_was_meant(void **state)
{
    (void)state;
    struct calendar_entry entries[3] = {entry_of("a@hv.example"), entry_of("b@hv.example"), entry_of("c@hv.example")};
    struct buf out = {0};

    entries[0].summary = "Johtaminen; osa 1, \\ Kuopio\nja etänä";
    entries[0].location = "Kuopio, Joensuu";
    entries[1].tentative = true;
    entries[2].cancelled = true;
    entries[2].ends_us = 0;
    assert_int_equal(calendar_write(&out, CALENDAR_PUBLISH, "VEPO; Itä", entries, 3), ERR_OK);
    char *words = look("x.ics", &out, reader);
    assert_non_null(strstr(words, "PUBLISH VEPO; Itä\n"));
    assert_non_null(strstr(words, "a@hv.example 3 2026-09-21T14:13:20+00:00 2026-09-21T15:13:20+00:00 CONFIRMED 2026-09-20T14:13:20+00:00 "
                                  "'Johtaminen; osa 1, \\\\ Kuopio\\nja etänä' 'Kuopio, Joensuu'\n"));
    assert_non_null(strstr(words, "15:13:20+00:00 TENTATIVE"));
    assert_non_null(strstr(words, "c@hv.example 3 2026-09-21T14:13:20+00:00 - CANCELLED"));
    free(words);
    buf_fini(&out);
}

/* RFC 5545, 3.1: lines end with CR LF and have at most 75 bytes. No character is cut by it. */
static void lines_are_folded(void **state)
{
    (void)state;
    struct calendar_entry entry = entry_of("a@hv.example");
    struct buf out = {0}, text = {0};
    size_t begin = 0, folded = 0;

    for (unsigned i = 0; i < 200; i++)
        buf_text(&text, i % 3 ? "ö" : "a€");
    buf_u8(&text, 0);
    entry.description = (const char *)text.data;
    assert_int_equal(calendar_write(&out, CALENDAR_REQUEST, NULL, &entry, 1), ERR_OK);
    for (size_t i = 0; i < out.len; i++) {
        if (out.data[i] != '\n')
            continue;
        assert_true(i > 0 && out.data[i - 1] == '\r');
        assert_true(i - 1 - begin <= 75);
        assert_true(utf8_valid(span_of(out.data + begin, i - begin)));
        folded += out.data[begin] == ' ';
        begin = i + 1;
    }
    assert_true(folded > 5);
    assert_int_equal(begin, out.len);
    buf_fini(&text);
    buf_fini(&out);
}

static void odd_texts_and_nothing_are_fine(void **state)
{
    (void)state;
    struct calendar_entry entry = entry_of("a@hv.example");
    struct buf out = {0};

    entry.summary = "wrong \xff\xc3 and \x01 bell";
    entry.location = "";
    assert_int_equal(calendar_write(&out, CALENDAR_CANCEL, "", &entry, 1), ERR_OK);
    char *words = look("x.ics", &out, reader);
    assert_non_null(strstr(words, "CANCEL None\n"));
    assert_non_null(strstr(words, "'wrong \xef\xbf\xbd\xef\xbf\xbd and \xef\xbf\xbd bell' 'None'"));
    free(words);
    buf_clear(&out);
    assert_int_equal(calendar_write(&out, CALENDAR_PUBLISH, "empty", NULL, 0), ERR_OK);
    words = look("x.ics", &out, reader);
    assert_string_equal(words, "PUBLISH empty\n");
    free(words);
    buf_fini(&out);
}

/* Who invites and whom: what stands in an address or a name ends no line of the file. */
static void people_are_named_on_one_line(void **state)
{
    (void)state;
    struct calendar_entry entry = entry_of("a@hv.example");
    struct buf out = {0};

    entry.organizer = "no-reply@example.fi";
    entry.organizer_name = "Itä-Suomen \"yliopisto\"; Kuopio\nX-ONE:1";
    entry.attendee = "aava.koivula@example.fi\n;X-TWO:2\t";
    entry.attendee_name = "Aava Koivula";
    assert_int_equal(calendar_write(&out, CALENDAR_REQUEST, NULL, &entry, 1), ERR_OK);
    buf_u8(&out, 0);
    assert_null(strstr((const char *)out.data, "\nX-ONE"));
    assert_null(strstr((const char *)out.data, "\n;X-TWO"));
    out.len--;
    char *words =
        look("x.ics", &out,
             "/usr/bin/python3 -c \"import icalendar\ne, = icalendar.Calendar.from_ical(open('x.ics','rb').read()).walk('VEVENT')\n"
             "for p in 'ORGANIZER', 'ATTENDEE': print(e[p], sorted(e[p].params.items()))\"");
    assert_non_null(strstr(words, "mailto:no-reply@example.fi [('CN', \"Itä-Suomen 'yliopisto'; Kuopio X-ONE:1\")]"));
    assert_non_null(strstr(words, "mailto:aava.koivula@example.fi;X-TWO:2 [('CN', 'Aava Koivula'), ('PARTSTAT', 'ACCEPTED'), "
                                  "('ROLE', 'REQ-PARTICIPANT'), ('RSVP', 'FALSE')]"));
    free(words);
    buf_fini(&out);
}

static void what_calendars_could_not_keep_is_refused(void **state)
{
    (void)state;
    struct calendar_entry nameless = entry_of(""), timeless = entry_of("a@hv.example");
    struct buf out = {0};

    timeless.starts_us = 0;
    assert_int_equal(calendar_write(&out, CALENDAR_PUBLISH, "x", &nameless, 1), ERR_INVALID);
    assert_int_equal(calendar_write(&out, CALENDAR_PUBLISH, "x", &timeless, 1), ERR_INVALID);
    assert_int_equal(out.len, 0);
}

static void the_same_entries_give_the_same_bytes(void **state)
{
    (void)state;
    struct calendar_entry entry = entry_of("a@hv.example");
    struct buf one = {0}, two = {0};

    assert_int_equal(calendar_write(&one, CALENDAR_PUBLISH, "x", &entry, 1), ERR_OK);
    assert_int_equal(calendar_write(&two, CALENDAR_PUBLISH, "x", &entry, 1), ERR_OK);
    assert_true(span_equal(buf_span(&one), buf_span(&two)));
    buf_fini(&one);
    buf_fini(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_as_it_was_meant),       cmocka_unit_test(lines_are_folded),
        cmocka_unit_test(odd_texts_and_nothing_are_fine),       cmocka_unit_test(what_calendars_could_not_keep_is_refused),
        cmocka_unit_test(people_are_named_on_one_line),         /* names with quotation marks, semicolons, line feeds */
        cmocka_unit_test(the_same_entries_give_the_same_bytes), /* twice the same */
    };
    return cmocka_run_group_tests_name("doc calendar", tests, NULL, NULL);
}
