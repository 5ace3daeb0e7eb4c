/* What happens to an enrolment after its confirmation, as its person hears it: offers, transfers, reviews, moved webinars, a
 * coordinator's message, a certificate; and that whoever asked to be forgotten is. Real publisher, real SMTP, real parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/stage.h"

#define WAIT_MS KIT_PATIENCE_MS

static struct uuid programme(void)
{
    return facts_id(2000000);
}
static struct uuid implementation(void)
{
    return facts_id(2000001);
}
static struct uuid unit_id(struct stage *s)
{
    const Enrolment__ProgrammeStored *p = facts_programme(s->arena, programme(), implementation(), 1);
    struct uuid id;

    assert_true(uuid_read(&id, span_of(p->programme->units[0]->id.data, p->programme->units[0]->id.len)));
    return id;
}

static Enrolment__Registration *registration(struct stage *s, unsigned person, Enrolment__State state)
{
    Enrolment__Registration *r = facts_registration(s->arena, programme(), implementation(), facts_id(person), person);
    r->state = state;
    return r;
}

#define PUBLISH(S, TYPE, MESSAGE) (void)stage_publish(S, programme(), "enrolment." TYPE ".v1", &(MESSAGE).base)

static void seat(struct stage *s, unsigned person)
{
    Enrolment__SeatTaken event = ENROLMENT__SEAT_TAKEN__INIT;

    event.registration = registration(s, person, ENROLMENT__STATE__STATE_SEATED);
    PUBLISH(s, "SeatTaken", event);
}

static int open_stage(void **state)
{
    static struct stage stage;
    static const char *const LANGUAGES[] = {"fi", "sv", "en", "fi", "en"};

    stage_open(&stage);
    (void)stage_publish(&stage, programme(), "enrolment.ProgrammeStored.v1",
                        &facts_programme(stage.arena, programme(), implementation(), 1)->base);
    for (unsigned person = 1; person <= 5; person++) {
        char address[40];
        (void)snprintf(address, sizeof address, "p%u@example.fi", person);
        (void)stage_publish(&stage, facts_id(person), "enrolment.PersonStored.v1",
                            &facts_person(stage.arena, person, LANGUAGES[person - 1], address)->base);
    }
    for (unsigned person = 1; person <= 3; person++)
        seat(&stage, person);
    *state = &stage;
    return stage_wait_tally(&stage, "sent", 3, WAIT_MS) ? 0 : -1;
}

static int close_stage(void **state)
{
    stage_close(*state);
    return 0;
}

/* How many mails to this address hold all of the pieces (NULL-ended). */
static int mails_with(struct stage *s, const char *address, const char *const *pieces)
{
    char to[60];
    int found = 0;

    (void)snprintf(to, sizeof to, "<%s>\t", address);
    for (char *rest = stage_mails(s), *line = strtok(rest, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        bool all = strstr(line, to) != NULL;
        for (size_t i = 0; pieces[i] != NULL; i++)
            all = all && strstr(line, pieces[i]) != NULL;
        found += all;
    }
    return found;
}
#define EXPECT(S, ADDRESS, ...) assert_int_equal(mails_with(S, ADDRESS, (const char *const[]){__VA_ARGS__, NULL}), 1)
#define REFUTE(S, ADDRESS, ...) assert_int_equal(mails_with(S, ADDRESS, (const char *const[]){__VA_ARGS__, NULL}), 0)

static void wait_sent(struct stage *s, int64_t more)
{
    static int64_t sent = 3;

    sent += more;
    if (!stage_wait_tally(s, "sent", sent, WAIT_MS))
        fail_msg("%lld mails of %lld", (long long)stage_tally(s, "sent"), (long long)sent);
}

static void test_offer(void **state)
{
    struct stage *s = *state;
    Enrolment__Offered offered = ENROLMENT__OFFERED__INIT;
    Enrolment__OfferPassed passed = ENROLMENT__OFFER_PASSED__INIT;
    Enrolment__Cancelled expired = ENROLMENT__CANCELLED__INIT;

    offered.registration = registration(s, 4, ENROLMENT__STATE__STATE_OFFERED);
    offered.registration->reply_due_us = 3800000000 * TIME_SECOND; /* 1.6.2090 */
    PUBLISH(s, "Offered", offered);
    passed.registration = registration(s, 4, ENROLMENT__STATE__STATE_QUEUED);
    passed.registration->version = 2;
    passed.registration->position = 6;
    PUBLISH(s, "OfferPassed", passed);
    expired.registration = registration(s, 5, ENROLMENT__STATE__STATE_CANCELLED);
    expired.from = ENROLMENT__STATE__STATE_OFFERED;
    expired.cause = ENROLMENT__CAUSE__CAUSE_OFFER_EXPIRED;
    PUBLISH(s, "Cancelled", expired);
    wait_sent(s, 3);
    EXPECT(s, "p4@example.fi", "\toffer\t", "Vastaa viimeistään: ", "2090 klo", "Opintojaksojen webinaarit");
    EXPECT(s, "p4@example.fi", "\toffer_passed\t", "Sijasi varasijajonossa: 6");
    EXPECT(s, "p5@example.fi", "\tcancellation\t", "You did not answer the offer in time");
}

static void test_moves(void **state)
{
    struct stage *s = *state;
    Enrolment__Transferred transferred = ENROLMENT__TRANSFERRED__INIT;
    Enrolment__Displaced displaced = ENROLMENT__DISPLACED__INIT;
    Enrolment__Reviewed reviewed = ENROLMENT__REVIEWED__INIT;
    Enrolment__TeamEnrolled team = ENROLMENT__TEAM_ENROLLED__INIT;
    const struct uuid leader = facts_id(1), id = facts_id(77), where = implementation(), what = programme();

    transferred.origin = registration(s, 2, ENROLMENT__STATE__STATE_TRANSFERRED);
    transferred.registration = registration(s, 2, ENROLMENT__STATE__STATE_SEATED);
    transferred.registration->id = facts_bytes(s->arena, facts_id(20002));
    transferred.registration->order_no = 14;
    PUBLISH(s, "Transferred", transferred);
    displaced.registration = registration(s, 3, ENROLMENT__STATE__STATE_QUEUED);
    displaced.registration->version = 2;
    displaced.reason = (char *)(uintptr_t) "the room is too small";
    PUBLISH(s, "Displaced", displaced);
    reviewed.registration = registration(s, 1, ENROLMENT__STATE__STATE_SEATED);
    reviewed.registration->review = ENROLMENT__REVIEW_STATE__REVIEW_CONDITIONAL;
    reviewed.reason = (char *)(uintptr_t) "todistus puuttuu";
    PUBLISH(s, "Reviewed", reviewed);
    team.team_id = facts_bytes(s->arena, id);
    team.programme_id = facts_bytes(s->arena, what);
    team.implementation_id = facts_bytes(s->arena, where);
    team.leader_id = facts_bytes(s->arena, leader);
    team.name = (char *)(uintptr_t) "Esimerkkilän johto";
    team.seated = 1;
    team.queued = 3;
    PUBLISH(s, "TeamEnrolled", team);
    wait_sent(s, 4);
    EXPECT(s, "p2@example.fi", "\ttransfer\t", "Du har en plats i det.", "Ditt ordningsnummer i genomförandet: 14");
    EXPECT(s, "p3@example.fi", "\tdisplaced\t", "Reason: the room is too small");
    EXPECT(s, "p1@example.fi", "\treviewed\t", "Hyväksyntä on ehdollinen.", "todistus puuttuu");
    EXPECT(s, "p1@example.fi", "\tteam\t", "Paikan sai 1 henkilö.", "Varasijalla on 3 henkilöä.");
}

/* Seated now: 1 and 2 (transferred). 3 was displaced and 4 let an offer pass on: both wait. 5 has nothing any more. */
static void test_moved_webinar(void **state)
{
    struct stage *s = *state;
    Enrolment__Offered offered = ENROLMENT__OFFERED__INIT;
    Enrolment__DateChanged changed = ENROLMENT__DATE_CHANGED__INIT;
    Enrolment__Webinar before = ENROLMENT__WEBINAR__INIT, after = ENROLMENT__WEBINAR__INIT;

    before.starts_us = 3810000000 * TIME_SECOND;
    before.ends_us = before.starts_us + 2 * TIME_HOUR;
    after.starts_us = before.starts_us + TIME_DAY;
    after.ends_us = after.starts_us + 3 * TIME_HOUR;
    changed.programme_id = facts_bytes(s->arena, programme());
    changed.unit_id = facts_bytes(s->arena, unit_id(s));
    changed.before = &before;
    changed.after = &after;
    changed.reason = (char *)(uintptr_t) "sali";
    PUBLISH(s, "DateChanged", changed);
    wait_sent(s, 4);
    EXPECT(s, "p1@example.fi", "\tdate_changed\t", "Opintojakso: Yhteinen johtaminen",
           "Aiempi ajankohta: ", "Uusi ajankohta: ", "Syy: sali");
    EXPECT(s, "p1@example.fi", "\tdate_changed\t", "–10.20 (Suomen aikaa)", "–11.20 (Suomen aikaa)");
    EXPECT(s, "p2@example.fi", "\tdate_changed\t", "Ny tidpunkt: ");
    after.starts_us = before.starts_us;
    after.ends_us = before.ends_us;
    before.advance_notice = true; /* and now it is certain: one moment is told, not two alike */
    PUBLISH(s, "DateChanged", changed);
    wait_sent(s, 4);
    EXPECT(s, "p1@example.fi", "\tdate_changed\t", "Ajankohdan tiedot ovat tarkentuneet: ");
    after.cancelled = true;
    PUBLISH(s, "DateChanged", changed);
    wait_sent(s, 4);
    EXPECT(s, "p1@example.fi", "\tdate_changed\t", "\tWebinaari on peruttu: ", "Webinaari on peruttu.\\n");
    EXPECT(s, "p3@example.fi", "\tdate_changed\t", "The webinar has been called off.", "You are on the waiting list");
    EXPECT(s, "p4@example.fi", "\tdate_changed\t", "Webinaari on peruttu.", "Olet koulutuksen varasijajonossa.");
    REFUTE(s, "p4@example.fi", "\tdate_changed\t", "kalenterimerkintä");
    REFUTE(s, "p1@example.fi", "\tdate_changed\t", "varasijajonossa");
    REFUTE(s, "p5@example.fi", "\tdate_changed\t");
    offered.registration = registration(s, 4, ENROLMENT__STATE__STATE_OFFERED);
    offered.registration->version = 3;
    offered.registration->reply_due_us = 3800000000 * TIME_SECOND;
    PUBLISH(s, "Offered", offered);
    after.cancelled = false;
    after.starts_us += 3 * TIME_DAY;
    after.ends_us += 3 * TIME_DAY;
    PUBLISH(s, "DateChanged", changed);
    wait_sent(s, 5);
    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.message where kind = 12 and registration_version > 0 and "
                                       "recipient_id <> all (array(select id from notification.recipient where email in "
                                       "('p1@example.fi', 'p2@example.fi')))"),
                        "0"); /* who has no seat has no calendar entry to move */
}

