/* A call with nothing to find about it, for tests to spoil: six weeks and more, closing on Thursday 15 October 2020 at 16:15, two themes
 * that use up the allocation, two criteria, all its officials. */
#ifndef HV_TESTS_UNIT_FUNDING_GOOD_CALL_H
#define HV_TESTS_UNIT_FUNDING_GOOD_CALL_H
#include "common/base/time.h"
#include "services/funding/domain/call.h"

struct good {
    struct call call;
    struct call_group groups[2];
    struct call_theme themes[2];
    struct call_criterion criteria[2];
    struct call_question questions[1];
    struct call_official officials[4];
};

static int64_t good_time(const char *text)
{
    int64_t us = 0;
    assert_true(time_parse(&us, span_text(text)));
    return us;
}

static int64_t good_day(const char *text)
{
    int64_t day = 0;
    assert_true(day_parse(&day, span_text(text)));
    return day;
}

static struct uuid good_id(uint8_t n)
{
    return (struct uuid){{n}};
}

static struct text good_text(void)
{
    return (struct text){.fi = "suomeksi", .sv = "på svenska", .en = "in English"};
}

static void good_call(struct good *g)
{
    static const enum official_role roles[] = {OFFICIAL_PREPARER, OFFICIAL_EVALUATOR, OFFICIAL_PRESENTER, OFFICIAL_DECIDER};

    *g = (struct good){.call = {.id = good_id(1),
                                .code = "good",
                                .register_number = "1/20.01/2020",
                                .state = CALL_DRAFT,
                                .kind = GRANT_SPECIAL,
                                .authority_kind = AUTHORITY_STATE,
                                .authority = good_text(),
                                .contact = "kirjaamo@example.fi",
                                .payee = "Esimerkkivirasto",
                                .payee_iban = "FI2112345600000785",
                                .payee_reference = "",
                                .title = good_text(),
                                .purpose = good_text(),
                                .terms = good_text(),
                                .series = "20.01",
                                .opens_us = good_time("2020-08-24T08:00:00+03:00"),
                                .closes_us = good_time("2020-10-15T16:15:00+03:00"),
                                .use_from = good_day("2020-12-01"),
                                .use_until = good_day("2022-06-30"),
                                .interim_due = good_day("2021-08-31"),
                                .final_due = good_day("2022-09-30"),
                                .answer_days = 30,
                                .own_permille = 50,
                                .allocation_cents = 300,
                                .version = 1}};
    for (uint8_t i = 0; i < 2; i++) {
        g->themes[i] = (struct call_theme){.id = good_id((uint8_t)(10 + i)), .title = good_text(), .allocation_cents = 100 + 100 * i};
        g->groups[i] =
            (struct call_group){.id = good_id((uint8_t)(20 + i)), .title = good_text(), .themes = &g->themes[i], .theme_count = 1};
        g->criteria[i] = (struct call_criterion){.id = good_id((uint8_t)(30 + i)), .title = good_text(), .weight = 50, .points = 5};
    }
    g->questions[0] = (struct call_question){.id = good_id(40), .title = good_text(), .required = true, .most = 1000};
    for (uint8_t i = 0; i < 4; i++)
        g->officials[i] = (struct call_official){
            .person_id = good_id((uint8_t)(50 + i)), .role = roles[i], .responsible = i == 0, .name = "Nimi", .title = "virka"};
    g->call.groups = g->groups;
    g->call.group_count = 2;
    g->call.criteria = g->criteria;
    g->call.criterion_count = 2;
    g->call.questions = g->questions;
    g->call.question_count = 1;
    g->call.officials = g->officials;
    g->call.official_count = 4;
}

/* A copy whose parts point into itself. */
static inline void good_copy(struct good *to, const struct good *from)
{
    *to = *from;
    to->call.groups = to->groups;
    to->call.criteria = to->criteria;
    to->call.questions = to->questions;
    to->call.officials = to->officials;
    for (size_t i = 0; i < 2; i++)
        to->groups[i].themes = &to->themes[i];
}

#endif
