/* Webinars and the units they belong to. See webinar.h. */
#include "services/enrolment/domain/webinar.h"

struct webinar webinar_changed(const struct webinar *was, const struct webinar *wanted)
{
    struct webinar is = *was;
    const bool differs = was->starts_us != wanted->starts_us || was->ends_us != wanted->ends_us ||
                         was->advance_notice != wanted->advance_notice || was->cancelled != wanted->cancelled;

    is.starts_us = wanted->starts_us;
    is.ends_us = wanted->ends_us;
    is.advance_notice = wanted->advance_notice;
    is.cancelled = wanted->cancelled;
    is.sequence += differs;
    return is;
}

struct webinar webinar_called_off(const struct webinar *was)
{
    struct webinar wanted = *was;

    wanted.cancelled = true;
    return webinar_changed(was, &wanted);
}

const struct webinar *webinar_of(const struct programme *programme, struct uuid id)
{
    for (size_t i = 0; programme != NULL && i < programme->unit_count; i++)
        for (size_t k = 0; k < programme->units[i].webinar_count; k++)
            if (uuid_compare(programme->units[i].webinars[k].id, id) == 0)
                return &programme->units[i].webinars[k];
    return NULL;
}

const struct unit *unit_of(const struct programme *programme, struct uuid id)
{
    for (size_t i = 0; programme != NULL && i < programme->unit_count; i++)
        if (uuid_compare(programme->units[i].id, id) == 0)
            return &programme->units[i];
    return NULL;
}
