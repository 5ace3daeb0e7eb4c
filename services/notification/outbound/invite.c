/* Calendar entries of a message: see invite.h. */
#include "services/notification/outbound/invite.h"

#include "common/doc/calendar.h"
#include "services/notification/outbound/compose.h"

#define WAIT_US (60 * TIME_SECOND) /* for the programme of a moved webinar */

struct words {
    const char *in[LANGUAGE_COUNT];
};
/* The sentences of enrolment's calendar files; MOVED goes with mails only. */
static const struct words ONLINE = {{"Verkossa", "På nätet", "Online"}};
static const struct words TENTATIVE = {
    {"Ennakkotieto: aika voi vielä muuttua.", "Preliminär uppgift: tiden kan ännu ändras.", "Advance notice: the time may still change."}};
static const struct words WAITING = {{"Sinulla ei ole vielä paikkaa.", "Du har ingen plats ännu.", "You have no place yet."}};
static const struct words ENDED = {{"Ilmoittautumisesi on päättynyt.", "Din anmälan har upphört.", "Your enrolment has ended."}};
static const struct words MOVED = {{"Merkintä poistuu, koska sinut siirrettiin toiseen toteutukseen.",
                                    "Posten tas bort eftersom du har flyttats till ett annat genomförande.",
                                    "This entry is removed because you were moved to another implementation."}};
static const struct words CALLED_OFF = {{"Webinaari on peruttu.", "Webbinariet är inställt.", "The webinar has been called off."}};
static const struct words FILE_NAME = {{"webinaari", "webbinarium", "webinar"}};
static const struct words MEETING = {{"Kokous", "Sammanträde", "Meeting"}};
static const struct words MEETING_OFF = {{"Kokous on peruttu.", "Sammanträdet är inställt.", "The meeting has been cancelled."}};
static const struct words MEETING_FILE = {{"kokous", "sammantrade", "meeting"}};

struct desk { /* what is the same in all entries of a message */
    const struct inviter *inviter;
    const struct due *due;
    struct arena *arena;
    enum language language;
    const char *location;
    struct mail_calendar *out; /* NULL: they are counted only */
    size_t count;
    struct invite_count sorts;
};
struct holder { /* the registration whose entries they are */
    struct uuid id;
    int64_t version;
    const struct words *ended; /* NULL: it holds a seat. Why its entries go */
};

static const char *uid_of(const struct desk *desk, struct uuid webinar, struct uuid registration)
{
    char one[UUID_TEXT], other[UUID_TEXT];

    uuid_format(webinar, one);
    uuid_format(registration, other);
    return arena_printf(desk->arena, "%s.%s@%s", one, other, INVITE_DOMAIN);
}

static const char *note_of(const struct desk *desk, const struct webinar *webinar, const struct holder *holder)
{
    if (holder->ended != NULL)
        return holder->ended->in[desk->language];
    if (webinar->cancelled)
        return CALLED_OFF.in[desk->language];
    return webinar->advance_notice ? TENTATIVE.in[desk->language] : "";
}

static const char *summary_of(const struct desk *desk, const struct texts *unit)
{
    const char *training = arena_text(desk->arena, compose_words(&desk->due->training, desk->language));
    const struct span title = compose_words(unit, desk->language);

    return title.len == 0 ? training : arena_printf(desk->arena, "%s: %s", training, arena_text(desk->arena, title));
}

/* Whose calendar it is for, and when; then the file. */
static bool write_file(struct desk *desk, struct calendar_entry *entry, const struct words *name)
{
    struct buf file = {0};

    entry->stamp_us = desk->due->promised_us;
    entry->organizer = desk->inviter->address;
    entry->organizer_name = desk->inviter->name;
    entry->attendee = arena_text(desk->arena, desk->due->person.email);
    entry->attendee_name = arena_text(desk->arena, desk->due->person.name);
    const bool whole = calendar_write(&file, entry->cancelled ? CALENDAR_CANCEL : CALENDAR_REQUEST, NULL, entry, 1) == ERR_OK;
    if (whole)
        desk->out[desk->count] =
            (struct mail_calendar){.content = arena_copy(desk->arena, buf_span(&file)),
                                   .method = entry->cancelled ? "CANCEL" : "REQUEST",
                                   .name = arena_printf(desk->arena, "%s-%zu.ics", name->in[desk->language], desk->count + 1)};
    buf_fini(&file);
    return whole;
}

