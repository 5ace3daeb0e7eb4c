/* See applications.h. The organisations are made up; their business ids have right check digits. */
#include "tests/service/funding/applications.h"

#include "common/base/day.h"
#include "common/base/workday.h"
#include "services/funding/domain/business_id.h"

#define PARTNERS_MAX 30
#define NUMBER_FROM  7654000 /* of the business ids */

static char *copy(struct rig *rig, const char *text)
{
    return arena_strdup(rig_arena(rig), text);
}

static char *day_text(struct rig *rig, int64_t day)
{
    char *text = arena_alloc(rig_arena(rig), DAY_TEXT);

    day_format(day, text);
    return text;
}

/* The i-th that there is: one in eleven numbers has no check digit. */
static char *business_id(struct rig *rig, size_t i)
{
    char text[BUSINESS_ID_TEXT];
    int32_t number = NUMBER_FROM;

    for (size_t found = 0;; number++)
        if (business_id_make(number, text) && found++ == i)
            return copy(rig, text);
}

static void add_partners(struct rig *rig, Funding__Content *c, const struct write_plan *plan, int64_t cents)
{
    const size_t count = plan->partners > 0 ? plan->partners : 2;
    const int64_t each = cents / (int64_t)count;

    assert_true(count <= PARTNERS_MAX);
    c->partners = arena_array(rig_arena(rig), count, sizeof *c->partners);
    for (; c->n_partners < count; c->n_partners++) {
        Funding__Partner *p = c->partners[c->n_partners] = arena_alloc(rig_arena(rig), sizeof *p);
        const size_t i = c->n_partners;

        funding__partner__init(p);
        p->business_id = business_id(rig, i);
        p->name = arena_printf(rig_arena(rig), "Esimerkkioppilaitos %zu", i + 1);
        p->contact_name = arena_printf(rig_arena(rig), "Yhteyshenkilö %zu", i + 1);
        p->contact_email = i == 0 ? copy(rig, plan->email != NULL ? plan->email : "johtaja@example.fi")
                                  : arena_printf(rig_arena(rig), "osapuoli%zu@example.org", i + 1);
        p->language = copy(rig, i % 3 == 1 ? "sv" : "fi");
        p->cents = i == 0 ? cents - each * ((int64_t)count - 1) : each;
    }
}

static Funding__BudgetLine *line(struct rig *rig, Funding__CostCategory category, const char *title, int64_t cents)
{
    Funding__BudgetLine *l = arena_alloc(rig_arena(rig), sizeof *l);

    funding__budget_line__init(l);
    l->category = category;
    l->title = copy(rig, title);
    l->cents = cents;
    return l;
}

static Funding__FundingShare *share(struct rig *rig, Funding__ShareKind kind, const char *funder, int64_t cents)
{
    Funding__FundingShare *s = arena_alloc(rig_arena(rig), sizeof *s);

    funding__funding_share__init(s);
    s->kind = kind;
    s->funder = copy(rig, funder);
    s->cents = cents;
    return s;
}

static void add_budget(struct rig *rig, Funding__Content *c, const struct write_plan *plan, int64_t cents)
{
    const int64_t total = cents + plan->own_cents, staff = total / 2, fees = total / 4;

    c->lines = arena_array(rig_arena(rig), 3, sizeof *c->lines);
    c->lines[c->n_lines++] = line(rig, FUNDING__COST_CATEGORY__COST_STAFF, "Palkat", staff);
    c->lines[c->n_lines++] = line(rig, FUNDING__COST_CATEGORY__COST_FEES, "Kouluttajat", fees);
    c->lines[c->n_lines++] = line(rig, FUNDING__COST_CATEGORY__COST_SERVICES, "Ostopalvelut", total - staff - fees);
    c->shares = arena_array(rig_arena(rig), 2, sizeof *c->shares);
    c->shares[c->n_shares++] = share(rig, FUNDING__SHARE_KIND__SHARE_GRANT, "", cents);
    if (plan->own_cents > 0)
        c->shares[c->n_shares++] = share(rig, FUNDING__SHARE_KIND__SHARE_OWN, "Hakijat", plan->own_cents);
}

