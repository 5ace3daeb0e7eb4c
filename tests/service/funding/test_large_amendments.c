/* The largest change application there can be: as many rows as possible, with names as long as possible. It is decided, answered, written
 * into its document and told, whatever an event or an answer holds. */
#include "tests/service/funding/awards.h"

#define GRANT INT64_C(10000000)
#define ROWS  100

static struct rig *rig;

/* The decision gets rows until there are a hundred, named by two hundred characters of three bytes each: by hand, for a decision stays as
 * it was made. */
static const struct {
    Funding__ChangeKind kind;
    const char *fill;
} PARTS[] = {{FUNDING__CHANGE_KIND__CHANGE_BUDGET,
              "insert into funding.decision_line select w.decision_id, n, 8, repeat('–', 200), 0, 0 from funding.award w, "
              "generate_series(4, 100) n where w.id = '%s'"},
             {FUNDING__CHANGE_KIND__CHANGE_PARTNERS,
              "insert into funding.decision_partner select w.decision_id, n, n || '', repeat('–', 200), 0 from funding.award w, "
              "generate_series(3, 100) n where w.id = '%s'"}};

static void fill(const struct rig_application *a)
{
    char id[UUID_TEXT];

    uuid_format(a->id, id);
    (void)kit_sql(rig_pg(rig), "set session_replication_role = replica");
    for (size_t i = 0; i < 2; i++)
        (void)kit_sql(rig_pg(rig), PARTS[i].fill, id);
    (void)kit_sql(rig_pg(rig), "set session_replication_role = origin");
}

/* All of it for the first row; the names are those of the decision. */
static Funding__AmountRow **rows(void)
{
    Funding__AmountRow **all = arena_array(rig_arena(rig), ROWS, sizeof *all);

    for (size_t i = 0; i < ROWS; i++) {
        all[i] = arena_alloc(rig_arena(rig), sizeof *all[i]);
        funding__amount_row__init(all[i]);
        all[i]->n = (uint32_t)i + 1;
        all[i]->cents = i == 0 ? GRANT : 0;
    }
    return all;
}

static Funding__AmendmentPart **parts(void)
{
    Funding__AmendmentPart **all = arena_array(rig_arena(rig), 2, sizeof *all);

    for (size_t i = 0; i < 2; i++) {
        Funding__Change *change = arena_alloc(rig_arena(rig), sizeof *change);

        all[i] = arena_alloc(rig_arena(rig), sizeof *all[i]);
        funding__amendment_part__init(all[i]);
        funding__change__init(change);
        all[i]->kind = PARTS[i].kind;
        all[i]->asked = change;
        all[i]->outcome = FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED; /* when it is decided */
        *(i == 0 ? &change->lines : &change->partners) = rows();
        *(i == 0 ? &change->n_lines : &change->n_partners) = ROWS;
    }
    return all;
}

static const Funding__Amendment *given(struct answer answer)
{
    if (answer.err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer.err, answer.rule, answer.field);
    return (const Funding__Amendment *)answer.message;
}

static void test_the_largest(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "suurin"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    Funding__SubmitAmendmentRequest submit = FUNDING__SUBMIT_AMENDMENT_REQUEST__INIT;
    Funding__DecideAmendmentRequest decide = FUNDING__DECIDE_AMENDMENT_REQUEST__INIT;

    (void)state;
    fill(&a);
    submit.application_id = rig_bytes(&a.id);
    submit.reasons = (char *)"Työnjako muuttui.";
    submit.parts = decide.parts = parts();
    submit.n_parts = decide.n_parts = 2;
    const Funding__Amendment *m =
        given(rig_ask(rig, &(struct ask){.method = "SubmitAmendment", .message = &submit.base, .actor = a.owner, .roles = RIG_APPLICANT}));
    decide.amendment_id = m->id;
    m = given(
        rig_ask(rig, &(struct ask){.method = "DecideAmendment", .message = &decide.base, .actor = call.decider, .roles = RIG_DECIDER}));
    assert_int_equal(m->state, FUNDING__AMENDMENT_STATE__AMENDMENT_DECIDED);
    assert_int_equal(strlen(m->parts[0]->accepted->lines[ROWS - 1]->name), 600);
    assert_int_equal(rig_events(rig, "funding.AmendmentDecided.v1", a.id), 1);
    assert_int_equal(rig_follow_document(rig, &a, m->id, a.owner, RIG_APPLICANT, true).err, ERR_OK);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_the_largest, rig_group_rest), /* the event leaves out the names of its rows */
    };
    return rig_told(cmocka_run_group_tests_name("funding largest amendment", tests, start, rig_group_stop));
}
