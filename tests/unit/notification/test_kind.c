/* The table of kinds: that it is whole, and what may be told with each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/kind.h"

static void test_kind_table(void **state)
{
    (void)state;
    for (int i = KIND_CONFIRMATION; i <= KIND_LAST; i++) {
        const struct kind *kind = kind_of((enum message_kind)i);
        enum message_kind found = 0;
        bool required;
        assert_non_null(kind->name);
        assert_true(kind_find(span_text(kind->name), &found));
        assert_int_equal(found, i);
        assert_in_range(kind->topic, TOPIC_PLACES, TOPIC_LAST);
        assert_in_range(kind->lane, LANE_OWN, LANE_MANY);
        assert_int_equal(kind->training, kind_has((enum message_kind)i, FACT_TRAINING, &required) && required);
        if (kind->statutory)
            assert_true(topic_fixed(kind->topic)); /* what the law asks for nobody turns off */
    }
    enum message_kind found;
    assert_false(kind_find(span_text("confirm"), &found));
}

static void test_kind_of_numbers(void **state)
{
    (void)state;
    assert_string_equal(kind_of(KIND_WAITING_LIST)->name, "waiting_list");
    assert_string_equal(kind_of(KIND_TEAM)->name, "team");
    assert_int_equal(KIND_TEAM, 15);
    assert_int_equal(KIND_DIGEST, 21);
    assert_string_equal(kind_of((enum message_kind)31)->name, "report_due");
    assert_string_equal(kind_of((enum message_kind)37)->name, "repayment_late");
    assert_string_equal(kind_of((enum message_kind)38)->name, "case_filed");
    assert_string_equal(kind_of((enum message_kind)45)->name, "share_decided");
}

static bool complains(enum message_kind kind, const struct facts *facts, enum fact_name wanted, bool wanted_missing)
{
    enum fact_name wrong = FACT_COUNT_OF;
    bool missing = !wanted_missing;

    return !kind_check(kind, facts, &wrong, &missing) && wrong == wanted && missing == wanted_missing;
}

static bool fine(enum message_kind kind, const struct facts *facts)
{
    enum fact_name wrong;
    bool missing;

    return kind_check(kind, facts, &wrong, &missing);
}

static void test_kind_check(void **state)
{
    struct facts facts = {0};

    (void)state;
    assert_true(complains(KIND_OFFER, &facts, FACT_REPLY_DUE, true));
    facts_number(&facts, FACT_REPLY_DUE, 1);
    assert_true(fine(KIND_OFFER, &facts)); /* its training is looked up later */
    facts_text(&facts, FACT_CODE, span_text("K7P3"));
    assert_true(complains(KIND_OFFER, &facts, FACT_CODE, false));
    facts = (struct facts){0};
    facts_text(&facts, FACT_BODY, span_text("x"));
    assert_true(complains(KIND_NOTICE, &facts, FACT_SUBJECT, true));
    facts_text(&facts, FACT_SUBJECT, span_text("x"));
    assert_true(fine(KIND_NOTICE, &facts));
    facts_text(&facts, FACT_NAME, span_text("looked up: nobody's mistake"));
    assert_true(fine(KIND_NOTICE, &facts));
}

static void test_kind_announcement(void **state)
{
    struct facts facts = {0};
    enum fact_name wrong = FACT_COUNT_OF;

    (void)state;
    assert_true(fine(KIND_ANNOUNCEMENT, &facts)); /* its words lie in a table of their own */
    assert_false(kind_told(KIND_ANNOUNCEMENT, FACT_BODY));
    assert_true(kind_told(KIND_NOTICE, FACT_BODY));
    facts_text(&facts, FACT_TRAINING, span_text("x"));
    assert_false(kind_ready(KIND_ANNOUNCEMENT, &facts, &wrong));
    assert_int_equal(wrong, FACT_SUBJECT);
}

static void test_kind_ready(void **state)
{
    struct facts facts = {0};
    enum fact_name wrong = FACT_COUNT_OF;

    (void)state;
    assert_false(kind_ready(KIND_CONFIRMATION, &facts, &wrong));
    assert_int_equal(wrong, FACT_TRAINING);
    facts_text(&facts, FACT_TRAINING, span_text("x"));
    assert_true(kind_ready(KIND_CONFIRMATION, &facts, &wrong));
}

static void test_kind_essential(void **state)
{
    (void)state;
    assert_true(kind_essential(KIND_NOTICE, FACT_BODY) && kind_essential(KIND_ANNOUNCEMENT, FACT_SUBJECT));
    assert_true(kind_essential(KIND_OFFER, FACT_REPLY_DUE) && kind_essential(KIND_DIGEST, FACT_ENTRIES));
    assert_false(kind_essential(KIND_OFFER, FACT_TRAINING) || kind_essential(KIND_DIGEST, FACT_TOPIC));
    assert_false(kind_essential(KIND_PROMOTION, FACT_REPLY_DUE));
    assert_true(kind_essential(KIND_REPORT_DUE, FACT_DUE) && kind_essential(KIND_APPLICATION_RECEIVED, FACT_RECEIPT));
    assert_false(kind_essential(KIND_REPORT_DUE, FACT_REPORT) || kind_essential(KIND_DRAFT_CLOSES, FACT_CALL_FI));
}

