/* See amendment_message.h. */
#include "services/funding/handler/amendment_message.h"

#include "services/funding/domain/business_id.h"
#include "services/funding/domain/money.h"
#include "services/funding/handler/convert.h"

/* --- to messages ------------------------------------------------------------------------------------------------------- */
static Funding__AmountRow **amounts_message(struct arena *arena, const struct amounts *amounts, size_t *count)
{
    Funding__AmountRow **rows = arena_array(arena, amounts->count + 1, sizeof *rows);

    *count = amounts->count;
    for (size_t i = 0; i < amounts->count; i++) {
        Funding__AmountRow *m = rows[i] = arena_alloc(arena, sizeof *m);

        funding__amount_row__init(m);
        m->n = amounts->rows[i].n;
        m->cents = amounts->rows[i].cents;
        m->name = convert_text(amounts->rows[i].name);
        m->business_id = convert_text(amounts->rows[i].business_id);
    }
    return rows;
}

static Funding__Change *change_message(struct arena *arena, enum change_kind kind, const struct change *change)
{
    Funding__Change *m = arena_alloc(arena, sizeof *m);

    funding__change__init(m);
    switch (kind) {
    case CHANGE_PERIOD:
        m->use_until = convert_day(arena, change->use_until);
        break;
    case CHANGE_CONTENT:
        m->words = convert_text(change->words);
        break;
    case CHANGE_BUDGET:
        m->lines = amounts_message(arena, &change->amounts, &m->n_lines);
        break;
    case CHANGE_PARTNERS:
        m->partners = amounts_message(arena, &change->amounts, &m->n_partners);
        break;
    }
    return m;
}

Funding__AmendmentPart **amendment_parts_message(struct arena *arena, const struct amendment *amendment, size_t *count)
{
    Funding__AmendmentPart **parts = arena_array(arena, amendment->part_count + 1, sizeof *parts);

    *count = amendment->part_count;
    for (size_t i = 0; i < amendment->part_count; i++) {
        const struct amendment_part *part = &amendment->parts[i];
        Funding__AmendmentPart *m = parts[i] = arena_alloc(arena, sizeof *m);

        funding__amendment_part__init(m);
        m->kind = (Funding__ChangeKind)part->kind;
        m->asked = change_message(arena, part->kind, &part->asked);
        m->outcome = (Funding__PartOutcome)part->outcome;
        if (part->outcome == ANSWER_ACCEPTED || part->outcome == ANSWER_CHANGED)
            m->accepted = change_message(arena, part->kind, &part->accepted);
        m->reason = convert_text(part->reason);
    }
    return parts;
}

Funding__Amendment *amendment_message(struct arena *arena, const struct amendment *amendment)
{
    Funding__Amendment *m = arena_alloc(arena, sizeof *m);

    funding__amendment__init(m);
    m->id = convert_id(arena, amendment->id);
    m->application_id = convert_id(arena, amendment->award_id);
    m->state = (Funding__AmendmentState)amendment->state;
    m->reasons = convert_text(amendment->reasons);
    m->parts = amendment_parts_message(arena, amendment, &m->n_parts);
    m->submitted_us = amendment->submitted_us;
    m->decided_us = amendment->decided_us;
    m->late = amendment->late;
    m->version = (uint64_t)amendment->version;
    return m;
}

/* --- from messages ----------------------------------------------------------------------------------------------------- */
static enum err check_amounts(struct job *job, const char *field, const char *list, Funding__AmountRow *const *rows, size_t count)
{
    enum err err = check_range(job, arena_printf(job->arena, "%s.%s", field, list), (int64_t)count, 0, AMENDMENT_ROWS_MAX);

    for (size_t i = 0; err == ERR_OK && i < count; i++) {
        err = check_range(job, arena_printf(job->arena, "%s.%s[%zu].cents", field, list, i), rows[i]->cents, 0, MONEY_MAX);
        if (err == ERR_OK)
            err = check_text(job, arena_printf(job->arena, "%s.%s[%zu].name", field, list, i), rows[i]->name, 0, CHECK_NAME_MAX);
        if (err == ERR_OK)
            err = check_text(job, arena_printf(job->arena, "%s.%s[%zu].businessId", field, list, i), rows[i]->business_id, 0,
                             BUSINESS_ID_TEXT - 1);
    }
    return err;
}

