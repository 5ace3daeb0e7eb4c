/* CreateInvitation: a coordinator keeps seats of an implementation for whoever has a code, given or made here. Only free seats can be
 * kept; nobody loses a place. Leaves a line in the history. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/invited.h"
#include "services/enrolment/handler/tell.h"
#include "services/enrolment/store/change.h"

static enum err check_code_given(struct job *job, const char *text, char code[INVITATION_CODE_MAX + 1])
{
    if (*text == '\0' || invitation_code_read(text, code))
        return ERR_OK;
    (void)job_fail(job, ERR_INVALID, "field.code", "code", "Koodissa on 4–40 merkkiä: A–Z, 0–9 ja -",
                   "Koden har 4–40 tecken: A–Z, 0–9 och -", "A code has 4 to 40 characters: A-Z, 0-9 and -");
    return ERR_INVALID;
}

static enum err check_valid_until(struct job *job, const struct workset *w, int64_t us)
{
    const enum err err = us == 0 ? ERR_OK : check_time(job, "validUntilAt", us);

    if (err != ERR_OK || us == 0 || us > w->now_us)
        return err;
    return job_fail(job, ERR_INVALID, "field.past", "validUntilAt", "Ajankohta on jo mennyt", "Tidpunkten har redan passerat",
                    "The moment has passed already");
}

enum err create_invitation_needs(struct job *job, struct workset *w)
{
    const Enrolment__CreateInvitationRequest *request = (const Enrolment__CreateInvitationRequest *)job->message;
    char code[INVITATION_CODE_MAX + 1] = "";
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "implementationId", &request->implementation_id, &id);
    if (err == ERR_OK)
        err = check_code_given(job, request->code, code);
    if (err == ERR_OK)
        err = check_range(job, "seats", request->seats, 1, PROGRAMME_SEATS_MAX);
    if (err == ERR_OK)
        err = check_valid_until(job, w, request->valid_until_us);
    if (err == ERR_OK)
        err = check_text(job, "note", request->note, 0, INVITATION_NOTE_MAX);
    if (err != ERR_OK)
        return err;
    workset_lock_of_implementation(w, id);
    invitation_want_new(w, job, id, *code != '\0' ? arena_strdup(w->arena, code) : NULL);
    return ERR_OK;
}

/* The code given, or one of our own. */
static const char *code_of(struct workset *w, const char *text)
{
    char code[INVITATION_CODE_MAX + 1];
    uint8_t random[INVITATION_CODE_RANDOM];
    const bool given = *text != '\0' && invitation_code_read(text, code);

    while (!given) {
        random_bytes(random, sizeof random);
        if (invitation_code_make(random, code))
            break;
    }
    return arena_strdup(w->arena, code);
}

static bool refused(struct job *job, const struct workset *w, const struct implementation *i, uint32_t seats, const char *code)
{
    if (invitation_open_count(w, job) >= INVITATIONS_MAX) {
        (void)refuse(job, REFUSAL_INVITATION_MANY);
        fact_number(job, "most", INVITATIONS_MAX);
    } else if (invitation_coded(w, code) != NULL) {
        (void)refuse(job, REFUSAL_INVITATION_TAKEN);
    } else if (seats > invitation_room(i)) {
        (void)refuse(job, REFUSAL_INVITATION_NO_ROOM);
        fact_number(job, "free", invitation_room(i));
    } else {
        return false;
    }
    return true;
}

/* Without the note, which may name somebody: it stands with the invitation, where it can be taken out. */
static void record(struct job *job, struct workset *w, struct implementation *i, const struct invitation *invitation)
{
    const struct uuid none = {{0}};
    const char *field = arena_printf(w->arena, "implementations[%s].invitations[%s]", i->code, invitation->code);

    change_add(w, job, i->programme, field, "", invitation_words(w, invitation->seats), "", none);
}

void create_invitation_decide(struct job *job, struct workset *w)
{
    const Enrolment__CreateInvitationRequest *request = (const Enrolment__CreateInvitationRequest *)job->message;
    struct uuid id;

    if (check_id(job, "implementationId", &request->implementation_id, &id) != ERR_OK)
        return;
    struct implementation *i = workset_implementation(w, id);
    if (i == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const char *code = code_of(w, request->code);
    if (refused(job, w, i, request->seats, code))
        return;
    struct invitation *invitation = arena_alloc(w->arena, sizeof *invitation);
    *invitation = (struct invitation){.id = uuid_v7(w->now_us),
                                      .code = code,
                                      .seats = request->seats,
                                      .early = request->early,
                                      .valid_until_us = request->valid_until_us,
                                      .note = request->note};
    invitation_reserve(invitation, i);
    invitation_add(w, invitation);
    record(job, w, i, invitation);
    tell_capacity(w, job, i, "");
    job_answer(job, &invitation_kept(w, invitation)->base, invitation->version);
}
