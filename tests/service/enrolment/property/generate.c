/* Operations and moments by chance: see generate.h. */
#include "tests/service/enrolment/property/generate.h"

#include "common/base/time.h"
#include "tests/service/enrolment/property/service.h"

/* --- operations -------------------------------------------------------------------------------------------------------------------- */

/* A registration in one of these states (bits), or now and then any; NOBODY when there is none at all. */
static int pick_row(const struct model *m, struct chance *c, unsigned states)
{
    const size_t start = chance_below(c, m->row_count);

    if (m->row_count == 0)
        return NOBODY;
    if (chance_percent(c, 8))
        return (int)start;
    for (size_t i = 0; i < m->row_count; i++) {
        const size_t at = (start + i) % m->row_count;
        if (states >> m->rows[at].state & 1)
            return (int)at;
    }
    return (int)start;
}

/* Mostly somebody without a place; now and then somebody who has one, or whom nobody knows. */
static int pick_person(const struct model *m, struct chance *c)
{
    int person = chance_percent(c, 1) ? PEOPLE : (int)chance_below(c, PEOPLE);

    for (int tries = 0; tries < 4 && person < PEOPLE && model_active(m, person) != NOBODY; tries++)
        person = (int)chance_below(c, PEOPLE);
    return person;
}

static void about_row(struct operation *op, const struct model *m, struct chance *c, unsigned states)
{
    op->registration = pick_row(m, c, states);
    op->actor = m->rows[op->registration].person;
    if (chance_percent(c, 3))
        op->actor = (int)chance_below(c, PEOPLE);
}

#define BIT(state) (1U << (state))

static void draw_enrol(struct operation *op, const struct model *m, struct chance *c)
{
    op->actor = pick_person(m, c);
    op->answered = chance_percent(c, 85);
    if (m->invite_count > 0 && chance_percent(c, 18)) {
        op->invitation = (int)chance_below(c, m->invite_count);
        if (chance_percent(c, 90))
            op->implementation = m->invites[op->invitation].place;
    }
    op->bad_code = op->invitation == NOBODY && chance_percent(c, 2);
}

static void draw_cancel(struct operation *op, const struct model *m, struct chance *c)
{
    about_row(op, m, c, BIT(SEATED) | BIT(QUEUED) | BIT(HELD) | BIT(OFFERED));
    if (chance_percent(c, 25))
        op->actor = COORDINATOR;
}

static void draw_transfer(struct operation *op, const struct model *m, struct chance *c)
{
    about_row(op, m, c, BIT(SEATED) | BIT(QUEUED));
    if (chance_percent(c, 30))
        op->actor = COORDINATOR;
}

static void draw_team(struct operation *op, struct chance *c)
{
    const uint32_t first = chance_below(c, PEOPLE);

    op->actor = COORDINATOR;
    op->number =
        chance_percent(c, 50) ? ENROLMENT__ENROL_TEAM_REQUEST__MODE__ALL_OR_NONE : ENROLMENT__ENROL_TEAM_REQUEST__MODE__AS_MANY_AS_FIT;
    op->member_count = chance_between(c, 2, TEAM_MOST);
    for (size_t i = 0; i < op->member_count; i++)
        op->members[i] = (int)((first + 7 * i) % PEOPLE);
}

static void draw_capacity(struct operation *op, const struct model *m, struct chance *c)
{
    const struct place *p = &m->places[op->implementation];

    op->actor = COORDINATOR;
    op->number = chance_percent(c, 60) ? p->capacity + chance_below(c, 3) : chance_below(c, p->capacity + 1);
    op->waiting = chance_percent(c, 70) ? p->waiting_cap : chance_below(c, 6);
    op->flag = chance_percent(c, 50);
    op->if_match = p->version;
}

static void draw_cap(struct operation *op, const struct model *m, struct chance *c)
{
    op->actor = COORDINATOR;
    op->number = chance_percent(c, 60) ? m->cap + chance_below(c, 4) : chance_below(c, m->cap + 1);
    op->if_match = m->version;
}

