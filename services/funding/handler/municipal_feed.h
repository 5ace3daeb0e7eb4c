/* Feeds of a municipality's meetings and their items: what both use cases share. An entry is an item or a meeting, and is as new as what
 * was told of it last: an agenda, its minutes. Titles and texts of people are without their names: a feed is copied by whoever reads it,
 * and what is copied cannot be taken back when the time of names is over. */
#ifndef HV_FUNDING_HANDLER_MUNICIPAL_FEED_H
#define HV_FUNDING_HANDLER_MUNICIPAL_FEED_H
#include "common/doc/feed.h"
#include "municipal.pb-c.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/store/extract.h"
#include "services/funding/store/municipality.h"

struct municipal_feed {
    struct job *job;
    struct workset *w;
    const struct municipality *municipality;
    const struct board *board;     /* NULL: all of them */
    enum letter_language language; /* of the reader */
    bool rss;
};

/* In needs: checks the request, asks for the municipality. */
enum err municipal_feed_want(struct job *job, struct workset *w, struct uuid *municipality_id, struct uuid *board_id) MUST_CHECK;
/* In decide. False: the job was refused, there is no such municipality or board. */
bool municipal_feed_begin(struct municipal_feed *feed, struct job *job, struct workset *w);
/* Answers. kind: "items" or "meetings"; entries: newest first; what: of the feed, in the reader's language. */
void municipal_feed_end(struct municipal_feed *feed, const char *kind, struct text what, const struct feed_entry *entries, size_t count);

const char *municipal_feed_urn(const struct municipal_feed *feed, struct uuid id);
/* The public address of this format's path; NULL: not known. */
const char *municipal_feed_url(const struct municipal_feed *feed, const char *format, struct uuid id);
const char *municipal_feed_moment(const struct municipal_feed *feed, int64_t us, enum letter_language language); /* "10.3.2026 17.00" */
const char *municipal_feed_bare(const struct municipal_feed *feed, const char *text, enum letter_language language);

#endif
