/* Calls as tests want them: see rig.h. */
#include <inttypes.h>
#include <stdlib.h>

#include "common/base/day.h"
#include "common/base/workday.h"
#include "tests/service/funding/rig.h"

#define THEMES_MAX 8

ProtobufCBinaryData rig_bytes(const struct uuid *id)
{
    return uuid_is_nil(*id) ? (ProtobufCBinaryData){0} : (ProtobufCBinaryData){sizeof id->b, (uint8_t *)(uintptr_t)id->b};
}

struct uuid rig_id(ProtobufCBinaryData bytes)
{
    struct uuid id = {{0}};
    assert_true(uuid_read(&id, span_of(bytes.data, bytes.len)));
    return id;
}

struct uuid rig_new_id(void)
{
    return uuid_v7(time_now_us());
}

int64_t rig_events(struct rig *rig, const char *type, struct uuid subject)
{
    char text[UUID_TEXT];

    uuid_format(subject, text);
    if (uuid_is_nil(subject))
        return kit_sql_int(rig_pg(rig), "select count(*) from funding.event_log where type = '%s'", type);
    return kit_sql_int(rig_pg(rig), "select count(*) from funding.event_log where type = '%s' and subject = '%s'", type, text);
}

Bus__Text *rig_text(struct rig *rig, const char *fi, const char *sv, const char *en)
{
    Bus__Text *text = arena_alloc(rig_arena(rig), sizeof *text);

    bus__text__init(text);
    text->fi = (char *)(uintptr_t)fi;
    text->sv = (char *)(uintptr_t)sv;
    text->en = (char *)(uintptr_t)en;
    return text;
}

static char *day_text(struct rig *rig, int64_t day)
{
    char *text = arena_alloc(rig_arena(rig), DAY_TEXT);

    day_format(day, text);
    return text;
}

static void add_themes(struct rig *rig, Funding__Group *group, size_t count, int64_t cents)
{
    group->themes = arena_array(rig_arena(rig), count, sizeof *group->themes);
    group->n_themes = count;
    for (size_t i = 0; i < count; i++) {
        Funding__Theme *theme = group->themes[i] = arena_alloc(rig_arena(rig), sizeof *theme);

        funding__theme__init(theme);
        theme->title = rig_text(rig, arena_printf(rig_arena(rig), "Teema %zu", i + 1), arena_printf(rig_arena(rig), "Tema %zu", i + 1),
                                arena_printf(rig_arena(rig), "Theme %zu", i + 1));
        theme->allocation_cents = cents;
    }
}

static void add_criteria(struct rig *rig, Funding__CallContent *content)
{
    static const uint32_t weights[] = {60, 40};

    content->criteria = arena_array(rig_arena(rig), 2, sizeof *content->criteria);
    content->n_criteria = 2;
    for (size_t i = 0; i < 2; i++) {
        Funding__Criterion *criterion = content->criteria[i] = arena_alloc(rig_arena(rig), sizeof *criterion);

        funding__criterion__init(criterion);
        criterion->title = rig_text(rig, i == 0 ? "Vaikuttavuus" : "Toteutettavuus", i == 0 ? "Effekt" : "Genomförbarhet",
                                    i == 0 ? "Effect" : "Feasibility");
        criterion->weight = weights[i];
        criterion->points = 5;
    }
}

static void add_question(struct rig *rig, Funding__CallContent *content)
{
    Funding__Question *question = arena_alloc(rig_arena(rig), sizeof *question);

    funding__question__init(question);
    question->title = rig_text(rig, "Miten tulokset jäävät käyttöön?", "Hur tas resultaten i bruk?", "How will the results stay in use?");
    question->required = true;
    question->most = 2000;
    content->questions = arena_array(rig_arena(rig), 1, sizeof *content->questions);
    content->questions[0] = question;
    content->n_questions = 1;
}

Funding__CallContent *rig_content(struct rig *rig, const struct call_plan *plan)
{
    Funding__CallContent *c = arena_alloc(rig_arena(rig), sizeof *c);
    Funding__Group *group = arena_alloc(rig_arena(rig), sizeof *group);
    const size_t themes = plan->themes > 0 ? plan->themes : 2;
    const int64_t cents = plan->theme_cents > 0 ? plan->theme_cents : 100000000;
    const int64_t now_us = time_now_us(), today = helsinki_day(now_us);

    assert_true(themes <= THEMES_MAX);
    funding__call_content__init(c);
    c->code = (char *)(uintptr_t)plan->code;
    c->kind = FUNDING__GRANT_KIND__GRANT_SPECIAL;
    c->authority_kind = plan->municipal ? FUNDING__AUTHORITY_KIND__AUTHORITY_MUNICIPAL : FUNDING__AUTHORITY_KIND__AUTHORITY_STATE;
    c->authority = rig_text(rig, "Esimerkkivirasto", "Exempelverket", "Example Agency");
    c->contact = (char *)"Esimerkkiviraston kirjaamo, kirjaamo@example.fi";
    c->payee = (char *)"Esimerkkivirasto";
    c->payee_iban = (char *)"FI21 1234 5600 0007 85";
    c->title = rig_text(rig, "Koulutuksen kehittäminen", "Utveckling av utbildningen", "Developing education");
    c->purpose = rig_text(rig, "Koulutuksen järjestäjien yhteinen kehittäminen", "Gemensam utveckling", "Joint development by providers");
    c->terms = rig_text(rig, "Avustus käytetään myönnettyyn tarkoitukseen.", "Understödet används för det beviljade ändamålet.",
                        "The grant is used for the purpose it was granted for.");
    c->series = (char *)"20.01";
    c->opens_us = plan->opens_us != 0 ? plan->opens_us : now_us - TIME_DAY;
    c->closes_us = plan->closes_us != 0 ? plan->closes_us : now_us + 60 * TIME_DAY;
    c->use_from = day_text(rig, today);
    c->use_until = day_text(rig, today + 730);
    c->interim_due = day_text(rig, today + 365);
    c->final_due = day_text(rig, today + 820);
    c->answer_days = 30;
    c->own_permille = plan->own_permille;
    c->sample_permille = plan->sample_permille;
    c->allocation_cents = cents * (int64_t)themes;
    funding__group__init(group);
    group->title = rig_text(rig, "Kokonaisuus 1", "Helhet 1", "Group 1");
    add_themes(rig, group, themes, cents);
    c->groups = arena_array(rig_arena(rig), 1, sizeof *c->groups);
    c->groups[0] = group;
    c->n_groups = 1;
    add_criteria(rig, c);
    add_question(rig, c);
    return c;
}

