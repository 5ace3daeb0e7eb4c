/* What an application is made of in rows: the partners and each one's part of the grant, the lines of the budget, who pays them, and the
 * work packages. An applicant writes them (handler/content.c reads them out of what was written), the check of domain/application.h goes
 * through them, and at submission store/consortium.c makes rows of them: decisions, payments and letters go by those rows.
 *
 * The place of a row in its array is its ordinal less one: partners[0] is the lead. Texts are never NULL and belong to whoever made the
 * arrays. Money is in cents. */
#ifndef HV_FUNDING_DOMAIN_CONSORTIUM_H
#define HV_FUNDING_DOMAIN_CONSORTIUM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"

#define CONSORTIUM_PARTNERS_MAX 100
#define CONSORTIUM_LINES_MAX    100
#define CONSORTIUM_SHARES_MAX   100
#define CONSORTIUM_PACKAGES_MAX 50

enum cost_category { COST_STAFF = 1, COST_FEES, COST_TRAVEL, COST_PREMISES, COST_EQUIPMENT, COST_SERVICES, COST_OVERHEAD, COST_OTHER };
enum share_kind { SHARE_GRANT = 1, SHARE_OWN, SHARE_MUNICIPAL, SHARE_PUBLIC, SHARE_PRIVATE }; /* of a submitted one: one SHARE_GRANT */

struct partner {
    const char *business_id, *name;
    struct uuid contact_id; /* whom letters go to: the lead's is the owner's account, another's is partner_contact */
    const char *contact_name, *contact_email;
    const char *language; /* "fi", "sv" or "en", once submitted */
    int64_t cents;        /* of what is applied for */
};
struct budget_line {
    enum cost_category category; /* 0: not chosen yet */
    const char *title;
    int64_t cents;
};
struct funding_share {
    enum share_kind kind; /* 0: not chosen yet */
    const char *funder;
    int64_t cents;
};
struct work_package {
    const char *title, *description; /* the description is not a column: it stays in what was written */
    int64_t starts_on, ends_on;
    int64_t cents;
};
struct consortium {
    struct partner *partners;
    size_t partner_count;
    struct budget_line *lines;
    size_t line_count;
    struct funding_share *shares;
    size_t share_count;
    struct work_package *packages;
    size_t package_count;
};
struct consortium_sums {
    int64_t partners, lines, shares, packages;
    int64_t grant; /* of the shares of kind SHARE_GRANT: what is applied for */
    int64_t own;   /* of the others */
    bool overflow; /* one of them is more than MONEY_MAX; then none of them counts */
    size_t grant_rows;
};

/* Sums are checked against MONEY_MAX (domain/money.h). */
struct consortium_sums consortium_sum(const struct consortium *c);
/* The id of a partner's contact: the same for the same application and organisation, however often it is submitted. */
struct uuid partner_contact(struct uuid application, const char *business_id);
/* Whom letters go to: the lead's is the owner; who stands for several partners, by their address, is one contact and gets one letter. */
void consortium_set_contacts(struct consortium *c, struct uuid application, struct uuid owner);
/* The first partner with this contact; NULL: none. */
const struct partner *consortium_contact(const struct consortium *c, struct uuid contact);

#endif
