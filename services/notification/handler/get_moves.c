/* GetMoves: the whole life of a message, every change of its state with its reason and, where somebody did it by hand, who. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/history.h"

enum err get_moves_needs(struct job *job, struct workset *w)
{
    const Notification__GetMessageRequest *request = (const Notification__GetMessageRequest *)job->message;
    struct uuid id;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = convert_asked_id(job, &id, request->message_id, "messageId");
    if (err != ERR_OK)
        return err;
    history_ask(w, job, id);
    return ERR_OK;
}

static Notification__Move *move_message(struct arena *arena, const struct change *change)
{
    Notification__Move *out = arena_alloc(arena, sizeof *out);

    notification__move__init(out);
    out->from = (Notification__MessageState)change->from; /* the domain's numbers are the contract's; 0: it was made */
    out->to = (Notification__MessageState)change->to;
    out->at_us = change->at_us;
    out->why = arena_text(arena, change->why);
    if (!uuid_is_nil(change->actor))
        out->actor = convert_id_bytes(arena, change->actor);
    return out;
}

void get_moves_decide(struct job *job, struct workset *w)
{
    const struct history_ask *ask = history_asked(w, job);
    Notification__MoveList *answer = arena_alloc(job->arena, sizeof *answer);

    if (!ask->found) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    notification__move_list__init(answer);
    answer->moves = arena_array(job->arena, ask->count + 1, sizeof *answer->moves);
    for (size_t i = 0; i < ask->count; i++)
        answer->moves[answer->n_moves++] = move_message(job->arena, &ask->changes[i]);
    job_answer(job, &answer->base, 0);
}
