/* See plain_text.h. */
#include "services/notification/domain/plain_text.h"

#include <stddef.h>
#include <stdint.h>

#include "common/base/utf8.h"

enum what { WHAT_PRINT, WHAT_SPACE, WHAT_TAB, WHAT_LINE_FEED, WHAT_SEPARATOR, WHAT_CONTROL };

/* Of the character that begins here; the bytes that continue one are printed with it. Carriage returns, line and paragraph separators
 * (U+0085, U+2028, U+2029) break a line for some readers and not for others: they are never wanted. */
static enum what what_is(struct span text, size_t at)
{
    const uint8_t c = text.data[at], next = at + 1 < text.len ? text.data[at + 1] : 0;

    if (c == ' ' || (c == 0xC2 && next == 0xA0))
        return WHAT_SPACE;
    if (c == '\t')
        return WHAT_TAB;
    if (c == '\n')
        return WHAT_LINE_FEED;
    if (c == '\r' || (c == 0xC2 && next == 0x85) ||
        (c == 0xE2 && next == 0x80 && at + 2 < text.len && (text.data[at + 2] == 0xA8 || text.data[at + 2] == 0xA9)))
        return WHAT_SEPARATOR;
    return c < 0x20 || c == 0x7F || (c == 0xC2 && next < 0xA0) ? WHAT_CONTROL : WHAT_PRINT;
}

static enum plain_judgement judge_one(enum what what, bool one_line)
{
    switch (what) {
    case WHAT_PRINT:
    case WHAT_SPACE:
        break;
    case WHAT_TAB:
        return one_line ? PLAIN_CONTROL : PLAIN_OK;
    case WHAT_LINE_FEED:
        return one_line ? PLAIN_BREAK : PLAIN_OK;
    case WHAT_SEPARATOR:
        return one_line ? PLAIN_BREAK : PLAIN_CONTROL;
    case WHAT_CONTROL:
        return PLAIN_CONTROL;
    }
    return PLAIN_OK;
}

enum plain_judgement plain_judge(struct span text, bool one_line)
{
    bool says = false;

    for (size_t at = 0; at < text.len; at += text.data[at] == 0xC2 ? 2 : 1) { /* the second byte of U+00A0 is no print */
        const enum what what = what_is(text, at);
        const enum plain_judgement wrong = judge_one(what, one_line);
        if (wrong != PLAIN_OK)
            return wrong;
        says |= what == WHAT_PRINT;
    }
    if (!says)
        return PLAIN_BLANK;
    return one_line && utf8_count(text) > PLAIN_LINE_MAX ? PLAIN_LONG : PLAIN_OK;
}
