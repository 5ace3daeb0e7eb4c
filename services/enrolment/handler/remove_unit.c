/* RemoveUnit: takes a study unit away that nobody has attended or completed. Its webinars do not take place, which is told. */
#include <string.h>

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"
#include "services/enrolment/store/unit_use.h"

enum err remove_unit_needs(struct job *job, struct workset *w)
{
    const Enrolment__RemoveUnitRequest *request = (const Enrolment__RemoveUnitRequest *)job->message;
    struct uuid programme, unit;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &programme);
    if (err == ERR_OK)
        err = check_id(job, "unitId", &request->unit_id, &unit);
    if (err != ERR_OK)
        return err;
    unit_use_want(w, job, programme, "");
    return edit_lock(job, w, &request->programme_id);
}

void remove_unit_decide(struct job *job, struct workset *w)
{
    const Enrolment__RemoveUnitRequest *request = (const Enrolment__RemoveUnitRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);
    struct uuid id;
    size_t at = 0;

    if (p == NULL || check_id(job, "unitId", &request->unit_id, &id) != ERR_OK)
        return;
    while (at < p->unit_count && uuid_compare(p->units[at].id, id) != 0)
        at++;
    if (at == p->unit_count) {
        (void)fail_absent(job, "unitId");
        return;
    }
    if (unit_in_use(w, job, id)) {
        (void)refuse(job, REFUSAL_UNIT_IN_USE);
        return;
    }
    struct programme after = *p;
    struct unit *units = edit_units(w, &after);
    memmove(&units[at], &units[at + 1], (after.unit_count - at - 1) * sizeof *units);
    after.unit_count--;
    edit_end(job, w, p, &after, request->reason);
}