static void test_announcement(void **state)
{
    struct stage *s = *state;
    Enrolment__Announced event = ENROLMENT__ANNOUNCED__INIT;
    Enrolment__Announcement said = ENROLMENT__ANNOUNCEMENT__INIT;
    Bus__Text subject = BUS__TEXT__INIT, body = BUS__TEXT__INIT;
    struct uuid people[2] = {facts_id(1), facts_id(2)};

    subject.fi = (char *)(uintptr_t) "Aineisto";
    body.fi = (char *)(uintptr_t) "Ensimmäinen rivi\nToinen rivi {training}";
    body.sv = (char *)(uintptr_t) "Materialet är här";
    said.id = facts_bytes(s->arena, facts_id(88));
    said.programme_id = facts_bytes(s->arena, programme());
    said.subject = &subject;
    said.body = &body;
    event.announcement = &said;
    event.recipients = (ProtobufCBinaryData){.len = sizeof people, .data = people[0].b};
    PUBLISH(s, "Announced", event);
    wait_sent(s, 2);
    EXPECT(s, "p1@example.fi", "\tannouncement\t", "\tAineisto\t", "Ensimmäinen rivi\\nToinen rivi {training}\\n");
    /* The subject is not there in Swedish: the whole letter is Finnish, and says so. */
    EXPECT(s, "p2@example.fi", "\tannouncement\t", "\tAineisto\t", "Ensimmäinen rivi\\nToinen rivi {training}\\n", "järjestäjän viesti");
    assert_string_equal(kit_sql(s->pg, "select string_agg(distinct language, ',') from notification.message where kind = 13"), "fi");
    subject.sv = (char *)(uintptr_t) "Material";
    said.id = facts_bytes(s->arena, facts_id(89));
    PUBLISH(s, "Announced", event);
    wait_sent(s, 2);
    EXPECT(s, "p2@example.fi", "\tannouncement\t", "\tMaterial\t", "Materialet är här");
    assert_string_equal(kit_sql(s->pg, "select string_agg(distinct language, ',' order by language) from notification.message "
                                       "where kind = 13"),
                        "fi,sv");
}

