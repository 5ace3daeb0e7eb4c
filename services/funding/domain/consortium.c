/* See consortium.h. */
#include "services/funding/domain/consortium.h"

#include <string.h>

#include "services/funding/domain/money.h"

static void add(struct consortium_sums *sums, int64_t *sum, int64_t cents)
{
    if (!money_add(sum, cents))
        sums->overflow = true;
}

struct consortium_sums consortium_sum(const struct consortium *c)
{
    struct consortium_sums sums = {.overflow = false};

    for (size_t i = 0; i < c->partner_count; i++)
        add(&sums, &sums.partners, c->partners[i].cents);
    for (size_t i = 0; i < c->line_count; i++)
        add(&sums, &sums.lines, c->lines[i].cents);
    for (size_t i = 0; i < c->package_count; i++)
        add(&sums, &sums.packages, c->packages[i].cents);
    for (size_t i = 0; i < c->share_count; i++) {
        const bool grant = c->shares[i].kind == SHARE_GRANT;

        sums.grant_rows += grant ? 1 : 0;
        add(&sums, grant ? &sums.grant : &sums.own, c->shares[i].cents);
        add(&sums, &sums.shares, c->shares[i].cents);
    }
    return sums;
}

struct uuid partner_contact(struct uuid application, const char *business_id)
{
    return uuid_from(application, span_text(business_id));
}

/* As mail servers compare addresses in practice. */
static bool same_address(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        const char x = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
        const char y = *b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b;
        if (x != y)
            return false;
    }
    return *a == *b;
}

void consortium_set_contacts(struct consortium *c, struct uuid application, struct uuid owner)
{
    for (size_t i = 0; i < c->partner_count; i++) {
        struct partner *partner = &c->partners[i];
        size_t first = 0;

        while (first < i && !same_address(c->partners[first].contact_email, partner->contact_email))
            first++;
        if (first < i && *partner->contact_email != '\0')
            partner->contact_id = c->partners[first].contact_id;
        else
            partner->contact_id = i == 0 ? owner : partner_contact(application, partner->business_id);
    }
}

const struct partner *consortium_contact(const struct consortium *c, struct uuid contact)
{
    for (size_t i = 0; i < c->partner_count; i++)
        if (uuid_compare(c->partners[i].contact_id, contact) == 0)
            return &c->partners[i];
    return NULL;
}
