/* FileCase: an applicant applies to a municipality for its share of a project's cost, or a preparer files an application that came on
 * paper. The share is one of the project's funding plan, open and of this municipality; the amount is the share's, to the cent. The case
 * gets the next register number of the municipality, in this year. */
#include "common/base/address.h"
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"
#include "services/funding/handler/tell_case.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/project.h"
#include "services/funding/store/register.h"

static const char *const LETTERS_IN[] = {"fi", "sv", "en", NULL};

static enum err check_language(struct job *job, const char *field, const char *language)
{
    for (size_t i = 0; LETTERS_IN[i] != NULL; i++)
        if (strcmp(LETTERS_IN[i], language) == 0)
            return ERR_OK;
    return fail_word(job, field, language, LETTERS_IN);
}

static enum err check_contact(struct job *job, const Municipal__FileCaseRequest *request)
{
    enum err err = check_text(job, "applicant", request->applicant, 1, CHECK_NAME_MAX);

    if (err == ERR_OK)
        err = check_text(job, "contactName", request->contact_name, 1, CHECK_NAME_MAX);
    if (err == ERR_OK && !address_valid(span_text(request->contact_email)))
        err = job_fail(job, ERR_INVALID, "field.email", "contactEmail", "Sähköpostiosoite ei kelpaa: päätös lähetetään siihen",
                       "E-postadressen duger inte: beslutet skickas till den", "The e-mail address will not do: the decision goes there");
    if (err == ERR_OK && *request->contact_language != '\0')
        err = check_language(job, "contactLanguage", request->contact_language);
    return err;
}

enum err file_case_needs(struct job *job, struct workset *w)
{
    const Municipal__FileCaseRequest *request = (const Municipal__FileCaseRequest *)job->message;
    struct uuid municipality, project, share;
    enum err err = who_has(job, (uint32_t)(BUS__ROLE__ROLE_APPLICANT | BUS__ROLE__ROLE_PREPARER));

    if (err == ERR_OK)
        err = check_id(job, "municipalityId", &request->municipality_id, &municipality);
    if (err == ERR_OK)
        err = check_id(job, "projectId", &request->project_id, &project);
    if (err == ERR_OK)
        err = check_id(job, "shareId", &request->share_id, &share);
    if (err == ERR_OK)
        err = case_content_title(job, "title", request->title);
    if (err == ERR_OK)
        err = check_text(job, "language", request->language, 1, 2);
    if (err == ERR_OK)
        err = check_contact(job, request);
    if (err == ERR_OK)
        err = case_content_texts(job, "texts", request->texts, request->n_texts);
    if (err != ERR_OK)
        return err;
    (void)case_want_share(w, job, share);
    (void)municipality_want(w, job, MUNICIPALITY_BY_ID, municipality);
    (void)project_want(w, job, project, true);
    register_want_municipality(w, job, municipality);
    return ERR_OK;
}

static const struct project_share *share_of(const struct project *project, const ProtobufCBinaryData *id)
{
    struct uuid share;

    if (project == NULL || !uuid_read(&share, span_of(id->data, id->len)))
        return NULL;
    for (size_t i = 0; i < project->share_count; i++)
        if (uuid_compare(project->shares[i].id, share) == 0)
            return &project->shares[i];
    return NULL;
}

/* Capital letters aside, as far as these are ASCII: "KANNUKSEN KAUPUNKI" is Kannuksen kaupunki. */
static bool same_name(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        const char x = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a, y = *b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b;
        if (x != y)
            return false;
    }
    return *a == *b;
}

static bool funds(const struct municipality *m, const struct project_share *share)
{
    return same_name(share->funder, m->name.fi) || same_name(share->funder, m->name.sv) || same_name(share->funder, m->name.en) ||
           same_name(share->funder, m->code);
}

/* Whose application the project comes from applies for its funding too; a project from elsewhere is anybody's who applies. */
static bool refuse_applicant(struct job *job, const struct municipality *m, const struct case_ask *ask)
{
    if (municipal_has(job, m, OFFICE_PREPARER))
        return false;
    if (!who_is(job, BUS__ROLE__ROLE_APPLICANT)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return true;
    }
    if (uuid_is_nil(ask->project_owner) || uuid_compare(ask->project_owner, job->actor) == 0)
        return false;
    (void)job_fail(job, ERR_FORBIDDEN, "municipal.case.owner", "projectId",
                   "Kuntarahaa hakee se, jonka hakemuksesta hanke syntyi: pyydä häntä tekemään hakemus",
                   "Den vars ansökan projektet härrör från ansöker om kommunal finansiering: be hen göra ansökan",
                   "Whoever's application the project comes from applies for municipal funding: ask them to apply");
    return true;
}

