/* GetMeetingFeed: the newest 30 meetings of a board, or of all boards of a municipality, from the day they are summoned: when and where,
 * whether minutes are published, or that one was cancelled after all. In the reader's language. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_feed.h"

enum err get_meeting_feed_needs(struct job *job, struct workset *w)
{
    struct uuid municipality = {{0}}, board = {{0}};
    const enum err err = municipal_feed_want(job, w, &municipality, &board);

    if (err == ERR_OK)
        (void)extract_want_meetings(w, job, municipality, board);
    return err;
}

static struct text state_of(enum meeting_state state)
{
    switch (state) {
    case MEETING_PUBLISHED:
        return FINDING_TEXT("pöytäkirja on julkaistu", "protokollet är publicerat", "the minutes are published");
    case MEETING_CANCELLED:
        return FINDING_TEXT("kokous on peruttu", "sammanträdet är inställt", "the meeting is cancelled");
    case MEETING_PLANNED:
    case MEETING_SUMMONED:
    case MEETING_OPEN:
    case MEETING_CLOSED:
    case MEETING_CHECKED:
        break;
    }
    return FINDING_TEXT("esityslista", "föredragningslista", "agenda");
}

static const char *sections_of(const struct municipal_feed *feed, const struct feed_meeting *meeting)
{
    if (meeting->state != MEETING_PUBLISHED || meeting->first_section == 0)
        return "";
    if (meeting->first_section == meeting->last_section)
        return arena_printf(feed->w->arena, ", § %d", (int)meeting->first_section);
    return arena_printf(feed->w->arena, ", § %d–%d", (int)meeting->first_section, (int)meeting->last_section);
}

static struct feed_entry entry_of(const struct municipal_feed *feed, const struct feed_meeting *meeting)
{
    const enum letter_language language = feed->language;
    struct arena *arena = feed->w->arena;
    const char *when = municipal_feed_moment(feed, meeting->starts_us, language);
    const char *count = arena_printf(arena, "%d", (int)meeting->items);
    const struct text items = FINDING_TEXT("Asioita: {0}", "Ärenden: {0}", "Items: {0}");

    return (struct feed_entry){.id = municipal_feed_urn(feed, meeting->id),
                               .title = arena_printf(arena, "%s %s: %s", letter_capital(arena, letter_in(meeting->board, language)), when,
                                                     letter_in(state_of(meeting->state), language)),
                               .link = municipal_feed_url(feed, "/api/meetings/{0}", meeting->id),
                               .text = arena_printf(arena, "%s%s%s\n%s%s", when, *meeting->place != '\0' ? ", " : "",
                                                    municipal_feed_bare(feed, meeting->place, language),
                                                    letter_fill(arena, letter_in(items, language), (const char *const[]){count}, 1),
                                                    sections_of(feed, meeting)),
                               .updated_us = meeting->told_us};
}

void get_meeting_feed_decide(struct job *job, struct workset *w)
{
    const struct extract_ask *ask = extract_asked(w, job);
    struct feed_entry *entries = arena_array(w->arena, ask->count + 1, sizeof *entries);
    struct municipal_feed feed;

    if (!municipal_feed_begin(&feed, job, w))
        return;
    for (size_t i = 0; i < ask->count; i++)
        entries[i] = entry_of(&feed, &ask->meetings[i]);
    municipal_feed_end(&feed, "meetings", FINDING_TEXT("kokoukset", "sammanträden", "meetings"), entries, ask->count);
}
