/* The town of municipal.h, its plans and its cases. Meetings: meetings.c. */
#include "tests/service/funding/municipal.h"

#include "common/base/day.h"
#include "common/base/workday.h"

static char *words(const char *text)
{
    return (char *)(uintptr_t)text;
}

const void *rig_got(struct answer a)
{
    if (a.err != ERR_OK)
        fail_msg("%s %s %s", err_text(a.err)->name, a.rule, a.field);
    return a.message;
}

bool rig_events_say(struct rig *rig, const char *text)
{
    return kit_sql_int(rig_pg(rig), "select count(*) from funding.event_log where position(convert_to('%s', 'UTF8') in payload) > 0",
                       text) > 0;
}

bool rig_file_says(const Bus__File *file, const char *text)
{
    const size_t len = strlen(text);

    for (size_t i = 0; i + len <= file->content.len; i++)
        if (memcmp(file->content.data + i, text, len) == 0)
            return true;
    return false;
}

const Bus__File *rig_feed(struct rig *rig, const struct rig_town *town, const char *method, struct uuid board, bool rss)
{
    Municipal__FeedRequest request = MUNICIPAL__FEED_REQUEST__INIT;

    request.municipality_id = rig_bytes(&town->id);
    request.board_id = rig_bytes(&board);
    request.format = rss ? MUNICIPAL__FEED_REQUEST__FORMAT__RSS : MUNICIPAL__FEED_REQUEST__FORMAT__ATOM;
    return rig_got(desk_public(rig, method, &request.base));
}

/* Extracts never change; the test moves the days as the owner who is no service. */
void rig_names_leave_in(struct rig *rig, struct uuid item, int64_t days)
{
    char id[UUID_TEXT];

    uuid_format(item, id);
    (void)kit_sql(
        rig_pg(rig),
        "set session_replication_role = replica; update funding.extract set review_until = least(review_until, current_date + %d), "
        "names_until = (now() at time zone 'Europe/Helsinki')::date + %d where item_id = '%s'; "
        "set session_replication_role = origin",
        (int)days, (int)days, id);
}

/* --- the town ---------------------------------------------------------------------------------------------------------------- */

static Municipal__Official *official(struct rig *rig, const struct uuid *person, Municipal__Office office, const char *name,
                                     const char *title)
{
    Municipal__Official *o = arena_alloc(rig_arena(rig), sizeof *o);

    municipal__official__init(o);
    o->person_id = rig_bytes(person);
    o->office = office;
    o->name = words(name);
    o->title = rig_text(rig, title, title, title);
    return o;
}

static Municipal__Board *board(struct rig *rig, const struct rig_town *town, const char *code, const char *fi, uint32_t last_section)
{
    static const char *const names[RIG_MEMBERS] = {"Pentti Puheenjohtaja", "Ville Varapuheenjohtaja", "Jaana Jäsen", "Veikko Varajäsen"};
    Municipal__Board *b = arena_alloc(rig_arena(rig), sizeof *b);

    municipal__board__init(b);
    b->code = words(code);
    b->title = rig_text(rig, fi, "stadsstyrelsen", "city board");
    b->last_section = last_section;
    b->seats = arena_array(rig_arena(rig), RIG_MEMBERS, sizeof *b->seats);
    b->n_seats = RIG_MEMBERS;
    for (size_t i = 0; i < RIG_MEMBERS; i++) {
        Municipal__Seat *seat = b->seats[i] = arena_alloc(rig_arena(rig), sizeof *seat);

        municipal__seat__init(seat);
        seat->person_id = rig_bytes(&town->members[i]);
        seat->kind = (Municipal__SeatKind)(MUNICIPAL__SEAT_KIND__SEAT_CHAIR + (int)i);
        seat->name = words(names[i]);
    }
    return b;
}

