/* The part "reminder" of the store, as cases see it: see reminder.h. */
#include "services/notification/store/reminder_rows.h"

#include "common/base/alloc.h"

/* --- needs ------------------------------------------------------------------------------------------------------------- */
static struct reminder_ask *ask(struct workset *w, const struct job *job)
{
    return part_ask(&w->parts, PART_REMINDER, job, sizeof(struct reminder_ask));
}

struct reminder_set *reminder_set_of(const struct workset *w, enum reminder_want what, struct uuid id)
{
    for (struct part_item *item = w->parts.rows[PART_REMINDER].asks; item != NULL; item = item->next) {
        const struct reminder_ask *other = (const struct reminder_ask *)item;
        if (other->what == what && other->set != NULL && uuid_compare(other->set->id, id) == 0)
            return other->set;
    }
    return NULL;
}

static void want_set(struct workset *w, const struct job *job, enum reminder_want what, struct uuid id)
{
    struct reminder_set *set = reminder_set_of(w, what, id);
    struct reminder_ask *a = ask(w, job);

    if (set == NULL) {
        set = arena_alloc(w->arena, sizeof *set);
        set->id = id;
    }
    a->what = what;
    a->set = set;
}

void reminder_want_training(struct workset *w, const struct job *job, struct uuid training)
{
    want_set(w, job, WANT_TRAINING, training);
}

void reminder_want_one(struct workset *w, const struct job *job, struct uuid id)
{
    want_set(w, job, WANT_ONE, id);
}

void reminder_want_subject(struct workset *w, const struct job *job, struct uuid subject)
{
    want_set(w, job, WANT_SUBJECT, subject);
}

void reminder_want_call(struct workset *w, const struct job *job, struct uuid call)
{
    want_set(w, job, WANT_CALL, call);
}

void reminder_want_due(struct workset *w, const struct job *job, struct uuid id)
{
    struct reminder_ask *a = ask(w, job);

    a->what = WANT_DUE;
    a->id = id;
}

void reminder_want_list(struct workset *w, const struct job *job, enum reminder_state state, int64_t before, int32_t limit)
{
    struct reminder_ask *a = ask(w, job);

    a->what = WANT_LIST;
    a->state = state;
    a->before = before;
    a->limit = limit;
}

/* --- decide ------------------------------------------------------------------------------------------------------------ */
static struct reminder_ask *asked(const struct workset *w, const struct job *job)
{
    struct reminder_ask *a = part_asked(&w->parts, PART_REMINDER, job);

    if (a == NULL)
        bug("a job looks for reminders it has not asked for");
    return a;
}

struct reminder_row *reminder_next(const struct workset *w, const struct job *job, size_t *cursor)
{
    const struct reminder_set *set = asked(w, job)->set;

    return *cursor < set->count ? set->rows[(*cursor)++] : NULL;
}

struct reminder_row *reminder_find(const struct workset *w, const struct job *job, struct uuid id)
{
    struct reminder_row *row;
    size_t cursor = 0;

    while ((row = reminder_next(w, job, &cursor)) != NULL)
        if (uuid_compare(row->it.id, id) == 0)
            return row;
    return NULL;
}

/* The rows themselves never move: changes point to them. */
void reminder_set_share(struct workset *w, struct reminder_set *set, struct reminder_row *row)
{
    if (set->count == set->cap) {
        struct reminder_row **rows = arena_array(w->arena, set->cap * 2 + 8, sizeof *rows);
        for (size_t i = 0; i < set->count; i++)
            rows[i] = set->rows[i];
        set->rows = rows;
        set->cap = set->cap * 2 + 8;
    }
    set->rows[set->count++] = row;
}

struct reminder_row *reminder_set_add(struct workset *w, struct reminder_set *set, const struct reminder_row *row)
{
    struct reminder_row *mine = arena_alloc(w->arena, sizeof *mine);

    *mine = *row;
    reminder_set_share(w, set, mine);
    return mine;
}

/* Of a draft the jobs behind this one that look at its call know as well. */
struct reminder_row *reminder_add(struct workset *w, const struct job *job, const struct reminder *it)
{
    struct reminder_row *row = reminder_set_add(w, asked(w, job)->set, &(const struct reminder_row){.it = *it, .state = REMINDER_PENDING});
    struct reminder_set *call = it->kind == KIND_DRAFT_CLOSES ? reminder_set_of(w, WANT_CALL, it->call) : NULL;

    if (call != NULL)
        reminder_set_share(w, call, row);
    return row;
}

struct reminder_due *reminder_due_one(const struct workset *w, const struct job *job)
{
    return asked(w, job)->due;
}

const struct reminder_row *reminder_listed(const struct workset *w, const struct job *job, size_t *count)
{
    const struct reminder_ask *a = asked(w, job);

    *count = a->count;
    return a->listed;
}

static struct reminder_change *change(struct workset *w)
{
    return part_change(&w->parts, PART_REMINDER, sizeof(struct reminder_change));
}

void reminder_put(struct workset *w, struct reminder_row *row)
{
    if (row->changed)
        return;
    row->changed = true;
    struct reminder_change *c = change(w);
    c->what = CHANGE_ROW;
    c->row = row;
}

void reminder_call_off(struct workset *w, struct uuid id, const char *why)
{
    struct reminder_change *c = change(w);

    c->what = CHANGE_OFF;
    c->id = id;
    c->why = why;
}

void reminder_call_off_seat(struct workset *w, struct uuid person, struct uuid registration, const char *why)
{
    struct reminder_change *c = change(w);

    c->what = CHANGE_OFF_SEAT;
    c->id = registration;
    c->person = person;
    c->why = why;
}

void reminder_sweep(struct workset *w, int64_t before_us)
{
    struct reminder_change *c = change(w);

    c->what = CHANGE_SWEEP;
    c->before_us = before_us;
}
