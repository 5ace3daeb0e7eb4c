/* See draw.h. */
#include "services/funding/domain/draw.h"

#include <string.h>

struct hash draw_commitment(const uint8_t seed[DRAW_SEED_SIZE])
{
    const struct span part = span_of(seed, DRAW_SEED_SIZE);

    return hash_sha256(&part, 1);
}

size_t draw_count(size_t rows, int32_t permille)
{
    return (rows * (size_t)permille + 999) / 1000;
}

/* Two tags are never the same; if they were, the register number would tell them apart. */
static bool is_before(const struct draw_row *a, const struct draw_row *b)
{
    const int order = memcmp(a->tag.b, b->tag.b, sizeof a->tag.b);

    return order != 0 ? order < 0 : strcmp(a->register_number, b->register_number) < 0;
}

/* Shell's sort: in place, a domain allocates nothing. */
static void sort(struct draw_row *rows, size_t count)
{
    for (size_t gap = count / 2; gap > 0; gap /= 2)
        for (size_t i = gap; i < count; i++) {
            const struct draw_row row = rows[i];
            size_t at = i;

            for (; at >= gap && is_before(&row, &rows[at - gap]); at -= gap)
                rows[at] = rows[at - gap];
            rows[at] = row;
        }
}

void draw_make(const uint8_t seed[DRAW_SEED_SIZE], const char *beacon, struct draw_row *rows, size_t count, int32_t permille)
{
    for (size_t i = 0; i < count; i++) {
        const struct span parts[] = {span_text(beacon), span_text(rows[i].register_number)};
        rows[i].tag = hash_hmac_sha256(span_of(seed, DRAW_SEED_SIZE), parts, 2);
    }
    sort(rows, count);
    for (size_t i = 0; i < count; i++)
        rows[i].drawn = i < draw_count(count, permille);
}
