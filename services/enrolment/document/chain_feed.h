/* The published heads of the order chains as an Atom feed. The text of an entry is a signed head as GetChainHead gives it, in JSON: saved
 * into a file it is what `hv verify --head FILE` expects. Whoever reads the feed keeps what the service said on that day. */
#ifndef HV_ENROLMENT_DOCUMENT_CHAIN_FEED_H
#define HV_ENROLMENT_DOCUMENT_CHAIN_FEED_H
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/err.h"
#include "common/base/span.h"
#include "services/enrolment/domain/publication.h"

#define CHAIN_FEED_ENTRIES 100

/* signatures: one a publication, by the key; newest first. now_us: what a feed says of itself while nothing is published. ERR_INTERNAL. */
enum err chain_feed_file(struct buf *out, struct arena *arena, const struct publication *publications, const struct span *signatures,
                         size_t count, struct span public_key, int64_t now_us) MUST_CHECK;

#endif