static void test_completed(void **state)
{
    struct stage *s = *state;
    Enrolment__Completed event = ENROLMENT__COMPLETED__INIT;

    event.registration = registration(s, 3, ENROLMENT__STATE__STATE_SEATED);
    event.credits_tenths = 25;
    event.certificate_code = (char *)(uintptr_t) "K7P3-9XQM-4TZR-WB8N";
    PUBLISH(s, "Completed", event);
    event.withdrawn = true;
    PUBLISH(s, "Completed", event); /* nobody hears of this one */
    wait_sent(s, 1);
    EXPECT(s, "p3@example.fi", "\tcompleted\t", "Scope: 2.5 ECTS", "K7P3-9XQM-4TZR-WB8N");
}

static bool version_is_seven(void *stage)
{
    return strcmp(kit_sql(((struct stage *)stage)->pg, "select max(version) from notification.participant"), "7") == 0;
}

/* Marks are told to nobody, but calendar entries count the versions of a registration. */
static void test_marked(void **state)
{
    struct stage *s = *state;
    Enrolment__Attended event = ENROLMENT__ATTENDED__INIT;

    event.registration = registration(s, 2, ENROLMENT__STATE__STATE_SEATED);
    event.registration->version = 7;
    PUBLISH(s, "Attended", event);
    assert_true(kit_wait_until(version_is_seven, s, WAIT_MS));
}

