/* See municipal_feed.h. */
#include "services/funding/handler/municipal_feed.h"

#include <string.h>

#include "common/base/time.h"
#include "common/base/workday.h"
#include "services/funding/domain/names.h"
#include "services/funding/handler/convert.h"

#define FEED_TAG "tag:hakuvayla.example.fi,2026:municipalities" /* RFC 4151; never to be changed */
enum { FEED_FILE_MAX = 300 * 1024 };                            /* bytes: what fits into an answer */

enum err municipal_feed_want(struct job *job, struct workset *w, struct uuid *municipality_id, struct uuid *board_id)
{
    const Municipal__FeedRequest *request = (const Municipal__FeedRequest *)job->message;
    enum err err = check_range(job, "format", request->format, MUNICIPAL__FEED_REQUEST__FORMAT__ATOM, MUNICIPAL__FEED_REQUEST__FORMAT__RSS);

    if (err == ERR_OK)
        err = check_id(job, "municipalityId", &request->municipality_id, municipality_id);
    if (err == ERR_OK)
        err = check_id_or(job, "boardId", &request->board_id, (struct uuid){{0}}, board_id);
    if (err == ERR_OK)
        (void)municipality_want(w, job, MUNICIPALITY_BY_ID, *municipality_id);
    return err;
}

bool municipal_feed_begin(struct municipal_feed *feed, struct job *job, struct workset *w)
{
    const Municipal__FeedRequest *request = (const Municipal__FeedRequest *)job->message;
    const struct extract_ask *ask = extract_asked(w, job);

    *feed = (struct municipal_feed){.job = job,
                                    .w = w,
                                    .municipality = municipality_found(w, job),
                                    .language = letter_language(job->request->language),
                                    .rss = request->format == MUNICIPAL__FEED_REQUEST__FORMAT__RSS};
    if (feed->municipality != NULL && !uuid_is_nil(ask->board_id))
        feed->board = municipality_board(feed->municipality, ask->board_id);
    if (feed->municipality != NULL && (feed->board != NULL || uuid_is_nil(ask->board_id)))
        return true;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return false;
}

const char *municipal_feed_urn(const struct municipal_feed *feed, struct uuid id)
{
    char text[UUID_TEXT];

    uuid_format(id, text);
    return arena_printf(feed->w->arena, "urn:uuid:%s", text);
}

const char *municipal_feed_url(const struct municipal_feed *feed, const char *format, struct uuid id)
{
    char text[UUID_TEXT];

    if (*feed->w->public_url == '\0')
        return NULL;
    uuid_format(id, text);
    const char *path = letter_fill(feed->w->arena, format, (const char *const[]){text}, 1);
    return arena_printf(feed->w->arena, "%s%s", feed->w->public_url, path);
}

const char *municipal_feed_moment(const struct municipal_feed *feed, int64_t us, enum letter_language language)
{
    const int64_t local = us + helsinki_offset_us(us);
    const int minute = (int)(local / (60 * TIME_SECOND) % (24 * 60));

    static const char *const FORMATS[] = {[LETTER_FI] = "%s klo %d.%02d", [LETTER_SV] = "%s kl. %d.%02d", [LETTER_EN] = "%s %d:%02d"};

    return arena_printf(feed->w->arena, FORMATS[language], letter_day(feed->w->arena, helsinki_day(us), language), minute / 60,
                        minute % 60);
}

const char *municipal_feed_bare(const struct municipal_feed *feed, const char *text, enum letter_language language)
{
    const size_t room = strlen(text) + names_count(text) * NAMES_GROWTH + 1;
    char *out = arena_alloc(feed->w->arena, room);

    (void)names_removed(out, room, text, language == LETTER_SV ? "[namnet borttaget]" : "[nimi poistettu]");
    return out;
}

/* --- the answer -------------------------------------------------------------------------------------------------------- */
static const char *self_of(const struct municipal_feed *feed, const char *kind)
{
    const char *format = arena_printf(feed->w->arena, "/api/municipalities/{0}/%s.%s", kind, feed->rss ? "rss" : "atom");
    const char *url = municipal_feed_url(feed, format, feed->municipality->id);
    char board[UUID_TEXT];

    if (url == NULL || feed->board == NULL)
        return url;
    uuid_format(feed->board->id, board);
    return arena_printf(feed->w->arena, "%s?boardId=%s", url, board);
}

static const char *title_of(const struct municipal_feed *feed, struct text what)
{
    const char *town = letter_in(feed->municipality->name, feed->language), *words = letter_in(what, feed->language);

    if (feed->board == NULL)
        return arena_printf(feed->w->arena, "%s: %s", town, words);
    return arena_printf(feed->w->arena, "%s, %s: %s", town, letter_in(feed->board->title, feed->language), words);
}

static const char *id_of(const struct municipal_feed *feed, const char *kind)
{
    const char *code = feed->municipality->code;

    return feed->board == NULL ? arena_printf(feed->w->arena, "%s/%s/%s", FEED_TAG, code, kind)
                               : arena_printf(feed->w->arena, "%s/%s/%s/%s", FEED_TAG, code, feed->board->code, kind);
}

static int64_t newest(const struct municipal_feed *feed, const struct feed_entry *entries, size_t count)
{
    int64_t last = 0;

    for (size_t i = 0; i < count; i++)
        last = entries[i].updated_us > last ? entries[i].updated_us : last;
    return count > 0 ? last : feed->w->now_us / TIME_DAY * TIME_DAY; /* an empty one is not new at every look */
}

static enum err write_feed(struct buf *out, bool rss, const struct feed *feed)
{
    buf_clear(out);
    return rss ? feed_rss(out, feed) : feed_atom(out, feed);
}

static void answer(const struct municipal_feed *feed, const char *kind, struct span bytes)
{
    Bus__File *file = arena_alloc(feed->job->arena, sizeof *file);

    bus__file__init(file);
    file->name = arena_printf(feed->job->arena, "%s.%s", kind, feed->rss ? "rss" : "atom");
    file->media_type = convert_text(feed->rss ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8");
    file->content = convert_bytes(arena_copy(feed->job->arena, bytes));
    file->inline_view = true;
    job_answer(feed->job, &file->base, 0);
}

void municipal_feed_end(struct municipal_feed *feed, const char *kind, struct text what, const struct feed_entry *entries, size_t count)
{
    static const char *const LANGUAGES[] = {[LETTER_FI] = "fi", [LETTER_SV] = "sv", [LETTER_EN] = "en"};
    struct feed out = {.id = id_of(feed, kind),
                       .title = title_of(feed, what),
                       .link = municipal_feed_url(feed, "/api/municipalities/{0}", feed->municipality->id),
                       .self = self_of(feed, kind),
                       .author = letter_in(feed->municipality->name, feed->language),
                       .language = LANGUAGES[feed->language],
                       .updated_us = newest(feed, entries, count),
                       .entries = entries,
                       .count = count};
    struct buf bytes = {.data = NULL};
    enum err err = write_feed(&bytes, feed->rss, &out);

    while (err == ERR_OK && bytes.len > FEED_FILE_MAX && out.count > 0) { /* the oldest of long ones are left out */
        out.count /= 2;
        err = write_feed(&bytes, feed->rss, &out);
    }
    if (err == ERR_OK)
        answer(feed, kind, buf_span(&bytes));
    else
        (void)job_fail(feed->job, err, NULL, NULL, NULL, NULL, NULL);
    buf_fini(&bytes);
}
