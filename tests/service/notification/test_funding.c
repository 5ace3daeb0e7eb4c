/* Letters about grants from the event to the mail: the decision to lead and partners, each in their language with the document and their
 * own amount; the acknowledgement; what follows a decision; who a contact is; what officials see of it; and that a replay tells nobody
 * anything. Real publisher, real SMTP, real parser. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/grants.h"
#include "tests/service/notification/operator.h"

#define LEAD    11
#define SECOND  12
#define THIRD   13
#define NBSP    "\u00a0"
#define WAIT_MS OPERATOR_WAIT_MS

static const char PDF[] = "%PDF-1.7\n% the decision, as it was signed\n%%EOF\n";
static struct uuid decision_event;

static int open_stage(void **state)
{
    if (operator_open(state) != 0)
        return -1;
    stage_funding_open(&stage);
    grant_contact(&stage, LEAD, "Lea Lähde-Esimerkki", "fi", "lea@example.fi");
    grant_contact(&stage, SECOND, "Sven Exempel", "sv", "sven@example.fi");
    grant_contact(&stage, THIRD, "Tess Example", "en", "tess@example.org");
    return stage_wait_tally(&stage, "recipient", 6, WAIT_MS) ? 0 : -1;
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

static void test_received(void **state)
{
    (void)state;
    (void)grant_submitted(&stage, 1, LEAD, false);
    wait_sent(1);
    expect_mail("lea@example.fi", "application_received", "Hakemus on vastaanotettu: " GRANT_TITLE "\tHei Lea Lähde-Esimerkki!");
    expect_mail("lea@example.fi", "application_received", "Diaarinumero: " GRANT_NUMBER "\\nAvustushaku: Johtamisen kehittämishaku\\n");
    expect_mail("lea@example.fi", "application_received", "Haettu avustus: 123" NBSP "456,78" NBSP "€");
    expect_mail("lea@example.fi", "application_received", "Vastaanotettu: perjantai 27.3.2026 klo 15.42");
    expect_mail("lea@example.fi", "application_received", "Kuittaus on lähetetyn hakemuksen SHA-256-tiiviste");
    expect_mail("lea@example.fi", "application_received", "Vastaanottokuittaus: 9F2C-41D7-E8B0");
}

static Funding__Recipient *recipient(unsigned person, bool lead, int64_t cents)
{
    Funding__Recipient *r = arena_alloc(stage.arena, sizeof *r);

    funding__recipient__init(r);
    r->person_id = facts_bytes(stage.arena, facts_id(person));
    r->lead = lead;
    r->cents = cents;
    return r;
}

static Bus__File *document(const void *content, size_t size)
{
    Bus__File *file = arena_alloc(stage.arena, sizeof *file);

    bus__file__init(file);
    file->name = "paatos-7-20.01-2026.pdf";
    file->media_type = "application/pdf";
    file->content = (ProtobufCBinaryData){size, arena_alloc(stage.arena, size + 1)};
    memcpy(file->content.data, content, size);
    return file;
}

static Funding__DecisionSent decision(bool granted, int64_t cents)
{
    Funding__DecisionSent m = FUNDING__DECISION_SENT__INIT;

    m.decision_id = facts_bytes(stage.arena, facts_id(6300001));
    m.application_id = facts_bytes(stage.arena, grant_application(1));
    m.call_id = facts_bytes(stage.arena, grant_call());
    m.register_number = GRANT_NUMBER;
    m.title = GRANT_TITLE;
    m.call_title = m.authority = grant_call_title(stage.arena);
    m.granted = granted;
    m.cents = cents;
    m.document = document(PDF, strlen(PDF));
    m.language = "fi";
    m.recipients = arena_array(stage.arena, 5, sizeof *m.recipients);
    m.recipients[m.n_recipients++] = recipient(LEAD, true, granted ? 5000000 : 0);
    return m;
}

/* The second stands for two partners, and gets one letter with the sum. */
static void test_decision(void **state)
{
    Funding__DecisionSent m = decision(true, 9800050);

    (void)state;
    m.answer_until = "2090-05-15";
    m.use_until = "2091-12-31";
    m.recipients[m.n_recipients++] = recipient(SECOND, false, 2000000);
    m.recipients[m.n_recipients++] = recipient(THIRD, false, 1500050);
    m.recipients[m.n_recipients++] = recipient(SECOND, false, 1300000);
    decision_event = grant_tell(&stage, "funding.DecisionSent.v1", &m.base);
    wait_sent(3);
    expect_mail("lea@example.fi", "grant_decision", "Avustuspäätös: " GRANT_TITLE "\t");
    expect_mail("lea@example.fi", "grant_decision",
                "Myönnetty avustus: 98" NBSP "000,50" NBSP "€\\nSiitä organisaatiosi osuus: 50" NBSP "000,00");
    expect_mail("lea@example.fi", "grant_decision", "kieltäydy siitä viimeistään maanantai");
    expect_mail("sven@example.fi", "grant_decision", "Understödsbeslut: " GRANT_TITLE "\t");
    expect_mail("sven@example.fi", "grant_decision", "Din organisations andel av det: 33" NBSP "000,00" NBSP "€");
    expect_mail("sven@example.fi", "grant_decision", "Utlysning: Utlysningen för ledarskap");
    assert_int_equal(grant_mails(&stage, "sven@example.fi", "grant_decision", "avstå från"), 0); /* the answer is the lead's */
    expect_mail("tess@example.org", "grant_decision", "Of which your organisation's share: €15,000.50");
    expect_mail("tess@example.org", "grant_decision", "The period of use ends: Monday");
    /* A partner who reads another language is told which one the document is in; the lead chose it. */
    expect_mail("sven@example.fi", "grant_decision", "Beslutet är skrivet på finska.");
    expect_mail("tess@example.org", "grant_decision", "The decision is written in Finnish.");
    assert_int_equal(grant_mails(&stage, "lea@example.fi", "grant_decision", "Päätös on kirjoitettu"), 0);
    const char *mails = operator_mails();
    char file[80];
    int attached = 0;
    (void)snprintf(file, sizeof file, "application/pdf(paatos-7-20.01-2026.pdf)=%zu", strlen(PDF));
    for (const char *at = mails; (at = strstr(at, file)) != NULL; at++)
        attached++;
    assert_int_equal(attached, 3);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.attachment"), 1); /* kept once */
}