static bool refuse_share(struct job *job, const struct municipality *m, const struct project_share *share, const struct case_ask *ask)
{
    if (ask->count > 0) {
        (void)job_fail(job, ERR_REFUSED, "municipal.case.taken", "shareId", "Tästä rahoitusosuudesta on jo asia: jatka sen käsittelyä",
                       "Det finns redan ett ärende om denna finansieringsandel: fortsätt med det",
                       "There is a case about this share already: go on with that one");
        job_fact(job, "registerNumber", ask->rows->register_number);
    } else if (share->state != PLAN_APPLIED || share->cents <= 0) {
        (void)job_fail(job, ERR_REFUSED, "municipal.case.share", "shareId",
                       "Tästä rahoitusosuudesta on jo päätetty, tai siinä ei ole mitään haettavaa: valitse avoin osuus",
                       "Det har redan fattats beslut om denna finansieringsandel, eller så är den noll: välj en öppen andel",
                       "This share is decided already, or is nothing: choose one that is open");
        fact_number(job, "cents", (uint64_t)share->cents);
    } else if (!funds(m, share)) {
        (void)job_fail(job, ERR_REFUSED, "municipal.case.funder", "shareId",
                       "Tämä rahoitusosuus on haettu toiselta rahoittajalta: hae kunnalta sen omaa osuutta",
                       "Denna finansieringsandel söks hos en annan finansiär: ansök hos kommunen om dess egen andel",
                       "This share is another funder's: apply to a municipality for its own share");
        job_fact(job, "funder", share->funder);
    } else
        return false;
    return true;
}

static bool refuse_language(struct job *job, const struct municipality *m, const char *language)
{
    if (municipality_speaks(m, language))
        return false;
    (void)job_fail(job, ERR_INVALID, "municipal.case.language", "language", "Kunta ei tee päätöksiä tällä kielellä: valitse sen oma kieli",
                   "Kommunen fattar inte beslut på detta språk: välj dess eget språk",
                   "The municipality does not decide in this language: choose one of its own");
    job_fact(job, "languages", m->finnish ? m->swedish ? "fi, sv" : "fi" : "sv");
    return true;
}

static bool refuse(struct job *job, const struct workset *w, const struct project_share **share)
{
    const Municipal__FileCaseRequest *request = (const Municipal__FileCaseRequest *)job->message;
    const struct municipality *m = municipality_found(w, job);
    const struct project *project = project_found(w, job);
    const struct case_ask *ask = case_asked(w, job);

    if (m == NULL) {
        (void)fail_absent(job, "municipalityId");
        return true;
    }
    if (project == NULL || (project->undecided && !municipal_has(job, m, OFFICE_PREPARER) &&
                            (uuid_is_nil(ask->project_owner) || uuid_compare(ask->project_owner, job->actor) != 0))) {
        (void)fail_absent(job, "projectId");
        return true;
    }
    *share = share_of(project, &request->share_id);
    if (*share == NULL) {
        (void)fail_absent(job, "shareId");
        return true;
    }
    return refuse_applicant(job, m, ask) || refuse_language(job, m, request->language) || refuse_share(job, m, *share, ask);
}

/* Who is written to: an applicant by their account, the applicant of a letter by an id that follows from the case. */
static struct municipal_case *build(const struct job *job, const struct workset *w, const struct project_share *share)
{
    const Municipal__FileCaseRequest *request = (const Municipal__FileCaseRequest *)job->message;
    const struct municipality *m = municipality_found(w, job);
    const struct project *project = project_found(w, job);
    struct municipal_case *c = arena_alloc(w->arena, sizeof *c);

    *c = (struct municipal_case){.id = uuid_v7(w->now_us),
                                 .municipality_id = m->id,
                                 .register_number = "",
                                 .state = CASE_FILED,
                                 .title = request->title,
                                 .language = request->language,
                                 .applicant = request->applicant,
                                 .owner_id = job->actor,
                                 .project_id = project->id,
                                 .share_id = share->id,
                                 .project_title = strcmp(request->language, "sv") == 0 && *project->title.sv != '\0' ? project->title.sv
                                                                                                                     : project->title.fi,
                                 .project_starts_on = project->starts_on,
                                 .project_ends_on = project->ends_on,
                                 .total_cents = project->total_cents,
                                 .applied_cents = share->cents,
                                 .filed_us = w->now_us,
                                 .version = 1,
                                 .texts = case_content_read_texts(w->arena, request->texts, request->n_texts),
                                 .text_count = request->n_texts};
    if (municipal_has(job, m, OFFICE_PREPARER))
        c->owner_id = case_paper_owner(c->id);
    return c;
}

void file_case_decide(struct job *job, struct workset *w)
{
    const Municipal__FileCaseRequest *request = (const Municipal__FileCaseRequest *)job->message;
    const struct municipality *m = municipality_found(w, job);
    const struct project_share *share = NULL;

    if (refuse(job, w, &share))
        return;
    struct municipal_case *c = build(job, w, share);
    if (prepared_case_too_large(job, c))
        return;
    c->register_number = register_take_municipality(w, m->id);
    if (c->register_number == NULL) { /* it was made while its numbers were looked for */
        (void)fail_absent(job, "municipalityId");
        return;
    }
    case_add(w, c, "filed", job->actor);
    tell_case_contact(w, job, c, request->contact_name, request->contact_email,
                      *request->contact_language != '\0' ? request->contact_language : c->language);
    tell_case_filed(w, job, c, m);
    prepared_case_answer(job, w, c);
}
