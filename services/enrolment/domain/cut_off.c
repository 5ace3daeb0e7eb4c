/* The cut-off of participants' own changes: see cut_off.h. */
#include "services/enrolment/domain/cut_off.h"

int64_t cut_off_us(const struct programme *programme)
{
    int64_t first_us = CUT_OFF_NEVER;

    if (programme->edit_until_us != 0)
        return programme->edit_until_us;
    for (size_t i = 0; i < programme->unit_count; i++) {
        const struct unit *unit = &programme->units[i];
        for (size_t k = 0; k < unit->webinar_count; k++)
            if (!unit->webinars[k].cancelled && unit->webinars[k].starts_us < first_us)
                first_us = unit->webinars[k].starts_us;
    }
    return first_us;
}
