/* Letters about municipal cases from the event to the mail, on the figures of a real decision: the acknowledgement, a request for a
 * statement, a board that is called together, the decision to its applicant and to whom the board named, each in their language with the
 * extract, a funding plan; and that a replay tells nobody anything. Real publisher, real SMTP, real parser. All people are invented. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "municipal.pb-c.h"
#include "tests/service/notification/grants.h"
#include "tests/service/notification/operator.h"

#define APPLICANT 31
#define ASKED     32
#define MEMBER    33
#define PRINCIPAL 34
#define NUMBER    "18/00.01.05/2026"
#define TITLE     "Rahoitusosuus Timantti – Opettajien jatkuvan oppimisen hiontaa -hankkeeseen"
#define CONTACT   "Kannuksen kaupunki, kirjaamo@example.fi"
#define NBSP      "\u00a0"
#define WAIT_MS   OPERATOR_WAIT_MS

static const char PDF[] = "%PDF-1.7\n% the extract, as it was checked\n%%EOF\n";
static struct uuid decided_event;

static int open_stage(void **state)
{
    if (operator_open(state) != 0)
        return -1;
    stage_funding_open(&stage);
    grant_contact(&stage, APPLICANT, "Aino Hakija-Esimerkki", "fi", "aino@example.fi");
    grant_contact(&stage, ASKED, "Alf Utlåtande-Exempel", "sv", "alf@example.fi");
    grant_contact(&stage, MEMBER, "Mary Member-Example", "en", "mary@example.org");
    grant_contact(&stage, PRINCIPAL, "Rita Rehtori-Esimerkki", "fi", "rita@example.fi");
    return stage_wait_tally(&stage, "recipient", 7, WAIT_MS) ? 0 : -1;
}

static void expect_mail(const char *address, const char *kind, const char *piece)
{
    if (grant_mails(&stage, address, kind, piece) != 1)
        fail_msg("no %s to %s says: %s\n%s", kind, address, piece, stage_mails(&stage));
}

static void wait_sent(int64_t more)
{
    static int64_t sent;

    sent += more;
    if (!stage_wait_tally(&stage, "sent", sent, WAIT_MS))
        fail_msg("%lld mails instead of %lld; parked: %s", (long long)stage_tally(&stage, "sent"), (long long)sent,
                 kit_sql(stage.pg, "select coalesce(string_agg(concat_ws(' ', type, error), '; '), 'none') from notification.event_dead"));
}

static Bus__Text *text(const char *fi, const char *sv, const char *en)
{
    Bus__Text *t = arena_alloc(stage.arena, sizeof *t);

    bus__text__init(t);
    t->fi = arena_strdup(stage.arena, fi);
    t->sv = arena_strdup(stage.arena, sv);
    t->en = arena_strdup(stage.arena, en);
    return t;
}

static Bus__Text *kannus(void)
{
    return text("Kannuksen kaupunki", "Kannus stad", "The Town of Kannus");
}

static Bus__Text *board(void)
{
    return text("Kaupunginhallitus", "Stadsstyrelsen", "City board");
}

static ProtobufCBinaryData id_of(unsigned n)
{
    return facts_bytes(stage.arena, facts_id(n));
}

static struct uuid tell(const char *type, const ProtobufCMessage *message)
{
    return stage_publish_grant(&stage, facts_id(6400000), type, message);
}

#define OF_CASE(m, person)                                                                                                                 \
    (m).case_id = id_of(6400000);                                                                                                          \
    (m).person = id_of(APPLICANT);                                                                                                         \
    (m).register_number = NUMBER;                                                                                                          \
    (m).title = TITLE;                                                                                                                     \
    (m).municipality = kannus();                                                                                                           \
    (m).contact = CONTACT;                                                                                                                 \
    (m).language = "fi"

static void test_filed(void **state)
{
    Municipal__CaseFiled m = MUNICIPAL__CASE_FILED__INIT;

    (void)state;
    OF_CASE(m, owner_id);
    m.applied_cents = 316300;
    (void)tell("municipal.CaseFiled.v1", &m.base);
    wait_sent(1);
    expect_mail("aino@example.fi", "case_filed", "Hakemus on vastaanotettu: " TITLE "\tHei Aino Hakija-Esimerkki!");
    expect_mail("aino@example.fi", "case_filed",
                "Diaarinumero: " NUMBER "\\nKunta: Kannuksen kaupunki\\nHaettu: 3" NBSP "163,00" NBSP "€\\n");
    expect_mail("aino@example.fi", "case_filed", "(Suomen aikaa)\\n\\nSäilytä tämä viesti.");
    expect_mail("aino@example.fi", "case_filed", "Lisätietoja: " CONTACT);
}

/* Who is asked by name hears of it; a body without a person is the municipality's own correspondence. */
static void test_statement(void **state)
{
    Municipal__StatementAsked m = MUNICIPAL__STATEMENT_ASKED__INIT;

    (void)state;
    OF_CASE(m, person_id);
    m.person_id = (ProtobufCBinaryData){0};
    m.from = "Yrityspalvelujen hallitus";
    m.due_on = "2026-03-04";
    (void)tell("municipal.StatementAsked.v1", &m.base);
    m.person_id = id_of(ASKED);
    m.from = "Kasvatus- ja opetuspalvelut";
    m.words =
        "Tukeeko koulutus perustyötä?\nLisätietoja antaa [[Pirkko Valmistelija-Esimerkki]].\nHuom. [[ei nimi\n[[[Yksi]] ja ]] toinen.";
    (void)tell("municipal.StatementAsked.v1", &m.base);
    wait_sent(1);
    expect_mail("alf@example.fi", "statement_asked", "Begäran om utlåtande: " TITLE "\t");
    expect_mail("alf@example.fi", "statement_asked",
                "Kommun: Kannus stad\\nUtlåtandet ges av: Kasvatus- ja opetuspalvelut\\nGe utlåtandet senast: onsdag");
    expect_mail("alf@example.fi", "statement_asked",
                "Vad som begärs:\\nTukeeko koulutus perustyötä?\\nLisätietoja antaa Pirkko Valmistelija-Esimerkki.\\nHuom. [[ei "
                "nimi\\n[Yksi ja ]] toinen.\\n");
    assert_non_null(strstr(operator_mails(), "application/pdf(")); /* the request as a document */
}

