/* See project.h. */
#include "services/funding/domain/project.h"

#include <string.h>

#include "services/funding/domain/money.h"

static void check_period(const struct project *p, int64_t today, struct findings *findings)
{
    const bool waits = p->state == PROJECT_PLANNED, goes_on = p->state == PROJECT_ONGOING;

    if ((goes_on || waits) && p->ends_on < today)
        finding_warning(findings, "funding.project.period-over",
                        FINDING_TEXT("Toteutusaika on päättynyt, mutta hankkeen tila on yhä suunniteltu tai käynnissä",
                                     "Genomförandetiden har gått ut, men projektets status är fortfarande planerat eller pågående",
                                     "The period is over, yet the state says that the project is planned or ongoing"),
                        "state");
    else if (waits && p->starts_on <= today)
        finding_warning(findings, "funding.project.begun",
                        FINDING_TEXT("Toteutusaika on alkanut, mutta hankkeen tila on suunniteltu",
                                     "Genomförandetiden har börjat, men projektets status är planerat",
                                     "The period has begun, yet the state says that the project is planned"),
                        "state");
    if (goes_on && p->starts_on > today)
        finding_warning(findings, "funding.project.not-begun",
                        FINDING_TEXT("Hankkeen tila on käynnissä, mutta toteutusaika ei ole vielä alkanut",
                                     "Projektets status är pågående, men genomförandetiden har inte börjat",
                                     "The state says ongoing, yet the period has not begun"),
                        "startsOn");
    if (p->state == PROJECT_ENDED && p->ends_on > today)
        finding_warning(findings, "funding.project.ended-early",
                        FINDING_TEXT("Hankkeen tila on päättynyt, mutta toteutusaikaa on jäljellä",
                                     "Projektets status är avslutat, men genomförandetid återstår",
                                     "The state says ended, yet the period goes on"),
                        "endsOn");
    if (p->page_until != NO_DAY && p->page_until < today)
        finding_warning(findings, "funding.project.page-expired",
                        FINDING_TEXT("Hankesivun voimassaolo on päättynyt", "Projektsidans giltighetstid har gått ut",
                                     "The project's page is not valid any more"),
                        "pageUntil");
}

static void check_plan(const struct project *p, struct findings *findings)
{
    for (size_t i = 0; i < p->share_count; i++) {
        if (p->shares[i].cents == 0)
            continue;
        if (p->shares[i].state == PLAN_APPLIED)
            finding_warning(findings, "funding.project.share-open",
                            FINDING_TEXT("Tästä rahoitusosuudesta ei ole vielä päätetty",
                                         "Det har ännu inte fattats beslut om denna finansieringsandel",
                                         "This share of the funding has not been decided yet"),
                            "shares[%zu].state", i);
        else if (p->shares[i].state == PLAN_REFUSED)
            finding_warning(findings, "funding.project.share-refused",
                            FINDING_TEXT("Tätä rahoitusosuutta ei myönnetty: se puuttuu hankkeen rahoituksesta",
                                         "Denna finansieringsandel beviljades inte: den saknas i projektets finansiering",
                                         "This share was not granted: it is missing from the funding"),
                            "shares[%zu].state", i);
        else if (p->shares[i].granted_cents < p->shares[i].cents) {
            finding_warning(findings, "funding.project.share-smaller",
                            FINDING_TEXT("Rahoitusosuudesta myönnettiin vain osa: loput puuttuu hankkeen rahoituksesta",
                                         "Bara en del av finansieringsandelen beviljades: resten saknas i projektets finansiering",
                                         "Only a part of this share was granted: the rest is missing from the funding"),
                            "shares[%zu].grantedCents", i);
            finding_amounts(findings, FINDING_EXACTLY, p->shares[i].granted_cents, p->shares[i].cents);
        }
    }
}

/* By its application, as far as the cost goes. */
static int64_t applied(const struct project *project)
{
    return project->applied_cents < project->total_cents ? project->applied_cents : project->total_cents;
}

int64_t project_open_missing(const struct project *project)
{
    const int64_t missing = applied(project) - project_plan(project).open_cents;

    return project->undecided && missing > 0 ? missing : 0;
}

int64_t project_granted_excess(const struct project *project)
{
    const int64_t excess = applied(project) - (project->total_cents - project_plan(project).granted_cents);

    return project->rejected && excess > 0 ? excess : 0;
}

