/* See meeting.h. */
#include "services/funding/domain/meeting.h"

static bool same(struct uuid a, struct uuid b)
{
    return uuid_compare(a, b) == 0;
}

struct item *meeting_item(const struct meeting *meeting, struct uuid item_id)
{
    for (size_t i = 0; i < meeting->item_count; i++)
        if (same(meeting->items[i].id, item_id))
            return &meeting->items[i];
    return NULL;
}

const struct attendee *meeting_attendee(const struct meeting *meeting, struct uuid person)
{
    for (size_t i = 0; i < meeting->attendee_count; i++)
        if (same(meeting->attendees[i].person_id, person))
            return &meeting->attendees[i];
    return NULL;
}

/* A smaller kind of seat leads before a larger one: chair, vice chair, member, deputy. */
static const struct attendee *leader(const struct meeting *meeting, const struct item *item)
{
    const struct attendee *found = NULL;

    for (size_t i = 0; i < meeting->attendee_count; i++) {
        const struct attendee *who = &meeting->attendees[i];

        if ((item == NULL || item_disqualified(item, who->person_id) == NULL) && (found == NULL || who->kind < found->kind))
            found = who;
    }
    return found;
}

const struct attendee *meeting_leader(const struct meeting *meeting)
{
    return leader(meeting, NULL);
}

const struct attendee *item_leader(const struct meeting *meeting, const struct item *item)
{
    return leader(meeting, item);
}

bool meeting_has_quorum(const struct meeting *meeting, const struct board *board)
{
    return 2 * meeting->attendee_count > board_size(board);
}

bool item_has_quorum(const struct meeting *meeting, const struct item *item, const struct board *board)
{
    return 2 * meeting_voters(meeting, item) > board_size(board);
}

bool meeting_is_public(const struct meeting *meeting)
{
    return meeting->summoned_us != 0;
}

const struct disqualified *item_disqualified(const struct item *item, struct uuid person)
{
    for (size_t i = 0; i < item->disqualified_count; i++)
        if (same(item->disqualified[i].person_id, person))
            return &item->disqualified[i];
    return NULL;
}

size_t meeting_voters(const struct meeting *meeting, const struct item *item)
{
    size_t count = 0;

    for (size_t i = 0; i < meeting->attendee_count; i++)
        count += item_disqualified(item, meeting->attendees[i].person_id) == NULL;
    return count;
}

const struct vote *item_vote(const struct item *item, struct uuid person)
{
    for (size_t i = 0; i < item->vote_count; i++)
        if (same(item->votes[i].person_id, person))
            return &item->votes[i];
    return NULL;
}

struct tally item_tally(const struct item *item)
{
    struct tally tally = {0, 0, 0};

    for (size_t i = 0; i < item->vote_count; i++)
        switch (item->votes[i].choice) {
        case CHOICE_PROPOSAL:
            tally.proposal++;
            break;
        case CHOICE_COUNTER:
            tally.counter++;
            break;
        case CHOICE_EMPTY:
            tally.empty++;
            break;
        }
    return tally;
}

/* The leader's choice; empty when they have not voted, or nobody leads. */
static enum choice leading_choice(const struct meeting *meeting, const struct item *item)
{
    const struct attendee *lead = item_leader(meeting, item);
    const struct vote *vote = lead != NULL ? item_vote(item, lead->person_id) : NULL;

    return vote != NULL ? vote->choice : CHOICE_EMPTY;
}

bool item_proposal_wins(const struct meeting *meeting, const struct item *item)
{
    const struct tally tally = item_tally(item);

    return tally.proposal > tally.counter || (tally.proposal == tally.counter && leading_choice(meeting, item) == CHOICE_PROPOSAL);
}

bool item_leader_decides(const struct meeting *meeting, const struct item *item)
{
    const struct tally tally = item_tally(item);

    return tally.proposal == tally.counter && leading_choice(meeting, item) != CHOICE_EMPTY;
}

bool item_outcome_fits(const struct meeting *meeting, const struct item *item, enum outcome outcome)
{
    const struct tally tally = item_tally(item);

    if (tally.proposal == tally.counter && leading_choice(meeting, item) == CHOICE_EMPTY)
        return true;
    return (outcome == OUTCOME_APPROVED) == item_proposal_wins(meeting, item);
}

bool outcome_is_final(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_APPROVED:
    case OUTCOME_CHANGED:
    case OUTCOME_REJECTED:
        return true;
    case OUTCOME_RETURNED:
    case OUTCOME_TABLED:
        return false;
    }
    return false;
}
