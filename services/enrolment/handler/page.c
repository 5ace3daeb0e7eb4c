/* See page.h. */
#include "services/enrolment/handler/page.h"

#include "services/enrolment/handler/check.h"

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
