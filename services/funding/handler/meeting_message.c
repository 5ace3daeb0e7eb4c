/* See meeting_message.h. */
#include "services/funding/handler/meeting_message.h"

#include "common/base/workday.h"
#include "services/funding/handler/case_message.h"
#include "services/funding/handler/convert.h"

/* Names are on the agenda until the meeting is held, and in its minutes until their day; of one that was cancelled they go with it. */
static bool names_shown_today(const struct meeting *meeting, const struct item *item, int64_t now_us)
{
    return item->published_us != 0 ? helsinki_day(now_us) <= item->names_until : meeting->state != MEETING_CANCELLED;
}

/* How texts and names of this item are shown: members read them as the public does, and always with names. */
static struct case_view view_of(const struct meeting *meeting, const struct item *item, enum meeting_reader reader, int64_t now_us)
{
    return (struct case_view){.reader = reader == MEETING_FOR_OFFICIAL ? CASE_FOR_OFFICIAL : CASE_FOR_PUBLIC,
                              .names = reader != MEETING_FOR_PUBLIC || names_shown_today(meeting, item, now_us)};
}

static bool decision_shown(const struct item *item, enum meeting_reader reader)
{
    return reader != MEETING_FOR_PUBLIC || item->published_us != 0;
}

/* --- items ------------------------------------------------------------------------------------------------------------- */
static Municipal__Item *head(struct arena *arena, const struct item *item, enum meeting_reader reader)
{
    Municipal__Item *m = arena_alloc(arena, sizeof *m);

    municipal__item__init(m);
    m->id = convert_id(arena, item->id);
    m->meeting_id = convert_id(arena, item->meeting_id);
    m->place = (uint32_t)item->place;
    m->section = (uint32_t)item->section;
    m->case_id = convert_id(arena, item->case_id);
    m->register_number = convert_text(item->register_number);
    m->title = convert_text(item->title);
    m->version = (uint64_t)item->version;
    m->previous_id = convert_id(arena, item->previous_id);
    if (item->next_public || reader == MEETING_FOR_OFFICIAL)
        m->next_id = convert_id(arena, item->next_id);
    m->published_us = item->published_us;
    return m;
}

static void put_result(Municipal__Item *m, const struct item *item)
{
    const struct tally tally = item_tally(item);

    m->outcome = (Municipal__Outcome)item->outcome;
    m->manner = (Municipal__Manner)item->manner;
    m->cents = item->cents;
    m->voting = item->voting;
    m->votes_proposal = (uint32_t)tally.proposal;
    m->votes_counter = (uint32_t)tally.counter;
    m->votes_empty = (uint32_t)tally.empty;
}

/* Who voted what: not without the names. */
static void put_votes(struct arena *arena, Municipal__Item *m, const struct item *item, bool ids)
{
    m->votes = arena_array(arena, item->vote_count + 1, sizeof *m->votes);
    for (size_t i = 0; i < item->vote_count; i++) {
        Municipal__Vote *vote = m->votes[m->n_votes++] = arena_alloc(arena, sizeof *vote);

        municipal__vote__init(vote);
        if (ids)
            vote->person_id = convert_id(arena, item->votes[i].person_id);
        vote->name = convert_text(item->votes[i].name);
        vote->choice = (Municipal__Choice)item->votes[i].choice;
    }
}

static void put_disqualified(struct arena *arena, Municipal__Item *m, const struct item *item, const struct case_view *view, bool ids)
{
    m->disqualified = arena_array(arena, item->disqualified_count + 1, sizeof *m->disqualified);
    for (size_t i = 0; i < item->disqualified_count; i++) {
        const struct disqualified *who = &item->disqualified[i];
        Municipal__Disqualified *row = m->disqualified[m->n_disqualified++] = arena_alloc(arena, sizeof *row);

        municipal__disqualified__init(row);
        if (ids)
            row->person_id = convert_id(arena, who->person_id);
        row->name = case_message_name(who->name, item->language, view);
        row->ground = case_message_words(arena, who->ground, item->language, view);
    }
}

Municipal__Item *item_message(struct arena *arena, const struct meeting *meeting, const struct item *item, enum meeting_reader reader,
                              int64_t now_us)
{
    const struct case_view view = view_of(meeting, item, reader, now_us);
    const bool ids = reader != MEETING_FOR_PUBLIC;
    Municipal__Item *m = head(arena, item, reader);

    m->starts_us = meeting->starts_us;
    if (!decision_shown(item, reader))
        return m;
    put_result(m, item);
    m->words = case_message_words(arena, item->words, item->language, &view);
    m->counter = case_message_words(arena, item->counter, item->language, &view);
    m->nominations = case_message_nominations(arena, item->nominations, item->nomination_count, item->language, &view);
    m->n_nominations = item->nomination_count;
    if (view.names)
        put_votes(arena, m, item, ids);
    put_disqualified(arena, m, item, &view, ids);
    m->dissents = arena_array(arena, item->dissent_count + 1, sizeof *m->dissents);
    for (size_t i = 0; i < item->dissent_count; i++)
        m->dissents[m->n_dissents++] = case_message_words(arena, item->dissents[i], item->language, &view);
    if (item->published_us != 0) {
        m->names_until = convert_day(arena, item->names_until);
        m->review_until = convert_day(arena, item->review_until);
        m->sha256 = convert_bytes(span_of(item->sha256, sizeof item->sha256));
    }
    return m;
}

