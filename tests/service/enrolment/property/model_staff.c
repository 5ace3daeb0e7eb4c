/* The model's coordinators: transfers, teams, reviews, promotions by hand, priorities, capacities and invitations. */
#include "tests/service/enrolment/property/model.h"

#include "common/base/alloc.h"
#include "common/base/time.h"

/* --- to another implementation ------------------------------------------------------------------------------------------------ */

/* The new row keeps what was said of the old one; its number and its place in the line are those of the target. */
static struct verdict transferred(struct model *m, const struct operation *op, enum state state)
{
    const int origin = op->registration;
    const bool freed = m->rows[origin].state == SEATED;

    model_move(m, origin, TRANSFERRED);
    const int row = model_give(m, op->implementation, m->rows[origin].person, state);
    m->rows[row].origin = origin;
    m->rows[row].review = m->rows[origin].review;
    m->rows[row].of_team = m->rows[origin].of_team;
    m->rows[row].leader = m->rows[origin].leader;
    if (freed)
        model_promote(m, op->now_us);
    return answered(row);
}

struct verdict apply_transfer(struct model *m, const struct operation *op)
{
    const struct row *r = &m->rows[op->registration];
    const bool staff = op->actor == COORDINATOR;

    if (r->person == FORGOTTEN)
        return failed(ERR_NOT_FOUND);
    if (!staff && r->person != op->actor)
        return failed(ERR_FORBIDDEN);
    if (staff && !op->reasoned)
        return failed(ERR_INVALID);
    if (r->state != SEATED && r->state != QUEUED)
        return refused("enrolment.transfer.state");
    if (r->place == op->implementation)
        return refused("enrolment.transfer.same");
    /* One's own seat is free for the reckoning of the programme's cap. */
    struct model after = *m;
    after.rows[op->registration].state = TRANSFERRED;
    if (model_may_sit(&after, op->implementation))
        return transferred(m, op, SEATED);
    if (r->state == QUEUED && model_may_wait(m, op->implementation))
        return transferred(m, op, QUEUED);
    return refused("enrolment.transfer.no-room");
}

/* --- teams ---------------------------------------------------------------------------------------------------------------------- */

static const char *member_refused(const struct model *m, const struct operation *op, int person)
{
    const char *rule = model_known(m, person) ? model_admits(m, op, person) : "enrolment.person.unknown";

    return rule == NULL && m->asks && !op->answered ? "enrolment.answer.required" : rule;
}

/* Who is not known yet becomes the next of the strangers, once there is a registration. */
static int member_of(const struct model *m, const struct operation *op, size_t i)
{
    if (m->stranger_count == STRANGERS_MOST)
        bug("a history has more strangers than the model has room for");
    return op->members[i] == STRANGER ? PEOPLE + 1 + (int)m->stranger_count : op->members[i];
}

static int enter(struct model *m, const struct operation *op, size_t i, enum state state)
{
    const int row = model_register(m, op, member_of(m, op, i), state);

    m->rows[row].of_team = true;
    m->rows[row].leader = op->actor;
    m->stranger_count += op->members[i] == STRANGER;
    return row;
}

static struct verdict all_or_none(struct model *m, const struct operation *op)
{
    struct verdict v = answered(NOBODY);
    struct model after = *m;

    for (size_t i = 0; i < op->member_count; i++) {
        if (member_refused(m, op, member_of(m, op, i)) != NULL)
            return refused("enrolment.team.member-refused");
    }
    for (size_t i = 0; i < op->member_count; i++) {
        if (!model_may_sit(&after, op->implementation) || model_admits(&after, op, member_of(&after, op, i)) != NULL)
            return refused("enrolment.team.no-room");
        v.rows[i] = enter(&after, op, i, SEATED);
    }
    *m = after;
    return v;
}

static const char *take_member(struct model *m, const struct operation *op, size_t i, int *row)
{
    const int place = op->implementation;
    const char *rule = member_refused(m, op, member_of(m, op, i));

    if (rule != NULL)
        return rule;
    if (!model_may_sit(m, place) && !model_may_wait(m, place))
        return model_full(m, place);
    *row = enter(m, op, i, model_may_sit(m, place) ? SEATED : QUEUED);
    return NULL;
}

static struct verdict as_many_as_fit(struct model *m, const struct operation *op)
{
    struct verdict v = answered(NOBODY);
    bool any = false;

    for (size_t i = 0; i < op->member_count; i++) {
        v.rows[i] = NOBODY;
        v.rules[i] = take_member(m, op, i, &v.rows[i]);
        any = any || v.rows[i] != NOBODY;
    }
    return any ? v : refused("enrolment.team.member-refused");
}

/* A leader lists by id nobody but oneself. */
struct verdict apply_team(struct model *m, const struct operation *op)
{
    for (size_t i = 0; i < op->member_count; i++) {
        if (op->actor != COORDINATOR && op->members[i] != STRANGER && op->members[i] != op->actor)
            return failed(ERR_FORBIDDEN);
    }
    return op->number == ENROLMENT__ENROL_TEAM_REQUEST__MODE__ALL_OR_NONE ? all_or_none(m, op) : as_many_as_fit(m, op);
}

/* --- by a coordinator's hand ------------------------------------------------------------------------------------------------------- */

struct verdict apply_review(struct model *m, const struct operation *op)
{
    struct row *r = &m->rows[op->registration];