static void test_kind_manners(void **state)
{
    (void)state;
    assert_true(topic_fixed(TOPIC_PLACES) && topic_fixed(TOPIC_DECISIONS) && topic_fixed(TOPIC_CHANGES));
    assert_false(topic_fixed(TOPIC_REMINDERS) || topic_fixed(TOPIC_WINDOWS) || topic_fixed(TOPIC_ANNOUNCEMENTS));
    assert_string_equal(topic_name(TOPIC_ANNOUNCEMENTS), "announcements");
    assert_int_equal(kind_of(KIND_CONFIRMATION)->calendar, CALENDAR_INVITES);
    assert_int_equal(kind_of(KIND_CANCELLATION)->calendar, CALENDAR_STRIKES);
    assert_int_equal(kind_of(KIND_DATE_CHANGED)->calendar, CALENDAR_ONE);
    assert_int_equal(kind_of(KIND_WAITING_LIST)->calendar, CALENDAR_NONE);
    assert_int_equal(kind_of(KIND_WINDOW_OPENED)->lane, LANE_MANY);
    assert_int_equal(kind_of(KIND_OFFER_ENDS)->lane, LANE_OWN);
    assert_true(topic_fixed(kind_of(KIND_OFFER_ENDS)->topic));
    assert_true(kind_of(KIND_COMPLETED)->pdf);
    assert_false(kind_of(KIND_CONFIRMATION)->pdf);
}

/* Of grants only reminders can be turned off, nothing waits for a training or keeps quiet hours, and nobody says them by hand. */
static void test_kind_grants(void **state)
{
    (void)state;
    for (int i = KIND_DRAFT_CLOSES; i <= KIND_REPAYMENT_LATE; i++) {
        const struct kind *kind = kind_of((enum message_kind)i);
        assert_true(topic_fixed(kind->topic) || kind->topic == TOPIC_REMINDERS);
        assert_int_equal(kind->statutory, topic_fixed(kind->topic));
        assert_int_equal(kind->lane, LANE_OWN);
        assert_false(kind->training || kind->by_hand);
        assert_int_equal(kind->calendar, CALENDAR_NONE);
    }
    assert_false(kind_of(KIND_GRANT_DECISION)->pdf); /* the decision itself is attached, not the letter about it */
    assert_true(kind_of(KIND_RECOVERY)->pdf && kind_of(KIND_AMENDMENT_DECIDED)->pdf);
}

/* Of municipal cases nothing can be turned off, and no letter comes before the night is over because it goes to a whole board. What a board
 * decided is in the extract that is attached: the letter about it is not printed beside it. */
static void test_kind_municipal(void **state)
{
    bool required;

    (void)state;
    for (int i = KIND_CASE_FILED; i <= KIND_LAST; i++) {
        const struct kind *kind = kind_of((enum message_kind)i);
        assert_true(topic_fixed(kind->topic) && kind->statutory);
        assert_int_equal(kind->lane, LANE_OWN);
        assert_false(kind->training || kind->by_hand);
    }
    assert_int_equal(kind_of(KIND_MEETING_CANCELLED)->topic, TOPIC_CHANGES);
    assert_true(kind_of(KIND_STATEMENT_ASKED)->pdf);
    assert_false(kind_of(KIND_CASE_DECIDED)->pdf || kind_of(KIND_NOMINATED)->pdf);
    assert_true(kind_has(KIND_CASE_DECIDED, FACT_OUTCOME, &required) && required);
    assert_false(kind_has(KIND_CASE_DECIDED, FACT_REASON, &required)); /* reasons stand in the minutes */
}

/* The keys that templates may choose by are the topics' names. */
static void test_kind_topics_of_digest(void **state)
{
    struct fact fact;

    (void)state;
    for (int topic = TOPIC_PLACES; topic <= TOPIC_LAST; topic++)
        assert_true(fact_read(FACT_TOPIC, span_text(topic_name((enum topic)topic)), &fact));
    assert_false(fact_read(FACT_TOPIC, span_text("unknown"), &fact));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kind_table),        /* every row is whole, has one name, and nothing statutory can be turned off */
        cmocka_unit_test(test_kind_of_numbers),   /* the numbers that rows and contracts hold stay */
        cmocka_unit_test(test_kind_check),        /* a told fact that is missing or too much is named; looked-up ones are not asked for */
        cmocka_unit_test(test_kind_announcement), /* an announcement's words are looked up */
        cmocka_unit_test(test_kind_ready),        /* before the letter everything required must be known */
        cmocka_unit_test(test_kind_essential),    /* what letters of a kind are there to tell */
        cmocka_unit_test(test_kind_manners),      /* topics, lanes, calendars, documents */
        cmocka_unit_test(test_kind_grants),       /* manners of letters about grants */
        cmocka_unit_test(test_kind_municipal),    /* and of those about municipal cases and meetings */
        cmocka_unit_test(test_kind_topics_of_digest), /* a digest's topic is one that templates can choose by */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