/* The versions of both count upwards, so their sum does. */
static bool write_entry(struct desk *desk, const struct webinar *webinar, const struct texts *unit, const struct holder *holder,
                        bool strikes)
{
    struct calendar_entry entry = {.uid = uid_of(desk, webinar->id, holder->id),
                                   .sequence = (uint32_t)webinar->sequence + (uint32_t)holder->version - 1,
                                   .starts_us = webinar->starts_us,
                                   .ends_us = webinar->ends_us,
                                   .summary = summary_of(desk, unit),
                                   .description = note_of(desk, webinar, holder),
                                   .location = desk->location,
                                   .tentative = webinar->advance_notice,
                                   .cancelled = strikes};

    return write_file(desk, &entry, &FILE_NAME);
}

static void count_entry(struct desk *desk, bool strikes)
{
    desk->count++;
    if (strikes)
        desk->sorts.removed++;
    else
        desk->sorts.added++;
}

static void add_entry(struct desk *desk, const struct webinar *webinar, const struct texts *unit, const struct holder *holder)
{
    const bool strikes = webinar->cancelled || holder->ended != NULL;

    if (desk->count == INVITES_MAX || uuid_is_nil(webinar->id) || holder->version <= 0)
        return;
    if (desk->out != NULL && !write_entry(desk, webinar, unit, holder, strikes))
        return;
    count_entry(desk, strikes);
}

/* All that lie ahead. Those that were called off have been struck when they were. */
static void add_all(struct desk *desk, const struct holder *holder, int64_t now_us)
{
    const struct due *due = desk->due;

    for (size_t i = 0, shown = 0; i < due->session_count && shown < LETTER_WEBINARS_MAX; i++) {
        const struct webinar *webinar = &due->sessions[i].webinar;
        if (webinar->cancelled || (webinar->ends_us > 0 ? webinar->ends_us : webinar->starts_us) < now_us)
            continue;
        add_entry(desk, webinar, &due->sessions[i].unit, holder);
        shown++;
    }
}

static const struct due_session *session_of(const struct due *due, struct uuid webinar)
{
    for (size_t i = 0; i < due->session_count; i++)
        if (uuid_compare(due->sessions[i].webinar.id, webinar) == 0)
            return &due->sessions[i];
    return NULL;
}

static bool known(const struct due *due, enum fact_name fact)
{
    return due->said.facts.of[fact].known;
}

/* The moved one as it stands now, which may be later than what the letter tells. One whose unit was taken out of the programme has no row
 * any more, and was called off by that. */
static void add_one(struct desk *desk, const struct holder *holder)
{
    const struct due *due = desk->due;
    const struct due_session *session = session_of(due, due->said.webinar_id);

    if (session != NULL)
        add_entry(desk, &session->webinar, &session->unit, holder);
    else if (known(due, FACT_CALLED_OFF) && known(due, FACT_WAS))
        add_entry(desk,
                  &(const struct webinar){.id = due->said.webinar_id,
                                          .sequence = due->said.webinar_sequence,
                                          .starts_us = due->said.facts.of[FACT_WAS].number,
                                          .cancelled = true},
                  &due->unit, holder);
}

bool invite_waits(const struct due *due, int64_t now_us)
{
    const struct due_session *session;

    if (kind_of(due->said.kind)->calendar != CALENDAR_ONE || uuid_is_nil(due->said.webinar_id) || now_us - due->queued_us > WAIT_US)
        return false;
    session = session_of(due, due->said.webinar_id);
    return session != NULL ? session->webinar.sequence < due->said.webinar_sequence : !known(due, FACT_CALLED_OFF);
}

