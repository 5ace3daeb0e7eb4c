/* GetPersonFeed: one's inbox for a feed reader, in one's own language. Whoever has the address sees it: it is a secret its owner can
 * replace. An address that leads to nobody is not found, like any other page. */
#include "services/notification/handler/feed.h"
#include "services/notification/handler/handler.h"
#include "services/notification/store/inbox.h"

#define TEXT_MAX 4000 /* bytes of a message that are shown; all of it is in the inbox */

enum err get_person_feed_needs(struct job *job, struct workset *w)
{
    const Notification__GetPersonFeedRequest *request = (const Notification__GetPersonFeedRequest *)job->message;
    uint8_t secret[TOKEN_FEED_SIZE];

    if (!token_feed_read(span_text(request->token), secret))
        return job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    inbox_want_feed(w, job, secret);
    return ERR_OK;
}

static const char *title_of(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return "Hakuväylä: omat viestit";
    case LANGUAGE_SV:
        return "Hakuväylä: egna meddelanden";
    case LANGUAGE_EN:
        return "Hakuväylä: your messages";
    }
    return "";
}

/* Not cut in the middle of a character. */
static const char *shown(struct arena *arena, struct span text)
{
    if (text.len <= TEXT_MAX)
        return arena_text(arena, text);
    size_t len = TEXT_MAX;
    while (len > 0 && (text.data[len] & 0xC0) == 0x80)
        len--;
    return arena_printf(arena, "%.*s…", (int)len, (const char *)text.data);
}

void get_person_feed_decide(struct job *job, struct workset *w)
{
    const Notification__GetPersonFeedRequest *request = (const Notification__GetPersonFeedRequest *)job->message;
    const struct inbox_feed *inbox = inbox_feed(w, job);
    const bool rss = request->format == NOTIFICATION__FEED_FORMAT__FEED_RSS;

    if (!inbox->found) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    struct feed_entry *entries = arena_array(w->arena, inbox->count + 1, sizeof *entries);
    for (size_t i = 0; i < inbox->count; i++)
        entries[i] = (struct feed_entry){.id = feed_urn(w->arena, inbox->entries[i].id),
                                         .title = arena_text(w->arena, inbox->entries[i].subject),
                                         .text = shown(w->arena, inbox->entries[i].body),
                                         .updated_us = inbox->entries[i].at_us};
    struct feed feed = {.id = feed_urn(w->arena, inbox->person),
                        .title = title_of(inbox->language),
                        .link = feed_url(w, "/"),
                        .self = feed_url(w, arena_printf(w->arena, "/api/feeds/%s.%s", request->token, rss ? "rss" : "atom")),
                        .author = "Hakuväylä",
                        .language = language_code(inbox->language),
                        .updated_us = inbox->count > 0 ? inbox->entries[0].at_us : w->now_us,
                        .entries = entries,
                        .count = inbox->count};
    feed_answer(job, w, "inbox", request->format, &feed);
}