static Municipal__Board *board_line(struct arena *arena, const struct board *board)
{
    Municipal__Board *m = arena_alloc(arena, sizeof *m);

    municipal__board__init(m);
    m->id = convert_id(arena, board->id);
    m->code = convert_text(board->code);
    m->title = convert_texts(arena, board->title);
    return m;
}

Municipal__Item *item_message_whole(const struct job *job, struct arena *arena, const struct meeting *meeting, const struct item *item,
                                    const struct municipal_case *c, const struct municipality *municipality, int64_t now_us)
{
    const enum meeting_reader reader = meeting_reader_of(job, meeting, municipality);
    const struct case_view of_item = view_of(meeting, item, reader, now_us), of_case = case_view_of(job, c, municipality, now_us);
    const struct board *board = municipality_board(municipality, meeting->board_id);
    Municipal__Item *m = item_message(arena, meeting, item, reader, now_us);

    if (of_case.reader != CASE_FOR_NOBODY) {
        m->case_ = case_message(arena, c, &of_case);
        m->case_->proposal = case_message_proposal(arena, case_proposal(c, item->proposal_id), c->language, &of_item);
    }
    if (board != NULL)
        m->board = board_line(arena, board);
    return m;
}

/* --- meetings ---------------------------------------------------------------------------------------------------------- */
static Municipal__Meeting *meeting_head(struct arena *arena, const struct meeting *meeting)
{
    Municipal__Meeting *m = arena_alloc(arena, sizeof *m);

    municipal__meeting__init(m);
    m->id = convert_id(arena, meeting->id);
    m->board_id = convert_id(arena, meeting->board_id);
    m->municipality_id = convert_id(arena, meeting->municipality_id);
    m->board = convert_texts(arena, meeting->board);
    m->starts_us = meeting->starts_us;
    m->place = convert_text(meeting->place);
    m->state = (Municipal__MeetingState)meeting->state;
    m->published_us = meeting->published_us;
    m->version = (uint64_t)meeting->version;
    return m;
}

/* All of one publication lose their names on one day. */
static bool attendees_shown(const struct meeting *meeting, enum meeting_reader reader, int64_t now_us)
{
    if (reader != MEETING_FOR_PUBLIC)
        return true;
    return meeting->state == MEETING_PUBLISHED && meeting->item_count > 0 && helsinki_day(now_us) <= meeting->items[0].names_until;
}

static void put_attendees(struct arena *arena, Municipal__Meeting *m, const struct meeting *meeting, bool ids)
{
    m->attendees = arena_array(arena, meeting->attendee_count + 1, sizeof *m->attendees);
    for (size_t i = 0; i < meeting->attendee_count; i++) {
        const struct attendee *who = &meeting->attendees[i];
        Municipal__Attendee *row = m->attendees[m->n_attendees++] = arena_alloc(arena, sizeof *row);

        municipal__attendee__init(row);
        if (ids)
            row->person_id = convert_id(arena, who->person_id);
        row->name = convert_text(who->name);
        row->kind = (Municipal__SeatKind)who->kind;
        row->checks_minutes = who->checks_minutes;
        row->checked = who->checked_us != 0;
    }
}

Municipal__Meeting *meeting_message(struct arena *arena, const struct meeting *meeting, enum meeting_reader reader, int64_t now_us)
{
    Municipal__Meeting *m = meeting_head(arena, meeting);

    m->items = arena_array(arena, meeting->item_count + 1, sizeof *m->items);
    for (size_t i = 0; i < meeting->item_count; i++) {
        Municipal__Item *line = m->items[m->n_items++] = head(arena, &meeting->items[i], reader);

        if (decision_shown(&meeting->items[i], reader))
            put_result(line, &meeting->items[i]);
    }
    if (meeting->item_count > 0) {
        m->first_section = (uint32_t)meeting->items[0].section;
        m->last_section = (uint32_t)meeting->items[meeting->item_count - 1].section;
    }
    if (attendees_shown(meeting, reader, now_us))
        put_attendees(arena, m, meeting, reader != MEETING_FOR_PUBLIC);
    return m;
}

Municipal__Meeting *meeting_message_line(struct arena *arena, const struct meeting_row *row)
{
    Municipal__Meeting *m = meeting_head(arena, &row->meeting);

    m->first_section = (uint32_t)row->first_section;
    m->last_section = (uint32_t)row->last_section;
    return m;
}
