/* PublishMinutes: the secretary of the board publishes the minutes of a meeting, once they are checked. From then on what was decided is
 * final: each item gets its extract, with names and bare, for good; a case that was decided on is decided, one that was returned is
 * prepared again, one that was tabled waits for another meeting; its share of the project's funding plan says what the board has granted;
 * applicants and nominees are told. All of the meeting is published in one transaction, or nothing. */
#include <assert.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/workday.h"
#include "common/doc/pdf.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/tell_case.h"
#include "services/funding/handler/tell_minutes.h"

enum err publish_minutes_needs(struct job *job, struct workset *w)
{
    const Municipal__MoveMeetingRequest *request = (const Municipal__MoveMeetingRequest *)job->message;
    struct uuid id = {{0}};
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = meeting_want_held(job, w, &request->meeting_id);
    if (err == ERR_OK)
        err = check_id(job, "meetingId", &request->meeting_id, &id);
    if (err != ERR_OK)
        return err;
    (void)case_want_meeting(w, job, id, NULL, 0, true);
    (void)project_want_meeting(w, job, id);
    return ERR_OK;
}

/* --- may it be published ----------------------------------------------------------------------------------------------- */
static bool all_decided(struct job *job, const struct meeting *meeting)
{
    for (size_t i = 0; i < meeting->item_count; i++) {
        const struct item *item = &meeting->items[i];

        if (item->outcome != 0 && *item->words != '\0' && !item->voting)
            continue;
        meeting_refuse(job, meeting, "municipal.minutes.undecided", "Pykälästä puuttuu päätös: kirjaa se ennen pöytäkirjan julkaisemista",
                       "En paragraf saknar beslut: anteckna det innan protokollet publiceras",
                       "A section has no decision: record it before the minutes are published");
        fact_number(job, "section", (uint64_t)item->section);
        return false;
    }
    return true;
}

static struct minutes_facts facts_of(const struct job *job, const struct workset *w, const struct meeting *meeting, const struct item *item)
{
    const struct municipality *municipality = municipality_found(w, job);
    const struct municipal_case *c = case_of(w, job, item->case_id);

    assert(c != NULL);
    return (struct minutes_facts){
        .municipality = municipality,
        .board = municipality_board(municipality, meeting->board_id),
        .meeting = meeting,
        .item = item,
        .c = c,
        .proposal = case_proposal(c, item->proposal_id),
        .days = minutes_days(item->outcome, helsinki_day(meeting->starts_us), helsinki_day(w->now_us), municipality->names_days),
        .published_us = w->now_us};
}

/* All extracts; NULL: the job was refused. */
static struct minutes_made *make_all(struct job *job, struct workset *w, const struct meeting *meeting)
{
    struct minutes_made *made = arena_array(w->arena, meeting->item_count + 1, sizeof *made);
    struct pdf_shelf *shelf = pdf_shelf_new();
    bool good = true;

    for (size_t i = 0; i < meeting->item_count && good; i++) {
        const struct minutes_facts facts = facts_of(job, w, meeting, &meeting->items[i]);
        good = minutes_make(job, w, &facts, shelf, &made[i]);
    }
    pdf_shelf_free(shelf);
    return good ? made : NULL;
}

/* --- publishing -------------------------------------------------------------------------------------------------------- */
static enum case_state state_after(enum outcome outcome)
{
    if (outcome_is_final(outcome))
        return CASE_DECIDED;
    return outcome == OUTCOME_RETURNED ? CASE_IN_PREPARATION : CASE_PROPOSED;
}

static void move_case(struct job *job, struct workset *w, const struct minutes_facts *facts)
{
    struct municipal_case *c = case_of(w, job, facts->item->case_id);
    const char *why = arena_printf(w->arena, "minutes published: %s", machine_state(MACHINE_CASE, (int)state_after(facts->item->outcome)));
    const enum case_state from = c->state;

    c->state = state_after(facts->item->outcome);
    c->version++;
    if (outcome_is_final(facts->item->outcome))
        c->granted_cents = facts->item->cents;
    case_move(w, c, why, job->actor);
    tell_case_moved(w, job, c, facts->municipality, from, "");
}

/* The schema moves the share itself when the extract is there; here is told what it does. */
static void decide_share(struct job *job, struct workset *w, const struct minutes_facts *facts)
{
    struct project *project = project_of(w, job, facts->c->project_id);
    struct project_share *share = project != NULL ? project_share(project, facts->c->share_id) : NULL;

    if (share == NULL)
        return;
    share->granted_cents = facts->item->cents;
    share->state = facts->item->cents > 0 ? PLAN_GRANTED : PLAN_REFUSED;
    share->decided_on = helsinki_day(facts->meeting->starts_us);
    share->item_id = facts->item->id;
    project->version++;
    project_counted(w, project);
    tell_share_decided(w, job, project, share);
}

static void publish(struct job *job, struct workset *w, struct item *item, struct minutes_made *made)
{
    /* Whoever withdraws a case while it is on an agenda has no share decided, whatever the board noted. */
    const bool withdrawn = made->facts.c->state == CASE_WITHDRAWN;

    made->extract.event_id = tell_decided(w, job, made);
    extract_add(w, &made->extract);
    if (!withdrawn)
        move_case(job, w, &made->facts);
    if (!withdrawn && outcome_is_final(item->outcome))
        decide_share(job, w, &made->facts);
    const struct hash hash = hash_sha256(&made->extract.pdf, 1);
    memcpy(item->sha256, hash.b, sizeof item->sha256);
    item->published_us = w->now_us;
    item->names_until = made->extract.names_until;
    item->review_until = made->extract.review_until;
    item->version++;
}

void publish_minutes_decide(struct job *job, struct workset *w)
{
    struct meeting *meeting = meeting_of_secretary(job, w);

    if (meeting == NULL || !meeting_is_in(job, meeting, MEETING_CHECKED) || !all_decided(job, meeting))
        return;
    if (job->request->if_match != 0 && check_version(job, (uint64_t)meeting->version) != ERR_OK)
        return;
    struct minutes_made *made = make_all(job, w, meeting);
    if (made == NULL)
        return;
    for (size_t i = 0; i < meeting->item_count; i++)
        publish(job, w, &meeting->items[i], &made[i]);
    meeting->state = MEETING_PUBLISHED;
    meeting->published_us = w->now_us;
    meeting->version++;
    meeting_publish(w, meeting, job->actor);
    job_answer(job, &meeting_message(job->arena, meeting, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)meeting->version);
}
