/* Trainee days (koulutettavapäivä): the measure by which the Finnish National Agency for Education pays for in-service training.
 *
 * One credit (op) is 4.5 trainee days, so days = scope in credits x 4.5 x participants. A full VEPO of 5 credits and 280 places is
 * 6,300. Source: the agency's calculator of its grant system (VaTraineeDayUtil.js: "scope x 4.5 if credits, x participants").
 * In tenths, so that halves stay exact; a scope that gives hundredths is rounded once, at the end, halves up. */
#ifndef HV_ENROLMENT_DOMAIN_TRAINEE_DAYS_H
#define HV_ENROLMENT_DOMAIN_TRAINEE_DAYS_H
#include <stdint.h>

#define TRAINEE_DAYS_PER_CREDIT_TENTHS 45

/* credits_tenths: op x 10. participants: at most 2^40 or so before it could overflow, which no programme has. */
uint64_t trainee_days_tenths(uint32_t credits_tenths, uint64_t participants);

#endif
