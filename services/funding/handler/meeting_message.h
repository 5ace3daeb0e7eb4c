/* Meetings and their items as answers, as far as their reader may see them.
 *
 * The public reads a meeting once it is summoned: where and when, the agenda in order, what is proposed. What was decided, by whom and how
 * it reads once the minutes are published; names of people leave with the day that the minutes say, how many voted for what stays. Members
 * of the board and officials read all of it from the beginning. Ids of accounts are for these two. */
#ifndef HV_FUNDING_HANDLER_MEETING_MESSAGE_H
#define HV_FUNDING_HANDLER_MEETING_MESSAGE_H
#include "municipal.pb-c.h"
#include "services/funding/domain/municipal_case.h"
#include "services/funding/handler/meeting_case.h"

/* With its items, each without words, nominations, votes: these are in the item. */
Municipal__Meeting *meeting_message(struct arena *arena, const struct meeting *meeting, enum meeting_reader reader, int64_t now_us);
Municipal__Meeting *meeting_message_line(struct arena *arena, const struct meeting_row *row); /* of lists */
/* The item itself, without the case and the board. */
Municipal__Item *item_message(struct arena *arena, const struct meeting *meeting, const struct item *item, enum meeting_reader reader,
                              int64_t now_us);
/* The whole answer, with the case as far as who asks may see it, what was proposed in this meeting, and the board. */
Municipal__Item *item_message_whole(const struct job *job, struct arena *arena, const struct meeting *meeting, const struct item *item,
                                    const struct municipal_case *c, const struct municipality *municipality, int64_t now_us);

#endif
