/* ImportProject: a whole project from one message, new or in the place of the one with the same code; a dry run says what it would do and
 * what disagrees, and changes nothing. Ids follow from the code and the places, so the same file again changes nothing. A file says the
 * state of a project once, when it is new: from then on MoveProject does, with a reason. A share that a municipal case is about stays, and
 * says what the case says: a file neither grants nor takes back what a board decides on. A project that comes from an application is for
 * the preparers of its call who take part in it, and grants nothing that the application was not granted. If-Match is not needed, and held
 * where it is given. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/project_message.h"
#include "services/funding/handler/who.h"

enum err import_project_needs(struct job *job, struct workset *w)
{
    const Funding__ImportProjectRequest *request = (const Funding__ImportProjectRequest *)job->message;
    struct uuid application = {{0}};
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = project_content_check(job, request->project);
    if (err != ERR_OK)
        return err;
    if (request->project->application_id.len > 0)
        (void)uuid_read(&application, span_of(request->project->application_id.data, request->project->application_id.len));
    (void)project_want_code(w, job, request->project->code, application, true);
    return ERR_OK;
}

/* The application it comes from, or has come from until now. */
static bool refuse_application(struct job *job, const struct project_ask *ask)
{
    if (!ask->application_theirs) {
        (void)job_fail(
            job, ERR_FORBIDDEN, "funding.project.not-preparer", "project.applicationId",
            "Hakemuksesta tulleen hankkeen tuo haun valmistelija, joka ei ole hakemuksessa esteellinen",
            "Ett projekt som bygger på en ansökan importeras av en beredare i utlysningen som inte är jävig i ansökan",
            "A project that comes from an application is imported by a preparer of its call without a conflict of interest in it");
        return true;
    }
    if (uuid_is_nil(ask->application_id) || (ask->application_there && ask->application_free))
        return false;
    if (!ask->application_there)
        (void)fail_absent(job, "project.applicationId");
    else
        (void)job_fail(job, ERR_REFUSED, "funding.project.application-taken", "project.applicationId",
                       "Hakemuksella on jo hanke: muuta sitä, tai jätä hakemus pois",
                       "Ansökan har redan ett projekt: ändra det, eller utelämna ansökan",
                       "The application has a project already: change that one, or leave the application out");
    return true;
}

/* What was applied for and not granted is not granted, whatever a file says. */
static bool refuse_rejected(struct job *job, const struct project *after)
{
    const int64_t excess = project_granted_excess(after);

    if (excess == 0)
        return false;
    (void)job_fail(
        job, ERR_REFUSED, "funding.project.rejected", "project.shares",
        "Hakemukselle ei ole myönnetty rahoitusta: merkitse haettu osuus evätyksi, tai jätä hakemus pois, jos hanke ei perustu siihen",
        "Ansökan har inte beviljats finansiering: ange den sökta andelen som avslagen, eller utelämna ansökan om projektet inte "
        "bygger på den",
        "Nothing was granted to the application: give the share that was applied for as refused, or leave the application out if "
        "the project does not come from it");
    fact_number(job, "appliedCents", (uint64_t)after->applied_cents);
    fact_number(job, "excessCents", (uint64_t)excess);
    return true;
}

/* What an undecided application applies for is neither granted nor refused, whatever a file says. */
static bool refuse_granted(struct job *job, const struct project *after)
{
    const int64_t missing = project_open_missing(after);

    if (missing == 0)
        return refuse_rejected(job, after);
    (void)job_fail(job, ERR_REFUSED, "funding.project.not-granted", "project.shares",
                   "Hakemuksesta ei ole vielä päätetty: merkitse haettu osuus rahoituksesta haetuksi",
                   "Ansökan är inte avgjord ännu: ange den sökta andelen av finansieringen som sökt",
                   "The application is not decided yet: give the share that is applied for as applied for");
    fact_number(job, "appliedCents", (uint64_t)after->applied_cents);
    fact_number(job, "missingCents", (uint64_t)missing);
    return true;
}

