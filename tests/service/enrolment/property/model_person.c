/* The model's own people: enrolling, holding, confirming, giving up, answering offers; and the clock, which lets time-outs take effect. */
#include "tests/service/enrolment/property/model.h"

#include "common/base/time.h"

#define MINUTE (60 * TIME_SECOND)
#define GRACE  (2 * TIME_SECOND) /* what has an end is kept so much longer, for answers that arrived in time and stood in a queue */

/* Of several to come and past the next opening is told. */
static const char *no_window(const struct model *m, int64_t now_us)
{
    bool any = false;

    for (size_t i = 0; i < m->round_count; i++) {
        if (!m->rounds[i].gone && now_us < m->rounds[i].opens_us)
            return "enrolment.window.not-open";
        any = any || !m->rounds[i].gone;
    }
    return any ? "enrolment.window.closed" : "enrolment.window.none";
}

/* Through the window. Whoever is invited takes nothing of its quota; an early code needs no window at all. */
static const char *window_refuses(const struct model *m, const struct operation *op)
{
    const bool invited = op->invitation != NOBODY;

    if (invited && m->invites[op->invitation].early)
        return NULL;
    const int at = model_round_at(m, op->now_us);
    if (at == NOBODY)
        return no_window(m, op->now_us);
    const struct round *r = &m->rounds[at];
    return !invited && r->quota > 0 && r->used >= r->quota ? "enrolment.window.quota" : NULL;
}

static const char *code_refuses(const struct model *m, const struct operation *op)
{
    if (op->bad_code)
        return "enrolment.invitation.unknown";
    if (op->invitation == NOBODY)
        return NULL;
    const struct invite *v = &m->invites[op->invitation];
    if (v->place != op->implementation)
        return "enrolment.invitation.other-implementation";
    if (v->over || (v->until_us > 0 && op->now_us >= v->until_us))
        return "enrolment.invitation.over";
    return v->used == v->seats ? "enrolment.invitation.used-up" : NULL;
}

const char *model_admits(const struct model *m, const struct operation *op, int person)
{
    const char *rule = window_refuses(m, op);

    if (rule == NULL && m->rule_refuses && !model_meets(person))
        rule = "property.fourth";
    const int active = model_active(m, person);
    if (rule != NULL || active == NOBODY)
        return rule;
    if (m->rows[active].state != HELD)
        return "enrolment.already-registered";
    return op->now_us >= m->rows[active].due_us ? "enrolment.hold.ending" : "enrolment.hold.open";
}

/* Where there is no seat and no place in the line either. A held seat may come free again, here or under the programme's cap where that
 * is what is missing; so that is not full. */
const char *model_full(const struct model *m, int place)
{
    const bool seat_here = model_taken(m, place) + model_reserved(m, place) < m->places[place].capacity;
    const int where = seat_here ? WHOLE : place;

    return model_count(m, where, HELD) + model_count(m, where, OFFERED) > 0 ? "enrolment.congested" : "enrolment.full";
}

bool model_may_sit(const struct model *m, int place)
{
    return model_room(m, place) && model_count(m, place, QUEUED) == 0;
}

bool model_may_wait(const struct model *m, int place)
{
    return model_count(m, place, QUEUED) < m->places[place].waiting_cap;
}

/* A round counts those who come through it while it has a quota. */
int model_register(struct model *m, const struct operation *op, int person, enum state state)
{
    const int row = model_give(m, op->implementation, person, state), round = model_round_at(m, op->now_us);

    if (round != NOBODY && m->rounds[round].quota > 0) {
        m->rounds[round].used++;
        m->rows[row].round = round;
    }
    return row;
}

static struct verdict confirmed(struct model *m, const struct operation *op, int row)
{
    if (m->rows[row].state != HELD)
        return m->asks && op->answered ? refused("enrolment.hold.confirmed") : answered(row);
    if (op->now_us >= m->rows[row].due_us)
        return refused("enrolment.hold.over");
    if (m->asks && !op->answered)
        return refused("enrolment.answer.required");
    model_move(m, row, SEATED);
    return answered(row);
}

static struct verdict invited(struct model *m, const struct operation *op)
{
    m->invites[op->invitation].used++;
    const int row = model_give(m, op->implementation, op->person, SEATED);
    m->rows[row].invitation = op->invitation;
    return answered(row);
}

struct verdict apply_enrol(struct model *m, const struct operation *op)
{
    if (op->actor != COORDINATOR && op->actor != op->person)
        return failed(ERR_FORBIDDEN);
    if (!model_known(m, op->person))
        return refused("enrolment.person.unknown");
    const char *rule = code_refuses(m, op);
    if (rule == NULL)
        rule = model_admits(m, op, op->person);
    if (rule == NULL && m->asks && !op->answered)
        rule = "enrolment.answer.required";
    if (rule != NULL)
        return refused(rule);
    if (op->invitation != NOBODY)
        return invited(m, op);
    if (model_may_sit(m, op->implementation))
        return answered(model_register(m, op, op->person, SEATED));
    if (model_may_wait(m, op->implementation))
        return answered(model_register(m, op, op->person, QUEUED));
    return refused(model_full(m, op->implementation));
}

struct verdict apply_hold(struct model *m, const struct operation *op)
{
    if (!model_known(m, op->actor))
        return refused("enrolment.person.unknown");
    const int held = model_active(m, op->actor);
    if (held != NOBODY && m->rows[held].state == HELD && m->rows[held].place == op->implementation && op->now_us < m->rows[held].due_us)
        return answered(held);
    const char *rule = m->hold_minutes == 0 ? "enrolment.hold.off" : model_admits(m, op, op->actor);
    if (rule != NULL)
        return refused(rule);
    if (!model_may_sit(m, op->implementation))
        return refused(model_may_wait(m, op->implementation) ? "enrolment.hold.no-seat" : model_full(m, op->implementation));
    const int row = model_register(m, op, op->actor, HELD);
    m->rows[row].due_us = op->now_us + m->hold_minutes * MINUTE;
    return answered(row);
}

