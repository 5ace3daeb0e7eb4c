/* Whole lists of a call, for spreadsheets and for the public: its decisions, applications, payments, and the granted aid. A row of any of
 * the four is the same struct; each list fills what it tells. Sums by theme and by state are made here, so that what stands under a list
 * is what stands in it.
 *
 * Amounts are in cents, days are day numbers; texts belong to whoever loaded them. */
#ifndef HV_FUNDING_DOMAIN_EXPORT_H
#define HV_FUNDING_DOMAIN_EXPORT_H
#include "services/funding/domain/call.h"

#define EXPORT_ROWS_MAX 3000

#define EXPORT_RECOVERY 6 /* states of instalments are 1..6; those of recoveries follow: 7..10 */

enum export_list {
    EXPORT_DECISIONS,    /* those in force: an application's newest; state: of the award, 0 of a rejection */
    EXPORT_APPLICATIONS, /* submitted ones, whatever became of them; state: the application's */
    EXPORT_PAYMENTS,     /* instalments of all awards, and what comes back; state: the instalment's, or EXPORT_RECOVERY + the recovery's */
    EXPORT_GRANTS,       /* each provider's part of each award that is in force; state: of the award */
    EXPORT_COUNT
};

struct export_row {
    const char *register_number, *title;
    const char *name, *business_id; /* the lead; of granted aid the recipient */
    const char *lead_business_id;   /* of granted aid */
    const char *words;              /* the purpose, or the bank's reference */
    const char *iban;
    struct uuid theme_id;
    int state;
    int32_t ordinal; /* of an instalment; of applications: how many partners */
    int64_t cents;   /* decided, to be paid or paid, or granted */
    int64_t applied_cents, total_cents, in_force_cents;
    int64_t cancelled_cents, recovered_cents; /* of payments: the amount is in one of the three, so no sum mixes them */
    int64_t at_us;                            /* submitted, or decided */
    int64_t from, until;                      /* days; NO_DAY: none */
};
struct export_sum {
    size_t count;
    int64_t cents, applied_cents, total_cents, in_force_cents, cancelled_cents, recovered_cents;
};

/* The order of the lists: by year and number of the register numbers, then by name; less than 0: a comes first; 0: as they were loaded. */
int export_order(const struct export_row *a, const struct export_row *b);
#define EXPORT_ANY  (-1)
#define EXPORT_LIVE (-2) /* of applications: neither withdrawn nor lapsed, as the money of a call counts them (GetMoney) */

/* Of the rows of a theme (nil: any) in a state (or EXPORT_ANY, EXPORT_LIVE). Sums that are more than money may be stay at that. */
struct export_sum export_sum(const struct export_row *rows, size_t count, struct uuid theme, int state);

#endif
