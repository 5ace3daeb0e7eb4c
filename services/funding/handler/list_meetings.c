/* ListMeetings: the meetings of a municipality, or of one of its boards, newest first; those that were summoned, and all to its officials.
 * The page token is the beginning and the id of its last row. */
#include <string.h>

#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/who.h"

enum { KEY_SIZE = 24 };

enum err list_meetings_needs(struct job *job, struct workset *w)
{
    const Municipal__ListMeetingsRequest *request = (const Municipal__ListMeetingsRequest *)job->message;
    struct uuid municipality, board;
    struct span key;
    uint32_t size;
    enum err err = check_id(job, "municipalityId", &request->municipality_id, &municipality);

    if (err == ERR_OK)
        err = check_id_or(job, "boardId", &request->board_id, (struct uuid){{0}}, &board);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err == ERR_OK)
        err = page_key(job, request->page_token, KEY_SIZE, KEY_SIZE, &key);
    if (err != ERR_OK)
        return err;
    struct meeting_ask *ask = meeting_want_page(w, job, municipality, board);
    ask->offices = municipal_offices(job);
    ask->all = who_is(job, BUS__ROLE__ROLE_ADMIN);
    ask->limit = (int32_t)size + 1;
    if (key.len == KEY_SIZE) {
        memcpy(&ask->before_us, key.data, sizeof ask->before_us);
        memcpy(ask->before.b, key.data + sizeof ask->before_us, sizeof ask->before.b);
        err = check_range(job, "pageToken", ask->before_us, 1, INT64_MAX); /* whoever made it up: no meeting begins before that */
    }
    (void)municipality_want(w, job, MUNICIPALITY_BY_ID, municipality);
    return err;
}

static char *token_of(struct job *job, const struct meeting *meeting)
{
    uint8_t key[KEY_SIZE];

    memcpy(key, &meeting->starts_us, sizeof meeting->starts_us);
    memcpy(key + sizeof meeting->starts_us, meeting->id.b, sizeof meeting->id.b);
    return page_token(job->arena, span_of(key, sizeof key));
}

void list_meetings_decide(struct job *job, struct workset *w)
{
    const struct meeting_ask *ask = meeting_asked(w, job);
    const struct municipality *municipality = municipality_found(w, job);
    const size_t most = (size_t)ask->limit - 1;
    Municipal__MeetingList *list = arena_alloc(job->arena, sizeof *list);

    if (municipality == NULL) {
        (void)fail_absent(job, "municipalityId");
        return;
    }
    if (!uuid_is_nil(ask->board_id) && municipality_board(municipality, ask->board_id) == NULL) {
        (void)fail_absent(job, "boardId");
        return;
    }
    municipal__meeting_list__init(list);
    list->meetings = arena_array(job->arena, ask->count + 1, sizeof *list->meetings);
    for (size_t i = 0; i < ask->count && i < most; i++)
        list->meetings[list->n_meetings++] = meeting_message_line(job->arena, &ask->rows[i]);
    if (ask->count > most)
        list->next_page_token = token_of(job, &ask->rows[most - 1].meeting);
    job_answer(job, &list->base, 0);
}