static bool refuse_state(struct job *job, const struct project *before, const struct project *after)
{
    if (before->state == after->state)
        return false;
    (void)job_fail(
        job, ERR_REFUSED, "funding.project.state", "project.state",
        "Tuonti ei muuta hankkeen tilaa: muuta tila erikseen ja perustele muutos, tai merkitse tiedostoon nykyinen tila",
        "En import ändrar inte projektets status: ändra statusen separat med motivering, eller ange den nuvarande statusen i filen",
        "An import does not change the state of a project: change it separately with a reason, or give its present state in the file");
    job_fact(job, "state", machine_state(MACHINE_PROJECT, (int)before->state));
    return true;
}

static bool refuse_lost(struct job *job, const struct project_share *lost)
{
    if (lost == NULL)
        return false;
    if (lost->in_case)
        (void)job_fail(job, ERR_REFUSED, "funding.project.share-in-case", "project.shares",
                       "Rahoitusosuudesta päätetään kunnan asiassa: pidä sen rahoittaja ja määrä ennallaan",
                       "Finansieringsandelen avgörs i ett kommunalt ärende: behåll dess finansiär och belopp",
                       "A municipal case decides on the share: keep its funder and amount as they are");
    else
        (void)job_fail(job, ERR_REFUSED, "funding.project.share-named", "project.shares",
                       "Rahoitusosuudesta on ollut kunnan asia: pidä sen rahoittaja suunnitelmassa, vaikka nollan euron osuutena",
                       "Ett kommunalt ärende har gällt finansieringsandelen: behåll dess finansiär i planen, om så med noll euro",
                       "There has been a municipal case about the share: keep its funder in the plan, if only with a share of nothing");
    job_fact(job, "funder", lost->funder);
    fact_number(job, "cents", (uint64_t)lost->cents);
    return true;
}

static bool may_begin(struct job *job, const struct project *project)
{
    if (machine_allows(MACHINE_PROJECT, 0, (int)project->state))
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.project.begin", "project.state", "Uusi hanke on suunniteltu, käynnissä tai päättynyt",
                   "Ett nytt projekt är planerat, pågående eller avslutat", "A new project is planned, ongoing or ended");
    job_fact(job, "state", machine_state(MACHINE_PROJECT, (int)project->state));
    return false;
}

/* What the file may not say of the project that stands there. */
static bool refuse_instead(struct job *job, struct workset *w, const struct project *before, struct project *after)
{
    return refuse_lost(job, project_keep_shares(w->arena, after, before)) || refuse_state(job, before, after);
}

static void store(struct job *job, struct workset *w, const struct project *before, const struct project *after)
{
    if (before == NULL)
        project_add(w, after, job->actor);
    else
        project_put(w, after);
    tell_project(w, job, after);
}

void import_project_decide(struct job *job, struct workset *w)
{
    const Funding__ImportProjectRequest *request = (const Funding__ImportProjectRequest *)job->message;
    const struct project *before = project_found(w, job);
    struct project *after = project_build(w->arena, request->project);
    Funding__ProjectReport *report = arena_alloc(job->arena, sizeof *report);

    after->undecided = project_asked(w, job)->application_undecided;
    after->applied_cents = project_asked(w, job)->applied_cents;
    after->rejected = project_asked(w, job)->application_rejected;
    if (refuse_application(job, project_asked(w, job)) ||
        (before != NULL ? refuse_instead(job, w, before, after) : !may_begin(job, after)) || refuse_granted(job, after))
        return;
    if (job->request->if_match != 0 && check_version(job, before != NULL ? (uint64_t)before->version : 0) != ERR_OK)
        return;
    funding__project_report__init(report);
    report->created = before == NULL;
    report->changed = before == NULL || !project_same(before, after);
    if (before != NULL)
        after->version = before->version + (report->changed && !request->dry_run ? 1 : 0);
    if (report->changed && !request->dry_run)
        store(job, w, before, after);
    report->project = project_message(job->arena, after, w->now_us);
    job_answer(job, &report->base, (uint64_t)after->version);
}
