/* The model's forgotten: what they held goes on to others, their registrations become nobody's and keep their order, and whoever comes
 * back begins anew. */
#include "tests/service/enrolment/property/model.h"

static void give_up(struct model *m, int row, int64_t now_us)
{
    const bool freed = model_keeps_seat(m->rows[row].state);

    model_move(m, row, CANCELLED);
    if (freed)
        model_promote(m, now_us);
}

struct verdict apply_erase(struct model *m, const struct operation *op)
{
    const int active = model_active(m, op->person);
    struct gone *before = &m->gone[op->person], found = {.unknown = true, .noted = true, .key = op->key, .given_up = active != NOBODY};

    if (op->actor != op->person && op->actor != ADMIN)
        return failed(ERR_FORBIDDEN);
    if (op->actor == ADMIN && !op->reasoned)
        return failed(ERR_INVALID);
    if (op->err == ERR_BUSY && op->at_once) /* an enrolment of theirs came between, and it may be asked again */
        return failed(ERR_BUSY);
    if (active != NOBODY)
        give_up(m, active, op->now_us);
    for (size_t i = 0; i < m->row_count; i++) {
        if (m->rows[i].leader == op->person)
            m->rows[i].leader = NOBODY;
        if (m->rows[i].person != op->person)
            continue;
        m->rows[i].person = FORGOTTEN;
        found.registrations++;
    }
    if (!before->noted || !before->unknown) /* else it is asked once more of somebody who is gone already, and answered as then */
        *before = found;
    return answered(NOBODY);
}

struct verdict apply_return(struct model *m, const struct operation *op)
{
    m->gone[op->person].unknown = false;
    return answered(NOBODY);
}
