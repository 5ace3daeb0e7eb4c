/* Page tokens, in the URL's base64 without padding. See page.h. */
#include "services/enrolment/handler/page.h"

#include <sodium.h>

#include "services/enrolment/handler/check.h"

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

char *page_token(struct arena *arena, struct span key)
{
    const size_t room = sodium_base64_encoded_len(key.len, VARIANT);
    char *token = arena_alloc(arena, room);
    return sodium_bin2base64(token, room, key.data, key.len, VARIANT);
}

enum err page_key(struct job *job, const char *token, size_t least, size_t most, struct span *key)
{
    const size_t len = strlen(token);
    uint8_t *bytes = arena_alloc(job->arena, most + 1);
    size_t got = 0;

    *key = span_of(NULL, 0);
    if (len == 0)
        return ERR_OK;
    if (sodium_base642bin(bytes, most, token, len, NULL, &got, NULL, VARIANT) == 0 && got >= least) {
        *key = span_of(bytes, got);
        return ERR_OK;
    }
    return job_fail(job, ERR_INVALID, "field.page-token", "pageToken", "Sivutunniste ei ole tästä luettelosta",
                    "Sidmärket hör inte till den här listan", "The page token does not belong to this list");
}

enum err page_read(struct job *job, const ProtobufCBinaryData *programme_id, uint32_t page_size, const char *token, size_t least,
                   size_t most, struct page *page)
{
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", programme_id, &page->programme);
    if (err == ERR_OK)
        err = check_page(job, page_size, &page->size);
    if (err == ERR_OK)
        err = page_key(job, token, least, most, &page->key);
    return err;
}

size_t page_order_size(bool whole)
{
    return sizeof(uint32_t) + whole;
}

uint32_t page_order(struct span key)
{
    uint32_t n = 0;

    for (size_t i = 0; i < key.len; i++)
        n = n << 8 | key.data[i];
    return n & INT32_MAX;
}

char *page_after(struct arena *arena, const struct registration *last, bool whole)
{
    uint8_t key[sizeof(uint32_t) + 1] = {0};
    const size_t len = page_order_size(whole);
    const uint32_t n = whole ? last->programme_order : last->order_no;

    for (size_t i = 0; i < sizeof n; i++)
        key[len - 1 - i] = (uint8_t)(n >> (8 * i));
    return page_token(arena, span_of(key, len));
}