/* A correction says so, with its own document; a rejection names no money. */
static void test_corrected_and_rejected(void **state)
{
    Funding__DecisionSent m = decision(true, 8000000);

    (void)state;
    m.corrects_id = m.decision_id;
    m.decision_id = facts_bytes(stage.arena, facts_id(6300002));
    m.recipients[0]->cents = m.cents;
    (void)grant_tell(&stage, "funding.DecisionSent.v1", &m.base);
    wait_sent(1);
    expect_mail("lea@example.fi", "grant_decision", "Korjattu avustuspäätös: ");
    expect_mail("lea@example.fi", "grant_decision", "Päätös korjaa aiemman päätöksen ja korvaa sen.");
    expect_mail("lea@example.fi", "grant_decision", "Myönnetty avustus: 80" NBSP "000,00" NBSP "€\\n\\nPäätös perusteluineen");
    m = decision(false, 0);
    m.recipients[0] = recipient(THIRD, true, 0);
    (void)grant_tell(&stage, "funding.DecisionSent.v1", &m.base);
    wait_sent(1);
    expect_mail("tess@example.org", "grant_decision", "Outcome: no grant has been awarded\\n\\nThe decision, with its reasons");
}

/* What an official sees of the decision's letters, and who does not see it. */
static enum err ask(unsigned roles, struct uuid event, Notification__MessageList **list)
{
    Notification__ListMessagesRequest request = NOTIFICATION__LIST_MESSAGES_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.event_id = facts_bytes(stage.arena, event);
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

static void test_letters_of_an_event(void **state)
{
    Notification__MessageList *list;

    (void)state;
    assert_int_equal(ask(BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_PARTICIPANT, decision_event, &list), ERR_OK);
    assert_int_equal(list->n_messages, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(list->messages[i]->kind, "grant_decision");
        assert_string_equal(list->messages[i]->subject, "");
        assert_int_equal(list->messages[i]->state, NOTIFICATION__MESSAGE_STATE__MESSAGE_SENT);
        assert_true(list->messages[i]->sent_us > 0);
    }
    assert_int_equal(ask(BUS__ROLE__ROLE_DECIDER, decision_event, &list), ERR_OK);
    assert_int_equal(ask(BUS__ROLE__ROLE_ADMIN, decision_event, &list), ERR_OK);
    assert_int_equal(list->n_messages, 3);
    assert_non_null(strstr(list->messages[0]->subject, GRANT_TITLE));
    assert_int_equal(ask(BUS__ROLE__ROLE_EVALUATOR, decision_event, &list), ERR_FORBIDDEN);
    assert_int_equal(ask(BUS__ROLE__ROLE_APPLICANT, decision_event, &list), ERR_FORBIDDEN);
    assert_int_equal(ask(BUS__ROLE__ROLE_ADMIN, facts_id(5), &list), ERR_OK);
    assert_int_equal(list->n_messages, 0);
    Notification__ListMessagesRequest all = NOTIFICATION__LIST_MESSAGES_REQUEST__INIT; /* without an event: admins alone */
    ProtobufCMessage *answer;
    assert_int_equal(line_ask(&line,
                              &(struct line_request){.method = "notification.ListMessages",
                                                     .message = &all.base,
                                                     .roles = BUS__ROLE__ROLE_PREPARER,
                                                     .actor = facts_id(99),
                                                     .answer = &notification__message_list__descriptor},
                              &answer)
                         ->err,
                     ERR_FORBIDDEN);
}

/* An event about one's own enrolment is not theirs to look at. */
static void test_officials_see_grants_only(void **state)
{
    Enrolment__SeatTaken seat = ENROLMENT__SEAT_TAKEN__INIT;
    Notification__MessageList *list;
    const struct uuid programme = facts_id(OPERATOR_PROGRAMME);

    (void)state;
    seat.registration = facts_registration(stage.arena, programme, facts_id(1), facts_id(1), 1);
    const struct uuid event = stage_publish(&stage, programme, "enrolment.SeatTaken.v1", &seat.base);
    wait_sent(1);
    assert_int_equal(ask(BUS__ROLE__ROLE_ADMIN, event, &list), ERR_OK);
    assert_int_equal(list->n_messages, 1);
    assert_int_equal(ask(BUS__ROLE__ROLE_PREPARER, event, &list), ERR_OK);
    assert_int_equal(list->n_messages, 0);
}

#define OF_GRANT(m)                                                                                                                        \
    (m).application_id = facts_bytes(stage.arena, grant_application(1));                                                                   \
    (m).call_id = facts_bytes(stage.arena, grant_call());                                                                                  \
    (m).owner_id = facts_bytes(stage.arena, facts_id(SECOND));                                                                             \
    (m).register_number = GRANT_NUMBER;                                                                                                    \
    (m).title = GRANT_TITLE

static void test_answer_and_payment(void **state)
{
    Funding__GrantAnswered answer = FUNDING__GRANT_ANSWERED__INIT;
    Funding__InstalmentMoved instalment = FUNDING__INSTALMENT_MOVED__INIT;

    (void)state;
    OF_GRANT(answer);
    answer.by_silence = true;
    answer.cents = 9800050;
    (void)grant_tell(&stage, "funding.GrantAnswered.v1", &answer.base);
    OF_GRANT(instalment);
    instalment.cents = 4900025;
    instalment.account_end = "0785";
    instalment.paid_on = "2026-10-15";
    instalment.reference = "RF18539007547034";
    static const Funding__InstalmentState STATES[] = {
        FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT,
        FUNDING__INSTALMENT_STATE__INSTALMENT_CAME_BACK, FUNDING__INSTALMENT_STATE__INSTALMENT_PAID};
    for (size_t i = 0; i < 4; i++) {
        instalment.state = STATES[i];
        (void)grant_tell(&stage, "funding.InstalmentMoved.v1", &instalment.base);
    }
    wait_sent(3);
    expect_mail("sven@example.fi", "grant_answered", "Tiden för att avstå från understödet har gått ut");
    expect_mail("sven@example.fi", "grant_payment", "Understöd har betalats ut: ");
    expect_mail("sven@example.fi", "grant_payment", "Utbetalningen kom tillbaka: ");
    assert_int_equal(grant_mails(&stage, "sven@example.fi", "grant_payment", "Rat: 49" NBSP "000,25" NBSP "€"), 2);
    /* By which it is found on a statement of account; what came back has no day and no reference. */
    assert_int_equal(grant_mails(&stage, "sven@example.fi", "grant_payment", "Kontonumret slutar på: 0785"), 2);
    assert_int_equal(grant_mails(&stage, "sven@example.fi", "grant_payment",
                                 "Betalningsdag: torsdag 15 oktober 2026\\nKontonumret slutar på: 0785\\nReferens: RF18539007547034"),
                     1);
    assert_int_equal(grant_mails(&stage, "sven@example.fi", "grant_payment", "Referens"), 1);
}

static Funding__AmendmentPart *part(Funding__ChangeKind kind, Funding__PartOutcome outcome, const char *reason)
{
    Funding__AmendmentPart *p = arena_alloc(stage.arena, sizeof *p);

    funding__amendment_part__init(p);
    p->kind = kind;
    p->outcome = outcome;
    p->reason = arena_strdup(stage.arena, reason);
    return p;
}

static void test_amendment(void **state)
{
    Funding__AmendmentDecided m = FUNDING__AMENDMENT_DECIDED__INIT;
    Funding__Change accepted = FUNDING__CHANGE__INIT;
    Funding__AmendmentPart *parts[2];

    (void)state;
    OF_GRANT(m);
    m.owner_id = facts_bytes(stage.arena, facts_id(LEAD));
    parts[0] = part(FUNDING__CHANGE_KIND__CHANGE_PERIOD, FUNDING__PART_OUTCOME__OUTCOME_CHANGED, "Haun käyttöaika päättyy silloin.");
    accepted.use_until = "2092-06-30";
    parts[0]->accepted = &accepted;
    parts[1] = part(FUNDING__CHANGE_KIND__CHANGE_BUDGET, FUNDING__PART_OUTCOME__OUTCOME_REJECTED, "Kulu ei ole hyväksyttävä.");
    m.parts = parts;
    m.n_parts = 2;
    m.document = document(PDF, strlen(PDF));
    m.recipients = arena_array(stage.arena, 2, sizeof *m.recipients);
    m.recipients[m.n_recipients++] = recipient(LEAD, true, 0);
    m.recipients[m.n_recipients++] = recipient(THIRD, false, 0);
    (void)grant_tell(&stage, "funding.AmendmentDecided.v1", &m.base);
    wait_sent(2);
    expect_mail("tess@example.org", "amendment_decided", "on the change application of your project");
    expect_mail("lea@example.fi", "amendment_decided", "Muutoshakemuksestasi on tehty päätös.");
    expect_mail("lea@example.fi", "amendment_decided",
                "- Käyttöaika: hyväksytty muutettuna. Perustelu: Haun käyttöaika päättyy silloin.\\n"
                "- Käyttösuunnitelma: hylätty. Perustelu: Kulu ei ole hyväksyttävä.\\n");
    expect_mail("lea@example.fi", "amendment_decided", "Käyttöaika päättyy nyt: maanantaina");
    /* The decision itself, and not the mail printed. */
    assert_non_null(strstr(operator_mails(), "application/pdf(paatos-7-20.01-2026.pdf)="));
    assert_null(strstr(operator_mails(), "application/pdf(kirje.pdf)="));
}

static void test_report_and_recovery(void **state)
{
    Funding__ReportMoved report = FUNDING__REPORT_MOVED__INIT;
    Funding__RecoveryMoved recovery = FUNDING__RECOVERY_MOVED__INIT;

    (void)state;
    OF_GRANT(report);
    report.owner_id = facts_bytes(stage.arena, facts_id(THIRD));
    report.kind = FUNDING__REPORT_KIND__REPORT_FINAL;
    report.used_cents = 9600000;
    report.words = "Please tell how the second group was taught.";
    report.due_on = "2092-10-01";
    for (int to = FUNDING__REPORT_STATE__REPORT_AWAITED; to <= FUNDING__REPORT_STATE__REPORT_NOT_NEEDED; to++) {
        report.state = (Funding__ReportState)to;
        (void)grant_tell(&stage, "funding.ReportMoved.v1", &report.base);
    }
    OF_GRANT(recovery);
    recovery.owner_id = facts_bytes(stage.arena, facts_id(THIRD));
    recovery.kind = FUNDING__RECOVERY_KIND__RECOVERY_RETURN;
    recovery.cents = 200050;
    recovery.reasons = "The grant was not used as a whole.";
    recovery.due_on = "2093-01-15";
    for (int to = FUNDING__RECOVERY_STATE__RECOVERY_PROPOSED; to <= FUNDING__RECOVERY_STATE__RECOVERY_WAIVED; to++) {
        recovery.state = (Funding__RecoveryState)to;
        recovery.document = to == FUNDING__RECOVERY_STATE__RECOVERY_ORDERED ? document(PDF, strlen(PDF)) : NULL;
        (void)grant_tell(&stage, "funding.RecoveryMoved.v1", &recovery.base);
    }
    wait_sent(6);
    expect_mail("tess@example.org", "report_reviewed", "The final report has been received: ");
    expect_mail("tess@example.org", "report_reviewed", "The final report has been accepted: ");
    expect_mail("tess@example.org", "report_reviewed", "Please supplement it by: Wednesday");
    assert_int_equal(grant_mails(&stage, "tess@example.org", "report_reviewed", "Please tell how the second group was taught."), 3);
    expect_mail("tess@example.org", "recovery", "The account and the payment details are in the decision.");
    assert_int_equal(grant_mails(&stage, "tess@example.org", "recovery", "Amount: €2,000.50"), 3);
    expect_mail("tess@example.org", "recovery", "The repayment has arrived: ");
}

static void test_ended(void **state)
{
    Funding__ApplicationEnded m = FUNDING__APPLICATION_ENDED__INIT;

    (void)state;
    m.application_id = facts_bytes(stage.arena, grant_application(2));
    m.call_id = facts_bytes(stage.arena, grant_call());
    m.owner_id = facts_bytes(stage.arena, facts_id(LEAD));
    m.state = FUNDING__APPLICATION_STATE__APPLICATION_LAPSED; /* a draft: without number and title, so the call says which it was */
    m.call_title = grant_call_title(stage.arena);
    m.reason = "rules: the call has closed";
    (void)grant_tell(&stage, "funding.ApplicationEnded.v1", &m.base);
    m.owner_id = facts_bytes(stage.arena, facts_id(THIRD));
    m.register_number = GRANT_NUMBER;
    m.title = GRANT_TITLE;
    m.state = FUNDING__APPLICATION_STATE__APPLICATION_WITHDRAWN;
    m.reason = "Our plans have changed.";
    (void)grant_tell(&stage, "funding.ApplicationEnded.v1", &m.base);
    wait_sent(2);
    expect_mail("lea@example.fi", "application_ended", "\tHakemusluonnos on rauennut\t");
    assert_int_equal(grant_mails(&stage, "lea@example.fi", "application_ended", "rules:"), 0);
    expect_mail("lea@example.fi", "application_ended",
                arena_printf(stage.arena, "rauennut, eikä sitä käsitellä.\\n\\nAvustushaku: %s", m.call_title->fi));
    expect_mail("tess@example.org", "application_ended", "Reason: Our plans have changed.");
}

/* What a person says of themselves stands over what an application says of them, whichever comes first; among contacts the last counts. */
static void test_who_a_contact_is(void **state)
{
    (void)state;
    grant_contact(&stage, 20, "Vanha Nimi-Esimerkki", "fi", "vanha@example.fi");
    grant_contact(&stage, 20, "Uusi Nimi-Esimerkki", "sv", "uusi@example.fi");
    grant_wait(&stage, "select concat_ws(' ', email, language, version) from notification.recipient where name like 'Uusi%'",
               "uusi@example.fi sv 0");
    (void)stage_publish(&stage, facts_id(20), "enrolment.PersonStored.v1", &facts_person(stage.arena, 20, "en", "oma@example.fi")->base);
    grant_wait(&stage, "select count(*) from notification.recipient where email = 'oma@example.fi' and version = 1", "1");
    grant_contact(&stage, 20, "Vanha Nimi-Esimerkki", "fi", "vanha@example.fi");
    grant_contact(&stage, 21, "Viimeinen Esimerkki", "fi", "viimeinen@example.fi");
    grant_wait(&stage, "select count(*) from notification.recipient where email = 'viimeinen@example.fi'", "1");
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.recipient where email = 'vanha@example.fi'"), 0);
}

/* A letter to somebody who is not known yet waits, and leaves with the event that says who they are. */
static void test_waits_for_contact(void **state)
{
    Funding__GrantAnswered m = FUNDING__GRANT_ANSWERED__INIT;

    (void)state;
    OF_GRANT(m);
    m.owner_id = facts_bytes(stage.arena, facts_id(22));
    m.refused = true;
    (void)grant_tell(&stage, "funding.GrantAnswered.v1", &m.base);
    grant_wait(&stage, "select count(*) from notification.message where waits", "1");
    grant_contact(&stage, 22, "Myöhäinen Esimerkki", "fi", "myohainen@example.fi");
    wait_sent(1);
    expect_mail("myohainen@example.fi", "grant_answered", "Avustuksesta on kieltäydytty: ");
}

/* Half a letter is none: what lacks its document, or a fact its kind requires, is parked with the field. */
static void test_malformed(void **state)
{
    Funding__DecisionSent m = decision(true, 100);
    Funding__ObligationSet set = FUNDING__OBLIGATION_SET__INIT;
    static uint8_t large[200 * 1024 + 1];

    (void)state;
    m.document = NULL;
    (void)grant_tell(&stage, "funding.DecisionSent.v1", &m.base);
    m.document = document(large, sizeof large);
    (void)grant_tell(&stage, "funding.DecisionSent.v1", &m.base);
    m = decision(true, 100);
    m.n_recipients = 0;
    (void)grant_tell(&stage, "funding.DecisionSent.v1", &m.base);
    m = decision(true, 100);
    m.title = "";
    (void)grant_tell(&stage, "funding.DecisionSent.v1", &m.base);
    OF_GRANT(set);
    set.obligation_id = set.application_id;
    set.kind = FUNDING__OBLIGATION_KIND__OBLIGATION_FINAL;
    set.due_on = "2090-02-30";
    (void)grant_tell(&stage, "funding.ObligationSet.v1", &set.base);
    grant_wait(&stage, "select count(*) from notification.event_dead", "5");
    (void)kit_sql(stage.pg, "delete from notification.event_dead");
}

static void test_known_and_left_alone(void **state)
{
    Funding__Evaluated evaluated = FUNDING__EVALUATED__INIT;
    Funding__ProposalMade proposal = FUNDING__PROPOSAL_MADE__INIT;
    Funding__AmendmentSubmitted amendment = FUNDING__AMENDMENT_SUBMITTED__INIT;
    Funding__DrawMade draw = FUNDING__DRAW_MADE__INIT;
    Funding__ProjectStored project = FUNDING__PROJECT_STORED__INIT;
    Funding__CallResolved resolved = FUNDING__CALL_RESOLVED__INIT;
    const int64_t messages = kit_sql_int(stage.pg, "select count(*) from notification.message");

    (void)state;
    (void)grant_tell(&stage, "funding.Evaluated.v1", &evaluated.base);
    (void)grant_tell(&stage, "funding.ProposalMade.v1", &proposal.base);
    (void)grant_tell(&stage, "funding.AmendmentSubmitted.v1", &amendment.base);
    (void)grant_tell(&stage, "funding.DrawMade.v1", &draw.base);
    (void)grant_tell(&stage, "funding.ProjectStored.v1", &project.base);
    (void)grant_tell(&stage, "funding.CallResolved.v1", &resolved.base);
    grant_contact(&stage, 30, "Merkki Esimerkki", "fi", "merkki@example.fi");
    grant_wait(&stage, "select count(*) from notification.recipient where email = 'merkki@example.fi'", "1");
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.event_dead"), 0);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message"), messages);
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
    kit_sleep_ms(1000);
    assert_int_equal(stage_mail_count(&stage), before);
    assert_int_equal(stage_tally(&stage, "queued") + stage_tally(&stage, "sending"), 0);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.attachment"),
                     5); /* of three decisions, a change and an order */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_received),                  /* the acknowledgement: number, moment, money, receipt */
        cmocka_unit_test(test_decision),                  /* three languages, own amounts, one letter each, the document kept once */
        cmocka_unit_test(test_corrected_and_rejected),    /* a correction says so; a rejection names no money */
        cmocka_unit_test(test_letters_of_an_event),       /* officials see states and times without words; nobody else does */
        cmocka_unit_test(test_officials_see_grants_only), /* and nothing of enrolments */
        cmocka_unit_test(test_answer_and_payment),        /* silence accepts; paid, and came back; what lies between is not told */
        cmocka_unit_test(test_amendment),                 /* each part with its outcome and reason, and the letter as a document */
        cmocka_unit_test(test_report_and_recovery),       /* of all their states those that concern the recipient */
        cmocka_unit_test(test_ended),                     /* lapsed without a title, withdrawn with a reason */
        cmocka_unit_test(test_who_a_contact_is),          /* a person's own word wins; of contacts the last */
        cmocka_unit_test(test_waits_for_contact),         /* a letter waits for its recipient's address */
        cmocka_unit_test(test_malformed),                 /* parked rather than half told */
        cmocka_unit_test(test_known_and_left_alone),      /* what officials do among themselves tells nobody */
        cmocka_unit_test(test_replay),                    /* everything heard again, nothing told again */
    };

    return cmocka_run_group_tests_name("notification funding", tests, open_stage, operator_close);
}
