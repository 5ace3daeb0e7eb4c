/* OpenVote: the presenting official's proposal is voted on against another one. The other may be mended until somebody has voted. */
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"

enum err open_vote_needs(struct job *job, struct workset *w)
{
    const Municipal__OpenVoteRequest *request = (const Municipal__OpenVoteRequest *)job->message;
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = case_content_words(job, "counter", request->counter, 1, ITEM_COUNTER_MAX);
    return err == ERR_OK ? meeting_want_item_held(job, w, &request->item_id) : err;
}

static bool may_open(struct job *job, const struct workset *w, const struct meeting *meeting, const struct item *item)
{
    if (item->vote_count > 0)
        meeting_refuse(job, meeting, "municipal.vote.held",
                       "Asiasta on jo äänestetty: kirjaa päätös, tai käsittele asia toisessa kokouksessa",
                       "Man har redan röstat i ärendet: anteckna beslutet, eller behandla ärendet vid ett annat sammanträde",
                       "There has been a vote on this item already: enter the decision, or handle it in another meeting");
    else if (item->outcome != 0)
        meeting_refuse(job, meeting, "municipal.vote.decided", "Asiasta on jo päätetty", "Ärendet är redan avgjort",
                       "The item is decided already");
    else
        return item_quorum(job, meeting, item, municipality_found(w, job));
    return false;
}

void open_vote_decide(struct job *job, struct workset *w)
{
    const Municipal__OpenVoteRequest *request = (const Municipal__OpenVoteRequest *)job->message;
    struct item *item = item_of_secretary(job, w);
    const struct meeting *meeting = meeting_found(w, job);

    if (item == NULL || !version_is_seen(job, item->version) || !meeting_is_in(job, meeting, MEETING_OPEN) ||
        !may_open(job, w, meeting, item))
        return;
    item->counter = request->counter;
    item->voting = true;
    item->version++;
    item_put(w, item);
    job_answer(job, &item_message(w->arena, meeting, item, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)item->version);
}
