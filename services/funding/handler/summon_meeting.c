/* SummonMeeting: the members of the board are called, and the agenda is public: from now on everybody reads what is proposed, and it does
 * not change any more. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/tell_meeting.h"
#include "services/funding/store/municipal_case.h"

enum err summon_meeting_needs(struct job *job, struct workset *w)
{
    const Municipal__MoveMeetingRequest *request = (const Municipal__MoveMeetingRequest *)job->message;
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = meeting_want_held(job, w, &request->meeting_id);
    if (err == ERR_OK)
        (void)case_want_meeting(w, job, meeting_asked(w, job)->id, NULL, 0, true);
    return err;
}

static bool agenda_is_ready(struct job *job, struct workset *w, const struct meeting *meeting)
{
    if (meeting->item_count == 0) {
        meeting_refuse(job, meeting, "municipal.meeting.no-items", "Esityslistalla ei ole asioita: ota listalle ainakin yksi asia",
                       "Det finns inga ärenden på föredragningslistan: ta upp minst ett ärende",
                       "There is nothing on the agenda: put at least one case on it");
        return false;
    }
    for (size_t i = 0; i < meeting->item_count; i++) {
        const struct municipal_case *c = case_of(w, job, meeting->items[i].case_id);

        if (c != NULL && c->state == CASE_ON_AGENDA)
            continue;
        meeting_refuse(job, meeting, "municipal.meeting.withdrawn",
                       "Hakija on peruuttanut esityslistalla olevan hakemuksen: ota asia pois esityslistalta",
                       "Sökanden har återtagit en ansökan på föredragningslistan: ta bort ärendet från listan",
                       "The applicant has withdrawn a case of the agenda: take it off the agenda");
        job_fact(job, "registerNumber", meeting->items[i].register_number);
        return false;
    }
    return true;
}

static void make_public(struct workset *w, const struct job *job, const struct meeting *meeting)
{
    for (size_t i = 0; i < meeting->item_count; i++) {
        struct municipal_case *c = case_of(w, job, meeting->items[i].case_id);

        if (c->public_us == 0)
            c->public_us = w->now_us;
        c->version++;
        case_touch(w, c);
        proposal_made(w, meeting->items[i].proposal_id, w->now_us);
    }
}

void summon_meeting_decide(struct job *job, struct workset *w)
{
    struct meeting *meeting = meeting_of_secretary(job, w);

    if (meeting == NULL || !version_is_seen(job, meeting->version) || !meeting_is_in(job, meeting, MEETING_PLANNED) ||
        !agenda_is_ready(job, w, meeting))
        return;
    meeting->state = MEETING_SUMMONED;
    meeting->summoned_us = w->now_us;
    meeting->version++;
    meeting_summon(w, meeting, job->actor);
    make_public(w, job, meeting);
    tell_meeting_summoned(w, job, meeting, municipality_found(w, job));
    job_answer(job, &meeting_message(w->arena, meeting, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)meeting->version);
}
