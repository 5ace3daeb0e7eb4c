/* The consumer's algorithm. Every rule is one function of a few lines, so that it can be read beside the table in its test.
 *
 * Only the publisher's own word stops a stream: a heartbeat that was on its way while events overtook it, or a message of another
 * epoch, is a suspicion; the Fetch that follows asks "is the event at my position still yours?" and its answer decides. */
#include "common/event/cursor.h"

void cursor_init(struct cursor *cursor)
{
    *cursor = (struct cursor){.state = CURSOR_UNREAD};
}

void cursor_read(struct cursor *cursor, struct uuid epoch, uint64_t seq, struct uuid id)
{
    uint64_t head = cursor->head;

    *cursor = (struct cursor){.state = CURSOR_RUNNING, .epoch = epoch, .handed = seq, .handed_id = id, .applied = seq};
    cursor->head = head > seq ? head : seq;
    cursor->suspicion = true; /* the first Fetch tells the head and whether the position still fits */
}

static bool epoch_fits(const struct cursor *cursor, struct uuid epoch)
{
    return uuid_compare(cursor->epoch, epoch) == 0;
}

static void cursor_see(struct cursor *cursor, uint64_t head)
{
    if (head > cursor->head)
        cursor->head = head;
}

/* Something of another epoch. At first contact ours is nil, and what is heard is as good as any: the Fetch tells the epoch. */
static void cursor_doubt(struct cursor *cursor, uint64_t seq)
{
    cursor->suspicion = true;
    if (uuid_is_nil(cursor->epoch))
        cursor_see(cursor, seq);
}

enum cursor_step cursor_offer(struct cursor *cursor, const struct cursor_event *event)
{
    if (cursor->state != CURSOR_RUNNING)
        return CURSOR_SKIP; /* the Fetch after the next read of the position brings it */
    if (!epoch_fits(cursor, event->epoch)) {
        cursor_doubt(cursor, event->seq);
        return CURSOR_FETCH;
    }
    cursor_see(cursor, event->seq);
    if (event->seq <= cursor->handed)
        return CURSOR_SKIP;
    return event->seq == cursor->handed + 1 && event->whole ? CURSOR_APPLY : CURSOR_FETCH;
}

void cursor_handed(struct cursor *cursor, const struct cursor_event *event)
{
    cursor->handed = event->seq;
    cursor->handed_id = event->id;
}

void cursor_heard(struct cursor *cursor, struct uuid epoch, uint64_t head)
{
    if (cursor->state != CURSOR_RUNNING)
        return;
    if (!epoch_fits(cursor, epoch) || head < cursor->handed)
        cursor_doubt(cursor, head);
    else
        cursor_see(cursor, head);
}

static void cursor_stop(struct cursor *cursor, enum cursor_reason reason)
{
    cursor->state = CURSOR_STOPPED;
    cursor->reason = reason;
}

bool cursor_answer(struct cursor *cursor, enum cursor_answer answer, struct uuid epoch, uint64_t head, size_t count)
{
    if (cursor->state != CURSOR_RUNNING)
        return false; /* asked before a failure: the position it was for is forgotten */
    switch (answer) {
    case CURSOR_ANSWER_OK:
        if (uuid_is_nil(cursor->epoch))
            cursor->epoch = epoch;
        cursor->suspicion = false;
        if (count == 0) /* nothing after our position: whatever we thought the head was, this is it */
            cursor->head = cursor->handed;
        cursor_see(cursor, head);
        return true;
    case CURSOR_ANSWER_TRUNCATED:
        cursor_stop(cursor, CURSOR_TRUNCATED);
        return false;
    case CURSOR_ANSWER_MISMATCH:
        cursor_stop(cursor, CURSOR_HISTORY);
        return false;
    }
    return false;
}

void cursor_applied(struct cursor *cursor, uint64_t seq)
{
    if (cursor->state == CURSOR_RUNNING && seq > cursor->applied)
        cursor->applied = seq;
}

void cursor_failed(struct cursor *cursor)
{
    if (cursor->state == CURSOR_RUNNING)
        cursor->state = CURSOR_LOST;
}

bool cursor_wants(const struct cursor *cursor, size_t room)
{
    return cursor->state == CURSOR_RUNNING && room > 0 && (cursor->suspicion || cursor->head > cursor->handed);
}

bool cursor_unread(const struct cursor *cursor)
{
    return cursor->state == CURSOR_UNREAD || cursor->state == CURSOR_LOST;
}

void cursor_forget(struct cursor *cursor)
{
    cursor->state = CURSOR_LOST;
}