static int attached(const char *file)
{
    int found = 0;

    for (const char *at = operator_mails(); (at = strstr(at, file)) != NULL; at++)
        found++;
    return found;
}

/* Each member is called in their own language, with an entry for their calendar; and told when it is off, which takes the entry back. */
static void test_meeting(void **state)
{
    Municipal__MeetingSummoned m = MUNICIPAL__MEETING_SUMMONED__INIT;
    Municipal__MeetingCancelled off = MUNICIPAL__MEETING_CANCELLED__INIT;
    ProtobufCBinaryData members[] = {id_of(MEMBER), id_of(PRINCIPAL)};

    (void)state;
    m.meeting_id = off.meeting_id = id_of(6500000);
    m.board = off.board = board();
    m.municipality = off.municipality = kannus();
    m.starts_us = off.starts_us = grant_at("2090-03-10T14:00:00Z");
    m.place = "Kaupungintalo, valtuustosali";
    m.items = 12;
    m.member_ids = off.member_ids = members;
    m.n_member_ids = off.n_member_ids = 2;
    (void)tell("municipal.MeetingSummoned.v1", &m.base);
    wait_sent(2);
    expect_mail("rita@example.fi", "meeting_summoned", "Kokouskutsu: Kaupunginhallitus 10.3.2090\tHei Rita Rehtori-Esimerkki!");
    expect_mail(
        "rita@example.fi", "meeting_summoned",
        "Aika: perjantai 10.3.2090 klo 16.00 (Suomen aikaa)\\nPaikka: Kaupungintalo, valtuustosali\\nAsioita esityslistalla: 12\\n");
    expect_mail("rita@example.fi", "meeting_summoned", "Kokouksen kalenterimerkintä on sähköpostin liitteenä.");
    expect_mail("mary@example.org", "meeting_summoned", "Summons to a meeting: City board, 10/03/2090\t");
    assert_int_equal(attached("text/calendar"), 2);
    off.reason = "Kokous ei olisi päätösvaltainen.";
    (void)tell("municipal.MeetingCancelled.v1", &off.base);
    wait_sent(2);
    expect_mail("rita@example.fi", "meeting_cancelled", "Kokous on peruttu: Kaupunginhallitus 10.3.2090\t");
    expect_mail("rita@example.fi", "meeting_cancelled", "Syy: Kokous ei olisi päätösvaltainen.\\n\\nKokouksen kalenterimerkintä poistuu");
    expect_mail("mary@example.org", "meeting_cancelled", "Reason: Kokous ei olisi päätösvaltainen.");
    assert_int_equal(attached("text/calendar"), 4);
}

