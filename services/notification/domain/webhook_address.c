/* Internet addresses as a guard sees them: which are never connected to, and how they are written in a URL. */
#include <string.h>

#include "services/notification/domain/webhook.h"

static bool within(uint32_t address, uint32_t net, unsigned bits)
{
    return (address ^ net) >> (32 - bits) == 0;
}

/* Source: the registry of special-purpose addresses of IANA (RFC 6890), and multicast. */
static bool v4_private(uint32_t address)
{
    static const struct {
        uint32_t net;
        unsigned bits;
    } NETS[] = {
        {0x00000000, 8},  /* this host */
        {0x0a000000, 8},  /* RFC 1918 */
        {0x64400000, 10}, /* RFC 6598 */
        {0x7f000000, 8},  /* loopback */
        {0xa9fe0000, 16}, /* link-local; where clouds answer for machines */
        {0xac100000, 12}, /* RFC 1918 */
        {0xc0000000, 24}, /* protocols */
        {0xc0000200, 24}, /* documentation */
        {0xc0586300, 24}, /* 6to4 relays */
        {0xc0a80000, 16}, /* RFC 1918 */
        {0xc6120000, 15}, /* benchmarks */
        {0xc6336400, 24}, /* documentation */
        {0xcb007100, 24}, /* documentation */
        {0xe0000000, 4},  /* multicast */
        {0xf0000000, 4},  /* reserved, broadcast */
    };

    for (size_t i = 0; i < sizeof NETS / sizeof NETS[0]; i++)
        if (within(address, NETS[i].net, NETS[i].bits))
            return true;
    return false;
}

static uint32_t four(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | (uint32_t)b[3];
}

bool webhook_v4_private(const uint8_t address[4])
{
    return v4_private(four(address));
}

/* Global addresses lie in 2000::/3; the others are private, but those that stand for an address of IPv4 are judged as that. */
bool webhook_v6_private(const uint8_t b[16])
{
    static const uint8_t MAPPED[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, NAT64[12] = {0, 0x64, 0xff, 0x9b};
    const uint32_t first = four(b);

    if (memcmp(b, MAPPED, 12) == 0 || memcmp(b, NAT64, 12) == 0)
        return v4_private(four(b + 12));
    if (within(first, 0x20020000, 16)) /* 6to4 */
        return v4_private(four(b + 2));
    if (!within(first, 0x20000000, 3))
        return true;
    return within(first, 0x20010000, 23)     /* protocols: Teredo, ORCHID, benchmarks */
           || within(first, 0x20010db8, 32)  /* documentation */
           || within(first, 0x3fff0000, 20); /* documentation */
}

/* --- as text ----------------------------------------------------------------------------------------------------------- */
static bool digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

/* Four numbers below 256 with dots between, no zero before a digit. */
bool webhook_v4_read(struct span text, uint8_t out[4])
{
    size_t at = 0;

    for (int part = 0; part < 4; part++) {
        unsigned value = 0;
        const size_t from = at;
        for (; at < text.len && digit(text.data[at]) && at - from < 3; at++)
            value = value * 10 + (unsigned)(text.data[at] - '0');
        if (at == from || value > 255 || (text.data[from] == '0' && at - from > 1))
            return false;
        out[part] = (uint8_t)value;
        if (part < 3 && (at == text.len || text.data[at++] != '.'))
            return false;
    }
    return at == text.len;
}

static int hex_digit(uint8_t c)
{
    if (digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One group of one to four hex digits. */
static bool read_group(struct span text, uint8_t out[2])
{
    unsigned value = 0;

    if (text.len == 0 || text.len > 4)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const int digit_value = hex_digit(text.data[i]);
        if (digit_value < 0)
            return false;
        value = value << 4 | (unsigned)digit_value;
    }
    out[0] = (uint8_t)(value >> 8);
    out[1] = (uint8_t)value;
    return true;
}

struct v6 { /* as far as it is read */
    uint8_t bytes[16];
    size_t count;
};

/* Groups with colons between, the last perhaps an address of IPv4; text holds no "::". */
static bool read_groups(struct span text, struct v6 *v6)
{
    for (size_t from = 0; from <= text.len;) {
        const uint8_t *colon = memchr(text.data + from, ':', text.len - from);
        const size_t end = colon != NULL ? (size_t)(colon - text.data) : text.len;
        const struct span group = span_of(text.data + from, end - from);
        if (v6->count + 4 <= 16 && end == text.len && webhook_v4_read(group, v6->bytes + v6->count))
            v6->count += 4;
        else if (v6->count + 2 <= 16 && read_group(group, v6->bytes + v6->count))
            v6->count += 2;
        else
            return false;
        from = end + 1;
    }
    return true;
}

/* Where "::" begins; text.len: nowhere. */
static size_t gap_at(struct span text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.data[i] == ':' && text.data[i + 1] == ':')
            return i;
    return text.len;
}

/* Source: RFC 4291, section 2.2. */
bool webhook_v6_read(struct span text, uint8_t out[16])
{
    const size_t gap = gap_at(text);
    const bool has_gap = gap < text.len;
    struct v6 v6 = {.count = 0};

    if ((gap > 0 || !has_gap) && !read_groups(span_of(text.data, gap), &v6))
        return false;
    const size_t head = v6.count;
    if (!has_gap || (gap > 0 && memchr(text.data, '.', gap) != NULL)) { /* an address of IPv4 stands last only */
        memcpy(out, v6.bytes, 16);
        return !has_gap && head == 16;
    }
    const struct span rest = span_of(text.data + gap + 2, text.len - gap - 2);
    if (rest.len > 0 && !read_groups(rest, &v6))
        return false;
    const size_t tail = v6.count - head;
    memset(out, 0, 16);
    memcpy(out, v6.bytes, head);
    memcpy(out + 16 - tail, v6.bytes + head, tail);
    return v6.count <= 14; /* "::" stands for one group at least */
}
