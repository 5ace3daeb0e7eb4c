/* See style.h. */
#include "services/gateway/route/style.h"

#include <sodium.h>
#include <string.h>

#include "common/base/hash.h"

/* Where these words begin in the bytes; their end when they are not there. */
static size_t seek(struct span bytes, size_t from, const char *words)
{
    const size_t len = strlen(words);

    for (; from + len <= bytes.len; from++)
        if (memcmp(bytes.data + from, words, len) == 0)
            return from;
    return bytes.len;
}

void style_hash(struct span page, char out[STYLE_HASH])
{
    static const char OPEN[] = "<style>", NAME[] = "sha256-";
    const size_t head = seek(page, 0, "</head>"), open = seek(page, 0, OPEN), from = open + sizeof OPEN - 1;
    const size_t to = open < head ? seek(page, from, "</style>") : head;

    out[0] = '\0';
    if (open >= head || to >= head)
        return;
    const struct span style = span_of(page.data + from, to - from);
    const struct hash hash = hash_sha256(&style, 1);
    memcpy(out, NAME, sizeof NAME);
    sodium_bin2base64(out + sizeof NAME - 1, STYLE_HASH - sizeof NAME + 1, hash.b, sizeof hash.b, sodium_base64_VARIANT_ORIGINAL);
}