    if (op->number != ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT && !op->reasoned)
        return failed(ERR_INVALID);
    if (r->person == FORGOTTEN)
        return failed(ERR_NOT_FOUND);
    if ((r->review != UNREVIEWED && r->review != CONDITIONAL) || (r->state != SEATED && r->state != QUEUED && r->state != OFFERED))
        return refused("enrolment.review.not-open");
    if (op->number == ENROLMENT__REVIEW_REQUEST__DECISION__REJECT) {
        const bool freed = r->state != QUEUED;
        model_move(m, op->registration, CANCELLED);
        if (freed)
            model_promote(m, op->now_us);
    } else {
        r->review = op->number == ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT ? ACCEPTED : CONDITIONAL;
    }
    return answered(op->registration);
}

/* One more where there is none: here, and in all where that is what is full. Each that grows has a new version. */
static void add_seat(struct model *m, struct place *p, int place)
{
    const bool full = model_taken(m, place) + model_reserved(m, place) == p->capacity;
    const bool all_full = model_taken(m, WHOLE) + model_reserved(m, WHOLE) == m->cap;

    p->capacity += full;
    p->version += full;
    m->cap += all_full;
    m->version += all_full;
}

struct verdict apply_promote(struct model *m, const struct operation *op)
{
    struct row *r = &m->rows[op->registration];

    if (!op->reasoned)
        return failed(ERR_INVALID);
    if (r->person == FORGOTTEN)
        return failed(ERR_NOT_FOUND);
    if (r->state != QUEUED && r->state != OFFERED)
        return refused("enrolment.promote.not-waiting");
    const bool waited = r->state == QUEUED;
    const struct place before = m->places[r->place];
    const uint32_t cap = m->cap;
    if (waited && op->adds)
        add_seat(m, &m->places[r->place], r->place);
    const char *rule = waited && !model_room(m, r->place) ? "enrolment.promote.no-room" : NULL;
    if (rule == NULL && waited && !op->flag && model_next(m) != op->registration)
        rule = "enrolment.promote.out-of-order";
    if (rule != NULL) {
        m->places[r->place] = before;
        m->version -= m->cap - cap;
        m->cap = cap;
        return refused(rule);
    }
    model_move(m, op->registration, SEATED);
    r->due_us = waited && m->reply_hours > 0 ? op->now_us + m->reply_hours * TIME_HOUR : 0;
    return answered(op->registration);
}

struct verdict apply_priority(struct model *m, const struct operation *op)
{
    struct row *r = &m->rows[op->registration];

    if (!op->reasoned)
        return failed(ERR_INVALID);
    if (r->person == FORGOTTEN)
        return failed(ERR_NOT_FOUND);
    if (r->state != QUEUED)
        return refused("enrolment.priority.not-waiting");
    r->priority = op->number;
    model_promote(m, op->now_us);
    return answered(op->registration);
}

/* --- how many ------------------------------------------------------------------------------------------------------------------------- */

/* The last seated, by order number, go back to the line they came from: those `over`, told in the order in which they enrolled. */
static void displace(struct model *m, int place, uint32_t over)
{
    uint32_t stay = model_count(m, place, SEATED) - over;

    for (size_t i = 0; i < m->row_count; i++) { /* rows stand in the order of their numbers */
        if (m->rows[i].state != SEATED || m->rows[i].place != place)
            continue;
        if (stay > 0)
            stay--;
        else
            model_move(m, (int)i, QUEUED);
    }
}

struct verdict apply_capacity(struct model *m, const struct operation *op)
{
    struct place *p = &m->places[op->implementation];
    const uint32_t used = model_taken(m, op->implementation) + model_reserved(m, op->implementation);
    const uint32_t over = op->number < used ? used - op->number : 0;
    const uint32_t waiting = model_count(m, op->implementation, QUEUED);

    if (op->flag && !op->reasoned)
        return failed(ERR_INVALID);
    if (op->if_match != p->version)
        return failed(ERR_PRECONDITION);
    if (over > 0 && !op->flag)
        return refused("enrolment.capacity.below-taken");
    if (model_count(m, op->implementation, SEATED) < over)
        return refused("enrolment.displace.too-few-seated");
    if (waiting + over > op->waiting)
        return refused(op->flag ? "enrolment.displace.no-waiting-room" : "enrolment.waiting-cap.below-queued");
    displace(m, op->implementation, over);
    p->capacity = op->number;
    p->waiting_cap = op->waiting;
    p->version++;
    model_promote(m, op->now_us);
    return answered(NOBODY);
}

struct verdict apply_cap(struct model *m, const struct operation *op)
{
    if (op->if_match != m->version)
        return failed(ERR_PRECONDITION);
    if (op->number < model_taken(m, WHOLE) + model_reserved(m, WHOLE))
        return refused("enrolment.capacity.below-taken");
    m->cap = op->number;
    m->version++;
    model_promote(m, op->now_us);
    return answered(NOBODY);
}

struct verdict apply_invite(struct model *m, const struct operation *op)
{
    if (op->until_us > 0 && op->until_us <= op->now_us)
        return failed(ERR_INVALID); /* it would never have been valid */
    if (op->number + model_taken(m, WHOLE) + model_reserved(m, WHOLE) > m->cap ||
        op->number + model_taken(m, op->implementation) + model_reserved(m, op->implementation) > m->places[op->implementation].capacity)
        return refused("enrolment.invitation.no-room");
    m->invites[m->invite_count++] =
        (struct invite){.number = op->key, .place = op->implementation, .seats = op->number, .early = op->flag, .until_us = op->until_us};
    return answered(NOBODY);
}

struct verdict apply_revoke(struct model *m, const struct operation *op)
{
    m->invites[op->invitation].over = true;
    model_promote(m, op->now_us);
    return answered(NOBODY);
}
