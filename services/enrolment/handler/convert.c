/* Domain structs to messages, field by field. See convert.h for who owns what. */
#include "services/enrolment/handler/convert.h"

#include <string.h>

/* protobuf-c's structs hold plain char pointers; packing only reads them. */
static char *borrow(const char *text)
{
    return (char *)(uintptr_t)(text != NULL ? text : "");
}

ProtobufCBinaryData bytes_of(const void *data, size_t len)
{
    return (ProtobufCBinaryData){.len = len, .data = (uint8_t *)(uintptr_t)data};
}

ProtobufCBinaryData id_bytes(const struct uuid *id)
{
    return uuid_is_nil(*id) ? (ProtobufCBinaryData){0} : bytes_of(id->b, sizeof id->b);
}

void registration_fill(Enrolment__Registration *m, const struct registration *r)
{
    enrolment__registration__init(m);
    m->id = id_bytes(&r->id);
    m->programme_id = id_bytes(&r->programme);
    m->implementation_id = id_bytes(&r->implementation);
    m->person_id = id_bytes(&r->person);
    m->state = (Enrolment__State)r->state;
    m->order_no = r->order_no;
    m->programme_order = r->programme_order;
    m->position = r->position;
    m->received_us = r->received_us;
    m->created_us = r->created_us;
    m->reply_due_us = r->reply_due_us;
    m->version = r->version;
}

void seats_fill(Enrolment__Seats *m, const struct implementation *i)
{
    enrolment__seats__init(m);
    m->programme_id = id_bytes(&i->programme->id);
    m->implementation_id = id_bytes(&i->id);
    m->capacity = i->capacity;
    m->taken = i->taken;
    m->waiting = i->waiting;
    m->programme_taken = i->programme->taken;
    m->programme_cap = i->programme->cap;
}

void window_fill(Enrolment__Window *m, const struct window *window)
{
    enrolment__window__init(m);
    m->id = id_bytes(&window->id);
    m->opens_us = window->opens_us;
    m->closes_us = window->closes_us;
}

void person_fill(Enrolment__Person *m, const struct person *person)
{
    enrolment__person__init(m);
    m->id = id_bytes(&person->id);
    m->name = borrow(person->name);
    m->email = borrow(person->email);
    m->language = borrow(person->language);
    m->role = borrow(person->role);
    m->level = borrow(person->level);
    m->organisation_kind = borrow(person->organisation_kind);
    m->organisation = borrow(person->organisation);
    m->region = borrow(person->region);
    m->version = person->version;
}

void chain_entry_fill(Enrolment__ChainEntry *m, const struct chain_record *record, const struct hash *hash)
{
    enrolment__chain_entry__init(m);
    m->n = record->n;
    m->from = (Enrolment__State)record->from;
    m->to = (Enrolment__State)record->to;
    m->order_no = record->order_no;
    m->registration_id = id_bytes(&record->registration);
    m->person_hash = bytes_of(record->person.b, sizeof record->person.b);
    m->at_us = record->at_us;
    m->hash = bytes_of(hash->b, sizeof hash->b);
}

Enrolment__Person *person_message(struct workset *w, struct uuid id)
{
    const struct person *person = workset_person(w, id);
    if (person == NULL)
        return NULL;
    Enrolment__Person *m = arena_alloc(w->arena, sizeof *m);
    person_fill(m, person);
    return m;
}

Enrolment__Registration *registration_message(struct workset *w, const struct registration *r)
{
    Enrolment__Registration *m = arena_alloc(w->arena, sizeof *m);
    registration_fill(m, r);
    return m;
}

static Bus__Text *text_message(struct workset *w, const struct text *text)
{
    Bus__Text *m = arena_alloc(w->arena, sizeof *m);
    bus__text__init(m);
    m->fi = borrow(text->fi);
    m->sv = borrow(text->sv);
    m->en = borrow(text->en);
    return m;
}

/* "a,b,c" or "a\nb" to an array of strings; an empty list has none. */
static char **words(struct workset *w, const char *list, char separator, size_t *count)
{
    size_t n = *list != '\0';
    for (const char *p = list; *p; p++)
        n += *p == separator;
    char **out = arena_array(w->arena, n, sizeof *out);
    char *copy = arena_strdup(w->arena, list);
    for (size_t i = 0; i < n; i++) {
        out[i] = copy;
        char *end = strchr(copy, separator);
        if (end != NULL) {
            *end = '\0';
            copy = end + 1;
        }
    }
    *count = n;
    return out;
}

