/* See peer_calendar.h. */
#include "tests/unit/notification/peer_calendar.h"

#include <stdlib.h>

#include "services/enrolment/document/calendar.h"

static struct text text_of(const char *const in[3])
{
    return (struct text){in[0], in[1], in[2]};
}

static enum registration_state state_of(enum peer_stands stands)
{
    static const enum registration_state STATES[] = {
        [PEER_SEATED] = REGISTRATION_SEATED, [PEER_WAITS] = REGISTRATION_QUEUED, [PEER_ENDED] = REGISTRATION_CANCELLED};

    return STATES[stands];
}

void peer_calendar_file(struct buf *out, struct arena *arena, const struct peer_calendar *c)
{
    struct webinar *webinars = arena_array(arena, c->count, sizeof *webinars);
    struct unit unit = {.title = text_of(c->unit), .webinars = webinars, .webinar_count = c->count};
    struct implementation implementation = {.id = {{7}}, .places = c->places, .mode = c->online ? MODE_HYBRID : MODE_ON_SITE};
    struct programme programme = {.title = text_of(c->training),
                                  .units = &unit,
                                  .unit_count = 1,
                                  .implementations = &implementation,
                                  .implementation_count = 1,
                                  .described = true};
    const struct registration r = {
        .id = c->registration, .implementation = implementation.id, .state = state_of(c->stands), .version = c->version, .created_us = 1};

    for (size_t i = 0; i < c->count; i++)
        webinars[i] = (struct webinar){.starts_us = c->webinars[i].starts_us,
                                       .ends_us = c->webinars[i].ends_us,
                                       .advance_notice = c->webinars[i].advance_notice,
                                       .id = c->webinars[i].id,
                                       .sequence = c->webinars[i].sequence,
                                       .cancelled = c->webinars[i].cancelled};
    if (calendar_file(out, arena, &programme, &r, c->language) != ERR_OK)
        abort();
}