Municipal__Municipality *rig_town_content(struct rig *rig, const struct rig_town *town)
{
    static const char *const dimensions[] = {"Toteuttaa strategiaa", "Edistää elinkeinoelämää"};
    Municipal__Municipality *m = arena_alloc(rig_arena(rig), sizeof *m);

    municipal__municipality__init(m);
    m->code = words(town->code);
    m->name = rig_text(rig, "Esimerkkilän kaupunki", "Exempelstad", "City of Example");
    m->contact = words("Esimerkkilän kaupunki, kirjaamo, kirjaamo@example.fi");
    m->languages = arena_array(rig_arena(rig), 2, sizeof *m->languages);
    m->languages[m->n_languages++] = words("fi");
    m->languages[m->n_languages++] = words("sv");
    m->names_days = 30;
    m->series = words("00.01.05");
    m->last_number = 17;
    m->dimensions = arena_array(rig_arena(rig), 2, sizeof *m->dimensions);
    for (size_t i = 0; i < 2; i++) {
        Municipal__ImpactDimension *d = m->dimensions[m->n_dimensions++] = arena_alloc(rig_arena(rig), sizeof *d);

        municipal__impact_dimension__init(d);
        d->n = (uint32_t)i + 1;
        d->title = rig_text(rig, dimensions[i], "Genomför strategin", "Implements the strategy");
    }
    m->boards = arena_array(rig_arena(rig), 2, sizeof *m->boards);
    m->boards[m->n_boards++] = board(rig, town, "KH", "kaupunginhallitus", 28);
    m->boards[m->n_boards++] = board(rig, town, "SIV", "sivistyslautakunta", 0);
    m->officials = arena_array(rig_arena(rig), 3, sizeof *m->officials);
    m->officials[m->n_officials++] =
        official(rig, &town->preparer, MUNICIPAL__OFFICE__OFFICE_PREPARER, "Veera Valmistelija", "asianhallintasihteeri");
    m->officials[m->n_officials++] =
        official(rig, &town->presenter, MUNICIPAL__OFFICE__OFFICE_PRESENTER, "Elli Esittelijä", "kaupunginjohtaja");
    m->officials[m->n_officials++] =
        official(rig, &town->secretary, MUNICIPAL__OFFICE__OFFICE_SECRETARY, "Sirkka Sihteeri", "hallintojohtaja");
    return m;
}

struct answer rig_import_town(struct rig *rig, Municipal__Municipality *municipality, bool dry_run, struct uuid who, uint32_t roles)
{
    Municipal__ImportMunicipalityRequest request = MUNICIPAL__IMPORT_MUNICIPALITY_REQUEST__INIT;

    request.municipality = municipality;
    request.dry_run = dry_run;
    return desk_ask(rig, who, roles, "ImportMunicipality", &request.base, 0);
}

struct rig_town rig_town(struct rig *rig, const char *code)
{
    struct rig_town town = {.code = code, .preparer = rig_new_id(), .presenter = rig_new_id(), .secretary = rig_new_id()};

    for (size_t i = 0; i < RIG_MEMBERS; i++)
        town.members[i] = rig_new_id();
    const Municipal__MunicipalityReport *report =
        rig_got(rig_import_town(rig, rig_town_content(rig, &town), false, rig_new_id(), RIG_ADMIN));
    town.id = rig_id(report->municipality->id);
    assert_int_equal(report->municipality->n_boards, 2);
    for (size_t i = 0; i < 2; i++)
        *(strcmp(report->municipality->boards[i]->code, "KH") == 0 ? &town.board : &town.other_board) =
            rig_id(report->municipality->boards[i]->id);
    return town;
}

/* --- plans ------------------------------------------------------------------------------------------------------------------- */

struct uuid rig_plan(struct rig *rig, const char *code, const int64_t *cents, size_t count, struct uuid *shares)
{
    Funding__ImportProjectRequest request = FUNDING__IMPORT_PROJECT_REQUEST__INIT;
    Funding__Project *p = arena_alloc(rig_arena(rig), sizeof *p);

    funding__project__init(p);
    p->code = words(code);
    p->title = rig_text(rig, "Opettajien jatkuva oppiminen", "Lärares kontinuerliga lärande", "Teachers' continuous learning");
    p->funder = words("Esimerkkivirasto");
    p->programme = words("Ohjelma");
    p->lead_name = words("Esimerkkiyliopisto");
    p->starts_on = words("2026-01-01");
    p->ends_on = words("2099-12-31");
    p->target = words("opettajat");
    p->state = FUNDING__PROJECT_STATE__PROJECT_ONGOING;
    p->cost_case = FUNDING__PROJECT__COST_TOTAL_CENTS;
    p->shares = arena_array(rig_arena(rig), count, sizeof *p->shares);
    for (size_t i = 0; i < count; i++) {
        Funding__ProjectShare *s = p->shares[p->n_shares++] = arena_alloc(rig_arena(rig), sizeof *s);

        funding__project_share__init(s);
        s->funder = words(i == 0 ? "Valtio" : "Esimerkkilän kaupunki");
        s->cents = cents[i];
        s->state = i == 0 ? FUNDING__PLAN_STATE__PLAN_GRANTED : FUNDING__PLAN_STATE__PLAN_APPLIED;
        p->total_cents += cents[i];
    }
    request.project = p;
    const Funding__ProjectReport *report = rig_got(desk_ask(rig, rig_new_id(), RIG_PREPARER, "ImportProject", &request.base, 0));
    const struct uuid id = rig_id(report->project->id);
    const Funding__Project *made = rig_project(rig, id);
    for (size_t i = 0; i < count; i++)
        shares[i] = rig_id(made->shares[i]->id);
    return id;
}

