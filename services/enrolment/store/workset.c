/* Asking for rows and finding them again: the half of workset.h that needs and decide use to look. */
#include "services/enrolment/store/workset.h"

#include <string.h>

#include "services/enrolment/store/part.h"

struct workset *workset_new(struct arena *arena, int64_t now_us, const struct signer *signer, struct publisher *publisher)
{
    struct workset *w = arena_alloc(arena, sizeof *w);
    struct id_set *const sets[] = {&w->programmes, &w->of_implementations, &w->of_registrations, &w->registrations,
                                   &w->persons,    &w->persons_locked};
    struct map *const maps[] = {&w->query_of,
                                &w->programme_by_id,
                                &w->programme_by_code,
                                &w->implementation_by_id,
                                &w->active,
                                &w->keys,
                                &w->registration_by_id,
                                &w->person_by_id,
                                &w->follows,
                                &w->answers,
                                &w->refused};

    w->arena = arena;
    w->now_us = now_us;
    w->signer = signer;
    w->publisher = publisher;
    w->events = event_list_new(arena, "enrolment", ENROLMENT_STREAMS);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        sets[i]->seen = map_on(arena);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        *maps[i] = map_on(arena);
    w->query_end = &w->queries;
    parts_init(&w->parts, arena, enrolment_parts, PART_COUNT);
    w->fresh_end = &w->fresh;
    w->moved_end = &w->moved;
    return w;
}

void *workset_grow(struct workset *w, void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    *room = *room == 0 ? 16 : *room * 2;
    void *larger = arena_array(w->arena, *room, size);
    if (count > 0)
        memcpy(larger, array, count * size);
    return larger;
}

struct span workset_pair(struct workset *w, struct uuid a, struct uuid b)
{
    uint8_t *both = arena_alloc(w->arena, sizeof a.b + sizeof b.b);
    memcpy(both, a.b, sizeof a.b);
    memcpy(both + sizeof a.b, b.b, sizeof b.b);
    return span_of(both, sizeof a.b + sizeof b.b);
}

static void ask(struct workset *w, struct id_set *set, struct uuid id)
{
    if (map_get(&set->seen, uuid_span(&id)) != NULL)
        return;
    map_put(&set->seen, uuid_span(&id), set);
    set->ids = workset_grow(w, set->ids, set->count, &set->room, sizeof *set->ids);
    set->ids[set->count++] = id;
}

void workset_lock_programme(struct workset *w, struct uuid id)
{
    w->lock = true;
    ask(w, &w->programmes, id);
}

void workset_lock_code(struct workset *w, const char *code)
{
    w->lock = true;
    w->codes = workset_grow(w, w->codes, w->code_count, &w->code_room, sizeof *w->codes);
    w->codes[w->code_count++] = code;
}

void workset_lock_of_implementation(struct workset *w, struct uuid id)
{
    w->lock = true;
    ask(w, &w->of_implementations, id);
}

void workset_lock_of_registration(struct workset *w, struct uuid id)
{
    w->lock = true;
    ask(w, &w->of_registrations, id);
    ask(w, &w->registrations, id);
}

void workset_lock_due(struct workset *w, struct uuid id)
{
    workset_lock_programme(w, id);
    w->due = id;
}

void workset_see_programme(struct workset *w, struct uuid id)
{
    ask(w, &w->programmes, id);
}

void workset_see_of_implementation(struct workset *w, struct uuid id)
{
    ask(w, &w->of_implementations, id);
}

void workset_see_registration(struct workset *w, struct uuid id)
{
    ask(w, &w->registrations, id);
}

void workset_see_of_registration(struct workset *w, struct uuid id)
{
    ask(w, &w->of_registrations, id);
    ask(w, &w->registrations, id);
}

void workset_want_units(struct workset *w)
{
    w->units = true;
}

void workset_want_promotions(struct workset *w, uint32_t seats)
{
    const uint32_t left = PROGRAMME_WAITING_MAX - w->promotions;
    w->promotions += seats < left ? seats : left;
}

void workset_want_person(struct workset *w, struct uuid id)
{
    ask(w, &w->persons, id);
}

void workset_lock_person(struct workset *w, struct uuid id)
{
    ask(w, &w->persons, id);
    ask(w, &w->persons_locked, id);
}

