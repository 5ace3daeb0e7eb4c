/* GetMeeting: a meeting with its agenda, for everybody once it is summoned; officials of the municipality see it from its beginning. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"

enum err get_meeting_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    const enum err err = check_id(job, "meetingId", &((const Municipal__GetMeetingRequest *)job->message)->meeting_id, &id);

    if (err == ERR_OK) {
        (void)meeting_want(w, job, MEETING_BY_ID, id, false);
        (void)municipality_want(w, job, MUNICIPALITY_BY_MEETING, id);
    }
    return err;
}

void get_meeting_decide(struct job *job, struct workset *w)
{
    const struct meeting *meeting = meeting_found(w, job);
    const enum meeting_reader reader = meeting != NULL ? meeting_reader_of(job, meeting, municipality_found(w, job)) : MEETING_FOR_PUBLIC;

    if (meeting == NULL || !meeting_visible(meeting, reader))
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &meeting_message(w->arena, meeting, reader, w->now_us)->base, (uint64_t)meeting->version);
}
