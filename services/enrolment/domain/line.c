/* The line as one number: see line.h. */
#include "services/enrolment/domain/line.h"

#include <assert.h>

#define PRIORITY_SHIFT 56
#define ORDER_SHIFT    20
#define PASS_MASK      ((1U << ORDER_SHIFT) - 1)

uint64_t line_of(uint32_t priority, uint32_t behind, uint32_t pass)
{
    assert(priority <= LINE_PRIORITY_MAX);
    return (uint64_t)(LINE_PRIORITY_MAX - priority) << PRIORITY_SHIFT | (uint64_t)behind << ORDER_SHIFT | (pass & PASS_MASK);
}

uint32_t line_priority(uint64_t line)
{
    return LINE_PRIORITY_MAX - (uint32_t)(line >> PRIORITY_SHIFT);
}

uint64_t line_with_priority(uint64_t line, uint32_t priority)
{
    const uint64_t place = line & (((uint64_t)1 << PRIORITY_SHIFT) - 1);
    return line_of(priority, 0, 0) | place;
}
