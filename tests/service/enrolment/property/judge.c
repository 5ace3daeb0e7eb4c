/* Verdicts compared with answers: see judge.h. */
#include "tests/service/enrolment/property/judge.h"

#include <string.h>

#include "common/base/alloc.h"
#include "tests/service/enrolment/property/service.h"

static void same(struct judge *j, const struct operation *op, const char *what, int64_t found, int64_t expected)
{
    if (found != expected)
        story_wrong(j->story, "#%u %s: %s is %lld, the model says %lld", op->key, operation_name(op->kind), what, (long long)found,
                    (long long)expected);
}

static struct uuid id_in(ProtobufCBinaryData bytes)
{
    struct uuid id = {{0}};

    if (bytes.len > 0 && !uuid_read(&id, span_of(bytes.data, bytes.len)))
        bug("an id of an answer is not 16 bytes");
    return id;
}

/* The registration answered is this row, and says what the model says of it; a new row learns its id. */
static void judge_registration(struct judge *j, const struct operation *op, const Enrolment__Registration *r, int row)
{
    struct row *expected = &j->m->rows[row];
    const struct uuid id = id_in(r->id);

    if (uuid_is_nil(expected->id))
        expected->id = id;
    same(j, op, "whether it is the same registration", uuid_compare(expected->id, id) == 0, true);
    same(j, op, "state", r->state, expected->state);
    same(j, op, "order number", r->order_no, expected->order_no);
    same(j, op, "programme order", r->programme_order, expected->programme_order);
    same(j, op, "review", r->review, expected->review);
    same(j, op, "priority", r->priority, expected->priority);
    if (!op->at_once) /* decided together with others it may be as it was before them */
        same(j, op, "position", r->position, model_position(j->m, row));
    if (expected->state == HELD || expected->state == OFFERED || expected->state == SEATED)
        same(j, op, "end", r->reply_due_us, expected->due_us);
}

/* Whether the person was forgotten in this phase: see just_forgotten. */
static bool is_leaving(const struct judge *j, int person)
{
    return person != STRANGER && j->gone[person] == j->phase;
}

static void judge_member(struct judge *j, const struct operation *op, const struct verdict *v, size_t i)
{
    const Enrolment__Team__Member *member = ((const Enrolment__Team *)op->answer)->members[i];
    const char *rule = member->refusal != NULL ? member->refusal->rule : "";
    const char *expected = v->rules[i] != NULL ? v->rules[i] : "";
    const bool both = *rule != '\0' && *expected != '\0';

    if (strcmp(rule, expected) != 0 && !(both && is_leaving(j, op->members[i])))
        story_wrong(j->story, "#%u member %d was refused by '%s', the model says '%s'", op->key, op->members[i], rule, expected);
    same(j, op, "whether a member has a registration", member->registration != NULL, v->rows[i] != NOBODY);
    if (member->registration == NULL || v->rows[i] == NOBODY)
        return;
    if (op->members[i] == STRANGER)
        j->m->strangers[j->m->rows[v->rows[i]].person - PEOPLE - 1] = id_in(member->person_id);
    judge_registration(j, op, member->registration, v->rows[i]);
}

static void judge_team(struct judge *j, const struct operation *op, const struct verdict *v)
{
    const Enrolment__Team *team = (const Enrolment__Team *)op->answer;

    same(j, op, "number of members", (int64_t)team->n_members, (int64_t)op->member_count);
    for (size_t i = 0; i < team->n_members && i < op->member_count; i++)
        judge_member(j, op, v, i);
}

static void judge_place(struct judge *j, const struct operation *op)
{
    const Enrolment__Implementation *i = (const Enrolment__Implementation *)op->answer;
    const struct model *m = j->m;
    const int at = op->implementation;

    same(j, op, "capacity", i->capacity, m->places[at].capacity);
    same(j, op, "taken", i->taken, model_taken(m, at));
    same(j, op, "waiting", i->waiting, model_count(m, at, QUEUED));
    same(j, op, "held", i->held, model_count(m, at, HELD) + model_count(m, at, OFFERED));
    same(j, op, "reserved", i->reserved, model_reserved(m, at));
    same(j, op, "version", (int64_t)i->version, (int64_t)m->places[at].version);
}

