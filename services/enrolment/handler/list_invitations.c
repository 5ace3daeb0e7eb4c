/* ListInvitations: a programme's codes for its coordinators: those in force first, each the newest first. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/invited.h"

enum err list_invitations_needs(struct job *job, struct workset *w)
{
    const Enrolment__ListInvitationsRequest *request = (const Enrolment__ListInvitationsRequest *)job->message;
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &id);
    if (err != ERR_OK)
        return err;
    workset_see_programme(w, id);
    invitation_want_of(w, job, id);
    return ERR_OK;
}

void list_invitations_decide(struct job *job, struct workset *w)
{
    const Enrolment__ListInvitationsRequest *request = (const Enrolment__ListInvitationsRequest *)job->message;
    Enrolment__InvitationList *list = arena_alloc(w->arena, sizeof *list);
    struct uuid id;
    size_t count;

    if (check_id(job, "programmeId", &request->programme_id, &id) != ERR_OK)
        return;
    if (workset_programme(w, id) == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    struct invitation **rows = invitation_list(w, job, &count);
    enrolment__invitation_list__init(list);
    list->invitations = arena_array(w->arena, count, sizeof(Enrolment__Invitation *));
    for (size_t i = 0; i < count; i++)
        list->invitations[list->n_invitations++] = invitation_message(w, rows[i]);
    job_answer(job, &list->base, 0);
}
