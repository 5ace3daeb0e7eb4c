/* Everything at once: thousands of steps of everybody in a town, drawn by lot (always the same lot), eight at a time by two processes.
 * Whatever their order, each is done or refused with words: none ever runs into a net of the schema, waits for another for ever, or loses
 * its version silently. And at the end all that has to add up does. */
#include "tests/service/funding/storm.h"

enum { WAVES = 400, AT_ONCE = 8 };

static struct rig *rig;
static struct storm storm = {.lot = 20260310};

#define UNDECIDED IN_MEETING " and (outcome is null or voting)"
/* Decided, and after that so many were disqualified that there is no quorum any more. */
#define OUTNUMBERED                                                                                                                        \
    IN_MEETING " and outcome < 5 and 2 * ((select count(*) from funding.attendee a where a.meeting_id = item.meeting_id) - (select "       \
               "count(*) from funding.disqualification d where d.item_id = item.id)) <= 3"

/* Done, or refused with words; never by a net, by waiting, or by a fall. */
static bool fine(enum err err)
{
    return err == ERR_OK || err == ERR_REFUSED || err == ERR_NOT_FOUND || err == ERR_FORBIDDEN || err == ERR_INVALID ||
           err == ERR_PRECONDITION;
}

static void wave(void)
{
    struct step steps[AT_ONCE];
    struct answer *answers[AT_ONCE];

    for (size_t i = 0; i < AT_ONCE; i++)
        steps[i] = storm_step(&storm);
    for (size_t i = 0; i < AT_ONCE; i++)
        answers[i] = rig_send(rig, &(struct ask){.method = steps[i].method,
                                                 .message = steps[i].message,
                                                 .actor = steps[i].who,
                                                 .roles = steps[i].roles,
                                                 .if_match = steps[i].version,
                                                 .client = i % 2});
    rig_wait(rig);
    for (size_t i = 0; i < AT_ONCE; i++)
        if (!fine(answers[i]->err))
            fail_msg("%s: %s %s %s", steps[i].method, err_text(answers[i]->err)->name, answers[i]->rule, answers[i]->field);
    rig_rest(rig);
}

/* --- and its end ------------------------------------------------------------------------------------------------------------------- */

static enum err ask(const struct step *step)
{
    const enum err err = desk_ask(rig, step->who, step->roles, step->method, step->message, step->version).err;

    if (!fine(err))
        fail_msg("%s: %s", step->method, err_text(err)->name);
    return err;
}

/* Some outcome is possible for the oldest such item, whatever has happened to it; from this one on. */
static void end_item(const char *which, int from)
{
    for (int outcome = from; outcome <= MUNICIPAL__OUTCOME__OUTCOME_TABLED; outcome++)
        for (int manner = MUNICIPAL__MANNER__MANNER_UNANIMOUS; manner <= MUNICIPAL__MANNER__MANNER_VOTED; manner++) {
            struct step step = storm_decide(&storm);
            Municipal__DecideItemRequest *r = (Municipal__DecideItemRequest *)step.message;
            r->item_id = rig_bytes(storm_first(&storm, "item", which, &step.version));
            r->outcome = (Municipal__Outcome)outcome;
            r->manner = (Municipal__Manner)manner;
            r->words = (char *)"Päätettiin näin.";
            r->cents = 0;
            if (ask(&step) == ERR_OK)
                return;
        }
    fail_msg("an item that nothing can be decided of: %s", kit_sql(rig_pg(rig), "select i::text from funding.item i where %s", which));
}

static struct step of_meeting(const char *method, const char *where, struct uuid who, uint32_t roles)
{
    struct step step = storm_move(&storm, method, where, who, roles);

    ((Municipal__MoveMeetingRequest *)step.message)->meeting_id = rig_bytes(storm_first(&storm, "meeting", where, NULL));
    return step;
}

