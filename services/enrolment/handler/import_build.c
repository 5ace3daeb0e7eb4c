/* From a checked message to the programme it describes. See import.h. */
#include <string.h>

#include "services/enrolment/handler/import.h"

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

struct text text_build(const Bus__Text *text)
{
    if (text == NULL)
        return (struct text){"", "", ""};
    return (struct text){.fi = or_empty(text->fi), .sv = or_empty(text->sv), .en = or_empty(text->en)};
}

/* The words with a separator between, as the domain keeps them. */
static const char *join(struct workset *w, char *const *words, size_t count, char separator)
{
    size_t len = 1;
    for (size_t i = 0; i < count; i++)
        len += strlen(words[i]) + 1;
    char *out = arena_alloc(w->arena, len), *end = out;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *end++ = separator;
        memcpy(end, words[i], strlen(words[i]));
        end += strlen(words[i]);
    }
    *end = '\0';
    return out;
}

const struct rule *rules_build(struct workset *w, Enrolment__Rule *const *rules, size_t count)
{
    struct rule *out = arena_array(w->arena, count, sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = (struct rule){.rule = rules[i]->rule,
                               .fact = rules[i]->fact,
                               .allowed = join(w, rules[i]->allowed, rules[i]->n_allowed, ','),
                               .reason = text_build(rules[i]->reason),
                               .review = rules[i]->review};
    return out;
}

struct uuid import_id(struct uuid space, const char *kind, const char *code)
{
    char name[128];
    const size_t kind_len = strlen(kind), code_len = strlen(code) < 100 ? strlen(code) : 100;
    memcpy(name, kind, kind_len);
    memcpy(name + kind_len, code, code_len);
    return uuid_from(space, span_of(name, kind_len + code_len));
}

struct uuid programme_id_of(const struct workset *w, const char *code)
{
    const struct uuid id = import_id((struct uuid){{0}}, "programme:", code);

    return workset_programme(w, id) == NULL ? id : uuid_v7(w->now_us); /* the one that had this code was renamed since */
}

struct uuid implementation_id_of(const struct workset *w, const struct programme *before, struct uuid programme, const char *code)
{
    const struct uuid id = import_id(programme, "implementation:", code);

    return before == NULL || programme_implementation(before, id) == NULL ? id : uuid_v7(w->now_us); /* another one, renamed since */
}

const struct window *import_window(const struct programme *p, struct uuid id)
{
    return p != NULL ? window_by_id(p->windows, p->window_count, id) : NULL;
}

static bool window_taken(const struct programme *after, struct uuid id)
{
    return import_window(after, id) != NULL;
}

/* The id the message names, if the programme has such a window and no line before has named it; nil: the window is to be numbered. */
static struct uuid window_kept(const Enrolment__Window *m, const struct programme *before, const struct programme *after)
{
    struct uuid id;

    if (uuid_read(&id, span_of(m->id.data, m->id.len)) && import_window(before, id) != NULL && !window_taken(after, id))
        return id;
    return (struct uuid){{0}};
}

/* The place in the list, or the next number that is free, whose window keeps that id for ever. */
static struct uuid window_numbered(struct workset *w, const struct programme *after, size_t number)
{
    struct uuid id = import_id(after->id, "window:", arena_printf(w->arena, "%zu", number));

    while (window_taken(after, id))
        id = import_id(after->id, "window:", arena_printf(w->arena, "%zu", ++number));
    return id;
}

/* A window whose id is known moves; others are the programme's first, second ... Those that are named come first to their ids. */
static void windows_build(struct workset *w, const Enrolment__Programme *m, const struct programme *before, struct programme *after)
{
    after->windows = arena_array(w->arena, m->n_windows, sizeof *after->windows);
    after->window_count = m->n_windows;
    for (size_t i = 0; i < m->n_windows; i++)
        after->windows[i].id = window_kept(m->windows[i], before, after);
    for (size_t i = 0; i < m->n_windows; i++) {
        struct window *window = &after->windows[i];
        const struct uuid id = uuid_is_nil(window->id) ? window_numbered(w, after, i + 1) : window->id;
        const struct window *was = import_window(before, id);
        const int64_t opens_us = m->windows[i]->opens_us, closes_us = m->windows[i]->closes_us;
        *window = was != NULL ? *was : window_added(id, opens_us, closes_us, w->now_us);
        window_move(window, opens_us, closes_us, w->now_us);
        window->changed |= window->quota != m->windows[i]->quota;
        window->quota = m->windows[i]->quota;
    }
}

static const struct implementation *implementation_coded(const struct programme *p, const char *code)
{
    for (size_t i = 0; p != NULL && i < p->implementation_count; i++)
        if (strcmp(p->implementations[i].code, code) == 0)
            return &p->implementations[i];
    return NULL;
}

void implementation_build(struct workset *w, struct implementation *i, const Enrolment__Implementation *m)
{
    i->code = m->code;
    i->organiser = text_build(m->organiser);
    i->title = text_build(m->title);
    i->audience = text_build(m->audience);
    i->places = join(w, m->places, m->n_places, '\n');
    i->region = m->region;
    i->mode = (enum mode)m->mode;
    i->rules = rules_build(w, m->rules, m->n_rules);
    i->rule_count = m->n_rules;
}

static struct implementation implementation_place(struct workset *w, const Enrolment__Implementation *m, size_t at,
                                                  const struct programme *before, struct programme *programme)
{
    const struct implementation *was = implementation_coded(before, m->code);
    struct implementation i = {.version = 0};

    if (was != NULL) {
        i = *was;
    } else {
        i.id = implementation_id_of(w, before, programme->id, m->code);
        i.chain_head = chain_start(i.id);
    }
    i.programme = programme;
    i.ordinal = (uint32_t)at + 1;
    i.capacity = m->capacity;
    i.waiting_cap = m->waiting_cap;
    implementation_build(w, &i, m);
    return i;
}

static void implementations_build(struct workset *w, const Enrolment__Programme *m, const struct programme *before, struct programme *after)
{
    const size_t stands = before != NULL ? before->implementation_count : 0;

    after->implementations = arena_array(w->arena, m->n_implementations + stands, sizeof *after->implementations);
    after->implementation_count = m->n_implementations;
    for (size_t i = 0; i < m->n_implementations; i++)
        after->implementations[i] = implementation_place(w, m->implementations[i], i, before, after);
    for (size_t i = 0; i < stands; i++) {
        if (implementation_coded(after, before->implementations[i].code) != NULL)
            continue;
        struct implementation *left = &after->implementations[after->implementation_count++];
        *left = before->implementations[i];
        left->programme = after;
        left->ordinal = (uint32_t)after->implementation_count;
    }
}

void head_build(struct programme *programme, const Enrolment__Programme *m)
{
    programme->code = m->code;
    programme->title = text_build(m->title);
    programme->credits_tenths = m->credits_tenths;
    programme->reply_hours = m->reply_hours;
    programme->offer_hours = m->offer_hours;
    programme->hold_minutes = m->hold_minutes;
    programme->moderated = m->moderated;
    programme->edit_until_us = m->edit_until_us;
    programme->plan_required = m->plan_required;
    programme->retention_days = m->retention_days;
    programme->described = true;
}

struct programme *import_build(struct workset *w, const struct job *job, const Enrolment__Programme *m, const struct programme *before,
                               struct uuid id)
{
    struct programme *after = arena_alloc(w->arena, sizeof *after);

    if (before != NULL)
        *after = *before;
    after->id = id;
    after->cap = m->cap;
    head_build(after, m);
    units_build(w, job, m, before, after);
    after->rules = rules_build(w, m->rules, m->n_rules);
    after->rule_count = m->n_rules;
    after->questions = questions_build(w, m->questions, m->n_questions);
    after->question_count = m->n_questions;
    windows_build(w, m, before, after);
    implementations_build(w, m, before, after);
    return after;
}
