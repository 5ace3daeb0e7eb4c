/* OpenMeeting: who is there, who checks the minutes, whether they are enough; and the items get their sections, in the order of the agenda,
 * one by one after the last of the board's year. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/meeting_message.h"

static const char *at(struct job *job, size_t i)
{
    return arena_printf(job->arena, "attendees[%zu].personId", i);
}

static bool same_person(const Municipal__Attendee *a, const Municipal__Attendee *b)
{
    return span_equal(span_of(a->person_id.data, a->person_id.len), span_of(b->person_id.data, b->person_id.len));
}

static enum err check_attendees(struct job *job, const Municipal__OpenMeetingRequest *request)
{
    bool checked = false;
    enum err err = check_range(job, "attendees", (int64_t)request->n_attendees, 1, BOARD_SEATS_MAX);

    for (size_t i = 0; err == ERR_OK && i < request->n_attendees; i++) {
        struct uuid person;

        err = check_id(job, at(job, i), &request->attendees[i]->person_id, &person);
        for (size_t k = 0; err == ERR_OK && k < i; k++)
            if (same_person(request->attendees[i], request->attendees[k]))
                err = job_fail(job, ERR_INVALID, "municipal.attendee.twice", at(job, i),
                               "Henkilö on luettelossa kahdesti: jätä toinen rivi pois",
                               "Personen finns två gånger i förteckningen: utelämna den ena raden",
                               "The person is on the list twice: leave one row out");
        checked = checked || request->attendees[i]->checks_minutes;
    }
    if (err == ERR_OK && !checked)
        err = job_fail(job, ERR_INVALID, "municipal.attendee.no-checker", "attendees",
                       "Pöytäkirjalle on valittava tarkastaja läsnä olevista jäsenistä",
                       "En protokolljusterare ska väljas bland de närvarande ledamöterna",
                       "Somebody who is there has to be elected to check the minutes");
    return err;
}

enum err open_meeting_needs(struct job *job, struct workset *w)
{
    const Municipal__OpenMeetingRequest *request = (const Municipal__OpenMeetingRequest *)job->message;
    struct uuid id;
    enum err err = municipal_who(job, OFFICE_SECRETARY);

    if (err == ERR_OK)
        err = check_id(job, "meetingId", &request->meeting_id, &id);
    if (err == ERR_OK)
        err = check_attendees(job, request);
    if (err == ERR_OK) {
        (void)meeting_want(w, job, MEETING_BY_ID, id, true);
        (void)municipality_want_section(w, job, id);
    }
    return err;
}

/* Fills the list from the seats of the board; false: somebody has none. */
static bool seat_all(struct job *job, const Municipal__OpenMeetingRequest *request, const struct board *board, struct meeting *meeting)
{
    struct attendee *rows = arena_array(job->arena, request->n_attendees, sizeof *rows);

    for (size_t i = 0; i < request->n_attendees; i++) {
        struct uuid person = {{0}};

        (void)uuid_read(&person, span_of(request->attendees[i]->person_id.data, request->attendees[i]->person_id.len));
        const struct seat *seat = board_seat(board, person);
        if (seat == NULL) {
            (void)job_fail(job, ERR_REFUSED, "municipal.attendee.seat", at(job, i),
                           "Henkilöllä ei ole paikkaa toimielimessä: tuo kunnan tiedot uudelleen, jos kokoonpano on muuttunut",
                           "Personen har ingen plats i organet: importera kommunens uppgifter på nytt om sammansättningen har ändrats",
                           "The person has no seat on the board: import the municipality again if the board has changed");
            return false;
        }
        rows[i] = (struct attendee){
            .person_id = person, .name = seat->name, .kind = seat->kind, .checks_minutes = request->attendees[i]->checks_minutes};
    }
    meeting->attendees = rows;
    meeting->attendee_count = request->n_attendees;
    return true;
}

/* More than half of the board, and no more than the board has places: a deputy sits in the place of a member. */
static bool may_meet(struct job *job, const struct meeting *meeting, const struct board *board)
{
    if (!meeting_has_quorum(meeting, board))
        meeting_refuse(
            job, meeting, "municipal.meeting.quorum",
            "Kokous ei ole päätösvaltainen: läsnä on oltava enemmän kuin puolet toimielimen jäsenistä. Kutsu varajäseniä, tai peruuta "
            "kokous",
            "Sammanträdet är inte beslutfört: fler än hälften av organets ledamöter ska vara närvarande. Kalla in ersättare, eller ställ "
            "in "
            "sammanträdet",
            "The meeting has no quorum: more than half of the board has to be there. Call deputies, or cancel the meeting");
    else if (meeting->attendee_count > board_size(board))
        meeting_refuse(job, meeting, "municipal.meeting.too-many",
                       "Läsnä on enemmän kuin toimielimessä on paikkoja: varajäsen on kokouksessa poissa olevan jäsenen sijasta",
                       "Fler är närvarande än organet har platser: en ersättare deltar i stället för en frånvarande ledamot",
                       "More are there than the board has places: a deputy sits in the place of a member who is not there");
    else
        return true;
    fact_number(job, "attendees", meeting->attendee_count);
    fact_number(job, "members", board_size(board));
    return false;
}

static bool is_time(struct job *job, const struct meeting *meeting, int64_t now_us)
{
    if (now_us >= meeting->starts_us - MEETING_EARLY_US)
        return true;
    meeting_refuse(
        job, meeting, "municipal.meeting.early",
        "Kokous on kutsuttu koolle myöhemmäksi: avaa se kokousaikana, tai peruuta se ja kutsu uusi koolle",
        "Sammanträdet är sammankallat till en senare tid: öppna det vid sammanträdestiden, eller ställ in det och sammankalla ett nytt",
        "The meeting is called for a later time: open it then, or cancel it and summon another");
    fact_time(job, "startsAt", meeting->starts_us);
    return false;
}

void open_meeting_decide(struct job *job, struct workset *w)
{
    const Municipal__OpenMeetingRequest *request = (const Municipal__OpenMeetingRequest *)job->message;
    const struct municipality_ask *asked = municipality_asked(w, job);
    struct meeting *meeting = meeting_of_secretary(job, w);
    const struct board *board = meeting != NULL ? municipality_board(municipality_found(w, job), meeting->board_id) : NULL;

    if (board == NULL || !version_is_seen(job, meeting->version) || !meeting_is_in(job, meeting, MEETING_SUMMONED) ||
        !is_time(job, meeting, w->now_us) || !seat_all(job, request, board, meeting) || !may_meet(job, meeting, board))
        return;
    meeting->state = MEETING_OPEN;
    meeting->version++;
    for (size_t i = 0; i < meeting->item_count; i++) {
        meeting->items[i].year = asked->section_year;
        meeting->items[i].section = asked->last_section + (int32_t)i + 1;
    }
    meeting_open(w, meeting, job->actor);
    job_answer(job, &meeting_message(w->arena, meeting, MEETING_FOR_OFFICIAL, w->now_us)->base, (uint64_t)meeting->version);
}
