/* What an import says of a project is checked and read here: see project_message.h. */
#include "services/funding/domain/money.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/project_message.h"

enum { GOALS_MAX = 2000, TARGET_MAX = 2000 };
#define CONTENT_MAX ((size_t)240 * 1024) /* bytes: what is told of a project goes into one answer, with what disagrees in it */

static const char *under(struct job *job, const char *list, size_t i, const char *name)
{
    return arena_printf(job->arena, "project.%s[%zu].%s", list, i, name);
}

static enum err check_title(struct job *job, const char *field, const Bus__Text *text)
{
    if (text == NULL)
        return fail_missing(job, field);
    enum err err = check_text(job, arena_printf(job->arena, "%s.fi", field), text->fi, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, arena_printf(job->arena, "%s.sv", field), text->sv, 0, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_text(job, arena_printf(job->arena, "%s.en", field), text->en, 0, CHECK_NAME_MAX);
    return err;
}

static enum err check_names(struct job *job, const Funding__Project *c)
{
    const struct {
        const char *field, *text;
    } names[] = {{"project.funder", c->funder}, {"project.programme", c->programme}, {"project.leadName", c->lead_name}};
    enum err err = check_code(job, "project.code", c->code, 2, 60);

    if (err == ERR_OK && strspn(c->code, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(c->code))
        err = job_fail(job, ERR_INVALID, "field.code", "project.code", "Tunnuksessa on pieniä kirjaimia a-z, numeroita ja viivoja",
                       "En kod består av små bokstäver a-z, siffror och bindestreck", "A code has small letters a-z, digits and hyphens");
    if (err == ERR_OK)
        err = check_title(job, "project.title", c->title);
    for (size_t i = 0; err == ERR_OK && i < sizeof names / sizeof names[0]; i++)
        err = check_text(job, names[i].field, names[i].text, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "project.target", c->target, 0, TARGET_MAX);
    return err;
}

static enum err check_days(struct job *job, const Funding__Project *c)
{
    int64_t from = 0, until = 0;
    enum err err = check_day(job, "project.startsOn", c->starts_on, &from);

    if (err == ERR_OK)
        err = check_day(job, "project.endsOn", c->ends_on, &until);
    if (err == ERR_OK && *c->page_until != '\0')
        err = check_day(job, "project.pageUntil", c->page_until, NULL);
    if (err == ERR_OK && until < from)
        err = job_fail(job, ERR_INVALID, "funding.project.order", "project.endsOn", "Toteutusaika päättyy ennen kuin se alkaa",
                       "Genomförandetiden går ut innan den börjar", "The period ends before it begins");
    return err;
}

static enum err check_members(struct job *job, const Funding__Project *c)
{
    enum err err = check_range(job, "project.members", (int64_t)c->n_members, 0, PROJECT_MEMBERS_MAX);

    for (size_t i = 0; err == ERR_OK && i < c->n_members; i++) {
        err = check_range(job, under(job, "members", i, "role"), (int64_t)c->members[i]->role, MEMBER_IMPLEMENTER, MEMBER_PARTNER);
        if (err == ERR_OK)
            err = check_text(job, under(job, "members", i, "name"), c->members[i]->name, 1, CHECK_NAME_MAX);
    }
    return err;
}

static enum err check_areas(struct job *job, const Funding__Project *c)
{
    enum err err = check_range(job, "project.areas", (int64_t)c->n_areas, 0, PROJECT_AREAS_MAX);

    for (size_t i = 0; err == ERR_OK && i < c->n_areas; i++) {
        err = check_title(job, under(job, "areas", i, "title"), c->areas[i]->title);
        if (err == ERR_OK)
            err = check_lines(job, under(job, "areas", i, "goals"), c->areas[i]->goals, 0, GOALS_MAX);
    }
    return err;
}

static enum err fail_sum(struct job *job, int64_t sum, int64_t total)
{
    struct finding finding = {.bound = FINDING_EXACTLY, .is_cents = sum, .bound_cents = total};

