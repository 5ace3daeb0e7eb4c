/* PutMeeting: when and where a planned meeting is, and its agenda in order. A case that comes on the agenda is proposed and on no other;
 * one that is taken off waits for another meeting. */
#include "services/funding/handler/case_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/tell_case.h"
#include "services/funding/store/municipal_case.h"

static const char *at(struct job *job, size_t i)
{
    return arena_printf(job->arena, "caseIds[%zu]", i);
}

static enum err check_cases(struct job *job, const Municipal__PutMeetingRequest *request, struct uuid *ids)
{
    enum err err = check_range(job, "caseIds", (int64_t)request->n_case_ids, 0, MEETING_ITEMS_MAX);

    for (size_t i = 0; err == ERR_OK && i < request->n_case_ids; i++) {
        err = check_id(job, at(job, i), &request->case_ids[i], &ids[i]);
        for (size_t k = 0; err == ERR_OK && k < i; k++)
            if (uuid_compare(ids[i], ids[k]) == 0)
                err = job_fail(job, ERR_INVALID, "municipal.meeting.twice", at(job, i), "Asia on esityslistalla kahdesti: jätä toinen pois",
                               "Ärendet finns två gånger på föredragningslistan: utelämna det ena",
                               "The case is on the agenda twice: leave one of them out");
    }
    return err;
}

enum err put_meeting_needs(struct job *job, struct workset *w)
{
    const Municipal__PutMeetingRequest *request = (const Municipal__PutMeetingRequest *)job->message;
    struct uuid *ids = arena_array(job->arena, MEETING_ITEMS_MAX, sizeof *ids);
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = meeting_check_starts(job, request->starts_us);
    if (err == ERR_OK)
        err = check_text(job, "place", request->place, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        err = check_cases(job, request, ids);
    if (err == ERR_OK)
        err = meeting_want_held(job, w, &request->meeting_id);
    if (err == ERR_OK)
        (void)case_want_meeting(w, job, meeting_asked(w, job)->id, ids, request->n_case_ids, true);
    return err;
}

static const struct item *item_about(const struct meeting *meeting, struct uuid case_id)
{
    for (size_t i = 0; i < meeting->item_count; i++)
        if (uuid_compare(meeting->items[i].case_id, case_id) == 0)
            return &meeting->items[i];
    return NULL;
}

/* Whether the case may stand on the agenda; refused with the place where it is named. */
static bool may_stand(struct job *job, const struct meeting *meeting, const struct municipal_case *c, size_t i)
{
    const bool stands = c != NULL && item_about(meeting, c->id) != NULL;

    if (c == NULL || uuid_compare(c->municipality_id, meeting->municipality_id) != 0) {
        (void)fail_absent(job, at(job, i));
        return false;
    }
    const bool ready = c->state == (stands ? CASE_ON_AGENDA : CASE_PROPOSED) && c->proposal != NULL;
    if (ready && (stands || c->item_count < CASE_ITEMS_MAX))
        return true;
    if (ready)
        (void)job_fail(
            job, ERR_REFUSED, "municipal.meeting.agendas", at(job, i),
            "Asia on ollut jo 50 esityslistalla: pyydä esittelijää palauttamaan se valmisteluun ja hakijaa hakemaan uudelleen",
            "Ärendet har redan funnits på 50 föredragningslistor: be den föredragande återta det och sökanden ansöka på nytt",
            "The case has been on 50 agendas already: ask its presenting official to take it back and the applicant to apply anew");
    else if (c->state == CASE_WITHDRAWN)
        (void)job_fail(job, ERR_REFUSED, "municipal.meeting.withdrawn", at(job, i),
                       "Hakija on peruuttanut hakemuksen: ota asia pois esityslistalta",
                       "Sökanden har återtagit ansökan: ta bort ärendet från föredragningslistan",
                       "The applicant has withdrawn this case: take it off the agenda");
    else
        (void)job_fail(job, ERR_REFUSED, "municipal.meeting.not-proposed", at(job, i),
                       "Esityslistalle otetaan asia, josta on päätösehdotus ja joka ei ole toisella esityslistalla",
                       "På föredragningslistan tas ett ärende som har ett beslutsförslag och inte finns på en annan lista",
                       "A case comes on an agenda once there is a proposal, and while it is on no other agenda");
    job_fact(job, "registerNumber", c->register_number);
    job_fact(job, "state", machine_state(MACHINE_CASE, (int)c->state));
    return false;
}

static void move_case(struct workset *w, struct job *job, struct municipal_case *c, enum case_state state, const char *why)
{
    const enum case_state from = c->state;

    c->state = state;
    c->version++;
    case_move(w, c, why, job->actor);
    tell_case_moved(w, job, c, municipality_found(w, job), from, "");
}

/* Those that stood on the agenda and do not any more. One that was withdrawn meanwhile stays so. */
static void take_off(struct workset *w, struct job *job, const struct meeting *before, const struct meeting *after)
{
    for (size_t i = 0; i < before->item_count; i++) {
        struct municipal_case *c = case_of(w, job, before->items[i].case_id);

        if (c != NULL && c->state == CASE_ON_AGENDA && item_about(after, c->id) == NULL)
            move_case(w, job, c, CASE_PROPOSED, "taken off the agenda");
    }
}

static struct item item_for(struct workset *w, const struct meeting *meeting, const struct municipal_case *c, size_t place)
{
    const struct item *stands = item_about(meeting, c->id);
    struct item item = stands != NULL ? *stands
                                      : (struct item){.id = uuid_v7(w->now_us),
                                                      .meeting_id = meeting->id,
                                                      .board_id = meeting->board_id,
                                                      .case_id = c->id,
                                                      .proposal_id = c->proposal->id,
                                                      .register_number = c->register_number,
                                                      .title = c->title,
                                                      .language = c->language,
                                                      .words = "",
                                                      .counter = "",
                                                      .version = 1};

    item.place = (int32_t)place + 1;
    return item;
}

void put_meeting_decide(struct job *job, struct workset *w)
{
    const Municipal__PutMeetingRequest *request = (const Municipal__PutMeetingRequest *)job->message;
    const struct case_ask *asked = case_asked(w, job);
    const struct meeting *before = meeting_of_secretary(job, w);

    if (before == NULL || check_version(job, (uint64_t)before->version) != ERR_OK || !meeting_is_in(job, before, MEETING_PLANNED))
        return;
    for (size_t i = 0; i < request->n_case_ids; i++)
        if (!may_stand(job, before, case_of(w, job, asked->ids[i]), i))
            return;
    struct meeting *after = arena_alloc(w->arena, sizeof *after);
    *after = *before;
    after->starts_us = request->starts_us;
    after->place = request->place;
    after->version++;
    after->items = arena_array(w->arena, request->n_case_ids + 1, sizeof *after->items);
    after->item_count = request->n_case_ids;
    for (size_t i = 0; i < request->n_case_ids; i++)
        after->items[i] = item_for(w, before, case_of(w, job, asked->ids[i]), i);
    meeting_put(w, after);
    take_off(w, job, before, after);
    for (size_t i = 0; i < after->item_count; i++)
        if (item_about(before, after->items[i].case_id) == NULL)
            move_case(w, job, case_of(w, job, after->items[i].case_id), CASE_ON_AGENDA, "put on the agenda");
    job_answer(job, &meeting_message(w->arena, after, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)after->version);
}
