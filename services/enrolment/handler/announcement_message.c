/* An announcement as a message. See announcement_message.h. */
#include "services/enrolment/handler/announcement_message.h"

Enrolment__Announcement *announcement_message(struct workset *w, const struct announcement *a)
{
    Enrolment__Announcement *m = arena_alloc(w->arena, sizeof *m);

    enrolment__announcement__init(m);
    m->id = id_bytes(&a->id);
    m->programme_id = id_bytes(&a->programme);
    m->implementation_id = id_bytes(&a->implementation);
    m->subject = text_message(w, &a->subject);
    m->body = text_message(w, &a->body);
    m->recipients = a->recipients;
    m->at_us = a->at_us;
    m->actor = id_bytes(&a->actor);
    return m;
}
