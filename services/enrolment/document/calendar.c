/* Calendar files of webinars. See calendar.h. */
#include "services/enrolment/document/calendar.h"

#include <string.h>

#include "common/doc/calendar.h"
#include "services/enrolment/document/words.h"

static const struct text ONLINE = {"Verkossa", "På nätet", "Online"};
static const struct text TENTATIVE = {"Ennakkotieto: aika voi vielä muuttua.", "Preliminär uppgift: tiden kan ännu ändras.",
                                      "Advance notice: the time may still change."};
static const struct text WAITING = {"Sinulla ei ole vielä paikkaa.", "Du har ingen plats ännu.", "You have no place yet."};
static const struct text ENDED = {"Ilmoittautumisesi on päättynyt.", "Din anmälan har upphört.", "Your enrolment has ended."};
static const struct text CALLED_OFF = {"Webinaari on peruttu.", "Webbinariet är inställt.", "The webinar has been called off."};

/* Whose calendar it is and what is the same in each of its entries. */
struct reader {
    struct arena *arena;
    const struct programme *programme;
    const struct registration *r;             /* NULL: everybody */
    const char *language, *location, *holder; /* holder: the registration's id as text */
    int64_t stamp_us;
};

static const char *entry_uid(const struct reader *reader, const struct webinar *webinar)
{
    char id[UUID_TEXT];

    uuid_format(webinar->id, id);
    if (reader->r == NULL)
        return arena_printf(reader->arena, "%s@%s", id, CALENDAR_DOMAIN);
    return arena_printf(reader->arena, "%s.%s@%s", id, reader->holder, CALENDAR_DOMAIN);
}

static bool reader_ended(const struct reader *reader)
{
    return reader->r != NULL && !registration_active(reader->r);
}

static bool reader_waits(const struct reader *reader)
{
    return reader->r != NULL && registration_active(reader->r) && reader->r->state != REGISTRATION_SEATED;
}

/* What stands below the title: one sentence, the one that weighs most. */
static const char *entry_note(const struct reader *reader, const struct webinar *webinar)
{
    if (reader_ended(reader))
        return words_in(ENDED, reader->language);
    if (webinar->cancelled)
        return words_in(CALLED_OFF, reader->language);
    if (reader_waits(reader))
        return words_in(WAITING, reader->language);
    return webinar->advance_notice ? words_in(TENTATIVE, reader->language) : "";
}

/* Both count upwards, so their sum does. */
static uint32_t entry_sequence(const struct reader *reader, const struct webinar *webinar)
{
    return webinar->sequence + (reader->r != NULL ? (uint32_t)reader->r->version - 1 : 0);
}

static struct calendar_entry entry_of(const struct reader *reader, const struct unit *unit, const struct webinar *webinar)
{
    const char *programme = words_in(reader->programme->title, reader->language);
    const char *title = words_in(unit->title, reader->language);
    const char *note = entry_note(reader, webinar);

    return (struct calendar_entry){.uid = entry_uid(reader, webinar),
                                   .sequence = entry_sequence(reader, webinar),
                                   .starts_us = webinar->starts_us,
                                   .ends_us = webinar->ends_us,
                                   .stamp_us = reader->stamp_us,
                                   .summary = arena_printf(reader->arena, "%s: %s", programme, title),
                                   .description = note,
                                   .location = reader->location,
                                   .tentative = webinar->advance_notice || reader_waits(reader),
                                   .cancelled = webinar->cancelled || reader_ended(reader)};
}

/* The towns of the reader's implementation, and whether one may take part from afar. */
static const char *location_of(struct arena *arena, const struct programme *programme, const struct registration *r, const char *language)
{
    const struct implementation *i = r != NULL ? programme_implementation(programme, r->implementation) : NULL;
    const char *online = i != NULL && i->mode != MODE_ON_SITE && i->mode != MODE_UNKNOWN ? words_in(ONLINE, language) : "";
    char *line, *at;

    if (i == NULL)
        return "";
    at = line = arena_alloc(arena, 2 * strlen(i->places) + 1);
    for (const char *from = i->places; *from != '\0'; from++) {
        *at++ = *from == '\n' ? ',' : *from;
        if (*from == '\n')
            *at++ = ' ';
    }
    return arena_printf(arena, "%s%s%s", line, *line != '\0' && *online != '\0' ? ", " : "", online);
}

/* When this version was made is not kept; what was known first serves as well, and stays. */
static int64_t stamp_of(const struct programme *programme, const struct registration *r, const struct webinar *first)
{
    if (r != NULL)
        return r->created_us;
    return programme->window_count > 0 ? programme->windows[0].opens_us : first->starts_us;
}

static size_t webinar_total(const struct programme *programme)
{
    size_t count = 0;

    for (size_t u = 0; u < programme->unit_count; u++)
        count += programme->units[u].webinar_count;
    return count;
}

enum err calendar_file(struct buf *out, struct arena *arena, const struct programme *programme, const struct registration *r,
                       const char *language)
{
    struct calendar_entry *entries = arena_array(arena, webinar_total(programme) + 1, sizeof *entries);
    struct reader reader = {.arena = arena, .programme = programme, .r = r, .language = language};
    char *holder = arena_alloc(arena, UUID_TEXT);
    size_t count = 0;

    if (r != NULL)
        uuid_format(r->id, holder);
    reader.holder = holder;
    reader.location = location_of(arena, programme, r, language);
    for (size_t u = 0; u < programme->unit_count; u++) {
        const struct unit *unit = &programme->units[u];
        for (size_t n = 0; n < unit->webinar_count; n++) {
            reader.stamp_us = stamp_of(programme, r, &unit->webinars[n]);
            entries[count++] = entry_of(&reader, unit, &unit->webinars[n]);
        }
    }
    return calendar_write(out, CALENDAR_PUBLISH, words_in(programme->title, language), entries, count);
}