static Bus__File *extract(void)
{
    Bus__File *file = arena_alloc(stage.arena, sizeof *file);

    bus__file__init(file);
    file->name = "poytakirjanote-29-2026.pdf";
    file->media_type = "application/pdf";
    file->content = (ProtobufCBinaryData){strlen(PDF), arena_alloc(stage.arena, sizeof PDF)};
    memcpy(file->content.data, PDF, strlen(PDF));
    return file;
}

static Municipal__Decided decided(Municipal__Outcome outcome)
{
    Municipal__Decided m = MUNICIPAL__DECIDED__INIT;

    OF_CASE(m, owner_id);
    m.item_id = id_of(6410000 + (unsigned)outcome);
    m.municipality_id = id_of(6420000);
    m.board = board();
    m.section = 29;
    m.meeting_us = grant_at("2026-03-10T14:00:00Z");
    m.outcome = outcome;
    m.applied_cents = 316300;
    m.document = extract();
    return m;
}

static Municipal__Nominee *nominee(unsigned person, const char *body, Municipal__NomineeRole role)
{
    Municipal__Nominee *n = arena_alloc(stage.arena, sizeof *n);

    municipal__nominee__init(n);
    n->person_id = id_of(person);
    n->body = arena_strdup(stage.arena, body);
    n->role = role;
    return n;
}

