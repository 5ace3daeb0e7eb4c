/* Counting and changing in the model: see model.h. Nothing is remembered that can be counted. */
#include "tests/service/enrolment/property/model.h"

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "tests/service/enrolment/property/service.h"

uint32_t model_count(const struct model *m, int place, enum state state)
{
    uint32_t count = 0;

    for (size_t i = 0; i < m->row_count; i++)
        count += m->rows[i].state == state && (place == WHOLE || m->rows[i].place == place);
    return count;
}

uint32_t model_taken(const struct model *m, int place)
{
    return model_count(m, place, SEATED) + model_count(m, place, HELD) + model_count(m, place, OFFERED);
}

uint32_t model_reserved(const struct model *m, int place)
{
    uint32_t count = 0;

    for (size_t i = 0; i < m->invite_count; i++) {
        const struct invite *v = &m->invites[i];
        if (!v->over && (place == WHOLE || v->place == place))
            count += v->seats - v->used;
    }
    return count;
}

bool model_room(const struct model *m, int place)
{
    return model_taken(m, WHOLE) + model_reserved(m, WHOLE) < m->cap &&
           model_taken(m, place) + model_reserved(m, place) < m->places[place].capacity;
}

static bool is_active(enum state state)
{
    return state == SEATED || state == QUEUED || state == HELD || state == OFFERED;
}

int model_active(const struct model *m, int person)
{
    for (size_t i = 0; i < m->row_count; i++) {
        if (m->rows[i].person == person && is_active(m->rows[i].state))
            return (int)i;
    }
    return NOBODY;
}

bool model_before(const struct row *a, const struct row *b)
{
    if (a->priority != b->priority)
        return a->priority > b->priority;
    if (a->behind != b->behind)
        return a->behind < b->behind;
    return a->pass < b->pass;
}

uint32_t model_position(const struct model *m, int row)
{
    const struct row *own = &m->rows[row];
    uint32_t position = 1;

    if (own->state != QUEUED)
        return 0;
    for (size_t i = 0; i < m->row_count; i++) {
        const struct row *r = &m->rows[i];
        position += r->state == QUEUED && r->place == own->place && model_before(r, own);
    }
    return position;
}

bool model_meets(int person)
{
    return person > PEOPLE || person % 4 != 3;
}

bool model_known(const struct model *m, int person)
{
    return !m->gone[person].unknown;
}

struct uuid model_person_id(const struct model *m, int person)
{
    const struct uuid nobody = {{0}};

    if (person == FORGOTTEN)
        return nobody;
    return person > PEOPLE ? m->strangers[person - PEOPLE - 1] : person_id(person);
}

int model_round_at(const struct model *m, int64_t at_us)
{
    for (size_t i = 0; i < m->round_count; i++) {
        const struct round *r = &m->rounds[i];
        if (!r->gone && r->opens_us <= at_us && at_us < r->closes_us)
            return (int)i;
    }
    return NOBODY;
}

static void note(struct model *m, int row, enum state from, enum state to)
{
    if (m->step_count == MOVES_MOST)
        bug("a history has more changes of state than the model has room for");
    m->steps[m->step_count++] = (struct step){.row = row, .from = from, .to = to};
}

int model_give(struct model *m, int place, int person, enum state state)
{
    if (m->row_count == ROWS_MOST)
        bug("a history has more registrations than the model has room for");
    const int at = (int)m->row_count;
    struct row *r = &m->rows[m->row_count++];
    *r = (struct row){
        .place = place, .person = person, .state = state, .origin = NOBODY, .invitation = NOBODY, .leader = NOBODY, .round = NOBODY};
    for (size_t i = 0; i < m->row_count; i++)
        r->order_no += m->rows[i].place == place;
    r->programme_order = r->behind = (uint32_t)m->row_count;
    r->review = m->moderated || (m->rule_reviews && !model_meets(person)) ? UNREVIEWED : NOT_NEEDED;
    r->began_held = state == HELD;
    note(m, at, FRESH, state);
    return at;
}

void model_move(struct model *m, int row, enum state to)
{
    struct row *r = &m->rows[row];

    note(m, row, r->state, to);
    if (r->state == HELD && to == CANCELLED && r->round != NOBODY)
        m->rounds[r->round].used--;          /* what was only held gives back what it took of its round, and no more */
    if (r->state != HELD || to != CANCELLED) /* a hold that ended keeps its end, to say why */
        r->due_us = 0;
    r->state = to;
}

/* Who is next: first in line of all who wait where there is room. */
int model_next(const struct model *m)
{
    int best = NOBODY;

    for (size_t i = 0; i < m->row_count; i++) {
        const struct row *r = &m->rows[i];
        if (r->state == QUEUED && model_room(m, r->place) && (best == NOBODY || model_before(r, &m->rows[best])))
            best = (int)i;
    }
    return best;
}

void model_promote(struct model *m, int64_t now_us)
{
    for (int row = model_next(m); row != NOBODY; row = model_next(m)) {
        model_move(m, row, m->offer_hours > 0 ? OFFERED : SEATED);
        const uint32_t hours = m->offer_hours > 0 ? m->offer_hours : m->reply_hours; /* histories begin and end on working days */
        m->rows[row].due_us = hours > 0 ? now_us + hours * TIME_HOUR : 0;
    }
}

struct verdict refused(const char *rule)
{
    return (struct verdict){.err = ERR_REFUSED, .rule = rule, .row = NOBODY};
}

struct verdict failed(enum err err)
{
    return (struct verdict){.err = err, .row = NOBODY};
}

struct verdict answered(int row)
{
    return (struct verdict){.err = ERR_OK, .row = row};
}

struct verdict model_apply(struct model *m, const struct operation *op)
{
    static struct verdict (*const APPLY[OPERATION_COUNT])(struct model *, const struct operation *) = {
        [OPERATION_ENROL] = apply_enrol,
        [OPERATION_HOLD] = apply_hold,
        [OPERATION_CONFIRM] = apply_confirm,
        [OPERATION_CANCEL] = apply_cancel,
        [OPERATION_OFFER] = apply_offer,
        [OPERATION_TRANSFER] = apply_transfer,
        [OPERATION_TEAM] = apply_team,
        [OPERATION_REVIEW] = apply_review,
        [OPERATION_PROMOTE] = apply_promote,
        [OPERATION_PRIORITY] = apply_priority,
        [OPERATION_CAPACITY] = apply_capacity,
        [OPERATION_CAP] = apply_cap,
        [OPERATION_INVITE] = apply_invite,
        [OPERATION_REVOKE] = apply_revoke,
        [OPERATION_TICK] = apply_tick,
        [OPERATION_WINDOW] = apply_window,
        [OPERATION_ADD_WINDOW] = apply_add_window,
        [OPERATION_REMOVE_WINDOW] = apply_remove_window,
        [OPERATION_ERASE] = apply_erase,
        [OPERATION_RETURN] = apply_return,
    };
    return APPLY[op->kind](m, op);
}
