/* See meeting_case.h. */
#include "services/funding/handler/meeting_case.h"

#include "services/funding/handler/who.h"

enum err meeting_want_held(struct job *job, struct workset *w, const ProtobufCBinaryData *meeting_id)
{
    struct uuid id;
    const enum err err = check_id(job, "meetingId", meeting_id, &id);

    if (err == ERR_OK) {
        (void)meeting_want(w, job, MEETING_BY_ID, id, true);
        (void)municipality_want(w, job, MUNICIPALITY_BY_MEETING, id);
    }
    return err;
}

enum err meeting_want_item_held(struct job *job, struct workset *w, const ProtobufCBinaryData *item_id)
{
    struct uuid id;
    const enum err err = check_id(job, "itemId", item_id, &id);

    if (err == ERR_OK) {
        (void)meeting_want(w, job, MEETING_BY_ITEM, id, true);
        (void)municipality_want(w, job, MUNICIPALITY_BY_ITEM, id);
    }
    return err;
}

bool version_is_seen(struct job *job, int64_t version)
{
    return job->request->if_match == 0 || check_version(job, (uint64_t)version) == ERR_OK;
}

struct meeting *meeting_of_secretary(struct job *job, struct workset *w)
{
    struct meeting *meeting = meeting_found(w, job);

    if (meeting == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return NULL;
    }
    return municipal_may(job, municipality_found(w, job), OFFICE_SECRETARY) ? meeting : NULL;
}

struct item *item_of_secretary(struct job *job, struct workset *w)
{
    return meeting_of_secretary(job, w) != NULL ? meeting_item_found(w, job) : NULL;
}

const struct attendee *meeting_present(struct job *job, const struct meeting *meeting)
{
    const struct attendee *who = who_is(job, BUS__ROLE__ROLE_BOARD_MEMBER) ? meeting_attendee(meeting, job->actor) : NULL;

    if (who == NULL)
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return who;
}

enum meeting_reader meeting_reader_of(const struct job *job, const struct meeting *meeting, const struct municipality *municipality)
{
    const struct board *board = municipality_board(municipality, meeting->board_id);

    if (municipal_sees(job, municipality))
        return MEETING_FOR_OFFICIAL;
    return board != NULL && municipal_seat(job, board) != NULL ? MEETING_FOR_MEMBER : MEETING_FOR_PUBLIC;
}

bool meeting_visible(const struct meeting *meeting, enum meeting_reader reader)
{
    return reader == MEETING_FOR_OFFICIAL || meeting_is_public(meeting);
}

void meeting_refuse(struct job *job, const struct meeting *meeting, const char *rule, const char *fi, const char *sv, const char *en)
{
    (void)job_fail(job, ERR_REFUSED, rule, NULL, fi, sv, en);
    job_fact(job, "state", machine_state(MACHINE_MEETING, (int)meeting->state));
}

struct words {
    const char *fi, *sv, *en;
};

/* What to do instead, by the state that was needed. */
static struct words needed(enum meeting_state state)
{
    switch (state) {
    case MEETING_PLANNED:
        return (struct words){"Kokous on jo kutsuttu koolle: peruuta kokous ja valmistele uusi, jos esityslista muuttuu",
                              "Sammanträdet är redan sammankallat: ställ in sammanträdet och bered ett nytt om föredragningslistan ändras",
                              "The meeting is summoned already: cancel it and prepare another if the agenda changes"};
    case MEETING_SUMMONED:
        return (struct words){"Vain koolle kutsutun kokouksen voi avata: kutsu kokous ensin koolle",
                              "Bara ett sammankallat sammanträde kan öppnas: sammankalla sammanträdet först",
                              "Only a summoned meeting can be opened: summon it first"};
    case MEETING_OPEN:
        return (struct words){"Kokous ei ole käynnissä: tämä tehdään avatussa kokouksessa ennen sen päättämistä",
                              "Sammanträdet pågår inte: detta görs vid ett öppnat sammanträde innan det avslutas",
                              "The meeting is not open: this is done in an opened meeting, before it is closed"};
    case MEETING_CLOSED:
        return (struct words){"Pöytäkirja tarkastetaan kokouksen päätyttyä ja ennen julkaisemista",
                              "Protokollet justeras efter sammanträdet och innan det publiceras",
                              "Minutes are checked after the meeting is closed and before they are published"};
    case MEETING_CHECKED:
        return (struct words){"Pöytäkirja julkaistaan, kun kaikki sen tarkastajat ovat tarkastaneet sen",
                              "Protokollet publiceras när alla som justerar det har gjort det",
                              "Minutes are published once all who check them have done so"};
    case MEETING_PUBLISHED:
    case MEETING_CANCELLED:
        break;
    }
    return (struct words){"Kokous ei ole tässä tilassa", "Sammanträdet har inte denna status", "The meeting is not in this state"};
}

bool meeting_is_in(struct job *job, const struct meeting *meeting, enum meeting_state state)
{
    const struct words words = needed(state);

    if (meeting->state == state)
        return true;
    meeting_refuse(job, meeting, "municipal.meeting.state", words.fi, words.sv, words.en);
    return false;
}

enum err meeting_check_starts(struct job *job, int64_t starts_us)
{
    const enum err err = check_time(job, "startsAt", starts_us);

    if (err != ERR_OK || (starts_us >= MEETING_FIRST_US && starts_us < MEETING_LAST_US))
        return err;
    return job_fail(job, ERR_INVALID, "municipal.meeting.year", "startsAt", "Kokous on vuosilta 1990–2199: tarkista sen päivä",
                    "Ett sammanträde hålls under åren 1990–2199: kontrollera datumet",
                    "A meeting is in the years 1990 to 2199: check its day");
}

bool item_quorum(struct job *job, const struct meeting *meeting, const struct item *item, const struct municipality *municipality)
{
    const struct board *board = municipality_board(municipality, meeting->board_id);

    if (board != NULL && item_has_quorum(meeting, item, board))
        return true;
    meeting_refuse(
        job, meeting, "municipal.item.quorum",
        "Läsnä ja esteettömiä on enintään puolet toimielimen jäsenistä, eikä asiaa voi päättää: jätä asia pöydälle toiseen kokoukseen",
        "Högst hälften av organets ledamöter är närvarande och ojäviga, så ärendet kan inte avgöras: bordlägg det till ett annat "
        "sammanträde",
        "No more than half of the board is there and not disqualified, so the item cannot be decided: table it for another meeting");
    fact_number(job, "voters", meeting_voters(meeting, item));
    fact_number(job, "members", board != NULL ? board_size(board) : 0);
    return false;
}
