/* What the chapters on decisions share in the report of `hv up`: amounts of money, documents against their SHA-256, letters with a
 * document. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/hash.h"
#include "services/hv/up_report.h"

const char *report_euros(int64_t cents)
{
    static _Thread_local char texts[8][40];
    static _Thread_local unsigned turn;
    char digits[32];
    char *out = texts[turn++ % 8];
    size_t n = 0;

    const size_t len = (size_t)snprintf(digits, sizeof digits, "%" PRId64, cents / 100);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[n++] = ' ';
        out[n++] = digits[i];
    }
    snprintf(out + n, 40 - n, ".%02" PRId64, cents % 100);
    return out;
}

/* Base64, as JSON has bytes. The end of a hash is one byte short of a group of three. */
static void hash_text(const struct hash *hash, char out[48])
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t bytes[HASH_SIZE + 1] = {0};
    size_t n = 0;

    memcpy(bytes, hash->b, HASH_SIZE);
    for (size_t i = 0; i < sizeof bytes; i += 3) {
        const uint32_t three = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2];
        for (unsigned shift = 24; shift > 0; shift -= 6)
            out[n++] = LETTERS[three >> (shift - 6) & 63];
    }
    out[n - 1] = '=';
    out[n] = '\0';
}

bool report_pdf(struct report *report, const char *path, const char *sha256, bool *genuine)
{
    struct buf bytes = {0};
    char text[48];
    const bool came = api_fetch(report->up->api, path, &bytes) == 200;

    *genuine = false;
    if (came) {
        const struct span document = buf_span(&bytes);
        const struct hash hash = hash_sha256(&document, 1);
        hash_text(&hash, text);
        *genuine = document.len > 5 && memcmp(document.data, "%PDF-", 5) == 0 && strcmp(text, sha256) == 0;
    }
    buf_fini(&bytes);
    return came;
}

bool report_has_pdf(const json_t *message)
{
    const json_t *attachment = NULL;
    size_t i = 0;

    json_array_foreach(json_object_get(message, "attachments"), i, attachment)
    {
        if (strcmp(api_text(attachment, "mediaType"), "application/pdf") == 0)
            return true;
    }
    return false;
}