/* The proposal is approved and a deputy is named beside the member; the principal has a second task and one letter about both. */
static void test_decided(void **state)
{
    Municipal__Decided m = decided(MUNICIPAL__OUTCOME__OUTCOME_APPROVED);
    Municipal__Nominee *nominees[] = {nominee(PRINCIPAL, "hankkeen ohjausryhmä", MUNICIPAL__NOMINEE_ROLE__NOMINEE_DEPUTY),
                                      nominee(ASKED, "hankkeen ohjausryhmä", MUNICIPAL__NOMINEE_ROLE__NOMINEE_MEMBER),
                                      nominee(PRINCIPAL, "alueellinen työryhmä", MUNICIPAL__NOMINEE_ROLE__NOMINEE_MEMBER)};
    char file[80];

    (void)state;
    m.granted = true;
    m.cents = 316300;
    m.review_until = "2026-04-02";
    m.nominees = nominees;
    m.n_nominees = 3;
    decided_event = tell("municipal.Decided.v1", &m.base);
    wait_sent(3);
    expect_mail("aino@example.fi", "case_decided", "\tPäätös: " TITLE "\tHei Aino Hakija-Esimerkki!\\n\\nHakemuksestasi on tehty päätös.");
    expect_mail("aino@example.fi", "case_decided",
                "Toimielin: Kaupunginhallitus\\nKokous: 10. maaliskuuta 2026\\nPykälä: 29\\n\\nPäätösehdotus hyväksyttiin.\\n"
                "Ratkaisu: rahoitusosuus on myönnetty\\nHaettu: 3" NBSP "163,00" NBSP "€\\nMyönnetty: 3" NBSP "163,00" NBSP "€\\n");
    expect_mail("aino@example.fi", "case_decided", "voit vaatia siihen oikaisua viimeistään torstaina 2. huhtikuuta 2026.");
    expect_mail("alf@example.fi", "nominated", "Du har utsetts till ett uppdrag: hankkeen ohjausryhmä\t");
    expect_mail("alf@example.fi", "nominated", "Uppdrag: ledamot\\n\\nÄrende: " TITLE);
    expect_mail("alf@example.fi", "nominated", "Det är skrivet på finska.");
    assert_int_equal(grant_mails(&stage, "aino@example.fi", "case_decided", "Se on kirjoitettu"), 0);             /* in the reader's own */
    expect_mail("rita@example.fi", "nominated", "Mihin: hankkeen ohjausryhmä, alueellinen työryhmä\\n\\nAsia: "); /* not the same in both */
    (void)snprintf(file, sizeof file, "application/pdf(poytakirjanote-29-2026.pdf)=%zu", strlen(PDF));
    assert_int_equal(attached(file), 3);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.attachment"), 1); /* kept once */
}

/* A proposal not to take part can be approved; what was returned or tabled is not decided, and there is nothing to have reviewed. */
static void test_other_outcomes(void **state)
{
    Municipal__Decided m = decided(MUNICIPAL__OUTCOME__OUTCOME_APPROVED);

    (void)state;
    m.owner_id = id_of(MEMBER);
    m.review_until = "2026-04-02";
    (void)tell("municipal.Decided.v1", &m.base);
    for (Municipal__Outcome outcome = MUNICIPAL__OUTCOME__OUTCOME_CHANGED; outcome <= MUNICIPAL__OUTCOME__OUTCOME_TABLED; outcome++) {
        m = decided(outcome);
        m.owner_id = id_of(MEMBER);
        m.review_until = "2026-04-02";
        m.granted = outcome == MUNICIPAL__OUTCOME__OUTCOME_CHANGED;
        m.cents = m.granted ? 200050 : 0;
        (void)tell("municipal.Decided.v1", &m.base);
    }
    m = decided(MUNICIPAL__OUTCOME__OUTCOME_RETURNED);
    m.owner_id = id_of(MEMBER);
    m.withdrawn = true;
    (void)tell("municipal.Decided.v1", &m.base);
    wait_sent(6);
    expect_mail("mary@example.org", "case_decided",
                "The proposal was approved.\\nOutcome: the share of the funding has not been granted\\n");
    expect_mail("mary@example.org", "case_decided",
                "The proposal was approved with changes.\\nOutcome: the share of the funding has been granted\\nApplied for: €3,163.00\\n"
                "Granted: €2,000.50\\n");
    expect_mail("mary@example.org", "case_decided",
                "The application was rejected.\\nOutcome: the share of the funding has not been granted\\n");
    expect_mail("mary@example.org", "case_decided", "The case was returned: " TITLE "\t");
    expect_mail("mary@example.org", "case_decided", "The case was tabled: " TITLE "\t");
    expect_mail("mary@example.org", "case_decided", "The case was not decided: " TITLE "\t");
    assert_int_equal(grant_mails(&stage, "mary@example.org", "case_decided", "You have withdrawn your application"), 1);
    assert_int_equal(grant_mails(&stage, "mary@example.org", "case_decided", "has not been decided yet"), 2);
    assert_int_equal(grant_mails(&stage, "mary@example.org", "case_decided", "request a review by"), 3);
    assert_int_equal(grant_mails(&stage, "mary@example.org", "case_decided", "Granted: "), 1);
}

