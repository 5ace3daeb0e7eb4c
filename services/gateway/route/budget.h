/* How many writes an account may make in ten seconds: a person's hands never reach it, a program that tries all doors at once does.
 *
 * Memory is fixed; a count lives in one of a few slots behind its account, and the one that began first makes room. Accounts are drawn
 * by us, so nobody chooses who shares a slot. Each gateway counts for itself. */
#ifndef HV_GATEWAY_BUDGET_H
#define HV_GATEWAY_BUDGET_H
#include <stdint.h>

#include "common/base/uuid.h"

#define BUDGET_SPAN_US (10LL * 1000000)
#define BUDGET_STAFF   100 /* times as many for coordinators and admins, whose scripts work through lists */

struct budget;

struct budget *budget_new(unsigned writes); /* in ten seconds; 0: no limit */
void budget_free(struct budget *budget);    /* NULL is fine */
/* One more write of this account at this moment. 0: it may; else in how many seconds it may again. */
int budget_take(struct budget *budget, struct uuid account, bool staff, int64_t now_us);

#endif
