/* See lapse.h. */
#include "services/funding/handler/lapse.h"

#include "services/funding/handler/tell_application.h"

void lapse_want(struct workset *w, const struct job *job, struct uuid call_id)
{
    (void)application_want_drafts(w, job, call_id, LAPSE_MANY);
}

size_t lapse_drafts(struct workset *w, const struct job *job, const struct call *call)
{
    const struct application_ask *drafts = application_asked(w, job);
    const bool off = call->state == CALL_CALLED_OFF;

    if (!application_lapses(call, w->now_us))
        return 0;
    for (size_t i = 0; i < drafts->count; i++) {
        application_move(w, drafts->rows[i], APPLICATION_LAPSED, off ? "rules: the call was called off" : "rules: the call closed",
                         (struct uuid){.b = {0}});
        tell_application_ended(w, job, drafts->rows[i], call, "", off);
    }
    return drafts->count;
}
