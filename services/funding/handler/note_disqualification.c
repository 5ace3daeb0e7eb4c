/* NoteDisqualification: somebody takes no part in an item, and why (kuntalaki 97 §, hallintolaki 28 §). A member says so of themselves, the
 * secretary enters what was found of anybody who is there. Whoever has voted took part: that is noted before. */
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/who.h"

enum err note_disqualification_needs(struct job *job, struct workset *w)
{
    const Municipal__NoteDisqualificationRequest *request = (const Municipal__NoteDisqualificationRequest *)job->message;
    struct uuid person;
    enum err err = who_has(job, BUS__ROLE__ROLE_BOARD_MEMBER | BUS__ROLE__ROLE_SECRETARY);

    if (err == ERR_OK)
        err = check_id_or(job, "personId", &request->person_id, job->actor, &person);
    if (err == ERR_OK)
        err = case_content_words(job, "ground", request->ground, 1, GROUND_MAX);
    return err == ERR_OK ? meeting_want_item_held(job, w, &request->item_id) : err;
}

/* Oneself as a member who is there, or as the secretary anybody who is there. */
static const struct attendee *whom(struct job *job, struct workset *w, const struct meeting *meeting)
{
    const Municipal__NoteDisqualificationRequest *request = (const Municipal__NoteDisqualificationRequest *)job->message;
    struct uuid person = job->actor;

    if (request->person_id.len > 0)
        (void)uuid_read(&person, span_of(request->person_id.data, request->person_id.len));
    const struct attendee *who = meeting_attendee(meeting, person);
    if (uuid_compare(person, job->actor) == 0 && who_is(job, BUS__ROLE__ROLE_BOARD_MEMBER))
        return meeting_present(job, meeting);
    if (!municipal_may(job, municipality_found(w, job), OFFICE_SECRETARY))
        return NULL;
    if (who == NULL)
        (void)job_fail(job, ERR_REFUSED, "municipal.disqualification.absent", "personId", "Henkilö ei ole läsnä kokouksessa",
                       "Personen är inte närvarande vid sammanträdet", "The person is not in the meeting");
    return who;
}

static bool may_note(struct job *job, const struct meeting *meeting, const struct item *item, const struct attendee *who)
{
    if (item_disqualified(item, who->person_id) != NULL)
        meeting_refuse(job, meeting, "municipal.disqualification.noted", "Esteellisyys on jo merkitty", "Jävet är redan antecknat",
                       "The disqualification is noted already");
    else if (item_vote(item, who->person_id) != NULL)
        meeting_refuse(job, meeting, "municipal.disqualification.voted",
                       "Jäsen on jo äänestänyt asiassa: palauta asia tai jätä se pöydälle ja käsittele se uudelleen",
                       "Ledamoten har redan röstat i ärendet: återremittera eller bordlägg ärendet och behandla det på nytt",
                       "The member has voted in this item already: return or table it, and handle it again");
    else
        return true;
    return false;
}

void note_disqualification_decide(struct job *job, struct workset *w)
{
    const Municipal__NoteDisqualificationRequest *request = (const Municipal__NoteDisqualificationRequest *)job->message;
    struct meeting *meeting = meeting_found(w, job);
    struct item *item = meeting_item_found(w, job);

    if (meeting == NULL || item == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct attendee *who = whom(job, w, meeting);
    if (who == NULL || !version_is_seen(job, item->version) || !meeting_is_in(job, meeting, MEETING_OPEN) ||
        !may_note(job, meeting, item, who))
        return;
    struct disqualified *row = &item->disqualified[item->disqualified_count++];
    *row = (struct disqualified){.person_id = who->person_id, .name = who->name, .ground = request->ground};
    item->version++;
    item_add_disqualified(w, item, row, job->actor);
    item_put(w, item);
    job_answer(job, &item_message(w->arena, meeting, item, meeting_reader_of(job, meeting, municipality_found(w, job)), w->now_us)->base,
               (uint64_t)item->version);
}
