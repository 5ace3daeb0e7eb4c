/* Calls in a row, linked through the calls themselves: a call stands in at most one. Internal to common/rpc. */
#ifndef HV_RPC_CALLS_H
#define HV_RPC_CALLS_H
#include "common/rpc/client.h"

struct call_queue {
    struct rpc_call *first, **last;
};

static inline void calls_init(struct call_queue *queue)
{
    queue->first = NULL;
    queue->last = &queue->first;
}

static inline void calls_put(struct call_queue *queue, struct rpc_call *call)
{
    call->next = NULL;
    *queue->last = call;
    queue->last = &call->next;
}

static inline struct rpc_call *calls_take(struct call_queue *queue)
{
    struct rpc_call *call = queue->first;

    if (call && !(queue->first = call->next))
        queue->last = &queue->first;
    return call;
}

static inline size_t calls_move(struct call_queue *to, struct call_queue *from)
{
    size_t moved = 0;

    for (struct rpc_call *call; (call = calls_take(from)); moved++)
        calls_put(to, call);
    return moved;
}

#endif
