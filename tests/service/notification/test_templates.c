/* Templates as an operator changes them over the bus: shown, checked where they are entered, previewed, tested by a real mail, and used for
 * the next letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/facts.h"
#include "tests/service/notification/operator.h"

static const Notification__Template *get(const char *kind, const char *language, uint32_t version)
{
    Notification__GetTemplateRequest request = NOTIFICATION__GET_TEMPLATE_REQUEST__INIT;
    ProtobufCMessage *answer;

    request.kind = arena_strdup(stage.arena, kind);
    request.language = arena_strdup(stage.arena, language);
    request.version = version;
    const Bus__Reply *reply = operator_read("notification.GetTemplate", &request.base, &notification__template__descriptor, &answer);
    if (reply->err != ERR_OK)
        return NULL;
    assert_int_equal(reply->version, ((Notification__Template *)answer)->version);
    return (const Notification__Template *)answer;
}

static const Bus__Reply *put_of(const char *kind, const char *language, const char *subject, const char *text, const char *html,
                                uint64_t if_match)
{
    Notification__PutTemplateRequest request = NOTIFICATION__PUT_TEMPLATE_REQUEST__INIT;

    request.kind = arena_strdup(stage.arena, kind);
    request.language = arena_strdup(stage.arena, language);
    request.subject = arena_strdup(stage.arena, subject);
    request.text = arena_strdup(stage.arena, text);
    request.html = arena_strdup(stage.arena, html);
    return operator_write("notification.PutTemplate", &request.base, &notification__template__descriptor, if_match, NULL);
}

static const Bus__Reply *put(const char *subject, const char *text, const char *html, uint64_t if_match)
{
    return put_of("promotion", "sv", subject, text, html, if_match);
}

static void test_list(void **state)
{
    Notification__ListTemplatesRequest request = NOTIFICATION__LIST_TEMPLATES_REQUEST__INIT;
    ProtobufCMessage *answer;

    (void)state;
    assert_int_equal(operator_read("notification.ListTemplates", &request.base, &notification__template_list__descriptor, &answer)->err,
                     ERR_OK);
    const Notification__TemplateList *list = (const Notification__TemplateList *)answer;
    assert_true(list->n_kinds >= 21);
    for (size_t i = 0; i < list->n_kinds; i++) {
        assert_int_equal(list->kinds[i]->n_current, 3);
        assert_true(list->kinds[i]->current[0]->built_in);
        assert_string_equal(list->kinds[i]->current[0]->subject, "");
    }
    const Notification__TemplateKind *offer = list->kinds[6];
    assert_string_equal(offer->kind, "offer");
    assert_true(offer->statutory);
    bool seen = false;
    for (size_t i = 0; i < offer->n_facts; i++) {
        const Notification__FactSpec *fact = offer->facts[i];
        if (strcmp(fact->name, "reply_due") != 0)
            continue;
        seen = fact->required && fact->told && fact->type == NOTIFICATION__FACT_TYPE__FACT_MOMENT && fact->sample[0] != '\0';
    }
    assert_true(seen);
    assert_int_equal(line_ask(&line,
                              &(const struct line_request){.method = "notification.ListTemplates",
                                                           .message = &request.base,
                                                           .roles = BUS__ROLE__ROLE_COORDINATOR,
                                                           .actor = facts_id(1)},
                              NULL)
                         ->err,
                     ERR_FORBIDDEN);
}

static void test_what_cannot_be(void **state)
{
    (void)state;
    const char *field = "subject", *rule = "notification.template.pattern";

    operator_refused(put("Plats {", "Text", "", 1), rule, field, "position", "6");
    operator_refused(put("Plats", "Hej {organizer}!", "", 1), rule, "text", "reason", "the kind \"promotion\" has no fact \"organizer\"");
    operator_refused(put("Plats", "Hej {organizer}!", "", 1), rule, "text", "position", "4");
    operator_refused(put("Plats", "Plats {order}", "", 1), rule, "text", NULL, NULL); /* an order may not be known */
    operator_refused(put("Plats", "Text", "<p>{training, plural, one {x}}</p>", 1), rule, "html", NULL, NULL);
    operator_refused(put("Plats", "Text", "<p>{training}</p><script>x()</script>", 1), "notification.template.html", "html", "position",
                     "17");
    operator_refused(put("", "Text", "", 1), "notification.template.empty", "subject", NULL, NULL);
    operator_refused(put("En\nTvå", "Text", "", 1), "notification.template.subject", "subject", NULL, NULL);
    assert_int_equal(put("Plats", "Text", "", 0)->err, ERR_PRECONDITION_REQUIRED);
    assert_int_equal(put("Plats", "Text", "", 7)->err, ERR_PRECONDITION);
    assert_int_equal(get("promotion", "sv", 0)->version, 1);
    assert_null(get("promotion", "sv", 2));
    assert_null(get("promotion", "de", 0));
    assert_null(get("promoted", "sv", 0));
}

