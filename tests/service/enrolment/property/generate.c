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

int generate_person(const struct model *m, struct chance *c)
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
    if (op->actor == FORGOTTEN || chance_percent(c, 3))
        op->actor = (int)chance_below(c, PEOPLE);
}

#define BIT(state) (1U << (state))

static void draw_enrol(struct operation *op, const struct model *m, struct chance *c)
{
    op->person = op->actor = generate_person(m, c);
    op->named = chance_percent(c, 20);
    if (op->named && chance_percent(c, 70))
        op->actor = chance_percent(c, 95) ? COORDINATOR : (int)chance_below(c, PEOPLE);
    op->answered = chance_percent(c, 85);
    if (m->invite_count > 0 && chance_percent(c, 18)) {
        op->invitation = (int)chance_below(c, m->invite_count);
        if (chance_percent(c, 90))
            op->implementation = m->invites[op->invitation].place;
    }
    op->bad_code = op->invitation == NOBODY && chance_percent(c, 2);
}

static void draw_hold(struct operation *op, const struct model *m, struct chance *c)
{
    op->actor = generate_person(m, c);
}

static void draw_confirm(struct operation *op, const struct model *m, struct chance *c)
{
    op->answered = chance_percent(c, 85);
    about_row(op, m, c, BIT(HELD));
}

static void draw_cancel(struct operation *op, const struct model *m, struct chance *c)
{
    about_row(op, m, c, BIT(SEATED) | BIT(QUEUED) | BIT(HELD) | BIT(OFFERED));
    if (chance_percent(c, 25))
        op->actor = COORDINATOR;
    else if (m->rows[op->registration].leader != NOBODY && chance_percent(c, 40))
        op->actor = m->rows[op->registration].leader;
}

static void draw_offer(struct operation *op, const struct model *m, struct chance *c)
{
    op->number = chance_between(c, 1, 3);
    about_row(op, m, c, BIT(OFFERED));
}

static void draw_transfer(struct operation *op, const struct model *m, struct chance *c)
{
    about_row(op, m, c, BIT(SEATED) | BIT(QUEUED));
    if (chance_percent(c, 30))
        op->actor = COORDINATOR;
}

/* Of people who are known, listed by staff; or one who brings some who are not. */
static void draw_team(struct operation *op, const struct model *m, struct chance *c)
{
    op->answered = chance_percent(c, 85);
    const uint32_t first = chance_below(c, PEOPLE);
    const bool led = m->stranger_count < STRANGERS_MOST / 4 && chance_percent(c, 40);

    op->actor = led ? (int)first : COORDINATOR;
    op->number =
        chance_percent(c, 50) ? ENROLMENT__ENROL_TEAM_REQUEST__MODE__ALL_OR_NONE : ENROLMENT__ENROL_TEAM_REQUEST__MODE__AS_MANY_AS_FIT;
    op->member_count = chance_between(c, 2, TEAM_MOST);
    for (size_t i = 0; i < op->member_count; i++)
        op->members[i] = led && (i > 0 || chance_percent(c, 30)) ? STRANGER : (int)((first + 7 * i) % PEOPLE);
    if (led && chance_percent(c, 3))
        op->members[1] = (int)((first + 1) % PEOPLE);
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

static void draw_invite(struct operation *op, const struct model *m, struct chance *c)
{
    (void)m;
    op->actor = COORDINATOR;
    op->number = chance_between(c, 1, 3);
    op->flag = chance_percent(c, 40);
    op->until_us = chance_percent(c, 60) ? op->now_us + chance_between(c, 1, 12) * TIME_HOUR : 0;
}

static void draw_revoke(struct operation *op, const struct model *m, struct chance *c)
{
    op->actor = COORDINATOR;
    op->invitation = (int)chance_below(c, m->invite_count);
}

/* By hand, and by the reviewer's. */
static void draw_by_staff(struct operation *op, const struct model *m, struct chance *c, unsigned states)
{
    about_row(op, m, c, states);
    op->actor = COORDINATOR;
}

static void draw_review(struct operation *op, const struct model *m, struct chance *c)
{
    op->number = chance_between(c, 1, 3);
    draw_by_staff(op, m, c, BIT(SEATED) | BIT(QUEUED) | BIT(OFFERED) | BIT(HELD));
}

static void draw_promote(struct operation *op, const struct model *m, struct chance *c)
{
    op->flag = chance_percent(c, 50);
    op->adds = chance_percent(c, 60);
    draw_by_staff(op, m, c, BIT(QUEUED));
}

static void draw_priority(struct operation *op, const struct model *m, struct chance *c)
{
    op->number = chance_below(c, 10);
    draw_by_staff(op, m, c, BIT(QUEUED));
}

static void draw_tick(struct operation *op, const struct model *m, struct chance *c)
{
    (void)m;
    (void)c;
    op->actor = COORDINATOR;
}

struct weight {
    enum operation_kind kind;
    uint32_t often;
};

static enum operation_kind draw_weighted(struct chance *c)
{
    static const struct weight WEIGHTS[] = {
        {OPERATION_ENROL, 20},   {OPERATION_HOLD, 12},      {OPERATION_CONFIRM, 7},       {OPERATION_CANCEL, 18}, {OPERATION_OFFER, 9},
        {OPERATION_TRANSFER, 9}, {OPERATION_TEAM, 4},       {OPERATION_REVIEW, 5},        {OPERATION_PROMOTE, 3}, {OPERATION_PRIORITY, 4},
        {OPERATION_CAPACITY, 5}, {OPERATION_CAP, 4},        {OPERATION_INVITE, 4},        {OPERATION_REVOKE, 2},  {OPERATION_TICK, 4},
        {OPERATION_WINDOW, 4},   {OPERATION_ADD_WINDOW, 2}, {OPERATION_REMOVE_WINDOW, 2}, {OPERATION_ERASE, 4}};
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
    case OPERATION_ADD_WINDOW:
        return m->round_count < ROUNDS_MOST / 4;
    case OPERATION_ENROL:
    case OPERATION_TEAM:
    case OPERATION_CAPACITY:
    case OPERATION_CAP:
    case OPERATION_WINDOW:
    case OPERATION_REMOVE_WINDOW:
    case OPERATION_ERASE:
    case OPERATION_RETURN:
    case OPERATION_TICK:
    case OPERATION_COUNT:
        break;
    }
    return true;
}

