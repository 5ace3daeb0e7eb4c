/* See tell_meeting.h. Members are the seats of the board but for deputies: whoever cannot come calls their deputy. */
#include "services/funding/handler/tell_meeting.h"

#include "municipal.pb-c.h"
#include "services/funding/handler/convert.h"

static ProtobufCBinaryData *members_of(struct arena *arena, const struct board *board, size_t *count)
{
    ProtobufCBinaryData *ids = arena_array(arena, (board != NULL ? board->seat_count : 0) + 1, sizeof *ids);

    *count = 0;
    for (size_t i = 0; board != NULL && i < board->seat_count; i++)
        if (board->seats[i].kind != SEAT_DEPUTY)
            ids[(*count)++] = convert_id(arena, board->seats[i].person_id);
    return ids;
}

void tell_meeting_summoned(struct workset *w, const struct job *job, const struct meeting *meeting, const struct municipality *municipality)
{
    Municipal__MeetingSummoned event = MUNICIPAL__MEETING_SUMMONED__INIT;

    event.meeting_id = convert_id(w->arena, meeting->id);
    event.board_id = convert_id(w->arena, meeting->board_id);
    event.board = convert_texts(w->arena, meeting->board);
    event.starts_us = meeting->starts_us;
    event.place = convert_text(meeting->place);
    event.member_ids = members_of(w->arena, municipality_board(municipality, meeting->board_id), &event.n_member_ids);
    event.items = (uint32_t)meeting->item_count;
    event.municipality = convert_texts(w->arena, municipality->name);
    event.contact = convert_text(municipality->contact);
    (void)event_add(w->events, job, meeting->id, meeting->id, "municipal.MeetingSummoned.v1", &event.base, w->now_us);
}

void tell_meeting_cancelled(struct workset *w, const struct job *job, const struct meeting *meeting,
                            const struct municipality *municipality, const char *reason)
{
    Municipal__MeetingCancelled event = MUNICIPAL__MEETING_CANCELLED__INIT;

    event.meeting_id = convert_id(w->arena, meeting->id);
    event.board_id = convert_id(w->arena, meeting->board_id);
    event.board = convert_texts(w->arena, meeting->board);
    event.starts_us = meeting->starts_us;
    event.member_ids = members_of(w->arena, municipality_board(municipality, meeting->board_id), &event.n_member_ids);
    event.reason = convert_text(reason);
    event.municipality = convert_texts(w->arena, municipality->name);
    event.contact = convert_text(municipality->contact);
    (void)event_add(w->events, job, meeting->id, meeting->id, "municipal.MeetingCancelled.v1", &event.base, w->now_us);
}
