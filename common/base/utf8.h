/* UTF-8: well-formed or not (RFC 3629: no surrogates, nothing over-long). protobuf-c does not look; we do, at each border. */
#ifndef HV_BASE_UTF8_H
#define HV_BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>

#include "common/base/span.h"

bool utf8_valid(struct span text);
size_t utf8_count(struct span text); /* characters; text is valid */
/* Whether the character that begins at this byte is a control character: below U+0020, or of U+007F to U+009F, where a terminal finds
 * commands too. text is valid. */
bool utf8_control(struct span text, size_t at);
/* Whether it is one that turns the direction of what follows, past its own text too (U+202A to U+202E, U+2066 to U+2069): within a
 * sentence of ours it would turn the amounts behind it. Letters that run from right to left are none. */
bool utf8_turns(struct span text, size_t at);

#endif