/* What makes no sense is asked too, but seldom; what there is nothing at all for, never. */
static enum operation_kind draw_kind(const struct model *m, struct chance *c, int64_t now_us)
{
    const bool closed = model_round_at(m, now_us) == NOBODY && m->round_count < ROUNDS_MOST / 4;
    const enum operation_kind kind = closed && chance_percent(c, 15) ? OPERATION_ADD_WINDOW : draw_weighted(c);
    const bool of_row = kind != OPERATION_ENROL && kind != OPERATION_HOLD && kind != OPERATION_TEAM && kind < OPERATION_CAPACITY;

    if (has_object(m, kind))
        return kind;
    if ((of_row && m->row_count == 0) || kind == OPERATION_REVOKE || kind == OPERATION_INVITE || kind == OPERATION_ADD_WINDOW)
        return OPERATION_ENROL;
    return chance_percent(c, 10) ? kind : OPERATION_ENROL;
}

static void (*const DRAW[OPERATION_COUNT])(struct operation *op, const struct model *m, struct chance *c) = {
    [OPERATION_ENROL] = draw_enrol,
    [OPERATION_HOLD] = draw_hold,
    [OPERATION_CONFIRM] = draw_confirm,
    [OPERATION_CANCEL] = draw_cancel,
    [OPERATION_OFFER] = draw_offer,
    [OPERATION_TRANSFER] = draw_transfer,
    [OPERATION_TEAM] = draw_team,
    [OPERATION_REVIEW] = draw_review,
    [OPERATION_PROMOTE] = draw_promote,
    [OPERATION_PRIORITY] = draw_priority,
    [OPERATION_CAPACITY] = draw_capacity,
    [OPERATION_CAP] = draw_cap,
    [OPERATION_INVITE] = draw_invite,
    [OPERATION_REVOKE] = draw_revoke,
    [OPERATION_WINDOW] = generate_window_edit,
    [OPERATION_ADD_WINDOW] = generate_window_edit,
    [OPERATION_REMOVE_WINDOW] = generate_window_edit,
    [OPERATION_ERASE] = generate_erasure,
    [OPERATION_TICK] = draw_tick,
};

void generate_operation(struct operation *op, const struct model *m, struct chance *c, int64_t now_us)
{
    *op = (struct operation){.registration = NOBODY, .invitation = NOBODY, .window = NOBODY, .kind = draw_kind(m, c, now_us)};
    op->implementation = (int)chance_below(c, m->place_count);
    op->reasoned = chance_percent(c, 92);
    op->replica = chance_below(c, REPLICAS);
    op->now_us = now_us;
    DRAW[op->kind](op, m, c);
}

void generate_tick(struct operation *op, struct chance *c)
{
    *op = (struct operation){.registration = NOBODY,
                             .invitation = NOBODY,
                             .window = NOBODY,
                             .kind = OPERATION_TICK,
                             .actor = COORDINATOR,
                             .replica = chance_below(c, REPLICAS)};
}