static Enrolment__Rule **rule_messages(struct workset *w, const struct rule *rules, size_t count)
{
    Enrolment__Rule **all = arena_array(w->arena, count, sizeof(Enrolment__Rule *));
    for (size_t i = 0; i < count; i++) {
        all[i] = arena_alloc(w->arena, sizeof *all[i]);
        enrolment__rule__init(all[i]);
        all[i]->rule = borrow(rules[i].rule);
        all[i]->fact = borrow(rules[i].fact);
        all[i]->allowed = words(w, rules[i].allowed, ',', &all[i]->n_allowed);
        all[i]->reason = text_message(w, &rules[i].reason);
    }
    return all;
}

Enrolment__Implementation *implementation_message(struct workset *w, const struct implementation *i)
{
    Enrolment__Implementation *m = arena_alloc(w->arena, sizeof *m);
    enrolment__implementation__init(m);
    m->id = id_bytes(&i->id);
    m->programme_id = id_bytes(&i->programme->id);
    m->code = borrow(i->code);
    m->ordinal = i->ordinal;
    m->organiser = text_message(w, &i->organiser);
    m->title = text_message(w, &i->title);
    m->places = words(w, i->places, '\n', &m->n_places);
    m->region = borrow(i->region);
    m->mode = (Enrolment__Mode)i->mode;
    m->audience = text_message(w, &i->audience);
    m->capacity = i->capacity;
    m->taken = i->taken;
    m->waiting = i->waiting;
    m->waiting_cap = i->waiting_cap;
    m->rules = rule_messages(w, i->rules, i->rule_count);
    m->n_rules = i->rule_count;
    m->version = i->version;
    return m;
}

static Enrolment__Unit *unit_message(struct workset *w, const struct unit *unit)
{
    Enrolment__Unit *m = arena_alloc(w->arena, sizeof *m);
    enrolment__unit__init(m);
    m->id = id_bytes(&unit->id);
    m->ordinal = unit->ordinal;
    m->title = text_message(w, &unit->title);
    m->credits_tenths = unit->credits_tenths;
    m->webinars = arena_array(w->arena, unit->webinar_count, sizeof(Enrolment__Webinar *));
    m->n_webinars = unit->webinar_count;
    for (size_t i = 0; i < unit->webinar_count; i++) {
        m->webinars[i] = arena_alloc(w->arena, sizeof *m->webinars[i]);
        enrolment__webinar__init(m->webinars[i]);
        m->webinars[i]->starts_us = unit->webinars[i].starts_us;
        m->webinars[i]->ends_us = unit->webinars[i].ends_us;
        m->webinars[i]->advance_notice = unit->webinars[i].advance_notice;
    }
    return m;
}

Enrolment__Programme *programme_message(struct workset *w, const struct programme *p)
{
    Enrolment__Programme *m = arena_alloc(w->arena, sizeof *m);
    enrolment__programme__init(m);
    m->id = id_bytes(&p->id);
    m->code = borrow(p->code);
    m->title = text_message(w, &p->title);
    m->credits_tenths = p->credits_tenths;
    m->cap = p->cap;
    m->taken = p->taken;
    m->waiting = p->waiting;
    m->reply_hours = p->reply_hours;
    m->version = p->version;
    m->n_units = p->unit_count;
    m->units = arena_array(w->arena, p->unit_count, sizeof(Enrolment__Unit *));
    for (size_t i = 0; i < p->unit_count; i++)
        m->units[i] = unit_message(w, &p->units[i]);
    m->n_implementations = p->implementation_count;
    m->implementations = arena_array(w->arena, p->implementation_count, sizeof(Enrolment__Implementation *));
    for (size_t i = 0; i < p->implementation_count; i++)
        m->implementations[i] = implementation_message(w, &p->implementations[i]);
    m->n_windows = p->window_count;
    m->windows = arena_array(w->arena, p->window_count, sizeof(Enrolment__Window *));
    for (size_t i = 0; i < p->window_count; i++) {
        m->windows[i] = arena_alloc(w->arena, sizeof *m->windows[i]);
        window_fill(m->windows[i], &p->windows[i]);
    }
    m->rules = rule_messages(w, p->rules, p->rule_count);
    m->n_rules = p->rule_count;
    return m;
}
