/* CastVote: a member who is there and not disqualified votes, once: for the proposal, for the other one, or empty. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/who.h"

enum err cast_vote_needs(struct job *job, struct workset *w)
{
    const Municipal__CastVoteRequest *request = (const Municipal__CastVoteRequest *)job->message;
    enum err err = who_has(job, BUS__ROLE__ROLE_BOARD_MEMBER);

    if (err == ERR_OK)
        err = check_range(job, "choice", (int64_t)request->choice, CHOICE_PROPOSAL, CHOICE_EMPTY);
    return err == ERR_OK ? meeting_want_item_held(job, w, &request->item_id) : err;
}

static bool may_vote(struct job *job, const struct meeting *meeting, const struct item *item, struct uuid person)
{
    if (item_disqualified(item, person) != NULL)
        meeting_refuse(job, meeting, "municipal.vote.disqualified", "Olet esteellinen tässä asiassa etkä äänestä siitä",
                       "Du är jävig i detta ärende och röstar inte", "You are disqualified in this item and do not vote on it");
    else if (item_vote(item, person) != NULL)
        meeting_refuse(job, meeting, "municipal.vote.cast", "Olet jo äänestänyt: annettua ääntä ei voi muuttaa",
                       "Du har redan röstat: en avgiven röst kan inte ändras",
                       "You have voted already: a vote that was cast does not change");
    else if (!item->voting)
        meeting_refuse(job, meeting, "municipal.vote.closed", "Asiasta ei nyt äänestetä: odota, kunnes äänestys avataan",
                       "Omröstning pågår inte i ärendet: vänta tills omröstningen öppnas",
                       "This item is not being voted on: wait until the vote is opened");
    else
        return true;
    return false;
}

void cast_vote_decide(struct job *job, struct workset *w)
{
    const Municipal__CastVoteRequest *request = (const Municipal__CastVoteRequest *)job->message;
    const struct meeting *meeting = meeting_found(w, job);
    struct item *item = meeting_item_found(w, job);

    if (meeting == NULL || item == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct attendee *who = meeting_present(job, meeting);
    if (who == NULL || !version_is_seen(job, item->version) || !meeting_is_in(job, meeting, MEETING_OPEN) ||
        !may_vote(job, meeting, item, who->person_id))
        return;
    struct vote *vote = &item->votes[item->vote_count++];
    *vote = (struct vote){.person_id = who->person_id, .name = who->name, .choice = (enum choice)request->choice};
    item->version++;
    item_put(w, item);
    item_add_vote(w, item, vote);
    job_answer(job, &item_message(w->arena, meeting, item, meeting_reader_of(job, meeting, municipality_found(w, job)), w->now_us)->base,
               (uint64_t)item->version);
}