static bool there_is(const char *table, const char *where)
{
    return kit_sql_int(rig_pg(rig), "select count(*) from funding.%s where %s", table, where) > 0;
}

static void bring_to_end(void)
{
    while (there_is("item", UNDECIDED)) {
        end_item(UNDECIDED, MUNICIPAL__OUTCOME__OUTCOME_APPROVED);
        rig_rest(rig);
    }
    while (there_is("item", OUTNUMBERED))
        end_item(OUTNUMBERED, MUNICIPAL__OUTCOME__OUTCOME_RETURNED);
    while (there_is("meeting", "state = 3"))
        if (ask(&(struct step[]){of_meeting("CloseMeeting", "state = 3", storm.town.secretary, RIG_SECRETARY)}[0]) != ERR_OK)
            fail_msg("a meeting that cannot be closed");
    for (int round = 0; there_is("meeting", "state = 4"); round++) {
        assert_true(round < WAVES); /* each round somebody checks */
        for (size_t i = 0; i < RIG_MEMBERS; i++)
            (void)ask(&(struct step[]){of_meeting("CheckMinutes", "state = 4", storm.town.members[i], RIG_MEMBER)}[0]);
    }
    while (there_is("meeting", "state = 5"))
        if (ask(&(struct step[]){of_meeting("PublishMinutes", "state = 5", storm.town.secretary, RIG_SECRETARY)}[0]) != ERR_OK)
            fail_msg("minutes that cannot be published");
    rig_rest(rig);
}

/* --- what has to add up ------------------------------------------------------------------------------------------------------------ */

static void none(const char *what, const char *sql)
{
    const int64_t found = kit_sql_int(rig_pg(rig), "set search_path = funding; select count(*) from %s", sql);

    if (found != 0)
        fail_msg("%s: %d", what, (int)found);
}

static void test_a_storm(void **state)
{
    (void)state;
    for (int i = 0; i < WAVES; i++)
        wave();
    bring_to_end();
    none("sections with gaps or doubles", "(select board_id, year from item where section is not null group by 1, 2 having "
                                          "count(*) <> max(section) - min(section) + 1) x");
    none("shares that say other than their minutes",
         "municipal_case c join project_share s on s.id = c.share_id where c.state <> 6 and (s.granted_cents <> c.granted_cents or "
         "(s.item_id is not null) <> (c.state = 5))");
    none("published minutes without extract",
         "item i where published_at is not null and not exists (select from extract where item_id = i.id)");
    none("votes of the disqualified", "vote v join disqualification d using (item_id, person_id)");
    none("votes of who was not there", "vote v join item i on i.id = v.item_id where not exists (select from attendee a where a.meeting_id "
                                       "= i.meeting_id and a.person_id = v.person_id)");
    none("numbers with gaps",
         "(select min(last) - count(*) - 17 as missing from register_series r join municipal_case c on true where r.owner = "
         "c.municipality_id) x where missing <> 0");
    none("decisions not told", "item i where published_at is not null and not exists (select from event_log e where e.type = "
                               "'municipal.Decided.v1' and e.subject = i.case_id::text)");
    /* And it was a storm, not a calm. */
    assert_true(kit_sql_int(rig_pg(rig), "select count(*) from funding.item where published_at is not null") >= 3);
    assert_true(kit_sql_int(rig_pg(rig), "select count(*) from funding.vote") > 0);
}

static int setup(void **state)
{
    int64_t cents[STORM_SHARES] = {100000};

    for (size_t i = 1; i < STORM_SHARES; i++)
        cents[i] = 1000;
    *state = storm.rig = rig = rig_new(2, 2);
    storm.town = rig_town(rig, "town");
    storm.project = rig_plan(rig, "storm", cents, STORM_SHARES, storm.shares);
    storm.applicant = rig_new_id();
    storm.asked = rig_new_id();
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_storm, rig_group_rest), /* whatever the order: done or refused with words, and it adds up */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
