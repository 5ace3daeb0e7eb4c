/* Feeds: Atom 1.0 (RFC 4287) and RSS 2.0, written with libxml2, which escapes what must be escaped. */
#ifndef HV_DOC_FEED_H
#define HV_DOC_FEED_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/err.h"

struct feed_entry {
    const char *id; /* a URI that never changes: "urn:uuid:..." or "tag:..." */
    const char *title;
    const char *link; /* absolute URL, or NULL */
    const char *text; /* plain text; or NULL */
    int64_t updated_us;
};
struct feed {
    const char *id, *title, *link, *self; /* link and self: absolute URLs or NULL */
    const char *author;                   /* Atom wants one */
    const char *language;
    int64_t updated_us;
    const struct feed_entry *entries; /* newest first */
    size_t count;
};
enum err feed_atom(struct buf *out, const struct feed *feed) MUST_CHECK; /* ERR_INTERNAL */
enum err feed_rss(struct buf *out, const struct feed *feed) MUST_CHECK;

#endif