    finding.text = FINDING_TEXT("Rahoitusosuuksien summa ei ole hankkeen kokonaiskustannus: korjaa osuuksia tai kokonaissummaa",
                                "Finansieringsandelarnas summa är inte projektets totalkostnad: rätta andelarna eller totalsumman",
                                "The shares of the funding are not the total cost together: correct the shares or the total");
    const struct text words = finding_words(job->arena, &finding);
    const enum err err = job_fail(job, ERR_INVALID, "funding.project.shares", "project.totalCents", words.fi, words.sv, words.en);
    fact_number(job, "sharesCents", (uint64_t)sum);
    fact_number(job, "totalCents", (uint64_t)total);
    return err;
}

/* What a file says of a decision belongs to a share that is decided. */
static enum err check_decided(struct job *job, const Funding__ProjectShare *share, size_t i)
{
    const bool granted = share->state == FUNDING__PLAN_STATE__PLAN_GRANTED;
    enum err err = check_range(job, under(job, "shares", i, "grantedCents"), share->granted_cents, 0, granted ? share->cents : 0);

    if (err == ERR_OK && *share->decided_on != '\0' && share->state == FUNDING__PLAN_STATE__PLAN_APPLIED)
        err = job_fail(job, ERR_INVALID, "funding.project.share-undecided", under(job, "shares", i, "decidedOn"),
                       "Osuudesta ei ole päätetty: jätä päätöspäivä pois, tai merkitse osuus myönnetyksi tai evätyksi",
                       "Andelen är inte avgjord: lämna bort beslutsdagen, eller ange andelen som beviljad eller avslagen",
                       "The share is not decided: leave the day out, or give the share as granted or refused");
    else if (err == ERR_OK && *share->decided_on != '\0')
        err = check_day(job, under(job, "shares", i, "decidedOn"), share->decided_on, NULL);
    return err;
}

static enum err check_shares(struct job *job, const Funding__Project *c)
{
    int64_t sum = 0;
    enum err err = check_range(job, "project.shares", (int64_t)c->n_shares, 0, PROJECT_SHARES_MAX);

    if (err == ERR_OK)
        err = check_range(job, "project.totalCents", c->total_cents, 0, MONEY_MAX);
    for (size_t i = 0; err == ERR_OK && i < c->n_shares; i++) {
        err = check_text(job, under(job, "shares", i, "funder"), c->shares[i]->funder, 1, CHECK_NAME_MAX);
        if (err == ERR_OK)
            err = check_range(job, under(job, "shares", i, "state"), (int64_t)c->shares[i]->state, PLAN_APPLIED, PLAN_REFUSED);
        if (err == ERR_OK)
            err = check_range(job, under(job, "shares", i, "cents"), c->shares[i]->cents, 0, MONEY_MAX - sum);
        if (err == ERR_OK)
            err = check_decided(job, c->shares[i], i);
        if (err == ERR_OK)
            sum += c->shares[i]->cents;
    }
    return err == ERR_OK && sum != c->total_cents ? fail_sum(job, sum, c->total_cents) : err;
}

enum err project_content_check(struct job *job, const Funding__Project *content)
{
    struct uuid application;
    enum err err;

    if (content == NULL)
        return fail_missing(job, "project");
    if (protobuf_c_message_get_packed_size(&content->base) > CONTENT_MAX)
        return job_fail(job, ERR_TOO_LARGE, "funding.project.large", "project",
                        "Hankkeen tiedot ovat yhdessä liian pitkät: lyhennä nimiä tai tavoitteita",
                        "Projektets uppgifter är tillsammans för långa: förkorta namn eller mål",
                        "What the project says is too long altogether: shorten names or goals");
    err = check_names(job, content);
    if (err == ERR_OK)
        err = check_days(job, content);
    if (err == ERR_OK)
        err = check_range(job, "project.state", (int64_t)content->state, PROJECT_PLANNED, PROJECT_INTERRUPTED);
    if (err == ERR_OK)
        err = check_id_or(job, "project.applicationId", &content->application_id, (struct uuid){{0}}, &application);
    if (err == ERR_OK)
        err = check_members(job, content);
    if (err == ERR_OK)
        err = check_areas(job, content);
    return err == ERR_OK ? check_shares(job, content) : err;
}

/* Of what stands at this place of a file; again: how many had its id before it. */
static struct uuid share_id(struct arena *arena, struct uuid project_id, size_t i, unsigned again)
{
    const char *name = again == 0 ? arena_printf(arena, "share:%zu", i + 1) : arena_printf(arena, "share:%zu.%u", i + 1, again);

