/* Programmes on the stack, for the tests of the domain. */
#ifndef HV_TESTS_UNIT_ENROLMENT_CASES_H
#define HV_TESTS_UNIT_ENROLMENT_CASES_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/enrolment/domain/programme.h"

#define CASE_IMPLEMENTATIONS 4

struct stage {
    struct programme programme;
    struct implementation implementations[CASE_IMPLEMENTATIONS];
};

static inline struct uuid case_id(unsigned kind, unsigned number)
{
    struct uuid id = {{0}};
    id.b[0] = (uint8_t)(kind + 1);
    id.b[14] = (uint8_t)(number >> 8);
    id.b[15] = (uint8_t)number;
    return id;
}

/* A programme with `count` implementations of the same size. */
static inline void stage_init(struct stage *stage, uint32_t cap, size_t count, uint32_t capacity, uint32_t waiting_cap)
{
    memset(stage, 0, sizeof *stage);
    stage->programme = (struct programme){
        .id = case_id(1, 0), .cap = cap, .reply_hours = 72, .implementations = stage->implementations, .implementation_count = count};
    for (size_t i = 0; i < count; i++) {
        stage->implementations[i] = (struct implementation){.id = case_id(2, (unsigned)i),
                                                            .programme = &stage->programme,
                                                            .capacity = capacity,
                                                            .waiting_cap = waiting_cap,
                                                            .chain_head = chain_start(case_id(2, (unsigned)i))};
    }
}

#endif
