/* The line of those who wait, as one number: lower is earlier.
 *
 *   bits 56..59  9 less the priority (a coordinator's recorded exception, 0 as everybody .. 9 first)
 *   bits 20..55  the programme order one stands behind: one's own when enrolling; the latest one given when letting an offer pass on
 *   bits  0..19  0 when enrolling; else the number of the pass, so that those who pass between two enrolments keep their order
 *
 * Letting an offer pass on gives a priority up: else the seat would be offered to the same person at once again.
 * So whoever enrols later stands later, whoever lets an offer pass on stands behind all who wait at that moment and before all who come
 * afterwards, and no counter is needed on the way of an enrolment. */
#ifndef HV_ENROLMENT_DOMAIN_LINE_H
#define HV_ENROLMENT_DOMAIN_LINE_H
#include <stdint.h>

#define LINE_PRIORITY_MAX 9

uint64_t line_of(uint32_t priority, uint32_t behind, uint32_t pass);
uint32_t line_priority(uint64_t line);
uint64_t line_with_priority(uint64_t line, uint32_t priority); /* the same place among those of that priority */

#endif