const Funding__Project *rig_project(struct rig *rig, struct uuid id)
{
    Funding__GetProjectRequest request = FUNDING__GET_PROJECT_REQUEST__INIT;

    request.project_id = rig_bytes(&id);
    return rig_got(desk_public(rig, "GetProject", &request.base));
}

/* --- cases ------------------------------------------------------------------------------------------------------------------- */

static Municipal__CaseText *text(struct rig *rig, Municipal__CaseTextKind kind, const char *heading, const char *says, bool confidential)
{
    Municipal__CaseText *t = arena_alloc(rig_arena(rig), sizeof *t);

    municipal__case_text__init(t);
    t->kind = kind;
    t->heading = words(heading);
    t->text = words(says);
    t->confidential = confidential;
    return t;
}

struct answer rig_file(struct rig *rig, const struct rig_town *town, struct uuid project, struct uuid share, struct uuid who,
                       uint32_t roles)
{
    Municipal__FileCaseRequest request = MUNICIPAL__FILE_CASE_REQUEST__INIT;
    Municipal__CaseText *texts[2];

    texts[0] = text(rig, MUNICIPAL__CASE_TEXT_KIND__TEXT_BACKGROUND, "", "Esimerkkiyliopisto hakee kuntarahoitusta.", false);
    texts[1] = text(rig, MUNICIPAL__CASE_TEXT_KIND__TEXT_GOALS, "Tavoitteet", "1. Laatia tilannekuva.\n2. Verkostoitua.", false);
    request.municipality_id = rig_bytes(&town->id);
    request.project_id = rig_bytes(&project);
    request.share_id = rig_bytes(&share);
    request.title = words("Kuntaosuus jatkuvan oppimisen hankkeeseen");
    request.language = words("fi");
    request.applicant = words("Esimerkkiyliopisto");
    request.contact_name = words("Hilla Hakija");
    request.contact_email = words("hilla.hakija@example.fi");
    request.contact_language = words("fi");
    request.texts = texts;
    request.n_texts = 2;
    return desk_ask(rig, who, roles, "FileCase", &request.base, 0);
}

struct rig_case rig_case_filed(struct rig *rig, const struct rig_town *town, int64_t cents)
{
    static unsigned next = 0;
    const int64_t plan[] = {40105200 - cents, cents};
    struct rig_case c = {.applicant = rig_new_id(), .cents = cents};
    struct uuid shares[2];

    c.project = rig_plan(rig, arena_printf(rig_arena(rig), "%s-%u", town->code, next++), plan, 2, shares);
    c.share = shares[1];
    const Municipal__Case *made = rig_got(rig_file(rig, town, c.project, c.share, c.applicant, RIG_APPLICANT));
    c.id = rig_id(made->id);
    c.version = made->version;
    (void)snprintf(c.number, sizeof c.number, "%s", made->register_number);
    return c;
}

Municipal__CaseContent *rig_case_content(struct rig *rig)
{
    Municipal__CaseContent *c = arena_alloc(rig_arena(rig), sizeof *c);

    municipal__case_content__init(c);
    c->title = words("Kuntaosuus jatkuvan oppimisen hankkeeseen");
    c->preparers = arena_array(rig_arena(rig), 1, sizeof *c->preparers);
    Municipal__CasePreparer *p = c->preparers[c->n_preparers++] = arena_alloc(rig_arena(rig), sizeof *p);
    municipal__case_preparer__init(p);
    p->title = words("kehitysjohtaja");
    p->name = words("Kauko " RIG_NAMED);
    c->texts = arena_array(rig_arena(rig), 3, sizeof *c->texts);
    c->texts[c->n_texts++] = text(rig, MUNICIPAL__CASE_TEXT_KIND__TEXT_BACKGROUND, "",
                                  "Esimerkkiyliopisto hakee kuntarahoitusta. Yhteyshenkilö on [[Hilla " RIG_NAMED "]].", false);
    c->texts[c->n_texts++] =
        text(rig, MUNICIPAL__CASE_TEXT_KIND__TEXT_GOALS, "Tavoitteet", "1. Laatia tilannekuva.\n2. Verkostoitua.", false);
    c->texts[c->n_texts++] = text(rig, MUNICIPAL__CASE_TEXT_KIND__TEXT_OTHER, "Liikesalaisuus", RIG_SECRET ".", true);
    c->impacts = arena_array(rig_arena(rig), 2, sizeof *c->impacts);
    for (size_t i = 0; i < 2; i++) {
        Municipal__Impact *impact = c->impacts[c->n_impacts++] = arena_alloc(rig_arena(rig), sizeof *impact);

        municipal__impact__init(impact);
        impact->dimension = (uint32_t)i + 1;
        impact->effect = i == 0 ? MUNICIPAL__EFFECT__EFFECT_POSITIVE : MUNICIPAL__EFFECT__EFFECT_NEUTRAL;
        impact->remark = words(i == 0 ? "lisää henkilöstön hyvinvointia" : "");
    }
    return c;
}