void workset_want_active(struct workset *w, struct uuid person, struct uuid programme)
{
    size_t room = w->active_room;
    w->active_person = workset_grow(w, w->active_person, w->active_count, &room, sizeof *w->active_person);
    w->active_programme = workset_grow(w, w->active_programme, w->active_count, &w->active_room, sizeof *w->active_programme);
    w->active_person[w->active_count] = person;
    w->active_programme[w->active_count++] = programme;
}

static struct span caller_key(struct workset *w, struct uuid caller, struct span key)
{
    uint8_t *both = arena_alloc(w->arena, sizeof caller.b + key.len);
    memcpy(both, caller.b, sizeof caller.b);
    if (key.len > 0)
        memcpy(both + sizeof caller.b, key.data, key.len);
    return span_of(both, sizeof caller.b + key.len);
}

void workset_want_key(struct workset *w, struct uuid caller, struct span key)
{
    struct key_want *want = arena_alloc(w->arena, sizeof *want);
    *want = (struct key_want){.caller = caller, .key = key};
    w->key_list = workset_grow(w, w->key_list, w->key_count, &w->key_room, sizeof *w->key_list);
    w->key_list[w->key_count++] = want;
    map_put(&w->keys, caller_key(w, caller, key), want);
}

void workset_want_follow(struct workset *w, struct uuid programme, struct uuid person)
{
    const struct span key = workset_pair(w, programme, person);
    if (map_get(&w->follows, key) != NULL)
        return;
    struct follow *follow = arena_alloc(w->arena, sizeof *follow);
    *follow = (struct follow){.programme = programme, .person = person};
    w->follow_list = workset_grow(w, w->follow_list, w->follow_count, &w->follow_room, sizeof *w->follow_list);
    w->follow_list[w->follow_count++] = follow;
    map_put(&w->follows, key, follow);
}

struct query *workset_query(struct workset *w, const struct job *job, enum query_kind kind, uint32_t limit)
{
    struct query *query = arena_alloc(w->arena, sizeof *query);
    *query = (struct query){.kind = kind, .limit = limit, .after_text = ""};
    *w->query_end = query;
    w->query_end = &query->next;
    map_put(&w->query_of, span_of(&job, sizeof job), query);
    return query;
}

struct programme *workset_programme(const struct workset *w, struct uuid id)
{
    return map_get(&w->programme_by_id, uuid_span(&id));
}

struct programme *workset_programme_coded(const struct workset *w, const char *code)
{
    struct programme *found = map_get(&w->programme_by_code, span_text(code));
    return found != NULL && strcmp(found->code, code) == 0 ? found : NULL; /* or it was renamed in this batch */
}

struct implementation *workset_implementation(const struct workset *w, struct uuid id)
{
    return map_get(&w->implementation_by_id, uuid_span(&id));
}

struct registration *workset_registration(const struct workset *w, struct uuid id)
{
    return map_get(&w->registration_by_id, uuid_span(&id));
}

struct person *workset_person(const struct workset *w, struct uuid id)
{
    return map_get(&w->person_by_id, uuid_span(&id));
}

struct registration *workset_active(const struct workset *w, struct uuid person, struct uuid programme)
{
    const struct uuid pair[2] = {person, programme};
    struct registration *found = map_get(&w->active, span_of(pair, sizeof pair));
    return found != NULL && registration_active(found) ? found : NULL;
}

const struct key_want *workset_key(const struct workset *w, struct uuid caller, struct span key)
{
    uint8_t both[sizeof caller.b + 64];
    if (key.len > 64)
        return NULL;
    memcpy(both, caller.b, sizeof caller.b);
    if (key.len > 0)
        memcpy(both + sizeof caller.b, key.data, key.len);
    return map_get(&w->keys, span_of(both, sizeof caller.b + key.len));
}

struct follow *workset_follow(const struct workset *w, struct uuid programme, struct uuid person)
{
    const struct uuid pair[2] = {programme, person};
    return map_get(&w->follows, span_of(pair, sizeof pair));
}

struct query *workset_query_of(const struct workset *w, const struct job *job)
{
    return map_get(&w->query_of, span_of(&job, sizeof job));
}
