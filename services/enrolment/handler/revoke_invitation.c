/* RevokeInvitation: ends a code; what is left of it goes to who waits. Who used it keeps the place. Revoking one that is over answers it
 * as it is. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/invited.h"
#include "services/enrolment/store/change.h"

enum err revoke_invitation_needs(struct job *job, struct workset *w)
{
    const Enrolment__RevokeInvitationRequest *request = (const Enrolment__RevokeInvitationRequest *)job->message;
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "invitationId", &request->invitation_id, &id);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err != ERR_OK)
        return err;
    invitation_lock(w, job, id);
    workset_want_promotions(w, PROGRAMME_WAITING_MAX);
    return ERR_OK;
}

static void record(struct job *job, struct workset *w, struct implementation *i, const struct invitation *invitation, const char *reason)
{
    const struct uuid none = {{0}};
    const char *field = arena_printf(w->arena, "implementations[%s].invitations[%s]", i->code, invitation->code);
    const char *was = invitation_words(w, invitation->seats);
    const char *becomes = arena_printf(w->arena, "revoked, %u used", invitation->used);

    change_add(w, job, i->programme, field, was, becomes, reason, none);
}

void revoke_invitation_decide(struct job *job, struct workset *w)
{
    const Enrolment__RevokeInvitationRequest *request = (const Enrolment__RevokeInvitationRequest *)job->message;
    struct uuid id;

    if (check_id(job, "invitationId", &request->invitation_id, &id) != ERR_OK)
        return;
    struct invitation *invitation = invitation_named(w, id);
    struct implementation *i = invitation != NULL ? workset_implementation(w, invitation->implementation) : NULL;
    if (i == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!invitation->over) {
        record(job, w, i, invitation, request->reason);
        invited_end(job, w, i, invitation, request->reason);
    }
    job_answer(job, &invitation_kept(w, invitation)->base, invitation->version);
}
