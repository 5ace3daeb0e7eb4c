/* GetItemFeed: the newest 30 items of a board, or of all boards of a municipality: the proposal while it is on an agenda, what was decided
 * once the minutes are published. Each is told in the language of its case. */
#include "common/base/workday.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_feed.h"

enum err get_item_feed_needs(struct job *job, struct workset *w)
{
    struct uuid municipality = {{0}}, board = {{0}};
    const enum err err = municipal_feed_want(job, w, &municipality, &board);

    if (err == ERR_OK)
        (void)extract_want_items(w, job, municipality, board);
    return err;
}

static struct text outcome_of(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_APPROVED:
        return FINDING_TEXT("Päätös ehdotuksen mukaan", "Beslut enligt förslaget", "");
    case OUTCOME_CHANGED:
        return FINDING_TEXT("Päätös ehdotuksesta poiketen", "Beslutet avviker från förslaget", "");
    case OUTCOME_REJECTED:
        return FINDING_TEXT("Hylätty", "Ansökan avslogs", "");
    case OUTCOME_RETURNED:
        return FINDING_TEXT("Palautettu valmisteltavaksi", "Ärendet återremitterades för beredning", "");
    case OUTCOME_TABLED:
        return FINDING_TEXT("Jätetty pöydälle", "Ärendet bordlades", "");
    }
    return FINDING_TEXT("Esityslistalla, ehdotus", "På föredragningslistan, förslag", "");
}

/* What became of it, or what was proposed. */
static const char *told(const struct municipal_feed *feed, const struct feed_item *item, enum letter_language language)
{
    if (item->withdrawn)
        return letter_in(FINDING_TEXT("Hakija on peruuttanut hakemuksen", "Sökanden har återtagit ansökan", ""), language);
    return arena_printf(feed->w->arena, "%s: %s", letter_in(outcome_of(item->outcome), language),
                        municipal_feed_bare(feed, item->outcome != 0 ? item->words : item->proposal, language));
}

static struct feed_entry entry_of(const struct municipal_feed *feed, const struct feed_item *item)
{
    const enum letter_language language = letter_language(item->language);
    struct arena *arena = feed->w->arena;
    const char *board = letter_capital(arena, letter_in(item->board, language));
    const char *when = letter_day(arena, helsinki_day(item->starts_us), language);
    const char *where =
        item->section > 0 ? arena_printf(arena, "%s %s § %d", board, when, (int)item->section) : arena_printf(arena, "%s %s", board, when);
    const bool published = item->outcome != 0;

    return (struct feed_entry){.id = municipal_feed_urn(feed, item->id),
                               .title = arena_printf(arena, "%s: %s", where, municipal_feed_bare(feed, item->title, language)),
                               .link =
                                   municipal_feed_url(feed, published ? "/api/items/{0}/extract?form=HTML" : "/api/items/{0}", item->id),
                               .text = arena_printf(arena, "%s\n\n%s", item->register_number, told(feed, item, language)),
                               .updated_us = item->told_us};
}

void get_item_feed_decide(struct job *job, struct workset *w)
{
    const struct extract_ask *ask = extract_asked(w, job);
    struct feed_entry *entries = arena_array(w->arena, ask->count + 1, sizeof *entries);
    struct municipal_feed feed;

    if (!municipal_feed_begin(&feed, job, w))
        return;
    for (size_t i = 0; i < ask->count; i++)
        entries[i] = entry_of(&feed, &ask->items[i]);
    municipal_feed_end(&feed, "items", FINDING_TEXT("kokousasiat", "ärenden", "items of meetings"), entries, ask->count);
}
