/* See feed.h. */
#include "services/notification/handler/feed.h"

static enum err write(struct buf *out, Notification__FeedFormat format, const struct feed *feed)
{
    buf_clear(out);
    return format == NOTIFICATION__FEED_FORMAT__FEED_RSS ? feed_rss(out, feed) : feed_atom(out, feed);
}

static void answer(struct job *job, const char *name, bool rss, struct span bytes)
{
    Bus__File *file = arena_alloc(job->arena, sizeof *file);
    const struct span copy = arena_copy(job->arena, bytes);

    bus__file__init(file);
    file->name = arena_printf(job->arena, "%s.%s", name, rss ? "rss" : "atom");
    file->media_type = (char *)(uintptr_t)(rss ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8");
    file->content = (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
    file->inline_view = true;
    job_answer(job, &file->base, 0);
}

void feed_answer(struct job *job, struct workset *w, const char *name, Notification__FeedFormat format, struct feed *feed)
{
    struct buf bytes = {.data = NULL};
    enum err err = write(&bytes, format, feed);

    (void)w;
    while (err == ERR_OK && bytes.len > FEED_FILE_MAX && feed->count > 0) {
        feed->count /= 2;
        err = write(&bytes, format, feed);
    }
    if (err == ERR_OK)
        answer(job, name, format == NOTIFICATION__FEED_FORMAT__FEED_RSS, buf_span(&bytes));
    else
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
    buf_fini(&bytes);
}

const char *feed_urn(struct arena *arena, struct uuid id)
{
    char text[UUID_TEXT];

    uuid_format(id, text);
    return arena_printf(arena, "urn:uuid:%s", text);
}

const char *feed_url(struct workset *w, const char *path)
{
    return w->public_url != NULL && w->public_url[0] != '\0' ? arena_printf(w->arena, "%s%s", w->public_url, path) : NULL;
}

/* Where nobody said under which address the service is reached, the path alone. */
static char *whole(struct workset *w, const char *path)
{
    const char *url = feed_url(w, path);

    return (char *)(uintptr_t)(url != NULL ? url : path);
}

void feed_link_answer(struct job *job, struct workset *w, const uint8_t *secret)
{
    Notification__FeedLink *out = arena_alloc(job->arena, sizeof *out);
    char token[TOKEN_FEED_TEXT];

    notification__feed_link__init(out);
    if (secret != NULL) {
        token_feed(secret, token);
        out->path = arena_printf(job->arena, "/api/feeds/%s.atom", token);
        out->atom = whole(w, out->path);
        out->rss = whole(w, arena_printf(job->arena, "/api/feeds/%s.rss", token));
    }
    job_answer(job, &out->base, 0);
}