static char *filler(struct rig *rig, size_t len)
{
    static const char WORDS[] = "Koulutus suunnitellaan yhdessä ja tulokset jaetaan kaikille. ";
    char *text = arena_alloc(rig_arena(rig), len + 1);

    for (size_t at = 0; at + sizeof WORDS - 1 <= len; at += sizeof WORDS - 1)
        memcpy(text + at, WORDS, sizeof WORDS - 1);
    return text; /* zeroed: it ends where the words end */
}

static void add_packages(struct rig *rig, Funding__Content *c, const struct write_plan *plan, int64_t total, int64_t from)
{
    const size_t count = plan->packages > 0 ? plan->packages : 2;
    const int64_t each = total / (int64_t)count;

    c->packages = arena_array(rig_arena(rig), count, sizeof *c->packages);
    for (; c->n_packages < count; c->n_packages++) {
        Funding__WorkPackage *p = c->packages[c->n_packages] = arena_alloc(rig_arena(rig), sizeof *p);

        funding__work_package__init(p);
        p->title = arena_printf(rig_arena(rig), "Työpaketti %zu", c->n_packages + 1);
        p->description = plan->filler > 0 ? filler(rig, plan->filler / count) : copy(rig, "Suunnittelu ja toteutus");
        p->starts_on = day_text(rig, from + (int64_t)c->n_packages);
        p->ends_on = day_text(rig, from + 300);
        p->cents = c->n_packages == 0 ? total - each * ((int64_t)count - 1) : each;
    }
}

static void add_rest(struct rig *rig, Funding__Content *c, const struct rig_call *call)
{
    Funding__Answer *answer = arena_alloc(rig_arena(rig), sizeof *answer);
    Funding__TrainingPart *part = arena_alloc(rig_arena(rig), sizeof *part);

    funding__answer__init(answer);
    answer->question_id = rig_bytes(&call->question);
    answer->text = copy(rig, "Aineistot jäävät avoimeen käyttöön.");
    c->answers = arena_array(rig_arena(rig), 1, sizeof *c->answers);
    c->answers[c->n_answers++] = answer;
    funding__training_part__init(part);
    part->title = copy(rig, "Mentorikoulutus");
    part->scope_tenths = 50;
    part->credits = true;
    part->participants = 20;
    c->parts = arena_array(rig_arena(rig), 1, sizeof *c->parts);
    c->parts[c->n_parts++] = part;
}

Funding__Content *rig_written(struct rig *rig, const struct rig_call *call, const struct write_plan *plan)
{
    Funding__Content *c = arena_alloc(rig_arena(rig), sizeof *c);
    const int64_t cents = plan->cents > 0 ? plan->cents : 10000000;
    const int64_t from = helsinki_day(time_now_us()) + 30;

    funding__content__init(c);
    c->theme_id = rig_bytes(&call->themes[plan->theme]);
    c->title = copy(rig, plan->title != NULL ? plan->title : "Yhteinen hanke");
    c->summary = copy(rig, "Hanke tuo täydennyskoulutuksen lähelle.\nSe tehdään yhdessä.");
    c->language = copy(rig, plan->language != NULL ? plan->language : "fi");
    c->starts_on = day_text(rig, from);
    c->ends_on = day_text(rig, from + 400);
    c->iban = copy(rig, "FI21 1234 5600 0007 85");
    add_partners(rig, c, plan, cents);
    add_budget(rig, c, plan, cents);
    add_packages(rig, c, plan, cents + plan->own_cents, from);
    add_rest(rig, c, call);
    return c;
}

/* --- steps ------------------------------------------------------------------------------------------------------------- */
static void note(struct rig_application *a, const struct answer *answer)
{
    if (answer->err != ERR_OK)
        return;
    const Funding__Application *m = (const Funding__Application *)answer->message;
    a->version = m->version;
    (void)snprintf(a->register_number, sizeof a->register_number, "%s", m->register_number);
    (void)snprintf(a->receipt, sizeof a->receipt, "%s", m->receipt);
}

static void must(const char *step, const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("%s: error %d %s %s", step, (int)answer->err, answer->rule, answer->field);
}

static void open_again(struct rig *rig, const struct rig_call *call)
{
    char id[UUID_TEXT];

    uuid_format(call->id, id);
    if (kit_sql_int(rig_pg(rig), "select count(*) from funding.call where id = '%s' and closes_at <= now()", id) > 0)
        rig_closes_in(rig, call, 60 * TIME_DAY);
}