/* The towns of the reader's implementation, and whether one may take part from afar. */
static const char *location_of(const struct desk *desk)
{
    const char *places = arena_text(desk->arena, desk->due->places);
    const char *online = desk->due->online ? ONLINE.in[desk->language] : "";

    return arena_printf(desk->arena, "%s%s%s", places, *places != '\0' && *online != '\0' ? ", " : "", online);
}

/* A transfer's own entries are those of a seat where one was given there. */
static bool seated_there(const struct due *due)
{
    return due->said.kind != KIND_TRANSFER || known(due, FACT_SEATED);
}

/* The meeting that a member of a board is called to, or that was cancelled: all of it is what the letter knows. Nobody says beforehand when
 * it ends. The id of the reader makes the entry theirs. */
static void add_meeting(struct desk *desk, bool strikes)
{
    const struct due *due = desk->due;
    const struct fact *facts = due->said.facts.of, *theirs = &facts[FACT_BOARD_FI + (unsigned)desk->language];
    const struct fact *board = theirs->known ? theirs : &facts[FACT_BOARD_FI];
    const char *title = MEETING.in[desk->language];

    if (uuid_is_nil(due->said.webinar_id) || !facts[FACT_MEETING].known)
        return;
    struct calendar_entry entry = {
        .uid = uid_of(desk, due->said.webinar_id, due->said.recipient_id),
        .sequence = strikes ? 1 : 0,
        .starts_us = facts[FACT_MEETING].number,
        .summary = board->known ? arena_printf(desk->arena, "%s: %s", title, arena_text(desk->arena, board->text)) : title,
        .description = strikes ? MEETING_OFF.in[desk->language] : "",
        .location = facts[FACT_PLACE].known ? arena_text(desk->arena, facts[FACT_PLACE].text) : "",
        .cancelled = strikes};
    if (desk->out == NULL || write_file(desk, &entry, &MEETING_FILE))
        count_entry(desk, strikes);
}

/* All of a message, one after the other. */
static void go_through(struct desk *desk, int64_t now_us)
{
    const struct due *due = desk->due;
    const struct holder holder = {.id = due->said.registration_id, .version = due->said.registration_version};
    struct holder leaver = holder;

    const enum kind_calendar calendar = kind_of(due->said.kind)->calendar;

    if (due->person.email.len == 0 || (uuid_is_nil(holder.id) && calendar != CALENDAR_MEETING && calendar != CALENDAR_MEETING_OFF))
        return;
    switch (calendar) {
    case CALENDAR_NONE:
        break;
    case CALENDAR_MEETING:
    case CALENDAR_MEETING_OFF:
        add_meeting(desk, calendar == CALENDAR_MEETING_OFF);
        break;
    case CALENDAR_INVITES:
        if (seated_there(due))
            add_all(desk, &holder, now_us);
        leaver = (struct holder){.id = due->said.origin_id, .version = due->said.origin_version, .ended = &MOVED};
        if (!uuid_is_nil(leaver.id))
            add_all(desk, &leaver, now_us);
        break;
    case CALENDAR_STRIKES:
        leaver.ended = due->said.kind == KIND_DISPLACED ? &WAITING : &ENDED;
        add_all(desk, &leaver, now_us);
        break;
    case CALENDAR_ONE:
        add_one(desk, &holder);
        break;
    }
}

size_t invite_write(const struct inviter *inviter, const struct due *due, struct arena *arena, int64_t now_us, struct mail_calendar *out)
{
    struct desk desk = {.inviter = inviter, .due = due, .arena = arena, .language = due->person.language, .out = out};

    desk.location = location_of(&desk);
    go_through(&desk, now_us);
    return desk.count;
}

struct invite_count invite_count(const struct due *due, struct arena *arena, int64_t now_us)
{
    struct desk desk = {.due = due, .arena = arena, .language = due->person.language};

    go_through(&desk, now_us);
    return desk.sorts;
}
