/* CancelMeeting: a meeting that is not opened yet does not take place, and why; its cases wait for another one. Who was called is told. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/tell_case.h"
#include "services/funding/handler/tell_meeting.h"
#include "services/funding/store/municipal_case.h"

enum err cancel_meeting_needs(struct job *job, struct workset *w)
{
    const Municipal__MoveMeetingRequest *request = (const Municipal__MoveMeetingRequest *)job->message;
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    if (err == ERR_OK)
        err = meeting_want_held(job, w, &request->meeting_id);
    if (err == ERR_OK)
        (void)case_want_meeting(w, job, meeting_asked(w, job)->id, NULL, 0, true);
    return err;
}

static void free_case(struct workset *w, struct job *job, struct municipal_case *c)
{
    c->state = CASE_PROPOSED;
    c->version++;
    case_move(w, c, "the meeting was cancelled", job->actor);
    tell_case_moved(w, job, c, municipality_found(w, job), CASE_ON_AGENDA, "");
}

void cancel_meeting_decide(struct job *job, struct workset *w)
{
    const Municipal__MoveMeetingRequest *request = (const Municipal__MoveMeetingRequest *)job->message;
    struct meeting *meeting = meeting_of_secretary(job, w);

    if (meeting == NULL || !version_is_seen(job, meeting->version))
        return;
    if (!machine_allows(MACHINE_MEETING, (int)meeting->state, MEETING_CANCELLED)) {
        meeting_refuse(job, meeting, "municipal.meeting.cancel", "Kokouksen voi peruuttaa, kunnes se avataan",
                       "Sammanträdet kan ställas in tills det öppnas", "A meeting can be cancelled until it is opened");
        return;
    }
    meeting->state = MEETING_CANCELLED;
    meeting->version++;
    meeting_cancel(w, meeting, request->reason, job->actor);
    for (size_t i = 0; i < meeting->item_count; i++) {
        struct municipal_case *c = case_of(w, job, meeting->items[i].case_id);

        meeting->items[i].previous_id = (struct uuid){{0}};
        if (c != NULL && c->state == CASE_ON_AGENDA)
            free_case(w, job, c);
    }
    if (meeting_is_public(meeting))
        tell_meeting_cancelled(w, job, meeting, municipality_found(w, job), request->reason);
    job_answer(job, &meeting_message(w->arena, meeting, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)meeting->version);
}
