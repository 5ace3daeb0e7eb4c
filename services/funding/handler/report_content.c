/* See report_content.h. */
#include "services/funding/handler/report_content.h"

#include "common/base/alloc.h"
#include "common/wire/wire.h"
#include "services/funding/domain/money.h"

static enum err check_rows(struct job *job, const Funding__ReportContent *c)
{
    enum err err = ERR_OK;

    for (size_t i = 0; err == ERR_OK && i < c->n_lines; i++)
        err = check_range(job, arena_printf(job->arena, "content.lines[%zu].cents", i), c->lines[i]->cents, 0, MONEY_MAX);
    for (size_t i = 0; err == ERR_OK && i < c->n_lines; i++)
        err = check_text(job, arena_printf(job->arena, "content.lines[%zu].name", i), c->lines[i]->name, 0, CHECK_NAME_MAX);
    for (size_t i = 0; err == ERR_OK && i < c->n_checked; i++)
        err = check_text(job, arena_printf(job->arena, "content.checked[%zu]", i), c->checked[i], 1, REPORT_CHECKED_TEXT);
    return err;
}

static enum err check_part(struct job *job, size_t i, const Funding__TrainingPart *part)
{
    enum err err = check_text(job, arena_printf(job->arena, "content.parts[%zu].title", i), part->title, 0, CHECK_NAME_MAX);

    if (err == ERR_OK)
        err = check_range(job, arena_printf(job->arena, "content.parts[%zu].scopeTenths", i), part->scope_tenths, 0, TRAINING_SCOPE_MAX);
    if (err == ERR_OK)
        err = check_range(job, arena_printf(job->arena, "content.parts[%zu].participants", i), part->participants, 0,
                          TRAINING_PARTICIPANTS_MAX);
    return err;
}

enum err report_content_check(struct job *job, const Funding__ReportContent *c)
{
    enum err err = check_lines(job, "content.results", c->results, 0, REPORT_TEXT_MAX);

    if (err == ERR_OK)
        err = check_lines(job, "content.useOfMoney", c->use_of_money, 0, REPORT_TEXT_MAX);
    if (err == ERR_OK)
        err = check_range(job, "content.lines", (int64_t)c->n_lines, 0, REPORT_LINES_MAX);
    if (err == ERR_OK)
        err = check_range(job, "content.parts", (int64_t)c->n_parts, 0, TRAINING_PARTS_MAX);
    if (err == ERR_OK)
        err = check_range(job, "content.checked", (int64_t)c->n_checked, 0, REPORT_CHECKED_MAX);
    if (err == ERR_OK)
        err = check_rows(job, c);
    for (size_t i = 0; err == ERR_OK && i < c->n_parts; i++)
        err = check_part(job, i, c->parts[i]);
    return err;
}

static const struct training_part *read_parts(struct arena *arena, const Funding__ReportContent *c)
{
    struct training_part *parts = arena_array(arena, c->n_parts + 1, sizeof *parts);

    for (size_t i = 0; i < c->n_parts; i++)
        parts[i] = (struct training_part){.title = c->parts[i]->title,
                                          .scope_tenths = c->parts[i]->scope_tenths,
                                          .credits = c->parts[i]->credits,
                                          .participants = c->parts[i]->participants};
    return parts;
}

struct report_content report_content_read(struct arena *arena, const Funding__ReportContent *c)
{
    struct report_content content = {.results = c->results, .use_of_money = c->use_of_money};

    content.parts = read_parts(arena, c);
    content.part_count = c->n_parts;
    content.lines.count = c->n_lines;
    content.lines.rows = arena_array(arena, c->n_lines + 1, sizeof *content.lines.rows);
    for (size_t i = 0; i < c->n_lines; i++)
        content.lines.rows[i] =
            (struct amount){.n = c->lines[i]->n, .cents = c->lines[i]->cents, .name = c->lines[i]->name, .business_id = ""};
    return content;
}

struct span report_content_pack(struct arena *arena, const Funding__ReportContent *content)
{
    return wire_pack(arena, &content->base);
}

Funding__ReportContent *report_content_unpack(struct arena *arena, struct span packed)
{
    ProtobufCMessage *message;

    if (wire_unpack(arena, packed, &funding__report_content__descriptor, &message) != ERR_OK)
        bug("what a recipient has reported does not open any more");
    return (Funding__ReportContent *)message;
}

int64_t report_content_days(struct arena *arena, const Funding__ReportContent *content)
{
    return trainee_days_tenths(read_parts(arena, content), content->n_parts);
}