static void judge_cap(struct judge *j, const struct operation *op)
{
    const Enrolment__Programme *p = (const Enrolment__Programme *)op->answer;
    const struct model *m = j->m;

    same(j, op, "cap", p->cap, m->cap);
    same(j, op, "taken", p->taken, model_taken(m, WHOLE));
    same(j, op, "waiting", p->waiting, model_count(m, WHOLE, QUEUED));
    same(j, op, "held", p->held, model_count(m, WHOLE, HELD) + model_count(m, WHOLE, OFFERED));
    same(j, op, "reserved", p->reserved, model_reserved(m, WHOLE));
    same(j, op, "version of the programme", (int64_t)p->version, (int64_t)m->version);
}

static struct round *round_of(struct model *m, struct uuid id)
{
    for (size_t i = 0; i < m->round_count; i++) {
        if (!m->rounds[i].gone && uuid_compare(m->rounds[i].id, id) == 0)
            return &m->rounds[i];
    }
    return NULL;
}

/* A window the model has no id of yet is the one just added. */
static struct round *round_answered(struct model *m, struct uuid id)
{
    struct round *found = round_of(m, id), *fresh = found != NULL ? NULL : round_of(m, (struct uuid){{0}});

    if (fresh != NULL)
        fresh->id = id;
    return found != NULL ? found : fresh;
}

static void judge_windows(struct judge *j, const struct operation *op)
{
    const Enrolment__Programme *p = (const Enrolment__Programme *)op->answer;
    int64_t live = 0;

    judge_cap(j, op);
    for (size_t i = 0; i < j->m->round_count; i++)
        live += !j->m->rounds[i].gone;
    same(j, op, "number of windows", (int64_t)p->n_windows, live);
    for (size_t i = 0; i < p->n_windows; i++) {
        const Enrolment__Window *w = p->windows[i];
        const struct round *r = round_answered(j->m, id_in(w->id));
        same(j, op, "whether the model has the window", r != NULL, true);
        if (r == NULL)
            continue;
        same(j, op, "opening", w->opens_us, r->opens_us);
        same(j, op, "closing", w->closes_us, r->closes_us);
        same(j, op, "quota", w->quota, r->quota);
        same(j, op, "used of the quota", w->used, r->used);
    }
}

/* Whoever is forgotten takes their keys along, but for the one of the request itself. */
static void judge_erasure(struct judge *j, const struct operation *op)
{
    const Enrolment__Erasure *e = (const Enrolment__Erasure *)op->answer;
    const struct gone *expected = &j->m->gone[op->person];

    same(j, op, "registrations forgotten", e->registrations, expected->registrations);
    same(j, op, "places given up", e->given_up, expected->given_up);
    if (expected->key != op->key) /* was gone already */
        return;
    j->gone[op->person] = j->phase;
    for (uint32_t key = 0; key < KEYS_MOST; key++) {
        if (!j->keeps[key] || j->caller[key] != op->person || key == op->key)
            continue;
        j->keeps[key] = false;
        j->lost[key] = j->phase;
    }
}

static void judge_invitation(struct judge *j, const struct operation *op, size_t at)
{
    const Enrolment__Invitation *answer = (const Enrolment__Invitation *)op->answer;
    struct invite *v = &j->m->invites[at];

    if (uuid_is_nil(v->id))
        v->id = id_in(answer->id);
    same(j, op, "whether it is the same invitation", uuid_compare(v->id, id_in(answer->id)) == 0, true);
    same(j, op, "seats", answer->seats, v->seats);
    same(j, op, "used", answer->used, v->used);
    same(j, op, "over", answer->over, v->over);
}

static void judge_answer(struct judge *j, const struct operation *op, const struct verdict *v)
{
    switch (op->kind) {
    case OPERATION_TEAM:
        judge_team(j, op, v);
        return;
    case OPERATION_CAPACITY:
        judge_place(j, op);
        return;
    case OPERATION_CAP:
        judge_cap(j, op);
        return;
    case OPERATION_INVITE:
        judge_invitation(j, op, j->m->invite_count - 1);
        return;
    case OPERATION_REVOKE:
        judge_invitation(j, op, (size_t)op->invitation);
        return;
    case OPERATION_WINDOW:
    case OPERATION_ADD_WINDOW:
    case OPERATION_REMOVE_WINDOW:
        judge_windows(j, op);
        return;
    case OPERATION_ERASE:
        judge_erasure(j, op);
        return;
    case OPERATION_RETURN:
    case OPERATION_TICK:
    case OPERATION_COUNT:
        return;
    case OPERATION_ENROL:
    case OPERATION_HOLD:
    case OPERATION_CONFIRM:
    case OPERATION_CANCEL:
    case OPERATION_OFFER:
    case OPERATION_TRANSFER:
    case OPERATION_REVIEW:
    case OPERATION_PROMOTE:
    case OPERATION_PRIORITY:
        judge_registration(j, op, (const Enrolment__Registration *)op->answer, v->row);
        return;
    }
}

