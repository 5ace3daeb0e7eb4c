/* See tell.h. */
#include "services/funding/handler/tell.h"

#include "services/funding/handler/call_message.h"
#include "services/funding/handler/convert.h"

void tell_call(struct workset *w, const struct job *job, const struct call *call)
{
    Funding__CallStored event = FUNDING__CALL_STORED__INIT;

    event.call_id = convert_id(w->arena, call->id);
    event.code = convert_text(call->code);
    event.title = convert_texts(w->arena, call->title);
    event.opens_us = call->opens_us;
    event.closes_us = call->closes_us;
    event.allocation_cents = call->allocation_cents;
    event.themes = call_themes_message(w->arena, call, &event.n_themes);
    event.version = (uint64_t)call->version;
    event_add(w->events, job, call->id, call->id, "funding.CallStored.v1", &event.base, w->now_us);
}

void tell_call_moved(struct workset *w, const struct job *job, const struct call *call, enum call_state from, enum call_state to,
                     const char *reason)
{
    Funding__CallMoved event = FUNDING__CALL_MOVED__INIT;

    event.call_id = convert_id(w->arena, call->id);
    event.from = (Funding__CallState)from;
    event.to = (Funding__CallState)to;
    event.reason = convert_text(reason);
    event_add(w->events, job, call->id, call->id, "funding.CallMoved.v1", &event.base, w->now_us);
}
