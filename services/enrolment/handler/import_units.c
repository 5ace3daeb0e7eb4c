/* Study units and their webinars, built on top of those that stand: a unit is known by its place in the list of an import, a webinar by
 * its id or, in an import that names none, by its place. What is known keeps its id. See import.h and domain/webinar.h. */
#include <string.h>

#include "services/enrolment/domain/webinar.h"
#include "services/enrolment/handler/import.h"
#include "services/enrolment/store/unit_use.h"

static struct webinar wanted_of(const Enrolment__Webinar *m)
{
    return (struct webinar){.starts_us = m->starts_us,
                            .ends_us = m->ends_us != 0 ? m->ends_us : m->starts_us,
                            .advance_notice = m->advance_notice,
                            .cancelled = m->cancelled};
}

/* Which webinar that stands a line of the message means; NULL: none. */
struct matching {
    const struct unit *was;
    const Enrolment__Unit *m;
    bool *used; /* of was->webinars */
    const struct webinar **of;
};

static void match_by_id(struct matching *match)
{
    for (size_t i = 0; i < match->m->n_webinars; i++) {
        struct uuid id;
        if (!uuid_read(&id, span_of(match->m->webinars[i]->id.data, match->m->webinars[i]->id.len)))
            continue;
        for (size_t k = 0; match->of[i] == NULL && k < match->was->webinar_count; k++) {
            if (match->used[k] || uuid_compare(match->was->webinars[k].id, id) != 0)
                continue;
            match->used[k] = true;
            match->of[i] = &match->was->webinars[k];
        }
    }
}

/* The rest in their order: the first line without one gets the first that is left, called-off ones aside. */
static void match_by_place(struct matching *match)
{
    size_t k = 0;

    for (size_t i = 0; i < match->m->n_webinars; i++) {
        if (match->of[i] != NULL)
            continue;
        while (k < match->was->webinar_count && (match->used[k] || match->was->webinars[k].cancelled))
            k++;
        if (k == match->was->webinar_count)
            return;
        match->used[k] = true;
        match->of[i] = &match->was->webinars[k];
    }
}

/* The lines of the message in their order, then those it leaves out, called off. A new one that is called off already is none. */
static void webinars_build(struct workset *w, const struct matching *match, struct unit *unit)
{
    const struct unit *was = match->was;
    struct webinar *out = arena_array(w->arena, match->m->n_webinars + was->webinar_count, sizeof *out);
    size_t count = 0;

    for (size_t i = 0; i < match->m->n_webinars; i++) {
        struct webinar wanted = wanted_of(match->m->webinars[i]);
        if (match->of[i] == NULL && wanted.cancelled)
            continue;
        wanted.id = match->of[i] == NULL ? uuid_v7(w->now_us) : wanted.id;
        out[count++] = match->of[i] != NULL ? webinar_changed(match->of[i], &wanted) : wanted;
    }
    for (size_t k = 0; k < was->webinar_count; k++)
        if (!match->used[k])
            out[count++] = webinar_called_off(&was->webinars[k]);
    unit->webinars = out;
    unit->webinar_count = count;
}

struct unit unit_build(struct workset *w, const Enrolment__Unit *m, const struct unit *was, bool by_place)
{
    struct matching match = {.was = was,
                             .m = m,
                             .used = arena_array(w->arena, was->webinar_count, sizeof *match.used),
                             .of = arena_array(w->arena, m->n_webinars, sizeof *match.of)};
    struct unit unit = *was;

    unit.title = text_build(m->title);
    unit.credits_tenths = m->credits_tenths;
    match_by_id(&match);
    if (by_place)
        match_by_place(&match);
    webinars_build(w, &match, &unit);
    return unit;
}

/* The id of the place in the list, or of the next number that no unit before or now has. */
static struct uuid unit_numbered(struct workset *w, const struct programme *before, const struct programme *after, size_t number)
{
    struct uuid id = import_id(after->id, "unit:", arena_printf(w->arena, "%zu", number));

    while (unit_of(before, id) != NULL || unit_of(after, id) != NULL)
        id = import_id(after->id, "unit:", arena_printf(w->arena, "%zu", ++number));
    return id;
}

/* Units that the message leaves out go, except where somebody has attended one: they stay at the end. */
void units_build(struct workset *w, const struct job *job, const Enrolment__Programme *m, const struct programme *before,
                 struct programme *after)
{
    const size_t stands = before != NULL ? before->unit_count : 0;
    struct unit *units = arena_array(w->arena, m->n_units + stands, sizeof *units);

    after->units = units;
    after->unit_count = 0;
    for (size_t i = 0; i < m->n_units; i++) {
        const struct unit fresh = {.id = i < stands ? before->units[i].id : unit_numbered(w, before, after, i + 1)};
        units[i] = unit_build(w, m->units[i], i < stands ? &before->units[i] : &fresh, true);
        units[i].ordinal = (uint32_t)i + 1;
        after->unit_count++;
    }
    for (size_t i = m->n_units; i < stands; i++) {
        if (!unit_in_use(w, job, before->units[i].id))
            continue;
        units[after->unit_count] = before->units[i];
        units[after->unit_count].ordinal = (uint32_t)after->unit_count + 1;
        after->unit_count++;
    }
}
