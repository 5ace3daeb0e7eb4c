/* The rows of the refusal table in refusal.h, in the order of the enum. */
#include "services/enrolment/domain/refusal.h"

#include <assert.h>

static const struct refusal_text TEXTS[REFUSAL_COUNT] = {
#define REFUSAL_ROW(name, rule, fi, sv, en) {rule, fi, sv, en},
    REFUSAL_MAP(REFUSAL_ROW)
#undef REFUSAL_ROW
};

const struct refusal_text *refusal_text(enum refusal refusal)
{
    assert(refusal < REFUSAL_COUNT);
    return &TEXTS[refusal];
}
