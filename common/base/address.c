/* The plain form of an address: dot-atom @ domain (RFC 5321 4.1.2 without quoted strings and address literals). */
#include "common/base/address.h"

#define LOCAL_MAX 64

static bool letter_or_digit(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool atom(uint8_t c)
{
    return letter_or_digit(c) || (c > ' ' && c < 127 && memchr("!#$%&'*+-/=?^_`{|}~", c, 19) != NULL);
}

/* Pieces of allowed characters with single dots between them. */
static bool dotted(struct span text, bool (*allowed)(uint8_t))
{
    for (size_t i = 0; i < text.len; i++) {
        bool edge = i == 0 || i + 1 == text.len || text.data[i - 1] == '.';
        if (text.data[i] == '.' ? edge : !allowed(text.data[i]))
            return false;
    }
    return text.len > 0;
}

static bool host(uint8_t c)
{
    return letter_or_digit(c) || c == '-';
}

bool address_valid(struct span address)
{
    const uint8_t *at = address.len > 0 ? memchr(address.data, '@', address.len) : NULL;

    if (at == NULL || address.len > ADDRESS_MAX)
        return false;
    size_t local = (size_t)(at - address.data);
    return local <= LOCAL_MAX && dotted(span_of(address.data, local), atom) && dotted(span_of(at + 1, address.len - local - 1), host);
}
