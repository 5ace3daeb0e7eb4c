/* A municipal case: what keeps it from being proposed, who may be asked for a statement, when it and the names in it are public. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/municipal_case.h"

#define SAID(word) FINDING_TEXT(word, word, word)
enum { TODAY = 20000 };

static struct uuid id_of(uint8_t n)
{
    return (struct uuid){.b = {n}};
}

/* With all that is asked for: a preparer, a background, the application, an answer in each of two dimensions. */
struct prepared {
    struct municipality m;
    struct impact_dimension dimensions[2];
    struct municipal_case c;
    struct case_preparer preparers[1];
    struct case_text texts[1];
    struct case_impact impacts[2];
    struct case_document documents[1];
    struct statement statements[4];
    struct case_item items[3];
    struct board_proposal proposals[3];
};

static struct municipal_case *whole(struct prepared *p)
{
    *p = (struct prepared){.dimensions = {{1, SAID("strategia"), true}, {2, SAID("työllisyys"), true}},
                           .preparers = {{"johtaja", "Vilma Valmistelija"}},
                           .texts = {{TEXT_BACKGROUND, "", "Yliopisto hakee kuntarahaa.", false}},
                           .impacts = {{1, IMPACT_POSITIVE, "lisää hyvinvointia"}, {2, IMPACT_NEUTRAL, ""}},
                           .documents = {{.n = 1, .kind = DOCUMENT_APPLICATION}}};
    p->m = (struct municipality){.dimensions = p->dimensions, .dimension_count = 2};
    p->c = (struct municipal_case){.id = id_of(1),
                                   .state = CASE_IN_PREPARATION,
                                   .preparers = p->preparers,
                                   .preparer_count = 1,
                                   .texts = p->texts,
                                   .text_count = 1,
                                   .impacts = p->impacts,
                                   .impact_count = 2,
                                   .documents = p->documents,
                                   .document_count = 1,
                                   .statements = p->statements,
                                   .items = p->items,
                                   .proposals = p->proposals};
    return &p->c;
}

static void expect(const struct prepared *p, const char *rule, const char *field, bool warning)
{
    struct findings findings = {.count = 0};

    case_check(&p->c, &p->m, TODAY, &findings);
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.rows[0].rule, rule);
    assert_string_equal(findings.rows[0].field, field);
    assert_int_equal(findings.rows[0].warning, warning);
}

static void test_what_keeps_it_from_being_proposed(void **state)
{
    struct prepared p;
    struct findings none = {.count = 0};
    (void)state;
    case_check(whole(&p), &p.m, TODAY, &none);
    assert_int_equal(none.count, 0);

    whole(&p)->preparer_count = 0;
    expect(&p, "municipal.case.preparer", "content.preparers", false);
    (void)whole(&p);
    p.texts[0].kind = TEXT_GOALS;
    expect(&p, "municipal.case.background", "content.texts", false);
    (void)whole(&p);
    p.documents[0].kind = DOCUMENT_PLAN;
    expect(&p, "municipal.case.application", "documents", false);
    whole(&p)->impact_count = 1;
    expect(&p, "municipal.case.impact", "content.impacts[dimension=2]", false);
    (void)whole(&p);
    p.impacts[1].effect = IMPACT_NEGATIVE;
    expect(&p, "municipal.case.impact-remark", "content.impacts[dimension=2].remark", true);
}

static void test_statements_that_are_awaited(void **state)
{
    struct prepared p;
    (void)state;
    whole(&p)->statement_count = 1;
    p.statements[0] = (struct statement){.state = STATEMENT_REQUESTED, .due_on = TODAY};
    expect(&p, "municipal.statement.open", "statements[0].state", true);
    p.statements[0].due_on = TODAY - 1;
    expect(&p, "municipal.statement.late", "statements[0].dueOn", true);
    p.statements[0].state = STATEMENT_NOT_GIVEN;
    expect(&p, "municipal.statement.none", "statements[0].state", true);
    p.statements[0].state = STATEMENT_GIVEN;
    struct findings none = {.count = 0};
    case_check(&p.c, &p.m, TODAY, &none);
    assert_int_equal(none.count, 0);
}

static void test_nobody_is_asked_twice_in_a_chain(void **state)
{
    struct prepared p;
    struct municipal_case *c = whole(&p);
    (void)state;
    p.statements[0] = (struct statement){.id = id_of(1), .asked = "YritysKannus Oy", .state = STATEMENT_REFERRED};
    p.statements[1] = (struct statement){.id = id_of(2), .follows_id = id_of(1), .asked = "opetuspalvelut", .person_id = id_of(50)};
    p.statements[2] = (struct statement){.id = id_of(3), .asked = "tekninen lautakunta"};
    c->statement_count = 3;
    assert_true(case_statement_ring(c, &p.statements[1], "yrityskannus oy "));     /* who began it */
    assert_true(case_statement_ring(c, &p.statements[1], "Opetuspalvelut"));       /* oneself */
    assert_false(case_statement_ring(c, &p.statements[1], "tekninen lautakunta")); /* asked beside the chain */
    assert_false(case_statement_ring(c, &p.statements[0], "opetus"));
    assert_ptr_equal(case_statement(c, id_of(2)), &p.statements[1]);
    assert_null(case_statement(c, id_of(9)));
    assert_true(case_asks(c, id_of(50)));
    assert_false(case_asks(c, id_of(51)));
    assert_false(case_asks(c, id_of(0))); /* nobody's account */
}

