/* CloseMeeting: every item is decided, by as many as it takes; the minutes can be checked. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"

enum err close_meeting_needs(struct job *job, struct workset *w)
{
    const Municipal__MoveMeetingRequest *request = (const Municipal__MoveMeetingRequest *)job->message;
    const enum err err = municipal_who(job, OFFICE_SECRETARY);

    return err == ERR_OK ? meeting_want_held(job, w, &request->meeting_id) : err;
}

static bool item_is_done(struct job *job, const struct workset *w, const struct meeting *meeting, const struct item *item)
{
    if (item->outcome == 0 || item->voting) {
        meeting_refuse(job, meeting, "municipal.meeting.undecided",
                       "Kaikista asioista ei ole päätetty: kirjaa päätös, tai palauta asia tai jätä se pöydälle",
                       "Alla ärenden är inte avgjorda: anteckna beslutet, eller återremittera eller bordlägg ärendet",
                       "Not everything is decided: enter the decision, or return or table the item");
        fact_number(job, "section", (uint64_t)item->section);
        return false;
    }
    return item->outcome == OUTCOME_TABLED || item_quorum(job, meeting, item, municipality_found(w, job));
}

void close_meeting_decide(struct job *job, struct workset *w)
{
    struct meeting *meeting = meeting_of_secretary(job, w);

    if (meeting == NULL || !version_is_seen(job, meeting->version) || !meeting_is_in(job, meeting, MEETING_OPEN))
        return;
    for (size_t i = 0; i < meeting->item_count; i++)
        if (!item_is_done(job, w, meeting, &meeting->items[i]))
            return;
    meeting->state = MEETING_CLOSED;
    meeting->version++;
    meeting_move(w, meeting, "closed", job->actor);
    job_answer(job, &meeting_message(w->arena, meeting, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)meeting->version);
}
