/* See iban.h. */
#include "services/funding/domain/iban.h"

#include <stdint.h>
#include <string.h>

#define LEAST       15 /* Norway's */
#define FINNISH_LEN 18

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Without spaces, in capitals. Returns how many characters; -1: more than there may be, or another kind of character. */
static int squeeze(char out[IBAN_TEXT], const char *text)
{
    int len = 0;

    for (; *text != '\0'; text++) {
        const char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;

        if (c == ' ')
            continue;
        if ((!is_digit(c) && !is_letter(c)) || len == IBAN_TEXT - 1)
            return -1;
        out[len++] = c;
    }
    out[len] = '\0';
    return len;
}

/* A letter counts as two digits: A is 10, Z is 35. */
static uint32_t remainder_with(uint32_t remainder, char c)
{
    return is_digit(c) ? (remainder * 10 + (uint32_t)(c - '0')) % 97 : (remainder * 100 + (uint32_t)(c - 'A') + 10) % 97;
}

static uint32_t remainder_of(const char *iban, int len)
{
    uint32_t remainder = 0;

    for (int i = 0; i < len; i++)
        remainder = remainder_with(remainder, iban[(i + 4) % len]);
    return remainder;
}

bool iban_read(char out[IBAN_TEXT], const char *text)
{
    const int len = squeeze(out, text);
    const bool shaped = len >= LEAST && is_letter(out[0]) && is_letter(out[1]) && is_digit(out[2]) && is_digit(out[3]);
    const bool long_enough = shaped && (strncmp(out, "FI", 2) != 0 || len == FINNISH_LEN);

    if (long_enough && remainder_of(out, len) == 1)
        return true;
    out[0] = '\0';
    return false;
}
