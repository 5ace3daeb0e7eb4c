/* PutUnit: a study unit with its webinars, new or in place of the one that stands. A webinar that is named by its id keeps it whatever
 * becomes of its times; one that is left out is called off. Everybody concerned is told of each (DateChanged). */
#include <string.h>

#include "services/enrolment/domain/webinar.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err put_unit_needs(struct job *job, struct workset *w)
{
    const Enrolment__PutUnitRequest *request = (const Enrolment__PutUnitRequest *)job->message;
    struct uuid unit;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_id_or(job, "unitId", &request->unit_id, (struct uuid){{0}}, &unit);
    if (err == ERR_OK && request->unit == NULL)
        err = fail_missing(job, "unit");
    if (err == ERR_OK)
        err = check_unit(job, "unit", request->unit);
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

static bool named_before(const Enrolment__Unit *m, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (m->webinars[i]->id.len == m->webinars[at]->id.len &&
            memcmp(m->webinars[i]->id.data, m->webinars[at]->id.data, m->webinars[at]->id.len) == 0)
            return true;
    return false;
}

/* An id that is not one of this unit's, or comes a second time, would make a webinar twice. */
static bool webinar_ids_known(struct job *job, const struct unit *was, const Enrolment__Unit *m)
{
    const struct programme alone = {.units = was, .unit_count = 1};

    for (size_t i = 0; i < m->n_webinars; i++) {
        const char *field = arena_printf(job->arena, "unit.webinars[%zu].id", i);
        struct uuid id;
        if (m->webinars[i]->id.len == 0)
            continue;
        if (check_id(job, field, &m->webinars[i]->id, &id) != ERR_OK)
            return false;
        if (webinar_of(&alone, id) == NULL)
            return job_fail(job, ERR_INVALID, "enrolment.webinar.unknown", field, "Opintojaksossa ei ole tällaista webinaaria",
                            "Studieavsnittet har inget sådant webbinarium", "The study unit has no such webinar") == ERR_OK;
        if (named_before(m, i))
            return job_fail(job, ERR_INVALID, "field.twice", field, "Sama webinaari on luettelossa kahdesti",
                            "Samma webbinarium finns två gånger i listan", "The list has the same webinar twice") == ERR_OK;
    }
    return true;
}

/* The unit to change in the copied list: the one asked for, or a new one at the end. NULL: there is no such unit. */
static struct unit *unit_at(struct workset *w, struct programme *after, struct uuid id)
{
    struct unit *units = edit_units(w, after);

    for (size_t i = 0; i < after->unit_count; i++)
        if (uuid_compare(units[i].id, id) == 0)
            return &units[i];
    if (!uuid_is_nil(id))
        return NULL;
    struct unit *fresh = &units[after->unit_count];
    *fresh = (struct unit){.id = uuid_v7(w->now_us), .ordinal = after->unit_count > 0 ? fresh[-1].ordinal + 1 : 1};
    after->unit_count++;
    return fresh;
}

void put_unit_decide(struct job *job, struct workset *w)
{
    const Enrolment__PutUnitRequest *request = (const Enrolment__PutUnitRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);
    struct uuid id;

    if (p == NULL || check_id_or(job, "unitId", &request->unit_id, (struct uuid){{0}}, &id) != ERR_OK)
        return;
    struct programme after = *p;
    struct unit *unit = unit_at(w, &after, id);
    if (unit == NULL) {
        (void)fail_absent(job, "unitId");
        return;
    }
    if (check_range(job, "units", (int64_t)after.unit_count, 0, PROGRAMME_UNITS_MAX) != ERR_OK ||
        !webinar_ids_known(job, unit, request->unit))
        return;
    const struct unit was = *unit;
    *unit = unit_build(w, request->unit, &was, false);
    edit_end(job, w, p, &after, request->reason);
}
