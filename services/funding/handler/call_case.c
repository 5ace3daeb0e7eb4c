/* See call_case.h. */
#include "services/funding/handler/call_case.h"

#include "services/funding/handler/call_message.h"
#include "services/funding/handler/tell.h"
#include "services/funding/handler/who.h"

enum err call_want_request(struct job *job, struct workset *w, const ProtobufCBinaryData *id, enum call_hold hold)
{
    struct uuid call_id;
    const enum err err = check_id(job, "callId", id, &call_id);

    if (err == ERR_OK)
        (void)call_want(w, job, CALL_BY_ID, call_id, hold);
    return err;
}

struct call *call_visible(struct job *job, const struct workset *w)
{
    struct call *call = call_found(w, job);

    if (call != NULL && (call->published || who_is_official(job)))
        return call;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return NULL;
}

struct call *call_to_change(const struct workset *w, const struct call *call)
{
    struct call *copy = arena_alloc(w->arena, sizeof *copy);

    *copy = *call;
    copy->version++;
    return copy;
}

void call_refuse_preparer(struct job *job)
{
    (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-preparer", NULL, "Et ole tämän haun valmistelija",
                   "Du är inte beredare för denna utlysning", "You are no preparer of this call");
}

struct call *call_to_prepare(struct job *job, struct workset *w)
{
    const struct call *call = call_visible(job, w);

    if (call == NULL)
        return NULL;
    if (!call_prepared_by(call, job->actor)) {
        call_refuse_preparer(job);
        return NULL;
    }
    return call_to_change(w, call);
}

static bool refuse_move(struct job *job, const struct call *call, enum call_state to)
{
    switch (to) {
    case CALL_DRAFT:
        (void)job_fail(job, ERR_REFUSED, "funding.call.not-published", NULL, "Vain julkaistun haun voi palauttaa luonnokseksi",
                       "Bara en publicerad utlysning kan bli utkast igen", "Only a published call can become a draft again");
        break;
    case CALL_PUBLISHED:
        (void)job_fail(job, ERR_REFUSED, "funding.call.not-draft", NULL, "Vain luonnoksen voi julkaista", "Bara ett utkast kan publiceras",
                       "Only a draft can be published");
        break;
    case CALL_CALLED_OFF:
        (void)job_fail(job, ERR_REFUSED, "funding.call.too-late-to-call-off", NULL, "Ratkaistua tai päättynyttä hakua ei voi perua",
                       "En utlysning som är avgjord eller avslutad kan inte återkallas",
                       "A call that is resolved or over cannot be called off");
        break;
    case CALL_RESOLVED:
    case CALL_ENDED:
        (void)job_fail(job, ERR_REFUSED, "funding.call.not-resolved", NULL, "Haun voi päättää vasta, kun kaikki päätökset on lähetetty",
                       "Utlysningen kan avslutas först när alla beslut har sänts", "A call can end only once all decisions are sent");
        break;
    }
    job_fact(job, "state", machine_state(MACHINE_CALL, (int)call->state));
    return false;
}

bool call_may_move(struct job *job, const struct call *call, enum call_state to)
{
    return machine_allows(MACHINE_CALL, (int)call->state, (int)to) || refuse_move(job, call, to);
}

void call_moves(struct job *job, struct workset *w, struct call *call, enum call_state to, const char *why, const char *otherwise)
{
    const enum call_state from = call->state;
    const char *words = *why != '\0' ? why : otherwise;

    call_move(w, call, to, words, job->actor);
    call->state = to;
    call->published = to != CALL_DRAFT && (to != CALL_CALLED_OFF || from == CALL_PUBLISHED);
    tell_call_moved(w, job, call, from, to, words);
}

void call_answer(struct job *job, const struct workset *w, const struct call *call)
{
    job_answer(job, &call_message(job->arena, call, w->now_us, true)->base, (uint64_t)call->version);
}