static void draw_invite(struct operation *op, struct chance *c, int64_t now_us)
{
    op->actor = COORDINATOR;
    op->number = chance_between(c, 1, 3);
    op->flag = chance_percent(c, 40);
    op->until_us = chance_percent(c, 60) ? now_us + chance_between(c, 1, 12) * TIME_HOUR : 0;
}

/* By hand, and by the reviewer's. */
static void draw_by_staff(struct operation *op, const struct model *m, struct chance *c, unsigned states)
{
    about_row(op, m, c, states);
    op->actor = COORDINATOR;
}

struct weight {
    enum operation_kind kind;
    uint32_t often;
};

static enum operation_kind draw_weighted(struct chance *c)
{
    static const struct weight WEIGHTS[] = {
        {OPERATION_ENROL, 20},   {OPERATION_HOLD, 12}, {OPERATION_CONFIRM, 7}, {OPERATION_CANCEL, 18}, {OPERATION_OFFER, 9},
        {OPERATION_TRANSFER, 9}, {OPERATION_TEAM, 4},  {OPERATION_REVIEW, 5},  {OPERATION_PROMOTE, 3}, {OPERATION_PRIORITY, 4},
        {OPERATION_CAPACITY, 5}, {OPERATION_CAP, 4},   {OPERATION_INVITE, 4},  {OPERATION_REVOKE, 2},  {OPERATION_TICK, 4}};
    const size_t kinds = sizeof WEIGHTS / sizeof *WEIGHTS;
    uint32_t sum = 0;

    for (size_t i = 0; i < kinds; i++)
        sum += WEIGHTS[i].often;
    uint32_t at = chance_below(c, sum);
    for (size_t i = 0; i < kinds; i++) {
        if (at < WEIGHTS[i].often)
            return WEIGHTS[i].kind;
        at -= WEIGHTS[i].often;
    }
    return OPERATION_ENROL;
}

/* Whether there is anything for it to be about. */
static bool has_object(const struct model *m, enum operation_kind kind)
{
    switch (kind) {
    case OPERATION_CONFIRM:
        return model_count(m, WHOLE, HELD) > 0;
    case OPERATION_OFFER:
        return model_count(m, WHOLE, OFFERED) > 0;
    case OPERATION_PROMOTE:
    case OPERATION_PRIORITY:
        return model_count(m, WHOLE, QUEUED) > 0;
    case OPERATION_REVIEW:
        return m->row_count > 0 && (m->moderated || m->rule_reviews);
    case OPERATION_CANCEL:
    case OPERATION_TRANSFER:
        return m->row_count > 0;
    case OPERATION_REVOKE:
        return m->invite_count > 0;
    case OPERATION_INVITE:
        return m->invite_count < INVITATIONS_MOST - CLIENTS / 4;
    case OPERATION_HOLD:
        return m->hold_minutes > 0;
    case OPERATION_ENROL:
    case OPERATION_TEAM:
    case OPERATION_CAPACITY:
    case OPERATION_CAP:
    case OPERATION_TICK:
    case OPERATION_COUNT:
        break;
    }
    return true;
}

/* What makes no sense is asked too, but seldom; what there is nothing at all for, never. */
static enum operation_kind draw_kind(const struct model *m, struct chance *c)
{
    const enum operation_kind kind = draw_weighted(c);
    const bool of_row = kind != OPERATION_ENROL && kind != OPERATION_HOLD && kind != OPERATION_TEAM && kind < OPERATION_CAPACITY;

    if (has_object(m, kind))
        return kind;
    if ((of_row && m->row_count == 0) || kind == OPERATION_REVOKE || kind == OPERATION_INVITE)
        return OPERATION_ENROL;
    return chance_percent(c, 10) ? kind : OPERATION_ENROL;
}

