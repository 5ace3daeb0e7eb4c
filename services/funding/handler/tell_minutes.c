/* See tell_minutes.h. */
#include "services/funding/handler/tell_minutes.h"

#include <string.h>

#include "municipal.pb-c.h"
#include "services/funding/domain/names.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/minutes_message.h"

/* For the people it is about: with the names in it, without the brackets. */
static char *shown(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1);

    (void)names_shown(out, strlen(text) + 1, text);
    return out;
}

static void add_nominees(struct arena *arena, Municipal__Decided *event, const struct item *item)
{
    event->nominees = arena_array(arena, item->nomination_count + 1, sizeof *event->nominees);
    for (size_t i = 0; i < item->nomination_count; i++) {
        const struct nomination *from = &item->nominations[i];

        if (uuid_is_nil(from->person_id))
            continue;
        Municipal__Nominee *to = event->nominees[event->n_nominees++] = arena_alloc(arena, sizeof *to);
        municipal__nominee__init(to);
        to->person_id = convert_id(arena, from->person_id);
        to->body = shown(arena, from->body);
        to->role = (Municipal__NomineeRole)from->role;
    }
}

struct uuid tell_decided(struct workset *w, const struct job *job, const struct minutes_made *made)
{
    const struct minutes_facts *f = &made->facts;
    const struct municipal_case *c = f->c;
    const struct item *item = f->item;
    Municipal__Decided event = MUNICIPAL__DECIDED__INIT;

    event.item_id = convert_id(w->arena, item->id);
    event.case_id = convert_id(w->arena, c->id);
    event.municipality_id = convert_id(w->arena, c->municipality_id);
    event.project_id = convert_id(w->arena, c->project_id);
    event.share_id = convert_id(w->arena, c->share_id);
    event.municipality = convert_texts(w->arena, f->municipality->name);
    event.board = convert_texts(w->arena, f->board->title);
    event.section = (uint32_t)item->section;
    event.meeting_us = f->meeting->starts_us;
    event.register_number = convert_text(c->register_number);
    event.title = shown(w->arena, c->title);
    event.outcome = (Municipal__Outcome)item->outcome;
    event.withdrawn = c->state == CASE_WITHDRAWN;
    event.granted = outcome_is_final(item->outcome) && item->cents > 0;
    event.applied_cents = c->applied_cents;
    event.cents = item->cents;
    event.owner_id = convert_id(w->arena, c->owner_id);
    event.review_until = convert_day(w->arena, made->extract.review_until);
    if (outcome_is_final(item->outcome))
        add_nominees(w->arena, &event, item);
    event.document = minutes_file(w->arena, made->extract.pdf, true, c->language, f->board->code, item->section, item->year);
    event.language = convert_text(c->language);
    event.contact = convert_text(f->municipality->contact);
    return event_add(w->events, job, c->id, c->id, "municipal.Decided.v1", &event.base, w->now_us);
}

void tell_share_decided(struct workset *w, const struct job *job, const struct project *project, const struct project_share *share)
{
    const struct project_plan plan = project_plan(project);
    Municipal__ShareDecided event = MUNICIPAL__SHARE_DECIDED__INIT;

    event.project_id = convert_id(w->arena, project->id);
    event.share_id = convert_id(w->arena, share->id);
    event.funder = convert_text(share->funder);
    event.applied_cents = share->cents;
    event.cents = share->granted_cents;
    event.granted = share->state == PLAN_GRANTED;
    event.total_cents = plan.total_cents;
    event.granted_cents = plan.granted_cents;
    event.open_cents = plan.open_cents;
    event.refused_cents = plan.refused_cents;
    event.covered = plan.covered;
    event.owner_id = convert_id(w->arena, project->owner_id);
    if (!uuid_is_nil(project->owner_id))
        event.title = convert_text(project->application_title);
    (void)event_add(w->events, job, project->id, project->id, "municipal.ShareDecided.v1", &event.base, w->now_us);
}
