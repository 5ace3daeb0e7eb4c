/* CheckMinutes: a member who was elected to check the minutes finds them right. With the last of them the minutes are checked. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"
#include "services/funding/handler/who.h"

enum err check_minutes_needs(struct job *job, struct workset *w)
{
    const Municipal__MoveMeetingRequest *request = (const Municipal__MoveMeetingRequest *)job->message;
    const enum err err = who_has(job, BUS__ROLE__ROLE_BOARD_MEMBER);

    return err == ERR_OK ? meeting_want_held(job, w, &request->meeting_id) : err;
}

/* Elected, and has not checked yet. */
static bool may_check(struct job *job, const struct meeting *meeting, const struct attendee *who)
{
    if (!who->checks_minutes)
        meeting_refuse(job, meeting, "municipal.minutes.not-elected", "Pöytäkirjan tarkastavat siihen valitut jäsenet",
                       "Protokollet justeras av de ledamöter som har valts till det",
                       "Minutes are checked by the members who were elected to do so");
    else if (who->checked_us != 0)
        meeting_refuse(job, meeting, "municipal.minutes.checked", "Olet jo tarkastanut pöytäkirjan", "Du har redan justerat protokollet",
                       "You have checked the minutes already");
    else
        return true;
    return false;
}

static bool all_checked(const struct meeting *meeting)
{
    for (size_t i = 0; i < meeting->attendee_count; i++)
        if (meeting->attendees[i].checks_minutes && meeting->attendees[i].checked_us == 0)
            return false;
    return true;
}

void check_minutes_decide(struct job *job, struct workset *w)
{
    struct meeting *meeting = meeting_found(w, job);

    if (meeting == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct attendee *who = meeting_present(job, meeting);
    if (who == NULL || !version_is_seen(job, meeting->version) || !meeting_is_in(job, meeting, MEETING_CLOSED) ||
        !may_check(job, meeting, who))
        return;
    meeting->attendees[who - meeting->attendees].checked_us = w->now_us;
    meeting->version++;
    meeting_put_checks(w, meeting);
    if (all_checked(meeting)) {
        meeting->state = MEETING_CHECKED;
        meeting_move(w, meeting, "minutes checked", job->actor);
    }
    job_answer(job, &meeting_message(w->arena, meeting, meeting_reader_of(job, meeting, municipality_found(w, job)), w->now_us)->base,
               (uint64_t)meeting->version);
}
