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

const struct partner *consortium_contact(const struct consortium *c, struct uuid contact)
{
    for (size_t i = 0; i < c->partner_count; i++)
        if (uuid_compare(c->partners[i].contact_id, contact) == 0)
            return &c->partners[i];
    return NULL;
}
