/* A list in the order of deadlines: all have the same patience. */
#include "services/gateway/http/lull.h"

#include "common/base/alloc.h"

struct lull *lull_new(struct MHD_Connection *connection)
{
    struct lull *lull = mem_new(sizeof *lull);
    lull->connection = connection;
    return lull;
}

void lull_begin(struct lull_list *list, struct lull *lull, int64_t now_us)
{
    lull_end(list, lull);
    lull->deadline_us = now_us + list->patience_us;
    lull->prev = list->last;
    lull->next = NULL;
    *(list->last ? &list->last->next : &list->first) = lull;
    list->last = lull;
    lull->listed = true;
}

void lull_end(struct lull_list *list, struct lull *lull)
{
    if (!lull->listed)
        return;
    *(lull->prev ? &lull->prev->next : &list->first) = lull->next;
    *(lull->next ? &lull->next->prev : &list->last) = lull->prev;
    lull->listed = false;
}

void lull_free(struct lull_list *list, struct lull *lull)
{
    lull_end(list, lull);
    mem_free(lull);
}

struct MHD_Connection *lull_overdue(struct lull_list *list, int64_t now_us)
{
    struct lull *lull = list->first;
    if (!lull || lull->deadline_us > now_us)
        return NULL;
    lull_end(list, lull);
    return lull->connection;
}