/* Whoever forgets the fact that the kind is there for would send empty letters from then on. */
static void test_what_must_be_said(void **state)
{
    const char *rule = "notification.template.fact-unused";

    (void)state;
    operator_refused(put_of("notice", "fi", "{subject}", "Hei!", "", 1), rule, "text", "fact", "body");
    operator_refused(put_of("notice", "fi", "Tiedote", "{body}", "", 1), rule, "subject", "fact", "subject");
    operator_refused(put_of("notice", "fi", "{subject}", "{body}", "<p>Hei!</p>", 1), rule, "html", "fact", "body");
    operator_refused(put_of("announcement", "en", "{subject}", "{name, select, none {} other {{body}}}", "", 1), rule, "text", "fact",
                     "body");
    operator_refused(put_of("offer", "sv", "Plats", "Svara snart.", "", 1), rule, "text", "fact", "reply_due");
    assert_int_equal(put_of("notice", "fi", "Tiedote", "{subject}\n\n{body}", "<p>{subject}</p><p>{body}</p>", 1)->err, ERR_OK);
}

/* The same again is no new version; the service's own words come back by asking for them. */
static void test_back_to_built_in(void **state)
{
    Notification__PutTemplateRequest request = NOTIFICATION__PUT_TEMPLATE_REQUEST__INIT;
    const char *own = arena_strdup(stage.arena, get("completed", "en", 0)->text);
    ProtobufCMessage *answer;

    (void)state;
    assert_int_equal(put_of("completed", "en", "Done: {training}", "You did {training}.", "", 1)->err, ERR_OK);
    const Bus__Reply *again = put_of("completed", "en", "Done: {training}", "You did {training}.", "", 2);
    assert_int_equal(again->err, ERR_OK);
    assert_int_equal(again->version, 2);
    assert_null(get("completed", "en", 3));
    request.kind = "completed";
    request.language = "en";
    request.text = "x";
    request.built_in = true;
    operator_refused(operator_write("notification.PutTemplate", &request.base, &notification__template__descriptor, 2, NULL),
                     "notification.template.built-in", "builtIn", NULL, NULL);
    request.text = "";
    assert_int_equal(operator_write("notification.PutTemplate", &request.base, &notification__template__descriptor, 2, &answer)->err,
                     ERR_OK);
    const Notification__Template *back = (const Notification__Template *)answer;
    assert_true(back->built_in);
    assert_int_equal(back->version, 3);
    assert_string_equal(back->text, own);
}

/* Position and reason are in the sentence, counted as an editor counts. */
static void test_where_and_why(void **state)
{
    (void)state;
    const Bus__Reply *reply = put("Åäö {", "Text", "", 1);
    operator_refused(reply, "notification.template.pattern", "subject", "position", "7");
    operator_refused(reply, "notification.template.pattern", "subject", "character", "5");
    assert_non_null(strstr(reply->problem->detail->fi, "5. merkki: merkin { perässä on tiedon nimi"));
    assert_non_null(strstr(reply->problem->detail->sv, "Mallens text är inte giltig, tecken 5: efter { kommer namnet på en uppgift"));
    assert_non_null(strstr(reply->problem->detail->en, "after { comes the name of a fact"));
}

static void publish_promotion(unsigned order)
{
    Enrolment__Promoted event = ENROLMENT__PROMOTED__INIT;

    event.registration =
        facts_registration(stage.arena, facts_id(OPERATOR_PROGRAMME), facts_id(OPERATOR_PROGRAMME + 1), facts_id(2), order);
    (void)stage_publish(&stage, facts_id(OPERATOR_PROGRAMME), "enrolment.Promoted.v1", &event.base);
}