    return uuid_from(project_id, span_text(name));
}

static struct project_share build_share(struct arena *arena, struct uuid project_id, const Funding__ProjectShare *from, size_t i)
{
    struct project_share share = {.id = share_id(arena, project_id, i, 0),
                                  .funder = from->funder,
                                  .cents = from->cents,
                                  .state = (enum plan_state)from->state,
                                  .decided_on = NO_DAY};

    if (share.state == PLAN_GRANTED)
        share.granted_cents = from->granted_cents > 0 ? from->granted_cents : from->cents;
    if (*from->decided_on != '\0')
        (void)day_parse(&share.decided_on, span_text(from->decided_on));
    return share;
}

static void build_lists(struct arena *arena, struct project *p, const Funding__Project *c)
{
    p->members = arena_array(arena, c->n_members + 1, sizeof *p->members);
    for (size_t i = 0; i < c->n_members; i++)
        p->members[p->member_count++] = (struct project_member){(enum member_role)c->members[i]->role, c->members[i]->name};
    p->areas = arena_array(arena, c->n_areas + 1, sizeof *p->areas);
    for (size_t i = 0; i < c->n_areas; i++)
        p->areas[p->area_count++] = (struct project_area){convert_from_texts(c->areas[i]->title), c->areas[i]->goals};
    p->shares = arena_array(arena, c->n_shares + 1, sizeof *p->shares);
    for (size_t i = 0; i < c->n_shares; i++)
        p->shares[p->share_count++] = build_share(arena, p->id, c->shares[i], i);
}

/* The share of the file that is this one: at the same place, or elsewhere. NULL: it is gone. */
static struct project_share *share_found(const struct project *after, const struct project_share *before, size_t place)
{
    if (place < after->share_count && !after->shares[place].kept && project_share_stays(before, &after->shares[place]))
        return &after->shares[place];
    for (size_t i = 0; i < after->share_count; i++)
        if (!after->shares[i].kept && project_share_stays(before, &after->shares[i]))
            return &after->shares[i];
    return NULL;
}

/* Those of live cases say what the case says, whatever the file does; those of withdrawn ones are free, and keep their ids. */
static const struct project_share *keep(struct project *after, const struct project *before, bool in_case)
{
    for (size_t i = 0; i < before->share_count; i++) {
        const struct project_share *old = &before->shares[i];

        if (!old->kept || old->in_case != in_case)
            continue;
        struct project_share *share = share_found(after, old, i);
        if (share == NULL)
            return old;
        if (in_case)
            *share = *old;
        share->id = old->id;
        share->kept = true;
    }
    return NULL;
}

static bool id_taken(const struct project *p, size_t i)
{
    for (size_t j = 0; j < p->share_count; j++)
        if (j != i && (j < i || p->shares[j].kept) && uuid_compare(p->shares[j].id, p->shares[i].id) == 0)
            return true;
    return false;
}

const struct project_share *project_keep_shares(struct arena *arena, struct project *after, const struct project *before)
{
    const struct project_share *lost = keep(after, before, true);

    if (lost == NULL)
        lost = keep(after, before, false);
    for (size_t i = 0; i < after->share_count; i++)
        for (unsigned again = 1; !after->shares[i].kept && id_taken(after, i); again++)
            after->shares[i].id = share_id(arena, after->id, i, again);
    return lost;
}

struct project *project_build(struct arena *arena, const Funding__Project *content)
{
    struct project *p = arena_alloc(arena, sizeof *p);

    *p = (struct project){.id = uuid_from((struct uuid){{0}}, span_text(arena_printf(arena, "project:%s", content->code))),
                          .code = content->code,
                          .title = convert_from_texts(content->title),
                          .funder = content->funder,
                          .programme = content->programme,
                          .lead_name = content->lead_name,
                          .target = content->target,
                          .page_until = NO_DAY,
                          .state = (enum project_state)content->state,
                          .total_cents = content->total_cents,
                          .version = 1};
    (void)uuid_read(&p->application_id, span_of(content->application_id.data, content->application_id.len)); /* absent: nil */
    (void)day_parse(&p->starts_on, span_text(content->starts_on));
    (void)day_parse(&p->ends_on, span_text(content->ends_on));
    if (*content->page_until != '\0')
        (void)day_parse(&p->page_until, span_text(content->page_until));
    build_lists(arena, p, content);
    return p;
}
