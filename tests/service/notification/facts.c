/* Messages built on an arena, with the least that letters need. */
#include "tests/service/notification/facts.h"

#include <string.h>

#include "common/base/time.h"

#define NEW(arena, type, init)                                                                                                             \
    type *m = arena_alloc(arena, sizeof *m);                                                                                               \
    init(m)

struct uuid facts_id(unsigned number)
{
    struct uuid space = {{0x48, 0x61, 0x6b, 0x75}};

    return uuid_from(space, span_of(&number, sizeof number));
}

ProtobufCBinaryData facts_bytes(struct arena *arena, struct uuid id)
{
    struct span copy = arena_copy(arena, uuid_span(&id));

    return (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
}

static Bus__Text *text(struct arena *arena, const char *fi, const char *sv, const char *en)
{
    NEW(arena, Bus__Text, bus__text__init);
    m->fi = arena_strdup(arena, fi);
    m->sv = arena_strdup(arena, sv);
    m->en = arena_strdup(arena, en);
    return m;
}

Enrolment__PersonStored *facts_person(struct arena *arena, unsigned number, const char *language, const char *email)
{
    NEW(arena, Enrolment__PersonStored, enrolment__person_stored__init);
    m->person = arena_alloc(arena, sizeof *m->person);
    enrolment__person__init(m->person);
    m->person->id = facts_bytes(arena, facts_id(number));
    m->person->name = arena_printf(arena, "Väinö Örnsköld-Esimerkki %u", number);
    m->person->email = arena_strdup(arena, email);
    m->person->language = arena_strdup(arena, language);
    m->person->version = 1;
    return m;
}

static Enrolment__Webinar *webinar(struct arena *arena, const char *starts, const char *ends, bool advance_notice)
{
    NEW(arena, Enrolment__Webinar, enrolment__webinar__init);
    if (!time_parse(&m->starts_us, span_text(starts)) || !time_parse(&m->ends_us, span_text(ends)))
        return NULL;
    m->advance_notice = advance_notice;
    return m;
}

static Enrolment__Unit *unit(struct arena *arena, struct uuid programme)
{
    NEW(arena, Enrolment__Unit, enrolment__unit__init);
    m->id = facts_bytes(arena, uuid_from(programme, span_text("unit")));
    m->ordinal = 1;
    m->title = text(arena, "Yhteinen johtaminen", "Gemensamt ledarskap", "Shared leadership");
    m->n_webinars = 2;
    m->webinars = arena_array(arena, 2, sizeof *m->webinars);
    m->webinars[0] = webinar(arena, "2090-09-19T06:00:00Z", "2090-09-19T08:30:00Z", false);
    m->webinars[1] = webinar(arena, "2091-01-30T07:00:00Z", "2091-01-30T09:00:00Z", true);
    return m;
}

static Enrolment__Implementation *implementation(struct arena *arena, struct uuid programme, struct uuid id)
{
    NEW(arena, Enrolment__Implementation, enrolment__implementation__init);
    m->id = facts_bytes(arena, id);
    m->programme_id = facts_bytes(arena, programme);
    m->code = arena_strdup(arena, "esim-1");
    m->title = text(arena, "Itäinen ryhmä", "Östra gruppen", "Eastern group");
    m->organiser = text(arena, "Esimerkkiyliopisto", "Exempeluniversitetet", "Example University");
    m->n_places = 2;
    m->places = arena_array(arena, 2, sizeof *m->places);
    m->places[0] = arena_strdup(arena, "Kuopio");
    m->places[1] = arena_strdup(arena, "Joensuu");
    m->capacity = 20;
    return m;
}

Enrolment__ProgrammeStored *facts_programme(struct arena *arena, struct uuid id, struct uuid implementation_id, uint64_t version)
{
    NEW(arena, Enrolment__ProgrammeStored, enrolment__programme_stored__init);
    Enrolment__Programme *p = arena_alloc(arena, sizeof *p);
    enrolment__programme__init(p);
    m->programme = p;
    p->id = facts_bytes(arena, id);
    p->code = arena_strdup(arena, "esim");
    p->title = text(arena, "Voimaa johtajuuteen – esimerkki", "Kraft i ledarskapet – exempel", "Strength in leadership – an example");
    p->version = version;
    p->n_units = 1;
    p->units = arena_array(arena, 1, sizeof *p->units);
    p->units[0] = unit(arena, id);
    p->n_implementations = 1;
    p->implementations = arena_array(arena, 1, sizeof *p->implementations);
    p->implementations[0] = implementation(arena, id, implementation_id);
    return m;
}

Enrolment__Registration *facts_registration(struct arena *arena, struct uuid programme, struct uuid implementation_id, struct uuid person,
                                            unsigned order_no)
{
    NEW(arena, Enrolment__Registration, enrolment__registration__init);
    m->id = facts_bytes(arena, uuid_from(person, uuid_span(&implementation_id)));
    m->programme_id = facts_bytes(arena, programme);
    m->implementation_id = facts_bytes(arena, implementation_id);
    m->person_id = facts_bytes(arena, person);
    m->state = ENROLMENT__STATE__STATE_SEATED;
    m->order_no = order_no;
    return m;
}