static enum err check_change(struct job *job, const char *field, const Funding__Change *change)
{
    enum err err = ERR_OK;

    if (change == NULL)
        return ERR_OK;
    if (*change->use_until != '\0')
        err = check_day(job, arena_printf(job->arena, "%s.useUntil", field), change->use_until, NULL);
    if (err == ERR_OK)
        err = check_lines(job, arena_printf(job->arena, "%s.words", field), change->words, 0, AMENDMENT_WORDS_MAX);
    if (err == ERR_OK)
        err = check_amounts(job, field, "lines", change->lines, change->n_lines);
    if (err == ERR_OK)
        err = check_amounts(job, field, "partners", change->partners, change->n_partners);
    return err;
}

static enum err check_part(struct job *job, size_t i, const Funding__AmendmentPart *part, bool decided)
{
    enum err err = check_range(job, arena_printf(job->arena, "parts[%zu].kind", i), (int64_t)part->kind, CHANGE_PERIOD, CHANGE_PARTNERS);

    if (err == ERR_OK)
        err = check_change(job, arena_printf(job->arena, "parts[%zu].asked", i), part->asked);
    if (err == ERR_OK && decided)
        err = check_range(job, arena_printf(job->arena, "parts[%zu].outcome", i), (int64_t)part->outcome, ANSWER_OPEN, ANSWER_REJECTED);
    if (err == ERR_OK && decided)
        err = check_change(job, arena_printf(job->arena, "parts[%zu].accepted", i), part->accepted);
    if (err == ERR_OK && decided)
        err = check_lines(job, arena_printf(job->arena, "parts[%zu].reason", i), part->reason, 0, AMENDMENT_WORDS_MAX);
    return err;
}

enum err amendment_parts_check(struct job *job, Funding__AmendmentPart *const *parts, size_t count, bool decided)
{
    enum err err = check_range(job, "parts", (int64_t)count, 0, AMENDMENT_PARTS_MAX);

    if (err == ERR_OK && protobuf_c_message_get_packed_size(job->message) > AMENDMENT_BYTES_MAX)
        err = job_fail(job, ERR_INVALID, "funding.amendment.too-big", "parts", "Muutoshakemus on liian pitkä: lyhennä tekstejä",
                       "Ändringsansökan är för lång: förkorta texterna", "The change application is too long: shorten its texts");

    for (size_t i = 0; err == ERR_OK && i < count; i++)
        err = check_part(job, i, parts[i], decided);
    return err;
}

static struct change read_change(struct arena *arena, enum change_kind kind, const Funding__Change *m)
{
    struct change change = {.use_until = NO_DAY, .words = ""};
    int64_t day;

    if (m == NULL)
        return change;
    if (day_parse(&day, span_text(m->use_until)))
        change.use_until = day;
    change.words = m->words;
    Funding__AmountRow *const *rows = kind == CHANGE_BUDGET ? m->lines : m->partners;
    change.amounts.count = kind == CHANGE_BUDGET ? m->n_lines : kind == CHANGE_PARTNERS ? m->n_partners : 0;
    change.amounts.rows = arena_array(arena, change.amounts.count + 1, sizeof *change.amounts.rows);
    for (size_t i = 0; i < change.amounts.count; i++)
        change.amounts.rows[i] = (struct amount){.n = rows[i]->n,
                                                 .cents = rows[i]->cents,
                                                 .name = rows[i]->name,
                                                 .business_id = kind == CHANGE_PARTNERS ? rows[i]->business_id : ""};
    return change;
}

void amendment_parts_read(struct arena *arena, Funding__AmendmentPart *const *parts, size_t count, struct amendment *out)
{
    out->part_count = count;
    for (size_t i = 0; i < count; i++) {
        const enum change_kind kind = (enum change_kind)parts[i]->kind;

        out->parts[i] = (struct amendment_part){.kind = kind,
                                                .asked = read_change(arena, kind, parts[i]->asked),
                                                .outcome = (enum part_outcome)parts[i]->outcome,
                                                .accepted = read_change(arena, kind, parts[i]->accepted),
                                                .reason = parts[i]->reason};
    }
}
