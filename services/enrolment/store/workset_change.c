/* Recording changes: the half of workset.h that decide uses to change. Rows are changed in place by the domain; here it is
 * noted which ones the store has to write. */
#include <string.h>

#include "services/enrolment/store/workset.h"

void workset_salt(struct workset *w, uint8_t out[CHAIN_SALT_SIZE])
{
    random_take(&w->random, out, CHAIN_SALT_SIZE);
}

void workset_registered(struct workset *w, struct registration *registration, struct span key, struct hash request_hash)
{
    struct fresh *fresh = arena_alloc(w->arena, sizeof *fresh);
    *fresh = (struct fresh){.registration = registration, .key = key, .request_hash = request_hash};
    *w->fresh_end = fresh;
    w->fresh_end = &fresh->next;
    w->fresh_count++;
    map_put(&w->registration_by_id, uuid_span(&registration->id), registration);
    map_put(&w->active, workset_pair(w, registration->person, registration->programme), registration);
}

void workset_moved(struct workset *w, struct registration *registration, const struct move *move)
{
    struct moved *moved = arena_alloc(w->arena, sizeof *moved);
    *moved = (struct moved){.registration = registration, .move = *move};
    *w->moved_end = moved;
    w->moved_end = &moved->next;
    w->moved_count++;
    workset_changed(w, registration);
}

const struct move *workset_last_move(const struct workset *w, const struct job *job, const struct registration *registration)
{
    const struct query *query = workset_query_of(w, job);
    const struct move *last = query->count > 0 ? query->rows[0] : NULL;

    for (const struct moved *moved = w->moved; moved != NULL; moved = moved->next)
        if (moved->registration == registration)
            last = &moved->move;
    return last;
}

void workset_changed(struct workset *w, struct registration *registration)
{
    if (registration->fresh || !registration->changed)
        return;
    for (size_t i = 0; i < w->changed_count; i++)
        if (w->changed[i] == registration)
            return;
    w->changed = workset_grow(w, w->changed, w->changed_count, &w->changed_room, sizeof *w->changed);
    w->changed[w->changed_count++] = registration;
}

void workset_refused(struct workset *w, struct uuid programme, struct uuid implementation, struct uuid person, const char *rule)
{
    const struct span pair = workset_pair(w, person, implementation);
    const size_t len = pair.len + strlen(rule);
    uint8_t *key = arena_alloc(w->arena, len);
    memcpy(key, pair.data, pair.len);
    memcpy(key + pair.len, rule, strlen(rule));

    struct refused *row = map_get(&w->refused, span_of(key, len));
    if (row == NULL) {
        row = arena_alloc(w->arena, sizeof *row);
        *row = (struct refused){.programme = programme, .implementation = implementation, .person = person, .rule = rule};
        map_put(&w->refused, span_of(key, len), row);
        w->refused_list = workset_grow(w, w->refused_list, w->refused_count, &w->refused_room, sizeof *w->refused_list);
        w->refused_list[w->refused_count++] = row;
    }
    row->times++;
    row->last_us = w->now_us;
}

void workset_person_put(struct workset *w, struct person *person)
{
    map_put(&w->person_by_id, uuid_span(&person->id), person);
    for (size_t i = 0; i < w->person_put_count; i++) {
        if (uuid_compare(w->persons_put[i]->id, person->id) == 0) {
            w->persons_put[i] = person;
            return;
        }
    }
    w->persons_put = workset_grow(w, w->persons_put, w->person_put_count, &w->person_put_room, sizeof *w->persons_put);
    w->persons_put[w->person_put_count++] = person;
}

void workset_hold_programme(struct workset *w, struct programme *programme)
{
    if (map_get(&w->programme_by_id, uuid_span(&programme->id)) == NULL) {
        w->programme_list = workset_grow(w, w->programme_list, w->programme_count, &w->programme_room, sizeof *w->programme_list);
        w->programme_list[w->programme_count++] = programme;
    }
    map_put(&w->programme_by_id, uuid_span(&programme->id), programme);
    map_put(&w->programme_by_code, span_text(programme->code), programme);
    for (size_t i = 0; i < programme->implementation_count; i++)
        map_put(&w->implementation_by_id, uuid_span(&programme->implementations[i].id), &programme->implementations[i]);
}

void workset_programme_put(struct workset *w, struct programme *programme)
{
    workset_hold_programme(w, programme);
    for (size_t i = 0; i < w->programme_put_count; i++)
        if (w->programmes_put[i] == programme)
            return;
    w->programmes_put = workset_grow(w, w->programmes_put, w->programme_put_count, &w->programme_put_room, sizeof *w->programmes_put);
    w->programmes_put[w->programme_put_count++] = programme;
}
