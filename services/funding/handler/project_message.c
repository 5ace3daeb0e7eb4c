/* See project_message.h. What an import says is read in project_content.c. */
#include "services/funding/handler/project_message.h"

#include "common/base/workday.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/findings.h"

static void put_members(struct arena *arena, Funding__Project *m, const struct project *p)
{
    m->members = arena_array(arena, p->member_count + 1, sizeof *m->members);
    for (size_t i = 0; i < p->member_count; i++) {
        Funding__ProjectMember *member = m->members[m->n_members++] = arena_alloc(arena, sizeof *member);

        funding__project_member__init(member);
        member->role = (Funding__MemberRole)p->members[i].role;
        member->name = convert_text(p->members[i].name);
    }
}

static void put_areas(struct arena *arena, Funding__Project *m, const struct project *p)
{
    m->areas = arena_array(arena, p->area_count + 1, sizeof *m->areas);
    for (size_t i = 0; i < p->area_count; i++) {
        Funding__ProjectArea *area = m->areas[m->n_areas++] = arena_alloc(arena, sizeof *area);

        funding__project_area__init(area);
        area->title = convert_texts(arena, p->areas[i].title);
        area->goals = convert_text(p->areas[i].goals);
    }
}

static void put_shares(struct arena *arena, Funding__Project *m, const struct project *p)
{
    m->shares = arena_array(arena, p->share_count + 1, sizeof *m->shares);
    for (size_t i = 0; i < p->share_count; i++) {
        Funding__ProjectShare *share = m->shares[m->n_shares++] = arena_alloc(arena, sizeof *share);

        funding__project_share__init(share);
        share->id = convert_id(arena, p->shares[i].id);
        share->funder = convert_text(p->shares[i].funder);
        share->cents = p->shares[i].cents;
        share->state = (Funding__PlanState)p->shares[i].state;
        share->granted_cents = p->shares[i].granted_cents;
        share->decided_on = convert_day(arena, p->shares[i].decided_on);
        share->item_id = convert_id(arena, p->shares[i].item_id);
        share->in_case = p->shares[i].in_case;
    }
}

/* Who has decided and who has not stands in the shares; here what it comes to. */
static void put_plan(Funding__Project *m, const struct project *p)
{
    const struct project_plan plan = project_plan(p);

    m->granted_cents = plan.granted_cents;
    m->open_cents = plan.open_cents;
    m->refused_cents = plan.refused_cents;
    m->covered = plan.covered;
}

Funding__Project *project_message(struct arena *arena, const struct project *project, int64_t now_us)
{
    Funding__Project *m = arena_alloc(arena, sizeof *m);
    struct findings *findings = arena_alloc(arena, sizeof *findings);

    funding__project__init(m);
    m->id = convert_id(arena, project->id);
    m->code = convert_text(project->code);
    m->application_id = convert_id(arena, project->application_id);
    m->title = convert_texts(arena, project->title);
    m->funder = convert_text(project->funder);
    m->programme = convert_text(project->programme);
    m->lead_name = convert_text(project->lead_name);
    m->starts_on = convert_day(arena, project->starts_on);
    m->ends_on = convert_day(arena, project->ends_on);
    m->page_until = convert_day(arena, project->page_until);
    m->target = convert_text(project->target);
    m->state = (Funding__ProjectState)project->state;
    if (project->total_cents > 0)
        m->cost_case = FUNDING__PROJECT__COST_TOTAL_CENTS;
    m->total_cents = project->total_cents;
    m->version = (uint64_t)project->version;
    put_members(arena, m, project);
    put_areas(arena, m, project);
    put_shares(arena, m, project);
    put_plan(m, project);
    project_check(project, helsinki_day(now_us), findings);
    m->findings = findings_messages(arena, findings, &m->n_findings);
    return m;
}

void tell_project(struct workset *w, const struct job *job, const struct project *project)
{
    Funding__ProjectStored event = FUNDING__PROJECT_STORED__INIT;

    event.project_id = convert_id(w->arena, project->id);
    event.code = convert_text(project->code);
    event.title = convert_texts(w->arena, project->title);
    event.state = (Funding__ProjectState)project->state;
    event.implementers = (uint32_t)project_members(project, MEMBER_IMPLEMENTER);
    event.partners = (uint32_t)project_members(project, MEMBER_PARTNER);
    event.starts_on = convert_day(w->arena, project->starts_on);
    event.ends_on = convert_day(w->arena, project->ends_on);
    event.total_cents = project->total_cents;
    event_add(w->events, job, project->id, project->id, "funding.ProjectStored.v1", &event.base, w->now_us);
}