static bool one_is_dead(void *stage)
{
    return strcmp(kit_sql(((struct stage *)stage)->pg, "select count(*) from notification.event_dead"), "1") == 0;
}

static bool has_late_reason(void *stage)
{
    return strcmp(kit_sql(((struct stage *)stage)->pg, "select count(*) from notification.message where facts->>'reason' like '%%illness'"),
                  "0") != 0;
}

static void test_forgotten(void **state)
{
    struct stage *s = *state;
    Enrolment__PersonErased erased = ENROLMENT__PERSON_ERASED__INIT;
    Enrolment__Cancelled cancelled = ENROLMENT__CANCELLED__INIT, malformed = ENROLMENT__CANCELLED__INIT;
    const struct uuid person = facts_id(1);

    cancelled.registration = registration(s, 1, ENROLMENT__STATE__STATE_CANCELLED);
    cancelled.from = ENROLMENT__STATE__STATE_SEATED;
    cancelled.cause = ENROLMENT__CAUSE__CAUSE_ERASED;
    PUBLISH(s, "Cancelled", cancelled);
    malformed.registration = registration(s, 1, ENROLMENT__STATE__STATE_CANCELLED);
    malformed.registration->id.len = 0;
    malformed.reason = (char *)(uintptr_t) "fell ill";
    PUBLISH(s, "Cancelled", malformed);
    assert_true(kit_wait_until(one_is_dead, s, WAIT_MS));
    erased.person_id = facts_bytes(s->arena, person);
    (void)stage_publish(s, person, "enrolment.PersonErased.v1", &erased.base);
    assert_true(stage_wait_tally(s, "recipient", 4, WAIT_MS));
    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.recipient where email = 'p1@example.fi'"), "0");
    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.message where body like '%%Örnsköld-Esimerkki 1%%'"), "0");
    assert_string_equal(kit_sql(s->pg, "select count(*) > 0 from notification.message where body is null and state = 3"), "t");
    seat(s, 2); /* somebody else's mail still leaves, and is the next one */
    wait_sent(s, 1);
    REFUTE(s, "p1@example.fi", "\tcancellation\t");
}

static bool last_failed(void *stage)
{
    return strcmp(kit_sql(((struct stage *)stage)->pg, "select state from notification.message order by number desc limit 1"), "4") == 0;
}

/* Streams do not wait for each other: a reason that comes after its person is gone is said to nobody, and does not stay. */
static void test_late_reason(void **state)
{
    struct stage *s = *state;
    Enrolment__Cancelled late = ENROLMENT__CANCELLED__INIT;

    late.registration = registration(s, 1, ENROLMENT__STATE__STATE_CANCELLED);
    late.from = ENROLMENT__STATE__STATE_SEATED;
    late.cause = ENROLMENT__CAUSE__CAUSE_REMOVED;
    late.reason = (char *)(uintptr_t) "because of an illness";
    PUBLISH(s, "Cancelled", late);
    assert_true(kit_wait_until(has_late_reason, s, WAIT_MS));
    (void)kit_sql(s->pg, "update notification.message set queued_at = now() - interval '73 hours', next_at = now() where waits");
    assert_true(kit_wait_until(last_failed, s, WAIT_MS));
    assert_false(has_late_reason(s));
}

static bool two_is_parted(void *stage)
{
    return strcmp(kit_sql(((struct stage *)stage)->pg, "select count(*) from notification.participant"), "0") == 0;
}

