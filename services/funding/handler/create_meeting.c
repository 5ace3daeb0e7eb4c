/* CreateMeeting: a secretary plans a meeting of a board. Nobody is told before it is summoned. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"

enum err create_meeting_needs(struct job *job, struct workset *w)
{
    const Municipal__CreateMeetingRequest *request = (const Municipal__CreateMeetingRequest *)job->message;
    struct uuid board;
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = check_id(job, "boardId", &request->board_id, &board);
    if (err == ERR_OK)
        err = meeting_check_starts(job, request->starts_us);
    if (err == ERR_OK)
        err = check_text(job, "place", request->place, 1, CHECK_NAME_MAX);
    if (err == ERR_OK)
        (void)municipality_want(w, job, MUNICIPALITY_BY_BOARD, board);
    return err;
}

void create_meeting_decide(struct job *job, struct workset *w)
{
    const Municipal__CreateMeetingRequest *request = (const Municipal__CreateMeetingRequest *)job->message;
    const struct municipality *municipality = municipality_found(w, job);
    struct uuid board_id = {{0}};

    if (municipality == NULL) {
        (void)fail_absent(job, "boardId");
        return;
    }
    if (!municipal_may(job, municipality, OFFICE_SECRETARY))
        return;
    (void)uuid_read(&board_id, span_of(request->board_id.data, request->board_id.len));
    struct meeting *meeting = arena_alloc(w->arena, sizeof *meeting);
    *meeting = (struct meeting){.id = uuid_v7(w->now_us),
                                .board_id = board_id,
                                .municipality_id = municipality->id,
                                .board = municipality_board(municipality, board_id)->title,
                                .starts_us = request->starts_us,
                                .place = request->place,
                                .state = MEETING_PLANNED,
                                .version = 1};
    meeting_add(w, meeting, job->actor);
    job_answer(job, &meeting_message(w->arena, meeting, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)meeting->version);
}