static void test_new_version_is_sent(void **state)
{
    (void)state;
    assert_int_equal(put("Grattis: {training}", "Ordning {order, select, none {okänd} other {{order}}}.", "", 1)->err, ERR_OK);
    assert_int_equal(put("Grattis: {training}", "Ordning.", "", 1)->err, ERR_PRECONDITION); /* it was changed since */
    const Notification__Template *now = get("promotion", "sv", 0);
    assert_int_equal(now->version, 2);
    assert_false(now->built_in);
    assert_int_equal(now->creator_id.len, 16);
    assert_true(get("promotion", "sv", 1)->built_in);
    publish_promotion(7);
    assert_true(stage_wait_tally(&stage, "sent", 1, OPERATOR_WAIT_MS));
    const char *mails = operator_mails();
    assert_non_null(strstr(mails, "\tGrattis: Kraft i ledarskapet – exempel\t"));
    assert_non_null(strstr(mails, "Ordning 7."));
    assert_string_equal(kit_sql(stage.pg, "select concat_ws('/', kind, language, template_version) from notification.message"), "3/sv/2");
}

static const Notification__Preview *preview(Notification__PreviewTemplateRequest *request, const Bus__Reply **reply)
{
    ProtobufCMessage *answer;

    *reply = operator_read("notification.PreviewTemplate", &request->base, &notification__preview__descriptor, &answer);
    return (*reply)->err == ERR_OK ? (const Notification__Preview *)answer : NULL;
}

static void test_preview(void **state)
{
    Notification__PreviewTemplateRequest request = NOTIFICATION__PREVIEW_TEMPLATE_REQUEST__INIT;
    Notification__FactValue *facts[] = {operator_fact("reply_due", "2026-11-30T12:00:00+02:00"), operator_fact("reason", "")};
    const Bus__Reply *reply;

    (void)state;
    request.kind = "offer";
    request.language = "fi";
    const Notification__Preview *p = preview(&request, &reply);
    assert_non_null(strstr(p->text, "Voimaa johtajuuteen"));
    assert_non_null(strstr(p->html, "<!DOCTYPE html>"));
    request.facts = facts;
    request.n_facts = 2;
    request.subject = "Vastaa: {reply_due}";
    request.text = "{reason, select, none {Ei syytä.} other {Syy: {reason}}}\n\n{reply_due, date, short}";
    p = preview(&request, &reply);
    assert_string_equal(p->subject, "Vastaa: maanantai 30.11.2026 klo 12.00");
    assert_string_equal(p->text, "Ei syytä.\n\n30.11.2026\n");
    facts[0] = operator_fact("reply_due", "huomenna");
    assert_null(preview(&request, &reply));
    assert_non_null(strstr(reply->problem->detail->sv, "2026-09-10T12:00:00+03:00"));
    operator_refused(reply, "notification.fact.type", "facts[reply_due]", "type", "moment, RFC 3339");
    facts[0] = operator_fact("reply_due", "");
    assert_null(preview(&request, &reply));
    assert_string_equal(reply->problem->detail->fi, "Viestistä puuttuu tieto reply_due");
    operator_refused(reply, "notification.fact.missing", "facts[reply_due]", "fact", "reply_due");
    facts[0] = operator_fact("credits", "5");
    assert_null(preview(&request, &reply));
    operator_refused(reply, "notification.fact.unknown", "facts[credits]", "fact", "credits");
    request.text = "{";
    assert_null(preview(&request, &reply));
    operator_refused(reply, "notification.template.pattern", "text", "position", "0");
}

static const char *shown(const char *language, const char *text, Notification__FactValue **facts, size_t count, const Bus__Reply **reply)
{
    Notification__PreviewTemplateRequest request = NOTIFICATION__PREVIEW_TEMPLATE_REQUEST__INIT;

    request.kind = arena_strdup(stage.arena, "waiting_list");
    request.language = arena_strdup(stage.arena, language);
    request.text = arena_strdup(stage.arena, text);
    request.facts = facts;
    request.n_facts = count;
    const Notification__Preview *p = preview(&request, reply);
    return p != NULL ? p->text : NULL;
}