/* The training's retention is over for 2, who is seated (a transferred registration) and goes on elsewhere; 2 stays a recipient. */
static void test_retention(void **state)
{
    struct stage *s = *state;
    Enrolment__RegistrationForgotten forgotten = ENROLMENT__REGISTRATION_FORGOTTEN__INIT;
    Enrolment__ProgrammeForgotten ended = ENROLMENT__PROGRAMME_FORGOTTEN__INIT;
    Enrolment__Cancelled malformed = ENROLMENT__CANCELLED__INIT;
    Enrolment__Followed followed = ENROLMENT__FOLLOWED__INIT;
    const char *mails = "select count(*) from notification.message where body is not null and subject is not null"
                        " and recipient_id = (select id from notification.recipient where email = 'p2@example.fi')";

    assert_string_not_equal(kit_sql(s->pg, "%s", mails), "0");
    followed.programme_id = forgotten.programme_id = ended.programme_id = facts_bytes(s->arena, programme());
    followed.person_id = facts_bytes(s->arena, facts_id(5));
    followed.following = true;
    PUBLISH(s, "Followed", followed);
    malformed.registration = registration(s, 2, ENROLMENT__STATE__STATE_CANCELLED);
    malformed.registration->id = facts_bytes(s->arena, facts_id(20002));
    malformed.registration->programme_id.len = 0;
    malformed.reason = (char *)(uintptr_t) "fell ill";
    PUBLISH(s, "Cancelled", malformed);
    assert_true(kit_wait_until(one_is_dead, s, WAIT_MS));
    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.follower"), "1");
    forgotten.registration_id = registration(s, 2, ENROLMENT__STATE__STATE_SEATED)->id; /* the one it came from */
    forgotten.person_id = facts_bytes(s->arena, facts_id(2));
    PUBLISH(s, "RegistrationForgotten", forgotten);
    forgotten.registration_id = facts_bytes(s->arena, facts_id(20002));
    PUBLISH(s, "RegistrationForgotten", forgotten);
    PUBLISH(s, "ProgrammeForgotten", ended);
    assert_true(kit_wait_until(two_is_parted, s, WAIT_MS));
    assert_string_equal(kit_sql(s->pg, "%s", mails), "0");
    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.message m join notification.recipient r on r.id = m.recipient_id"
                                       " join notification.training t on t.id = m.training_id where r.email = 'p2@example.fi'"),
                        "0");
    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.recipient where email = 'p2@example.fi'"), "1");
    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.follower"), "0");
    assert_string_equal(kit_sql(s->pg, "select count(*) > 0 from notification.message where body like '%%Örnsköld-Esimerkki 3%%'"), "t");
}

/* An offer that does not say until when cannot be told: the event is parked with the name of what is missing, and nobody gets half a
 * letter. */
static void test_missing_fact_is_parked(void **state)
{
    struct stage *s = *state;
    Enrolment__Offered event = ENROLMENT__OFFERED__INIT;

    event.registration = registration(s, 2, ENROLMENT__STATE__STATE_OFFERED);
    event.registration->reply_due_us = 0;
    PUBLISH(s, "Offered", event);
    assert_true(kit_wait_until(one_is_dead, s, WAIT_MS));
    assert_int_equal(kit_sql_int(s->pg, "select position('enrolment.Offered.v1'::bytea in event) from notification.event_dead") > 0, 1);
    assert_non_null(strstr(kit_sql(s->pg, "select error from notification.event_dead"), "reply_due"));
}

/* Nothing of all this was parked. */
static void test_nothing_dead(void **state)
{
    struct stage *s = *state;

    assert_string_equal(kit_sql(s->pg, "select count(*) from notification.event_dead"), "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offer),         /* until when; passed on with the new position; not answered in time */
        cmocka_unit_test(test_moves),         /* transfer, displacement, review with its condition, a team's leader */
        cmocka_unit_test(test_moved_webinar), /* before and after, or called off, to those seated, offered and waiting */
        cmocka_unit_test(test_announcement),  /* a coordinator's words as they are, to those named */
        cmocka_unit_test(test_marked),        /* the version of the registration follows */
        cmocka_unit_test(test_completed),     /* the code of the certificate; a withdrawal is not told */
        cmocka_unit_test(test_forgotten),     /* name, address and texts are gone, nothing more is sent, others are not touched */
        cmocka_unit_test(test_late_reason),   /* what comes after that is not kept */
        cmocka_unit_test(test_retention), /* of one training: its letters to them are blank, they themselves are kept; nobody follows it */
        cmocka_unit_test(test_nothing_dead),           /* every event was understood */
        cmocka_unit_test(test_missing_fact_is_parked), /* an offer without its deadline is parked, not half told */
    };
    return cmocka_run_group_tests_name("notification: changes", tests, open_stage, close_stage);
}
