/* Domain structs to messages, field by field. See convert.h for who owns what. */
#include "services/enrolment/handler/convert.h"

#include <string.h>

#include "services/enrolment/domain/line.h"

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
    m->reply_due_us = registration_active(r) ? r->reply_due_us : 0;
    m->version = r->version;
    m->origin_id = id_bytes(&r->origin);
    m->team_id = id_bytes(&r->team);
    m->invitation_id = id_bytes(&r->invitation);
    m->review = (Enrolment__ReviewState)r->review;
    m->condition = borrow(r->condition);
    m->priority = line_priority(r->line);
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
    m->held = i->held;
    m->reserved = i->reserved;
    m->programme_held = i->programme->held;
    m->programme_reserved = i->programme->reserved;
}

void window_fill(Enrolment__Window *m, const struct window *window)
{
    enrolment__window__init(m);
    m->id = id_bytes(&window->id);
    m->opens_us = window->opens_us;
    m->closes_us = window->closes_us;
    m->quota = window->quota;
    m->used = window->used;
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

Enrolment__Registration *registration_kept(struct workset *w, const struct registration *r)
{
    Enrolment__Registration *m = registration_message(w, r);
    m->condition = borrow("");
    return m;
}

Bus__Text *text_message(struct workset *w, const struct text *text)
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
        all[i]->review = rules[i].review;
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
    m->held = i->held;
    m->reserved = i->reserved;
    return m;
}

void webinar_fill(Enrolment__Webinar *m, const struct webinar *webinar)
{
    enrolment__webinar__init(m);
    m->starts_us = webinar->starts_us;
    m->ends_us = webinar->ends_us;
    m->advance_notice = webinar->advance_notice;
    m->id = id_bytes(&webinar->id);
    m->sequence = webinar->sequence;
    m->cancelled = webinar->cancelled;
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
        webinar_fill(m->webinars[i], &unit->webinars[i]);
    }
    return m;
}

static Enrolment__Question__Option **option_messages(struct workset *w, const struct question *q)
{
    Enrolment__Question__Option **all = arena_array(w->arena, q->option_count, sizeof(Enrolment__Question__Option *));
    for (size_t i = 0; i < q->option_count; i++) {
        all[i] = arena_alloc(w->arena, sizeof *all[i]);
        enrolment__question__option__init(all[i]);
        all[i]->value = borrow(q->options[i].value);
        all[i]->text = text_message(w, &q->options[i].text);
    }
    return all;
}

static Enrolment__Question **question_messages(struct workset *w, const struct question *questions, size_t count)
{
    Enrolment__Question **all = arena_array(w->arena, count, sizeof(Enrolment__Question *));
    for (size_t i = 0; i < count; i++) {
        const struct question *q = &questions[i];
        all[i] = arena_alloc(w->arena, sizeof *all[i]);
        enrolment__question__init(all[i]);
        all[i]->code = borrow(q->code);
        all[i]->kind = (Enrolment__Question__Kind)q->kind;
        all[i]->title = text_message(w, &q->title);
        all[i]->help = text_message(w, &q->help);
        all[i]->required = q->required;
        all[i]->sensitive = q->sensitive;
        all[i]->options = option_messages(w, q);
        all[i]->n_options = q->option_count;
        all[i]->when_code = borrow(q->when_code);
        all[i]->when_values = arena_array(w->arena, q->when_count, sizeof(char *));
        all[i]->n_when_values = q->when_count;
        for (size_t k = 0; k < q->when_count; k++)
            all[i]->when_values[k] = borrow(q->when_values[k]);
    }
    return all;
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
    m->held = p->held;
    m->reserved = p->reserved;
    m->offer_hours = p->offer_hours;
    m->hold_minutes = p->hold_minutes;
    m->moderated = p->moderated;
    m->edit_until_us = p->edit_until_us;
    m->plan_required = p->plan_required;
    m->retention_days = p->retention_days;
    m->questions = question_messages(w, p->questions, p->question_count);
    m->n_questions = p->question_count;
    return m;
}