/* Of a case's moves only that it was withdrawn is its applicant's to hear. */
static void test_withdrawn(void **state)
{
    Municipal__CaseMoved m = MUNICIPAL__CASE_MOVED__INIT;

    (void)state;
    OF_CASE(m, owner_id);
    m.reason = "Hanke toteutetaan ilman kuntarahaa.";
    for (Municipal__CaseState to = MUNICIPAL__CASE_STATE__CASE_FILED; to <= MUNICIPAL__CASE_STATE__CASE_WITHDRAWN; to++) {
        m.to = to;
        (void)tell("municipal.CaseMoved.v1", &m.base);
    }
    wait_sent(1);
    expect_mail("aino@example.fi", "case_withdrawn", "Hakemus on peruutettu: " TITLE "\t");
    expect_mail("aino@example.fi", "case_withdrawn", "Syy: Hanke toteutetaan ilman kuntarahaa.");
}

/* The plan in exact cents, to whose application the project came from; of one that came from elsewhere nobody is known. */
static void test_plan(void **state)
{
    Municipal__ShareDecided m = MUNICIPAL__SHARE_DECIDED__INIT;

    (void)state;
    m.project_id = id_of(6600000);
    m.share_id = id_of(6600001);
    m.funder = "Kannuksen kaupunki";
    m.title = "Timantti";
    m.granted = true;
    m.applied_cents = m.cents = 316300;
    m.total_cents = 40105200;
    m.granted_cents = 32400463;
    m.refused_cents = 100000;
    m.open_cents = 7604737;
    (void)tell("municipal.ShareDecided.v1", &m.base);
    m.owner_id = id_of(APPLICANT);
    (void)tell("municipal.ShareDecided.v1", &m.base);
    m.granted_cents = m.total_cents;
    m.open_cents = m.refused_cents = 0;
    m.covered = true;
    (void)tell("municipal.ShareDecided.v1", &m.base);
    wait_sent(2);
    expect_mail("aino@example.fi", "share_decided", "Rahoitusosuudesta on päätetty: Timantti\t");
    expect_mail("aino@example.fi", "share_decided",
                "Hankkeen kustannukset: 401" NBSP "052,00" NBSP "€\\nMyönnetty yhteensä: 324" NBSP "004,63" NBSP "€\\nEi myönnetty: 1" NBSP
                "000,00" NBSP "€\\nPäätöstä odottaa: 76" NBSP "047,37" NBSP "€\\n");
    expect_mail("aino@example.fi", "share_decided", "Koko rahoitus on myönnetty: Timantti\t");
    assert_int_equal(grant_mails(&stage, "aino@example.fi", "share_decided", "Päätöstä odottaa"), 1);
}

/* What a secretary sees of the letters of a decision: to whom, when and in which state, without words; a board member none of it. */
static enum err ask(unsigned roles, Notification__MessageList **list)
{
    Notification__ListMessagesRequest request = NOTIFICATION__LIST_MESSAGES_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.event_id = facts_bytes(stage.arena, decided_event);
    const Bus__Reply *reply = line_ask(&line,
                                       &(struct line_request){.method = "notification.ListMessages",
                                                              .message = &request.base,
                                                              .roles = roles,
                                                              .actor = facts_id(99),
                                                              .answer = &notification__message_list__descriptor},
                                       &answer);
    *list = (Notification__MessageList *)answer;
    return (enum err)reply->err;
}

static void test_letters_of_a_decision(void **state)
{
    Notification__MessageList *list;

    (void)state;
    assert_int_equal(ask(BUS__ROLE__ROLE_SECRETARY, &list), ERR_OK);
    assert_int_equal(list->n_messages, 3);
    for (size_t i = 0; i < list->n_messages; i++) {
        assert_string_equal(list->messages[i]->subject, "");
        assert_int_equal(list->messages[i]->state, NOTIFICATION__MESSAGE_STATE__MESSAGE_SENT);
    }
    assert_int_equal(ask(BUS__ROLE__ROLE_BOARD_MEMBER, &list), ERR_FORBIDDEN);
    assert_int_equal(ask(BUS__ROLE__ROLE_APPLICANT, &list), ERR_FORBIDDEN);
}

