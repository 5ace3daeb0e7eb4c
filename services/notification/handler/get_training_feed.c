/* GetTrainingFeed: what one can enrol in now, or will be able to within half a year, for anybody's feed reader, in the reader's language.
 * An entry is a training; it is as new as what changed last: its particulars, or the beginning of its enrolment. */
#include <stdlib.h>

#include "common/base/time.h"
#include "services/notification/handler/feed.h"
#include "services/notification/handler/handler.h"
#include "services/notification/store/feed.h"

#define ENTRIES_MAX 100
#define MOMENT_TEXT 160

struct feed_words {
    const char *title, *open, *opens; /* formats: until when; from when, until when */
};
static const struct feed_words WORDS[LANGUAGE_COUNT] = {
    [LANGUAGE_FI] = {"Hakuväylä: ilmoittautuminen koulutuksiin", "Ilmoittautuminen on käynnissä; se päättyy %s.",
                     "Ilmoittautuminen alkaa %s ja päättyy %s."},
    [LANGUAGE_SV] = {"Hakuväylä: anmälan till utbildningar", "Anmälan pågår; den slutar %s.", "Anmälan börjar %s och slutar %s."},
    [LANGUAGE_EN] = {"Hakuväylä: enrolment in trainings", "Enrolment is open; it closes on %s.", "Enrolment opens on %s and closes on %s."},
};

enum err get_training_feed_needs(struct job *job, struct workset *w)
{
    feed_ask(w, job);
    return ERR_OK;
}

static const char *title_of(struct arena *arena, const struct texts *title, enum language language)
{
    if (language == LANGUAGE_SV && title->sv.len > 0)
        return arena_text(arena, title->sv);
    if (language == LANGUAGE_EN && title->en.len > 0)
        return arena_text(arena, title->en);
    return arena_text(arena, title->fi);
}

static const char *window_line(struct workset *w, const struct feed_window *window, enum language language)
{
    const struct manner *manner = &w->manners[language];
    char opens[MOMENT_TEXT], closes[MOMENT_TEXT];

    (void)manner->moment(manner->own, window->opens_us, STYLE_USUAL, opens, sizeof opens);
    (void)manner->moment(manner->own, window->closes_us, STYLE_USUAL, closes, sizeof closes);
    if (window->opens_us <= w->now_us)
        return arena_printf(w->arena, WORDS[language].open, closes);
    return arena_printf(w->arena, WORDS[language].opens, opens, closes);
}

/* One entry of the windows from `from` on that are of one training; returns how many those are. */
static size_t make_entry(struct workset *w, const struct feed_ask *ask, size_t from, enum language language, struct feed_entry *out)
{
    const struct feed_window *first = &ask->windows[from];
    const char *text = "";
    size_t n = 0;

    *out = (struct feed_entry){.id = feed_urn(w->arena, first->training),
                               .title = title_of(w->arena, &first->title, language),
                               .link = feed_url(w, "/"),
                               .updated_us = first->updated_us};
    for (; from + n < ask->count && uuid_compare(ask->windows[from + n].training, first->training) == 0; n++) {
        const struct feed_window *window = &ask->windows[from + n];
        text = arena_printf(w->arena, "%s%s%s", text, n > 0 ? "\n" : "", window_line(w, window, language));
        if (window->opens_us <= w->now_us && window->opens_us > out->updated_us)
            out->updated_us = window->opens_us;
    }
    out->text = text;
    return n;
}

static int newest_first(const void *a, const void *b)
{
    const struct feed_entry *x = a, *y = b;

    if (x->updated_us != y->updated_us)
        return x->updated_us < y->updated_us ? 1 : -1;
    return strcmp(x->id, y->id);
}

void get_training_feed_decide(struct job *job, struct workset *w)
{
    const Notification__GetTrainingFeedRequest *request = (const Notification__GetTrainingFeedRequest *)job->message;
    const enum language language = language_read(job->request->language, strlen(job->request->language));
    const bool rss = request->format == NOTIFICATION__FEED_FORMAT__FEED_RSS;
    const struct feed_ask *ask = feed_asked(w, job);
    struct feed_entry *entries = arena_array(w->arena, ask->count + 1, sizeof *entries);
    struct feed feed = {.id = "tag:hakuvayla.example.fi,2026:trainings",
                        .title = WORDS[language].title,
                        .link = feed_url(w, "/"),
                        .self = feed_url(w, rss ? "/api/feeds/trainings.rss" : "/api/feeds/trainings.atom"),
                        .author = "Hakuväylä",
                        .language = language_code(language),
                        .entries = entries};

    for (size_t at = 0; at < ask->count; feed.count++)
        at += make_entry(w, ask, at, language, &entries[feed.count]);
    qsort(entries, feed.count, sizeof *entries, newest_first);
    if (feed.count > ENTRIES_MAX)
        feed.count = ENTRIES_MAX;
    feed.updated_us = feed.count > 0 ? entries[0].updated_us : w->now_us / TIME_DAY * TIME_DAY; /* an empty one is not new at every look */
    feed_answer(job, w, "trainings", request->format, &feed);
}
