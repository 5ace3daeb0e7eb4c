/* See application_message.h. */
#include "services/funding/handler/application_message.h"

#include "common/work/check.h"
#include "services/funding/domain/trainee_days.h"
#include "services/funding/handler/content.h"
#include "services/funding/handler/convert.h"

Funding__Application *application_message(struct arena *arena, const struct application *a)
{
    Funding__Application *m = arena_alloc(arena, sizeof *m);

    funding__application__init(m);
    m->id = convert_id(arena, a->id);
    m->call_id = convert_id(arena, a->call_id);
    m->register_number = convert_text(a->register_number);
    m->state = (Funding__ApplicationState)a->state;
    m->version = (uint64_t)a->version;
    m->saved_us = a->saved_us;
    m->submitted_us = a->submitted_us;
    m->total_cents = a->total_cents;
    m->applied_cents = a->applied_cents;
    m->own_cents = a->total_cents - a->applied_cents;
    m->receipt = convert_text(a->receipt);
    m->lead_name = convert_text(a->lead_name);
    m->title = convert_text(a->title);
    m->theme_id = convert_id(arena, a->theme_id);
    return m;
}

void application_message_days(Funding__Application *m, int64_t tenths)
{
    m->reckoned_case = FUNDING__APPLICATION__RECKONED_TRAINEE_DAYS_TENTHS;
    m->trainee_days_tenths = tenths;
}

static int64_t days_of(const Funding__Content *content)
{
    int64_t sum = 0;

    for (size_t i = 0; i < content->n_parts; i++)
        sum += trainee_days_of(&(const struct training_part){.scope_tenths = content->parts[i]->scope_tenths,
                                                             .credits = content->parts[i]->credits,
                                                             .participants = content->parts[i]->participants});
    return sum;
}

void application_message_content(struct arena *arena, Funding__Application *m, struct span packed)
{
    m->content = content_unpack(arena, packed);
    application_message_days(m, days_of(m->content));
}

void application_message_attachments(struct arena *arena, Funding__Application *m, const struct attachment_ask *found, bool submitted)
{
    const struct attachment *rows = submitted ? found->submitted : found->rows;
    const size_t count = submitted ? found->submitted_count : found->count;

    m->attachments = arena_array(arena, count, sizeof *m->attachments);
    for (size_t i = 0; i < count; i++) {
        const struct attachment *from = &rows[i];
        Funding__Attachment *to = arena_alloc(arena, sizeof *to);
        funding__attachment__init(to);
        to->id = convert_id(arena, from->id);
        to->kind = (uint32_t)from->kind;
        to->name = convert_text(from->name);
        to->media_type = convert_text(from->media_type);
        to->size = (uint32_t)from->size;
        to->sha256 = convert_bytes(from->sha256);
        to->added_us = from->added_us;
        m->attachments[m->n_attachments++] = to;
    }
}

void application_message_supplements(struct arena *arena, Funding__Application *m, const struct supplement_ask *found)
{
    m->supplements = arena_array(arena, found->count, sizeof *m->supplements);
    for (size_t i = 0; i < found->count; i++) {
        Funding__SupplementRequest *to = arena_alloc(arena, sizeof *to);
        funding__supplement_request__init(to);
        to->id = convert_id(arena, found->rows[i].id);
        to->words = convert_text(found->rows[i].words);
        to->due_on = convert_day(arena, found->rows[i].due_on);
        to->asked_us = found->rows[i].asked_us;
        to->answered_us = found->rows[i].answered_us;
        m->supplements[m->n_supplements++] = to;
    }
}

Funding__ApplicationList *application_message_list(struct arena *arena, const struct application_ask *found, size_t limit)
{
    Funding__ApplicationList *list = arena_alloc(arena, sizeof *list);

    funding__application_list__init(list);
    list->applications = arena_array(arena, found->count, sizeof *list->applications);
    for (size_t i = 0; i < found->count && i < limit; i++)
        list->applications[list->n_applications++] = application_message(arena, found->rows[i]);
    if (found->count > limit)
        list->next_page_token = page_token(arena, uuid_span(&found->rows[limit - 1]->id));
    return list;
}
