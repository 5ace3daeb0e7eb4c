/* Codes in the hands of enrolment. See invited.h. */
#include "services/enrolment/handler/invited.h"

#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell.h"

void invited_needs(struct job *job, struct workset *w, const char *code)
{
    char read[INVITATION_CODE_MAX + 1];

    if (*code != '\0' && invitation_code_read(code, read))
        invitation_want_code(w, job, arena_strdup(w->arena, read));
}

static bool refused(struct job *job, struct workset *w, const struct newcomer *n, const struct invitation *invitation)
{
    if (invitation == NULL || uuid_compare(invitation->programme, n->programme) != 0) {
        newcomer_refuse(job, w, n, REFUSAL_INVITATION_UNKNOWN);
        return true;
    }
    switch (invitation_judge(invitation, n->implementation, arrival_us(job, w))) {
    case INVITATION_GOOD:
        return false;
    case INVITATION_OTHER:
        newcomer_refuse(job, w, n, REFUSAL_INVITATION_OTHER);
        fact_id(job, "implementationId", invitation->implementation);
        return true;
    case INVITATION_OVER:
        newcomer_refuse(job, w, n, REFUSAL_INVITATION_OVER);
        return true;
    case INVITATION_USED_UP:
        newcomer_refuse(job, w, n, REFUSAL_INVITATION_USED_UP);
        return true;
    }
    return true;
}

bool invited_judge(struct job *job, struct workset *w, struct newcomer *n, const char *code, struct invitation **out)
{
    char read[INVITATION_CODE_MAX + 1];

    *out = NULL;
    if (*code == '\0')
        return true;
    struct invitation *invitation = invitation_code_read(code, read) ? invitation_coded(w, read) : NULL;
    if (refused(job, w, n, invitation))
        return false;
    n->invitation = invitation->id;
    n->early = invitation->early;
    *out = invitation;
    return true;
}

void invited_use(struct workset *w, const struct newcomer *n, struct invitation *invitation)
{
    invitation_use(invitation, n->at);
    invitation_changed(w, invitation);
}

void invited_end(struct job *job, struct workset *w, struct implementation *i, struct invitation *invitation, const char *reason)
{
    const bool was_over = invitation->over;
    const uint32_t freed = invitation_end(invitation, i);

    if (was_over)
        return;
    invitation_changed(w, invitation);
    if (freed == 0)
        return;
    tell_capacity(w, job, i, reason);
    promote(w, job, i->programme);
}

void invited_due_needs(struct job *job, struct workset *w, struct uuid programme)
{
    invitation_want_due(w, job, programme);
}

/* Kept a little longer than promised, as held seats are: a code that arrived in time and stood in a queue is not overtaken. */
void invited_due_decide(struct job *job, struct workset *w)
{
    size_t count;
    struct invitation **due = invitation_list(w, job, &count);

    for (size_t n = 0; n < count; n++) {
        struct implementation *i = workset_implementation(w, due[n]->implementation);
        if (i != NULL && invitation_due(due[n], w->now_us - HOLD_GRACE_US))
            invited_end(job, w, i, due[n], "");
    }
}

const char *invitation_words(struct workset *w, uint32_t seats)
{
    return arena_printf(w->arena, "%u seat%s", (unsigned)seats, seats == 1 ? "" : "s");
}

Enrolment__Invitation *invitation_message(struct workset *w, const struct invitation *invitation)
{
    Enrolment__Invitation *m = arena_alloc(w->arena, sizeof *m);

    enrolment__invitation__init(m);
    m->id = id_bytes(&invitation->id);
    m->programme_id = id_bytes(&invitation->programme);
    m->implementation_id = id_bytes(&invitation->implementation);
    m->code = (char *)(uintptr_t)invitation->code;
    m->seats = invitation->seats;
    m->used = invitation->used;
    m->early = invitation->early;
    m->valid_until_us = invitation->valid_until_us;
    m->note = (char *)(uintptr_t)invitation->note;
    m->over = invitation->over;
    m->version = invitation->version;
    return m;
}

Enrolment__Invitation *invitation_kept(struct workset *w, const struct invitation *invitation)
{
    Enrolment__Invitation *m = invitation_message(w, invitation);
    m->note = (char *)(uintptr_t) "";
    return m;
}