/* Half a letter is none: what lacks its extract, its register number or a whole id is parked with the field. */
static void test_malformed(void **state)
{
    Municipal__Decided m = decided(MUNICIPAL__OUTCOME__OUTCOME_APPROVED);
    Municipal__CaseFiled filed = MUNICIPAL__CASE_FILED__INIT;
    Municipal__MeetingSummoned meeting = MUNICIPAL__MEETING_SUMMONED__INIT;
    Municipal__Nominee *nominees[] = {nominee(PRINCIPAL, "", MUNICIPAL__NOMINEE_ROLE__NOMINEE_DEPUTY)};
    ProtobufCBinaryData members[] = {{3, (uint8_t *)(uintptr_t) "abc"}};

    (void)state;
    m.document = NULL;
    (void)tell("municipal.Decided.v1", &m.base);
    m = decided(MUNICIPAL__OUTCOME__OUTCOME_UNKNOWN);
    (void)tell("municipal.Decided.v1", &m.base);
    m = decided(MUNICIPAL__OUTCOME__OUTCOME_APPROVED);
    m.nominees = nominees;
    m.n_nominees = 1;
    (void)tell("municipal.Decided.v1", &m.base);
    OF_CASE(filed, owner_id);
    filed.register_number = "";
    (void)tell("municipal.CaseFiled.v1", &filed.base);
    meeting.meeting_id = id_of(6500001);
    meeting.starts_us = grant_at("2090-03-10T14:00:00Z");
    meeting.member_ids = members;
    meeting.n_member_ids = 1;
    (void)tell("municipal.MeetingSummoned.v1", &meeting.base);
    grant_wait(&stage, "select count(*) from notification.event_dead", "5");
    (void)kit_sql(stage.pg, "delete from notification.event_dead");
}

static void test_replay(void **state)
{
    const size_t before = stage_mail_count(&stage);
    const char *behind = "select count(*) from funding.event_stream s left join notification.event_cursor c on c.source_stream = s.stream "
                         "where s.head_seq > coalesce(c.last_seq, 0)";

    (void)state;
    assert_int_equal(stage_notification_stop(&stage, SIGTERM), 0);
    (void)kit_sql(stage.pg, "update notification.event_cursor set last_seq = 0, last_event_id = null");
    stage_notification_start(&stage);
    grant_wait(&stage, behind, "0");
    grant_wait(&stage, "select count(*) from notification.message where state in (1, 2)", "0");
    assert_int_equal(stage_mail_count(&stage), before);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message where kind >= 38"), 18);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filed),                 /* the acknowledgement: register number, money, where to ask */
        cmocka_unit_test(test_statement),             /* to the person who is asked, with the last day and the words */
        cmocka_unit_test(test_meeting),               /* each member is called and told when it is off, with a calendar entry */
        cmocka_unit_test(test_decided),               /* applicant and nominees, in their languages, the extract kept once */
        cmocka_unit_test(test_other_outcomes),        /* changed, rejected, returned, tabled; approved not to take part */
        cmocka_unit_test(test_withdrawn),             /* of a case's moves only this one is told */
        cmocka_unit_test(test_plan),                  /* the funding plan in exact cents, and once it is covered */
        cmocka_unit_test(test_letters_of_a_decision), /* a secretary sees states, nobody else of a municipality */
        cmocka_unit_test(test_malformed),             /* parked rather than half told */
        cmocka_unit_test(test_replay),                /* everything heard again, nothing told again */
    };

    return cmocka_run_group_tests_name("notification municipal", tests, open_stage, operator_close);
}