/* The same key again: what it made is answered once more, and nothing is made twice. Where the answer was stored it is as it was then;
 * where it is looked up on the row it is as the row is now. */
static void judge_repeated(struct judge *j, const struct operation *op)
{
    const struct verdict *v = &j->kept[op->key];

    /* Nobody can tell any more what the request of somebody forgotten said, so it cannot be the same. */
    if (op->kind == OPERATION_ENROL && j->m->rows[v->row].person == FORGOTTEN) {
        same(j, op, "error of a repetition", op->err, ERR_KEY_REUSED);
        return;
    }
    same(j, op, "whether the repetition is told to be one", op->replayed, true);
    same(j, op, "error of a repetition", op->err, ERR_OK);
    if (op->err != ERR_OK || v->row == NOBODY)
        return;
    const Enrolment__Registration *r = (const Enrolment__Registration *)op->answer;
    same(j, op, "whether a repetition answers the same registration", uuid_compare(j->m->rows[v->row].id, id_in(r->id)) == 0, true);
}

/* Enrol and Hold keep their key on the registration they make. A Hold that finds the hold there is has made nothing, and is decided anew
 * when it is repeated. */
static void keep(struct judge *j, const struct operation *op, const struct verdict *v, bool made)
{
    const bool on_row = op->kind == OPERATION_ENROL || op->kind == OPERATION_HOLD;

    if (op->err != ERR_OK || op->kind == OPERATION_TICK || op->kind == OPERATION_RETURN || (on_row && !made))
        return;
    j->keeps[op->key] = true;
    j->caller[op->key] = op->actor;
    j->kept[op->key] = *v;
}

/* Where nothing of theirs was at hand, forgetting a person waits for no programme: who was refused anything at that time may have been
 * looked at just before. */
static bool just_forgotten(const struct judge *j, const struct operation *op)
{
    bool just = op->kind == OPERATION_ENROL && j->gone[op->person] == j->phase;

    if (op->kind == OPERATION_HOLD)
        just = j->gone[op->actor] == j->phase;
    for (size_t i = 0; i < op->member_count; i++)
        just = just || is_leaving(j, op->members[i]);
    return just;
}

static void compare(struct judge *j, const struct operation *op, const struct verdict *v)
{
    const char *rule = v->rule != NULL ? v->rule : "";

    if (op->err == ERR_REFUSED && v->err == ERR_REFUSED && just_forgotten(j, op))
        return;
    if (op->err != v->err || (op->err == ERR_REFUSED && strcmp(op->rule, rule) != 0))
        story_wrong(j->story, "#%u %s: '%s %s', the model says '%s %s'", op->key, operation_name(op->kind), err_text(op->err)->name,
                    op->rule, err_text(v->err)->name, rule);
    else if (op->err == ERR_OK)
        judge_answer(j, op, v);
}

void judge_operation(struct judge *j, struct operation *op)
{
    if (op->key >= KEYS_MOST)
        bug("a history has too many keys");
    if (j->keeps[op->key] || (op->replayed && j->lost[op->key] == j->phase)) {
        judge_repeated(j, op);
        return;
    }
    /* Refused on sight: nothing was looked at, so nothing may change in the model either. */
    const struct model before = op->ticket == 0 ? *j->m : (struct model){0};
    const size_t rows = j->m->row_count;
    const struct verdict v = model_apply(j->m, op);
    const bool made = j->m->row_count > rows;
    if (op->ticket == 0)
        *j->m = before;
    if (op->ticket == 0 && op->err == ERR_OK)
        story_wrong(j->story, "#%u was answered without a decision", op->key);
    compare(j, op, &v);
    keep(j, op, &v, made);
}
