/* See names.h. One walk over the text: everything between "[[" and the next "]]" on the same line is a name; what is not closed, or holds
 * another "[[", is text like any other, so that nothing is lost of what somebody wrote. */
#include "services/funding/domain/names.h"

#include <assert.h>
#include <string.h>

enum { MARK = 2 }; /* bytes of "[[" and "]]" */

/* Where the name that begins at this "[[" ends (its "]]"); NULL: it is none. */
static const char *name_end(const char *open)
{
    for (const char *at = open + MARK; *at != '\0' && *at != '\n'; at++) {
        if (at[0] == '[' && at[1] == '[')
            return NULL;
        if (at[0] == ']' && at[1] == ']')
            return at > open + MARK ? at : NULL;
    }
    return NULL;
}

static bool opens(const char *at)
{
    return at[0] == '[' && at[1] == '[';
}

bool names_well_formed(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (at[0] == ']' && at[1] == ']')
            return false;
        if (!opens(at))
            continue;
        const char *end = name_end(at);
        if (end == NULL)
            return false;
        at = end + MARK - 1;
    }
    return true;
}

size_t names_count(const char *text)
{
    size_t count = 0;

    for (const char *at = text; *at != '\0'; at++) {
        const char *end = opens(at) ? name_end(at) : NULL;

        if (end == NULL)
            continue;
        count++;
        at = end + MARK - 1;
    }
    return count;
}

static size_t put(char *out, size_t size, size_t len, const char *from, size_t count)
{
    assert(len + count < size); /* the caller brought room for all */
    memcpy(out + len, from, count);
    return len + count;
}

/* instead: NULL: the name itself. */
static size_t walk(char *out, size_t size, const char *text, const char *instead)
{
    size_t len = 0;

    for (const char *at = text; *at != '\0';) {
        const char *end = opens(at) ? name_end(at) : NULL;

        if (end == NULL) {
            len = put(out, size, len, at, 1);
            at++;
            continue;
        }
        len = instead == NULL ? put(out, size, len, at + MARK, (size_t)(end - at) - MARK) : put(out, size, len, instead, strlen(instead));
        at = end + MARK;
    }
    assert(len < size);
    out[len] = '\0';
    return len;
}

size_t names_shown(char *out, size_t size, const char *text)
{
    return walk(out, size, text, NULL);
}

size_t names_removed(char *out, size_t size, const char *text, const char *instead)
{
    assert(strlen(instead) <= NAMES_GROWTH);
    return walk(out, size, text, instead);
}