struct rig_application rig_draft(struct rig *rig, const struct rig_call *call, const Funding__Content *content, struct uuid owner)
{
    Funding__CreateApplicationRequest request = FUNDING__CREATE_APPLICATION_REQUEST__INIT;
    struct rig_application a = {.owner = uuid_is_nil(owner) ? rig_new_id() : owner};

    open_again(rig, call);
    request.call_id = rig_bytes(&call->id);
    request.content = (Funding__Content *)(uintptr_t)content;
    const struct answer answer =
        rig_ask(rig, &(struct ask){.method = "CreateApplication", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT});
    must("CreateApplication", &answer);
    a.id = rig_id(((const Funding__Application *)answer.message)->id);
    note(&a, &answer);
    return a;
}

struct rig_application rig_submitted(struct rig *rig, const struct rig_call *call, const struct write_plan *plan)
{
    const Funding__Content *content = rig_written(rig, call, plan);
    struct rig_application a = rig_draft(rig, call, content, plan->owner);
    const struct answer answer = rig_submit(rig, &a, NULL, 0);

    must("SubmitApplication", &answer);
    return a;
}

static struct answer owner_asks(struct rig *rig, struct rig_application *a, const char *method, const ProtobufCMessage *message,
                                uint64_t if_match)
{
    const struct answer answer =
        rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = a->owner, .roles = RIG_APPLICANT, .if_match = if_match});

    note(a, &answer);
    return answer;
}

struct answer rig_save(struct rig *rig, struct rig_application *a, const Funding__Content *content, uint64_t if_match)
{
    Funding__SaveApplicationRequest request = FUNDING__SAVE_APPLICATION_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.content = (Funding__Content *)(uintptr_t)content;
    return owner_asks(rig, a, "SaveApplication", &request.base, if_match != 0 ? if_match : a->version);
}

struct answer rig_submit(struct rig *rig, struct rig_application *a, const Funding__Content *content, uint64_t if_match)
{
    Funding__SubmitApplicationRequest request = FUNDING__SUBMIT_APPLICATION_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.content = (Funding__Content *)(uintptr_t)content;
    return owner_asks(rig, a, "SubmitApplication", &request.base, if_match != 0 ? if_match : a->version);
}

struct answer rig_withdraw(struct rig *rig, struct rig_application *a, const char *reason)
{
    Funding__WithdrawApplicationRequest request = FUNDING__WITHDRAW_APPLICATION_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.reason = copy(rig, reason);
    return owner_asks(rig, a, "WithdrawApplication", &request.base, 0);
}

struct answer rig_get(struct rig *rig, const struct rig_application *a, struct uuid who, uint32_t roles)
{
    Funding__GetApplicationRequest request = FUNDING__GET_APPLICATION_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    return rig_ask(rig, &(struct ask){.method = "GetApplication", .message = &request.base, .actor = who, .roles = roles});
}

struct answer rig_ask_supplement(struct rig *rig, const struct rig_call *call, struct rig_application *a, const char *words, int64_t days)
{
    Funding__RequestSupplementRequest request = FUNDING__REQUEST_SUPPLEMENT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.words = copy(rig, words);
    request.due_on = day_text(rig, helsinki_day(time_now_us()) + days);
    const struct answer answer = rig_ask(
        rig, &(struct ask){.method = "RequestSupplement", .message = &request.base, .actor = call->preparer, .roles = RIG_PREPARER});
    note(a, &answer);
    return answer;
}

struct answer rig_answer_supplement(struct rig *rig, struct rig_application *a, const Funding__Content *content)
{
    Funding__AnswerSupplementRequest request = FUNDING__ANSWER_SUPPLEMENT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.content = (Funding__Content *)(uintptr_t)content;
    return owner_asks(rig, a, "AnswerSupplement", &request.base, 0);
}

int64_t rig_application_state(struct rig *rig, const struct rig_application *a)
{
    char id[UUID_TEXT];

    uuid_format(a->id, id);
    return kit_sql_int(rig_pg(rig), "select state from funding.application where id = '%s'", id);
}
