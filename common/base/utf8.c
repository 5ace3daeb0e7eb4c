/* UTF-8 by the table of RFC 3629, section 4: the lead byte says how many bytes follow and what range the first of them
 * may have; that range is what keeps out over-long forms, surrogates and everything past U+10FFFF. */
#include "common/base/utf8.h"

struct lead {
    uint8_t follow;      /* bytes after the lead byte */
    uint8_t least, most; /* of the first of them; the others are 80..BF */
};

static struct lead lead_of(uint8_t c)
{
    if (c >= 0xc2 && c <= 0xdf)
        return (struct lead){1, 0x80, 0xbf};
    if (c == 0xe0)
        return (struct lead){2, 0xa0, 0xbf};
    if (c == 0xed)
        return (struct lead){2, 0x80, 0x9f};
    if (c >= 0xe1 && c <= 0xef)
        return (struct lead){2, 0x80, 0xbf};
    if (c == 0xf0)
        return (struct lead){3, 0x90, 0xbf};
    if (c >= 0xf1 && c <= 0xf3)
        return (struct lead){3, 0x80, 0xbf};
    if (c == 0xf4)
        return (struct lead){3, 0x80, 0x8f};
    return (struct lead){0, 0, 0};
}

/* Length of the character at p, 0 when there is none. */
static size_t utf8_step(const uint8_t *p, const uint8_t *end)
{
    if (*p < 0x80)
        return 1;
    struct lead lead = lead_of(*p);
    if (lead.follow == 0 || (size_t)(end - p) <= lead.follow || p[1] < lead.least || p[1] > lead.most)
        return 0;
    for (unsigned i = 2; i <= lead.follow; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return (size_t)lead.follow + 1;
}

bool utf8_valid(struct span text)
{
    const uint8_t *p = text.data, *end = text.data + text.len;

    while (p < end) {
        uint64_t eight;
        if ((size_t)(end - p) >= sizeof eight) {
            /* Most text is ASCII: eight bytes without a high bit need no closer look. */
            memcpy(&eight, p, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                p += sizeof eight;
                continue;
            }
        }
        size_t step = utf8_step(p, end);
        if (step == 0)
            return false;
        p += step;
    }
    return true;
}

size_t utf8_count(struct span text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += (text.data[i] & 0xc0) != 0x80;
    return count;
}

bool utf8_turns(struct span text, size_t at)
{
    const uint8_t *c = text.data + at;

    if (at + 2 >= text.len || c[0] != 0xe2)
        return false;
    return (c[1] == 0x80 && c[2] >= 0xaa && c[2] <= 0xae) || (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9);
}

bool utf8_control(struct span text, size_t at)
{
    const uint8_t c = text.data[at];

    return c < 0x20 || c == 0x7f || (c == 0xc2 && at + 1 < text.len && text.data[at + 1] < 0xa0);
}
