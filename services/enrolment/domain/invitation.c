/* Codes that reserve seats. See invitation.h. */
#include "services/enrolment/domain/invitation.h"

#include <assert.h>
#include <string.h>

/* Without 0 and O, 1, I and L. */
static const char ALPHABET[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
#define LETTERS (sizeof ALPHABET - 1)

static void reserve(struct implementation *implementation, int by)
{
    struct programme *programme = implementation->programme;

    assert(by >= 0 || (implementation->reserved >= (uint32_t)-by && programme->reserved >= (uint32_t)-by));
    implementation->reserved += (uint32_t)by;
    programme->reserved += (uint32_t)by;
    implementation->changed = true;
    programme->changed = true;
}

enum invitation_verdict invitation_judge(const struct invitation *invitation, struct uuid implementation, int64_t at_us)
{
    if (uuid_compare(invitation->implementation, implementation) != 0)
        return INVITATION_OTHER;
    if (invitation->over || (invitation->valid_until_us != 0 && at_us >= invitation->valid_until_us))
        return INVITATION_OVER;
    return invitation->used < invitation->seats ? INVITATION_GOOD : INVITATION_USED_UP;
}

static uint32_t left(uint32_t most, uint32_t taken, uint32_t reserved)
{
    return most > taken + reserved ? most - taken - reserved : 0;
}

uint32_t invitation_room(const struct implementation *implementation)
{
    const struct programme *programme = implementation->programme;
    const uint32_t here = left(implementation->capacity, implementation->taken, implementation->reserved);
    const uint32_t in_all = left(programme->cap, programme->taken, programme->reserved);
    return here < in_all ? here : in_all;
}

bool invitation_code_read(const char *text, char out[INVITATION_CODE_MAX + 1])
{
    const size_t len = strnlen(text, INVITATION_CODE_MAX + 1);

    if (len < INVITATION_CODE_LEAST || len > INVITATION_CODE_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        const char c = text[i];
        const bool small = c >= 'a' && c <= 'z';
        if (!small && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
        out[i] = small ? (char)(c - 'a' + 'A') : c;
    }
    out[len] = '\0';
    return true;
}

bool invitation_code_make(const uint8_t random[INVITATION_CODE_RANDOM], char out[INVITATION_CODE_MADE + 1])
{
    const size_t fair = 256 - 256 % LETTERS; /* bytes above would favour the first letters */
    size_t len = 0;

    for (size_t i = 0; i < INVITATION_CODE_RANDOM && len < INVITATION_CODE_MADE; i++)
        if (random[i] < fair)
            out[len++] = ALPHABET[random[i] % LETTERS];
    out[len] = '\0';
    return len == INVITATION_CODE_MADE;
}

void invitation_reserve(struct invitation *invitation, struct implementation *implementation)
{
    assert(invitation->seats <= invitation_room(implementation));
    invitation->programme = implementation->programme->id;
    invitation->implementation = implementation->id;
    invitation->version = 1;
    invitation->fresh = true;
    reserve(implementation, (int)invitation->seats);
}

static void changed(struct invitation *invitation)
{
    invitation->version++;
    invitation->changed = true;
}

void invitation_use(struct invitation *invitation, struct implementation *implementation)
{
    assert(!invitation->over && invitation->used < invitation->seats);
    invitation->used++;
    changed(invitation);
    reserve(implementation, -1);
}

uint32_t invitation_end(struct invitation *invitation, struct implementation *implementation)
{
    const uint32_t rest = invitation->over ? 0 : invitation->seats - invitation->used;

    if (invitation->over)
        return 0;
    invitation->over = true;
    changed(invitation);
    reserve(implementation, -(int)rest);
    return rest;
}

bool invitation_due(const struct invitation *invitation, int64_t now_us)
{
    return !invitation->over && invitation->valid_until_us != 0 && invitation->valid_until_us <= now_us;
}