static void name_official(Funding__Official *o, const struct uuid *person, Funding__OfficialRole role, const char *name, const char *title)
{
    funding__official__init(o);
    o->person_id = rig_bytes(person);
    o->role = role;
    o->name = (char *)(uintptr_t)name;
    o->title = (char *)(uintptr_t)title;
}

static void set_officials(struct rig *rig, struct rig_call *call)
{
    Funding__SetOfficialsRequest request = FUNDING__SET_OFFICIALS_REQUEST__INIT;
    Funding__Official all[7], *list[7];

    call->second_preparer = rig_new_id();
    call->presenter = rig_new_id();
    call->decider = rig_new_id();
    for (size_t i = 0; i < 3; i++)
        call->evaluators[i] = rig_new_id();
    name_official(&all[0], &call->preparer, FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER, "Veera Valmistelija", "asiantuntija");
    all[0].responsible = true;
    name_official(&all[1], &call->second_preparer, FUNDING__OFFICIAL_ROLE__OFFICIAL_PREPARER, "Tauno Tarkastaja", "controller");
    for (size_t i = 0; i < 3; i++)
        name_official(&all[2 + i], &call->evaluators[i], FUNDING__OFFICIAL_ROLE__OFFICIAL_EVALUATOR, "Aino Arvioija", "asiantuntija");
    name_official(&all[5], &call->presenter, FUNDING__OFFICIAL_ROLE__OFFICIAL_PRESENTER, "Elli Esittelijä", "opetusneuvos");
    name_official(&all[6], &call->decider, FUNDING__OFFICIAL_ROLE__OFFICIAL_DECIDER, "Pauli Päättäjä", "johtaja");
    for (size_t i = 0; i < 7; i++)
        list[i] = &all[i];
    request.call_id = rig_bytes(&call->id);
    request.officials = list;
    request.n_officials = 7;
    const struct answer a = rig_ask(
        rig,
        &(struct ask){.method = "SetOfficials", .message = &request.base, .actor = call->preparer, .roles = RIG_PREPARER, .if_match = 1});
    assert_int_equal(a.err, ERR_OK);
}

static void publish(struct rig *rig, const struct rig_call *call)
{
    Funding__MoveCallRequest request = FUNDING__MOVE_CALL_REQUEST__INIT;

    request.call_id = rig_bytes(&call->id);
    const struct answer a =
        rig_ask(rig, &(struct ask){.method = "PublishCall", .message = &request.base, .actor = call->preparer, .roles = RIG_PREPARER});
    if (a.err != ERR_OK)
        fail_msg("the call is not published: %s", a.rule);
}

struct rig_call rig_call(struct rig *rig, const struct call_plan *plan)
{
    Funding__CreateCallRequest request = FUNDING__CREATE_CALL_REQUEST__INIT;
    struct rig_call call = {.preparer = rig_new_id()};

    request.content = rig_content(rig, plan);
    const struct answer a =
        rig_ask(rig, &(struct ask){.method = "CreateCall", .message = &request.base, .actor = call.preparer, .roles = RIG_PREPARER});
    if (a.err != ERR_OK)
        fail_msg("the call is not created: %s %s", a.rule, a.field);
    const Funding__Call *made = (const Funding__Call *)a.message;
    call.id = rig_id(made->id);
    for (size_t i = 0; i < made->content->groups[0]->n_themes; i++)
        call.themes[i] = rig_id(made->content->groups[0]->themes[i]->id);
    for (size_t i = 0; i < 2; i++)
        call.criteria[i] = rig_id(made->content->criteria[i]->id);
    call.question = rig_id(made->content->questions[0]->id);
    if (!plan->no_officials)
        set_officials(rig, &call);
    if (!plan->draft)
        publish(rig, &call);
    return call;
}

void rig_closes_in(struct rig *rig, const struct rig_call *call, int64_t us)
{
    char text[UUID_TEXT];

    uuid_format(call->id, text);
    (void)kit_sql(rig_pg(rig),
                  "update funding.call set opens_at = least(opens_at, now() + interval '1 microsecond' * %" PRId64 " - interval '1 day'), "
                  "closes_at = now() + interval '1 microsecond' * %" PRId64 " where id = '%s'",
                  us, us, text);
}