static void draw_rest(struct operation *op, const struct model *m, struct chance *c, int64_t now_us)
{
    switch (op->kind) {
    case OPERATION_ENROL:
        draw_enrol(op, m, c);
        return;
    case OPERATION_HOLD:
        op->actor = pick_person(m, c);
        return;
    case OPERATION_CONFIRM:
        op->answered = chance_percent(c, 85);
        about_row(op, m, c, BIT(HELD));
        return;
    case OPERATION_CANCEL:
        draw_cancel(op, m, c);
        return;
    case OPERATION_OFFER:
        op->number = chance_between(c, 1, 3);
        about_row(op, m, c, BIT(OFFERED));
        return;
    case OPERATION_TRANSFER:
        draw_transfer(op, m, c);
        return;
    case OPERATION_TEAM:
        op->answered = chance_percent(c, 85);
        draw_team(op, c);
        return;
    case OPERATION_REVIEW:
        op->number = chance_between(c, 1, 3);
        draw_by_staff(op, m, c, BIT(SEATED) | BIT(QUEUED) | BIT(OFFERED) | BIT(HELD));
        return;
    case OPERATION_PROMOTE:
        op->flag = chance_percent(c, 50);
        op->adds = chance_percent(c, 60);
        draw_by_staff(op, m, c, BIT(QUEUED));
        return;
    case OPERATION_PRIORITY:
        op->number = chance_below(c, 10);
        draw_by_staff(op, m, c, BIT(QUEUED));
        return;
    case OPERATION_CAPACITY:
        draw_capacity(op, m, c);
        return;
    case OPERATION_CAP:
        draw_cap(op, m, c);
        return;
    case OPERATION_INVITE:
        draw_invite(op, c, now_us);
        return;
    case OPERATION_REVOKE:
        op->actor = COORDINATOR;
        op->invitation = (int)chance_below(c, m->invite_count);
        return;
    case OPERATION_TICK:
        op->actor = COORDINATOR;
        return;
    case OPERATION_COUNT:
        return;
    }
}

void generate_operation(struct operation *op, const struct model *m, struct chance *c, int64_t now_us)
{
    *op = (struct operation){.registration = NOBODY, .invitation = NOBODY, .kind = draw_kind(m, c)};
    op->implementation = (int)chance_below(c, m->place_count);
    op->reasoned = chance_percent(c, 92);
    op->replica = chance_below(c, REPLICAS);
    draw_rest(op, m, c, now_us);
}

void generate_tick(struct operation *op, struct chance *c)
{
    *op = (struct operation){
        .registration = NOBODY, .invitation = NOBODY, .kind = OPERATION_TICK, .actor = COORDINATOR, .replica = chance_below(c, REPLICAS)};
}

/* --- moments ------------------------------------------------------------------------------------------------------------------------ */

static void sooner(int64_t *next, int64_t us, int64_t now_us)
{
    if (us > now_us && us < *next)
        *next = us;
}

/* What has an end is kept two seconds longer than promised: both moments are edges. */
static int64_t next_edge(const struct model *m, int64_t now_us)
{
    int64_t next = INT64_MAX;

    for (size_t i = 0; i < m->row_count; i++) {
        const struct row *r = &m->rows[i];
        if (r->state == HELD || r->state == OFFERED) {
            sooner(&next, r->due_us, now_us);
            sooner(&next, r->due_us + 2 * TIME_SECOND, now_us);
        }
    }
    for (size_t i = 0; i < m->invite_count; i++) {
        if (!m->invites[i].over && m->invites[i].until_us > 0) {
            sooner(&next, m->invites[i].until_us, now_us);
            sooner(&next, m->invites[i].until_us + 2 * TIME_SECOND, now_us);
        }
    }
    sooner(&next, m->opens_us, now_us);
    sooner(&next, m->closes_us, now_us);
    return next;
}

int64_t generate_moment(const struct model *m, struct chance *c, int64_t now_us)
{
    const int64_t end_us = next_edge(m, now_us);
    int64_t then_us = now_us + chance_between(c, 1, 20) * 60 * TIME_SECOND;

    if (end_us != INT64_MAX && chance_percent(c, 60))
        then_us = end_us - 1 + chance_below(c, 3) + (chance_percent(c, 50) ? 2 * TIME_SECOND : 0);
    else if (chance_percent(c, 25))
        then_us = now_us + chance_between(c, 1, 12) * TIME_HOUR;
    if (then_us < now_us)
        then_us = now_us;
    return then_us <= HISTORY_BEGINS_US + HISTORY_LASTS_US ? then_us : now_us;
}