static void check_application(const struct project *p, struct findings *findings)
{
    if (p->undecided)
        finding_warning(findings, "funding.project.undecided",
                        FINDING_TEXT("Hankkeen hakemuksesta ei ole päätetty: hanke näkyy vain virkahenkilöille",
                                     "Projektets ansökan är inte avgjord: projektet visas bara för tjänstepersoner",
                                     "The project's application is not decided: only officials see the project"),
                        "applicationId");
    if (project_open_missing(p) > 0)
        finding_warning(findings, "funding.project.not-granted",
                        FINDING_TEXT("Hakemuksesta ei ole päätetty, mutta haettua rahoitusta on merkitty myönnetyksi tai evätyksi",
                                     "Ansökan är inte avgjord, men sökt finansiering är markerad som beviljad eller avslagen",
                                     "The application is not decided, yet funding applied for stands as granted or refused"),
                        "shares");
    if (project_granted_excess(p) > 0)
        finding_warning(findings, "funding.project.rejected",
                        FINDING_TEXT("Hakemukselle ei ole myönnetty rahoitusta, mutta haettu rahoitus on merkitty myönnetyksi",
                                     "Ansökan har inte beviljats finansiering, men den sökta finansieringen är markerad som beviljad",
                                     "Nothing was granted to the application, yet the funding applied for stands as granted"),
                        "shares");
}

void project_check(const struct project *project, int64_t today, struct findings *findings)
{
    check_period(project, today, findings);
    check_plan(project, findings);
    check_application(project, findings);
}

size_t project_members(const struct project *project, enum member_role role)
{
    size_t count = 0;

    for (size_t i = 0; i < project->member_count; i++)
        count += project->members[i].role == role;
    return count;
}

bool project_sum(const struct project *project, int64_t *cents)
{
    *cents = 0;
    for (size_t i = 0; i < project->share_count; i++)
        if (!money_add(cents, project->shares[i].cents))
            return false;
    return true;
}

struct project_plan project_plan(const struct project *project)
{
    struct project_plan plan = {.total_cents = project->total_cents};

    if (project->plan != NULL)
        return *project->plan;
    for (size_t i = 0; i < project->share_count; i++) {
        const struct project_share *share = &project->shares[i];

        plan.granted_cents += share->granted_cents;
        if (share->state == PLAN_APPLIED)
            plan.open_cents += share->cents;
        else
            plan.refused_cents += share->cents - share->granted_cents;
    }
    plan.covered = plan.total_cents > 0 && plan.granted_cents == plan.total_cents;
    return plan;
}

struct project_share *project_share(const struct project *project, struct uuid share_id)
{
    for (size_t i = 0; i < project->share_count; i++)
        if (uuid_compare(project->shares[i].id, share_id) == 0)
            return &project->shares[i];
    return NULL;
}

bool project_share_stays(const struct project_share *before, const struct project_share *after)
{
    return (before->cents == after->cents || !before->in_case) && strcmp(before->funder, after->funder) == 0;
}

static bool same_text(struct text a, struct text b)
{
    return strcmp(a.fi, b.fi) == 0 && strcmp(a.sv, b.sv) == 0 && strcmp(a.en, b.en) == 0;
}

static bool same_head(const struct project *a, const struct project *b)
{
    return strcmp(a->code, b->code) == 0 && uuid_compare(a->application_id, b->application_id) == 0 && same_text(a->title, b->title) &&
           strcmp(a->funder, b->funder) == 0 && strcmp(a->programme, b->programme) == 0 && strcmp(a->lead_name, b->lead_name) == 0 &&
           strcmp(a->target, b->target) == 0 && a->starts_on == b->starts_on && a->ends_on == b->ends_on &&
           a->page_until == b->page_until && a->state == b->state && a->total_cents == b->total_cents;
}

static bool same_lists(const struct project *a, const struct project *b)
{
    if (a->member_count != b->member_count || a->area_count != b->area_count || a->share_count != b->share_count)
        return false;
    for (size_t i = 0; i < a->member_count; i++)
        if (a->members[i].role != b->members[i].role || strcmp(a->members[i].name, b->members[i].name) != 0)
            return false;
    for (size_t i = 0; i < a->area_count; i++)
        if (!same_text(a->areas[i].title, b->areas[i].title) || strcmp(a->areas[i].goals, b->areas[i].goals) != 0)
            return false;
    for (size_t i = 0; i < a->share_count; i++)
        if (a->shares[i].cents != b->shares[i].cents || a->shares[i].state != b->shares[i].state ||
            a->shares[i].granted_cents != b->shares[i].granted_cents || a->shares[i].decided_on != b->shares[i].decided_on ||
            strcmp(a->shares[i].funder, b->shares[i].funder) != 0)
            return false;
    return true;
}

bool project_same(const struct project *a, const struct project *b)
{
    return same_head(a, b) && same_lists(a, b);
}