struct answer rig_put_case(struct rig *rig, const struct rig_town *town, const struct rig_case *c, Municipal__CaseContent *content,
                           uint64_t version)
{
    Municipal__PutCaseRequest request = MUNICIPAL__PUT_CASE_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    request.content = content;
    return desk_ask(rig, town->preparer, RIG_PREPARER, "PutCase", &request.base, version);
}

struct answer rig_add_document(struct rig *rig, const struct rig_case *c, struct uuid who, uint32_t roles, const char *content,
                               bool confidential)
{
    Municipal__AddCaseDocumentRequest request = MUNICIPAL__ADD_CASE_DOCUMENT_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    request.kind = MUNICIPAL__CASE_DOCUMENT_KIND__DOCUMENT_APPLICATION;
    request.title = words("Hakemus");
    request.name = words("hakemus.txt");
    request.media_type = words("text/plain");
    request.content = (ProtobufCBinaryData){strlen(content), (uint8_t *)(uintptr_t)content};
    request.confidential = confidential;
    request.ground = words(confidential ? "julkisuuslaki 24 § 1 mom. 20 k." : "");
    return desk_ask(rig, who, roles, "AddCaseDocument", &request.base, 0);
}

struct answer rig_propose(struct rig *rig, const struct rig_town *town, const struct rig_case *c, int64_t cents, uint64_t version)
{
    Municipal__PutProposalRequest request = MUNICIPAL__PUT_PROPOSAL_REQUEST__INIT;
    Municipal__Proposal proposal = MUNICIPAL__PROPOSAL__INIT;
    Municipal__Nomination nomination = MUNICIPAL__NOMINATION__INIT, *nominations[] = {&nomination};
    const struct uuid nominee = rig_new_id();

    nomination.body = words("hankkeen ohjausryhmä");
    nomination.role = MUNICIPAL__NOMINEE_ROLE__NOMINEE_MEMBER;
    nomination.title = words("kasvatus- ja opetusjohtaja");
    nomination.name = words("Kaisa " RIG_NAMED);
    nomination.person_id = rig_bytes(&nominee);
    proposal.words = words("Kaupunginhallitus päättää osallistua hankkeeseen.");
    proposal.cents = cents;
    proposal.nominations = nominations;
    proposal.n_nominations = 1;
    request.case_id = rig_bytes(&c->id);
    request.proposal = &proposal;
    return desk_ask(rig, town->presenter, RIG_PRESENTER, "PutProposal", &request.base, version);
}

struct answer rig_see_case(struct rig *rig, struct uuid id, struct uuid who, uint32_t roles)
{
    Municipal__GetCaseRequest request = MUNICIPAL__GET_CASE_REQUEST__INIT;

    request.case_id = rig_bytes(&id);
    return desk_ask(rig, who, roles, "GetCase", &request.base, 0);
}

const Municipal__Case *rig_case(struct rig *rig, const struct rig_town *town, struct rig_case *c)
{
    const Municipal__Case *seen = rig_got(rig_see_case(rig, c->id, town->preparer, RIG_PREPARER));

    c->version = seen->version;
    return seen;
}

struct rig_case rig_case_prepared(struct rig *rig, const struct rig_town *town, int64_t cents)
{
    struct rig_case c = rig_case_filed(rig, town, cents);

    (void)rig_got(rig_add_document(rig, &c, c.applicant, RIG_APPLICANT, "Hakemus: kuntarahoitus", false));
    (void)rig_case(rig, town, &c);
    c.version = ((const Municipal__Case *)rig_got(rig_put_case(rig, town, &c, rig_case_content(rig), c.version)))->version;
    return c;
}

struct rig_case rig_case_proposed(struct rig *rig, const struct rig_town *town, int64_t cents)
{
    struct rig_case c = rig_case_prepared(rig, town, cents);

    c.version = ((const Municipal__Case *)rig_got(rig_propose(rig, town, &c, cents, c.version)))->version;
    return c;
}
