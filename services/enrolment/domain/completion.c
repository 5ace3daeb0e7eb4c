/* When a programme is completed, and the codes of certificates. See completion.h. */
#include "services/enrolment/domain/completion.h"

#include <string.h>

struct unit_mark *learning_mark(const struct learning *learning, struct uuid unit)
{
    for (size_t i = 0; i < learning->mark_count; i++)
        if (uuid_compare(learning->marks[i].unit, unit) == 0)
            return &learning->marks[i];
    return NULL;
}

uint32_t learning_credits(const struct learning *learning)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < learning->mark_count; i++)
        if (learning->marks[i].completed_us != 0)
            sum += learning->marks[i].credits_tenths;
    return sum;
}

struct completion_gap completion_gap(const struct programme *p, const struct registration *r, const struct learning *learning)
{
    struct completion_gap gap = {.plan = p->plan_required && learning->plan == PLAN_NONE, .review = r->review == REVIEW_UNREVIEWED};

    for (size_t i = 0; i < p->unit_count; i++) {
        const struct unit_mark *mark = learning_mark(learning, p->units[i].id);
        gap.units += mark == NULL || mark->completed_us == 0;
    }
    if (p->unit_count == 0)
        gap.units = PROGRAMME_UNITS_MAX + 1;
    return gap;
}

bool completion_done(struct completion_gap gap)
{
    return gap.units == 0 && !gap.plan && !gap.review;
}

/* Without 0 and O, 1, I and L: read aloud or from paper, none is taken for another. */
static const char LETTERS[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
#define LETTER_COUNT (sizeof LETTERS - 1)

/* The bytes are one number of 128 bits, divided by 31 for each character: what is left over makes no character likelier than another by
 * more than one part in 2^48. */
void certificate_code_make(const uint8_t random[CERTIFICATE_CODE_RANDOM], char out[CERTIFICATE_CODE_TEXT])
{
    uint8_t number[CERTIFICATE_CODE_RANDOM];
    char *to = out;

    memcpy(number, random, sizeof number);
    for (size_t i = 0; i < CERTIFICATE_CODE_SIZE; i++) {
        uint32_t rest = 0;
        for (size_t k = 0; k < sizeof number; k++) {
            rest = rest << 8 | number[k];
            number[k] = (uint8_t)(rest / LETTER_COUNT);
            rest %= LETTER_COUNT;
        }
        if (i > 0 && i % 4 == 0)
            *to++ = '-';
        *to++ = LETTERS[rest];
    }
    *to = '\0';
}

bool certificate_code_read(const char *typed, char out[CERTIFICATE_CODE_TEXT])
{
    size_t count = 0;
    char *to = out;

    for (; *typed != '\0'; typed++) {
        if (*typed == '-' || *typed == ' ')
            continue;
        const char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        if (strchr(LETTERS, c) == NULL || count == CERTIFICATE_CODE_SIZE)
            return false;
        if (count > 0 && count % 4 == 0)
            *to++ = '-';
        *to++ = c;
        count++;
    }
    *to = '\0';
    return count == CERTIFICATE_CODE_SIZE;
}