/* Samples are in the template's language, and follow from what is given. */
static void test_samples(void **state)
{
    const char *ahead = "{ahead, select, none {-} other {{ahead}}}", *places = "{place_count, select, none {-} other {{place_count}}}";
    Notification__FactValue *facts[] = {operator_fact("position", "5"), operator_fact("position", "6")};
    const Bus__Reply *reply;

    (void)state;
    assert_string_equal(shown("sv", "{training}", NULL, 0, &reply), "Kraft i ledarskapet\n");
    assert_string_equal(shown("fi", ahead, NULL, 0, &reply), "2\n");
    assert_string_equal(shown("fi", ahead, facts, 1, &reply), "4\n");
    assert_null(shown("fi", ahead, facts, 2, &reply));
    operator_refused(reply, "notification.fact.twice", "facts[position]", "fact", "position");
    facts[0] = operator_fact("position", "");
    assert_string_equal(shown("fi", ahead, facts, 1, &reply), "-\n");
    facts[0] = operator_fact("ahead", "3");
    assert_null(shown("fi", ahead, facts, 1, &reply));
    operator_refused(reply, "notification.fact.made", "facts[ahead]", "fact", "ahead");
    assert_non_null(strstr(reply->problem->detail->fi, "position"));
    facts[0] = operator_fact("places", "Kuopio, Joensuu, Mikkeli");
    assert_string_equal(shown("fi", places, facts, 1, &reply), "3\n");
    facts[0] = operator_fact("places", "");
    assert_string_equal(shown("fi", places, facts, 1, &reply), "-\n");
}

static void test_test_send(void **state)
{
    Notification__TestSendRequest request = NOTIFICATION__TEST_SEND_REQUEST__INIT;
    Notification__PreviewTemplateRequest texts = NOTIFICATION__PREVIEW_TEMPLATE_REQUEST__INIT;
    Notification__GetPromiseRequest promise = NOTIFICATION__GET_PROMISE_REQUEST__INIT;
    const int64_t sent = stage_tally(&stage, "sent");
    ProtobufCMessage *answer;

    (void)state;
    texts.kind = "offer"; /* about a training that nobody names: the samples are enough */
    texts.language = "sv";
    texts.subject = "Erbjudande: {training}";
    request.preview = &texts;
    assert_int_equal(operator_write("notification.TestSend", &request.base, &notification__message__descriptor, 0, &answer)->err, ERR_OK);
    const Notification__Message *message = (const Notification__Message *)answer;
    assert_true(message->test);
    assert_string_equal(message->subject, "[Test] Erbjudande: Kraft i ledarskapet");
    assert_int_equal(message->state, NOTIFICATION__MESSAGE_STATE__MESSAGE_QUEUED);
    assert_true(stage_wait_tally(&stage, "sent", sent + 1, OPERATOR_WAIT_MS));
    const char *mails = operator_mails();
    assert_non_null(strstr(mails, "p1@example.fi>\t[Test] Erbjudande: Kraft i ledarskapet\t"));
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message where test and language = 'sv' and state = 3"), 1);
    assert_int_equal(operator_read("notification.GetPromise", &promise.base, &notification__promise__descriptor, &answer)->err, ERR_OK);
    assert_int_equal(((const Notification__Promise *)answer)->sent, sent); /* tests are not promised */
    texts.text = "{nothing}";
    operator_refused(operator_write("notification.TestSend", &request.base, &notification__message__descriptor, 0, NULL),
                     "notification.template.pattern", "preview.text", "position", "0");
    texts.text = "";
    const struct line_request stranger = {
        .method = "notification.TestSend", .message = &request.base, .roles = BUS__ROLE__ROLE_ADMIN, .actor = facts_id(99), .write = true};
    operator_refused(line_ask(&line, &stranger, NULL), "notification.test.no-address", "", NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),                /* every kind with its facts and current versions, for admins */
        cmocka_unit_test(test_what_cannot_be),      /* field, byte and reason; If-Match; nothing is kept */
        cmocka_unit_test(test_what_must_be_said),   /* the facts a kind is there to tell, in every branch, in text and HTML */
        cmocka_unit_test(test_back_to_built_in),    /* the same again makes no version; the service's words come back */
        cmocka_unit_test(test_where_and_why),       /* character and reason are in the sentence */
        cmocka_unit_test(test_new_version_is_sent), /* the next letter is written with it and says so; the old version stays */
        cmocka_unit_test(test_preview),             /* samples, own facts, own texts; wrong ones are refused by name */
        cmocka_unit_test(test_samples),             /* by language; ahead and place_count follow from what is given */
        cmocka_unit_test(test_test_send),           /* the preview as a mail to oneself, marked; not promised; nobody without an address */
    };
    return cmocka_run_group_tests(tests, operator_open, operator_close);
}
