/* See tell_decision.h. Names and addresses of the recipients went out with ContactStored, when their application was submitted. */
#include "services/funding/handler/tell_decision.h"

#include "services/funding/handler/convert.h"
#include "services/funding/handler/decision_message.h"

static void add_recipients(struct arena *arena, Funding__DecisionSent *m, const struct decision_case *c)
{
    const struct consortium *rows = c->consortium;

    m->recipients = arena_array(arena, rows->partner_count, sizeof *m->recipients);
    for (size_t i = 0; i < rows->partner_count; i++) {
        Funding__Recipient *r = arena_alloc(arena, sizeof *r);

        funding__recipient__init(r);
        r->person_id = convert_id(arena, rows->partners[i].contact_id);
        r->lead = i == 0;
        r->cents = c->decision->partners[i].cents;
        m->recipients[m->n_recipients++] = r;
    }
}

struct uuid tell_decision_sent(struct workset *w, const struct job *job, const struct decision_case *c)
{
    const struct decision *d = c->decision;
    Funding__DecisionSent m = FUNDING__DECISION_SENT__INIT;

    m.decision_id = convert_id(w->arena, d->id);
    m.application_id = convert_id(w->arena, d->application_id);
    m.call_id = convert_id(w->arena, d->call_id);
    m.theme_id = convert_id(w->arena, d->theme_id);
    m.register_number = convert_text(d->register_number);
    m.title = convert_text(d->title);
    m.call_title = convert_texts(w->arena, c->call->title);
    m.granted = d->granted;
    m.cents = d->cents;
    m.change_cents = d->cents - (c->corrects != NULL ? c->corrects->cents : 0);
    m.corrects_id = convert_id(w->arena, d->corrects_id);
    m.answer_until = convert_day(w->arena, c->answered ? NO_DAY : d->answer_until); /* nothing is asked that was answered */
    m.use_until = convert_day(w->arena, d->use_until);
    m.authority = convert_texts(w->arena, c->call->authority);
    m.document = decision_file(w->arena, d, true);
    m.language = convert_text(d->language);
    m.partners = (uint32_t)c->consortium->partner_count;
    add_recipients(w->arena, &m, c);
    return event_add(w->events, job, d->call_id, d->application_id, "funding.DecisionSent.v1", &m.base, w->now_us);
}

void tell_call_resolved(struct workset *w, const struct job *job, const struct call *call, uint32_t granted, uint32_t rejected,
                        int64_t cents)
{
    Funding__CallResolved m = FUNDING__CALL_RESOLVED__INIT;

    m.call_id = convert_id(w->arena, call->id);
    m.granted = granted;
    m.rejected = rejected;
    m.cents = cents;
    (void)event_add(w->events, job, call->id, call->id, "funding.CallResolved.v1", &m.base, w->now_us);
}