static void test_a_chain_has_an_end(void **state)
{
    struct statement rows[CASE_CHAIN_MAX];
    static const char *const names[CASE_CHAIN_MAX] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    struct municipal_case c = {.statements = rows};
    (void)state;
    for (int i = 0; i < CASE_CHAIN_MAX; i++) {
        rows[i] = (struct statement){
            .id = id_of((uint8_t)(i + 1)), .follows_id = i > 0 ? id_of((uint8_t)i) : (struct uuid){{0}}, .asked = names[i]};
        c.statement_count++;
        assert_int_equal(case_statement_ring(&c, &rows[i], "k"), i + 1 == CASE_CHAIN_MAX);
    }
}

static void test_the_newest_proposal_that_is_public(void **state)
{
    struct prepared p;
    struct municipal_case *c = whole(&p);
    (void)state;
    assert_null(case_proposal_made(c));
    p.proposals[0] = (struct board_proposal){.id = id_of(1), .made_us = 1};
    p.proposals[1] = (struct board_proposal){.id = id_of(2), .made_us = 2};
    p.proposals[2] = (struct board_proposal){.id = id_of(3)};
    c->proposal_count = 3;
    assert_ptr_equal(case_proposal_made(c), &p.proposals[1]);
    assert_ptr_equal(case_proposal(c, id_of(3)), &p.proposals[2]);
    assert_null(case_proposal(c, id_of(4)));
}

static void test_when_names_are_shown(void **state)
{
    struct prepared p;
    struct municipal_case *c = whole(&p);
    (void)state;
    assert_true(case_names_shown(c, TODAY)); /* nothing is published yet */
    c->state = CASE_WITHDRAWN;               /* nor ever will be */
    assert_false(case_names_shown(c, TODAY));
    c->state = CASE_DECIDED;
    p.items[0] = (struct case_item){.published = true, .meeting_state = MEETING_PUBLISHED, .names_until = TODAY};
    c->item_count = 1;
    assert_true(case_names_shown(c, TODAY));
    assert_false(case_names_shown(c, TODAY + 1));
    /* Returned by the first board, and planned for another meeting: names stay away until it is on the public agenda. */
    p.items[1] = (struct case_item){.meeting_state = MEETING_PLANNED, .names_until = NO_DAY};
    c->item_count = 2;
    assert_false(case_names_shown(c, TODAY + 1));
    p.items[1].meeting_state = MEETING_SUMMONED;
    assert_true(case_names_shown(c, TODAY + 1));
    p.items[1].meeting_state = MEETING_CANCELLED;
    assert_false(case_names_shown(c, TODAY + 1));
}

static void test_until_when_it_is_prepared(void **state)
{
    (void)state;
    for (int s = CASE_FILED; s <= CASE_WITHDRAWN; s++) {
        const struct municipal_case c = {.state = (enum case_state)s};
        assert_int_equal(case_is_prepared(&c), s == CASE_FILED || s == CASE_IN_PREPARATION);
        assert_int_equal(case_takes_statements(&c), s <= CASE_PROPOSED);
    }
    assert_false(case_is_public(&(struct municipal_case){.state = CASE_ON_AGENDA}));
    assert_true(case_is_public(&(struct municipal_case){.state = CASE_IN_PREPARATION, .public_us = 1}));
    assert_int_not_equal(uuid_compare(case_paper_owner(id_of(1)), case_paper_owner(id_of(2))), 0);
}

static void test_when_its_content_is_public(void **state)
{
    struct prepared p;
    struct municipal_case *c = whole(&p);
    (void)state;
    c->state = CASE_ON_AGENDA;
    p.proposals[0] = (struct board_proposal){.made_us = 1};
    c->proposal = &p.proposals[0];
    assert_false(case_content_is_public(c)); /* the agenda is the secretary's still */
    c->public_us = 1;
    assert_true(case_content_is_public(c));
    c->state = CASE_IN_PREPARATION; /* returned */
    assert_false(case_content_is_public(c));
    c->state = CASE_PROPOSED; /* tabled: as it was */
    assert_true(case_content_is_public(c));
    c->proposal = &p.proposals[1]; /* prepared and proposed again */
    assert_false(case_content_is_public(c));
    c->state = CASE_ON_AGENDA; /* planned */
    assert_false(case_content_is_public(c));
    p.proposals[1].made_us = 2;
    assert_true(case_content_is_public(c));
    c->state = CASE_WITHDRAWN;
    assert_false(case_content_is_public(c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_keeps_it_from_being_proposed), /* each rule once, with its field */
        cmocka_unit_test(test_statements_that_are_awaited),       /* open, late, not given: warnings */
        cmocka_unit_test(test_nobody_is_asked_twice_in_a_chain),  /* however it is spelled */
        cmocka_unit_test(test_a_chain_has_an_end),                /* ten */
        cmocka_unit_test(test_the_newest_proposal_that_is_public),
        cmocka_unit_test(test_when_names_are_shown),       /* until the last of the published minutes lets go of them */
        cmocka_unit_test(test_when_its_content_is_public), /* as it was on the agenda, not as it is prepared again */
        cmocka_unit_test(test_until_when_it_is_prepared),  /* content, then statements, then neither */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
