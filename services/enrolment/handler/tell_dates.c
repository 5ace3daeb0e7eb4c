/* DateChanged, one event a webinar. See tell_dates.h. */
#include "services/enrolment/handler/tell_dates.h"

#include "services/enrolment/domain/webinar.h"
#include "services/enrolment/handler/convert.h"

/* was: NULL for a new one. */
static void tell_date(struct workset *w, const struct job *job, const struct programme *p, const struct unit *unit,
                      const struct webinar *was, const struct webinar *is, const char *reason)
{
    Enrolment__DateChanged event = ENROLMENT__DATE_CHANGED__INIT;
    Enrolment__Webinar before, after;

    webinar_fill(&after, is);
    if (was != NULL) {
        webinar_fill(&before, was);
        event.before = &before;
    }
    event.programme_id = id_bytes(&p->id);
    event.unit_id = id_bytes(&unit->id);
    event.after = &after;
    event.reason = (char *)(uintptr_t)reason;
    event_add(w->events, job, p->id, p->id, "enrolment.DateChanged.v1", &event.base, w->now_us);
}

static void tell_unit(struct workset *w, const struct job *job, const struct programme *was, const struct programme *is,
                      const struct unit *unit, const char *reason)
{
    for (size_t k = 0; k < unit->webinar_count; k++) {
        const struct webinar *webinar = &unit->webinars[k], *before = webinar_of(was, webinar->id);
        if (before == NULL || before->sequence != webinar->sequence)
            tell_date(w, job, is, unit, before, webinar, reason);
    }
}

/* A unit that was removed: its webinars do not take place. */
static void tell_gone(struct workset *w, const struct job *job, const struct programme *is, const struct unit *unit, const char *reason)
{
    for (size_t k = 0; k < unit->webinar_count; k++) {
        const struct webinar off = webinar_called_off(&unit->webinars[k]);
        if (!unit->webinars[k].cancelled)
            tell_date(w, job, is, unit, &unit->webinars[k], &off, reason);
    }
}

void tell_dates(struct workset *w, const struct job *job, const struct programme *was, const struct programme *is, const char *reason)
{
    for (size_t i = 0; i < is->unit_count; i++)
        tell_unit(w, job, was, is, &is->units[i], reason);
    for (size_t i = 0; i < was->unit_count; i++)
        if (unit_of(is, was->units[i].id) == NULL)
            tell_gone(w, job, is, &was->units[i], reason);
}