/* The latest change of state of a registration; every one has its first. */
static struct step last_step(const struct model *m, int row)
{
    struct step last = {.row = row};

    for (size_t i = 0; i < m->step_count; i++) {
        if (m->steps[i].row == row)
            last = m->steps[i];
    }
    return last;
}

struct verdict apply_confirm(struct model *m, const struct operation *op)
{
    const struct row *r = &m->rows[op->registration];

    if (r->person != op->actor)
        return failed(ERR_FORBIDDEN);
    if (r->state == HELD || (r->state == SEATED && r->began_held))
        return confirmed(m, op, op->registration);
    if (last_step(m, op->registration).from != HELD)
        return refused("enrolment.hold.none");
    return refused(op->now_us < r->due_us ? "enrolment.hold.given-up" : "enrolment.hold.over");
}

bool model_keeps_seat(enum state state)
{
    return state == SEATED || state == HELD || state == OFFERED;
}

struct verdict apply_cancel(struct model *m, const struct operation *op)
{
    const struct row *r = &m->rows[op->registration];

    if (r->person == FORGOTTEN)
        return failed(ERR_NOT_FOUND);
    if (op->actor != COORDINATOR && r->person != op->actor && r->leader != op->actor)
        return failed(ERR_FORBIDDEN);
    if (r->person != op->actor && !op->reasoned)
        return failed(ERR_INVALID);
    if (r->state == TRANSFERRED)
        return refused("enrolment.cancel.transferred");
    if (r->state == CANCELLED)
        return answered(op->registration);
    const bool freed = model_keeps_seat(r->state);
    model_move(m, op->registration, CANCELLED);
    if (freed)
        model_promote(m, op->now_us);
    return answered(op->registration);
}

/* Whether somebody else would get the seat, and the waiting list has room for who comes back to it once that person has left it. */
static bool may_pass(const struct model *m, int row)
{
    struct model after = *m;
    const int place = m->rows[row].place;

    after.rows[row].state = CANCELLED;
    const int next = model_next(&after);
    if (next == NOBODY)
        return false;
    after.rows[next].state = SEATED;
    return model_count(&after, place, QUEUED) < m->places[place].waiting_cap;
}

/* Behind all who wait now, before all who come later; a priority is used up. */
static void pass(struct model *m, int row)
{
    struct row *r = &m->rows[row];

    model_move(m, row, QUEUED);
    r->priority = 0;
    r->behind = (uint32_t)m->row_count;
    r->pass = ++m->passes;
}

struct verdict apply_offer(struct model *m, const struct operation *op)
{
    const struct row *r = &m->rows[op->registration];
    const bool accept = op->number == ENROLMENT__ANSWER_OFFER_REQUEST__KIND__ACCEPT,
               decline = op->number == ENROLMENT__ANSWER_OFFER_REQUEST__KIND__DECLINE;

    if (r->person != op->actor)
        return failed(ERR_FORBIDDEN);
    const struct step last = last_step(m, op->registration);
    if (last.from == OFFERED && last.to == (accept ? SEATED : decline ? CANCELLED : QUEUED))
        return answered(op->registration);
    if (r->state != OFFERED)
        return refused("enrolment.offer.none");
    if (op->now_us >= r->due_us)
        return refused("enrolment.offer.over");
    if (!accept && !decline && !may_pass(m, op->registration))
        return refused("enrolment.offer.nobody-else");
    if (accept) {
        model_move(m, op->registration, SEATED);
        return answered(op->registration);
    }
    if (decline)
        model_move(m, op->registration, CANCELLED);
    else
        pass(m, op->registration);
    model_promote(m, op->now_us);
    return answered(op->registration);
}

/* --- the clock ----------------------------------------------------------------------------------------------------------------------- */

static bool lapsed(const struct row *r, int64_t now_us)
{
    return (r->state == HELD || r->state == OFFERED) && r->due_us + GRACE <= now_us;
}

/* The row with this id, when its turn to lapse has come: nobody's time ran out before. */
static int lapsed_row(const struct model *m, struct uuid id, int64_t now_us)
{
    int found = NOBODY;

    for (size_t i = 0; i < m->row_count; i++) {
        if (uuid_compare(m->rows[i].id, id) == 0 && lapsed(&m->rows[i], now_us))
            found = (int)i;
    }
    for (size_t i = 0; found != NOBODY && i < m->row_count; i++) {
        if (lapsed(&m->rows[i], now_us) && m->rows[i].due_us < m->rows[found].due_us)
            return NOBODY;
    }
    return found;
}

static bool any_lapsed(const struct model *m, int64_t now_us)
{
    for (size_t i = 0; i < m->row_count; i++) {
        if (lapsed(&m->rows[i], now_us))
            return true;
    }
    return false;
}

struct verdict apply_tick(struct model *m, const struct operation *op)
{
    for (size_t i = 0; i < op->lapsed_count; i++) {
        const int row = lapsed_row(m, op->lapsed[i], op->now_us);
        if (row == NOBODY)
            return refused("ended too soon, or out of turn");
        model_move(m, row, CANCELLED);
        model_promote(m, op->now_us);
    }
    if (any_lapsed(m, op->now_us))
        return refused("not ended");
    for (size_t i = 0; i < m->invite_count; i++) {
        struct invite *v = &m->invites[i];
        if (v->over || v->until_us == 0 || v->until_us + GRACE > op->now_us)
            continue;
        v->over = true;
        model_promote(m, op->now_us);
    }
    return answered(NOBODY);
}
