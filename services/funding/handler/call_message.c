/* See call_message.h. */
#include "services/funding/handler/call_message.h"

#include "services/funding/handler/convert.h"

static Funding__Theme *theme_message(struct arena *arena, const struct call_theme *theme)
{
    Funding__Theme *m = arena_alloc(arena, sizeof *m);

    funding__theme__init(m);
    m->id = convert_id(arena, theme->id);
    m->title = convert_texts(arena, theme->title);
    m->allocation_cents = theme->allocation_cents;
    m->granted_cents = theme->granted_cents;
    return m;
}

Funding__Theme **call_themes_message(struct arena *arena, const struct call *call, size_t *count)
{
    Funding__Theme **rows = arena_array(arena, call_theme_count(call) + 1, sizeof *rows);

    *count = 0;
    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++)
            rows[(*count)++] = theme_message(arena, &call->groups[g].themes[t]);
    return rows;
}

static void put_groups(struct arena *arena, Funding__CallContent *m, const struct call *call)
{
    m->groups = arena_array(arena, call->group_count + 1, sizeof *m->groups);
    for (size_t g = 0; g < call->group_count; g++) {
        Funding__Group *group = m->groups[m->n_groups++] = arena_alloc(arena, sizeof *group);

        funding__group__init(group);
        group->id = convert_id(arena, call->groups[g].id);
        group->title = convert_texts(arena, call->groups[g].title);
        group->themes = arena_array(arena, call->groups[g].theme_count + 1, sizeof *group->themes);
        for (size_t t = 0; t < call->groups[g].theme_count; t++)
            group->themes[group->n_themes++] = theme_message(arena, &call->groups[g].themes[t]);
    }
}

static void put_criteria(struct arena *arena, Funding__CallContent *m, const struct call *call)
{
    m->criteria = arena_array(arena, call->criterion_count + 1, sizeof *m->criteria);
    for (size_t i = 0; i < call->criterion_count; i++) {
        Funding__Criterion *criterion = m->criteria[m->n_criteria++] = arena_alloc(arena, sizeof *criterion);

        funding__criterion__init(criterion);
        criterion->id = convert_id(arena, call->criteria[i].id);
        criterion->title = convert_texts(arena, call->criteria[i].title);
        criterion->weight = (uint32_t)call->criteria[i].weight;
        criterion->points = (uint32_t)call->criteria[i].points;
    }
}

static void put_questions(struct arena *arena, Funding__CallContent *m, const struct call *call)
{
    m->questions = arena_array(arena, call->question_count + 1, sizeof *m->questions);
    for (size_t i = 0; i < call->question_count; i++) {
        Funding__Question *question = m->questions[m->n_questions++] = arena_alloc(arena, sizeof *question);

        funding__question__init(question);
        question->id = convert_id(arena, call->questions[i].id);
        question->title = convert_texts(arena, call->questions[i].title);
        question->required = call->questions[i].required;
        question->most = (uint32_t)call->questions[i].most;
    }
}

static Funding__CallContent *content_short(struct arena *arena, const struct call *call)
{
    Funding__CallContent *m = arena_alloc(arena, sizeof *m);

    funding__call_content__init(m);
    m->code = convert_text(call->code);
    m->kind = (Funding__GrantKind)call->kind;
    m->authority_kind = (Funding__AuthorityKind)call->authority_kind;
    m->authority = convert_texts(arena, call->authority);
    m->contact = convert_text(call->contact);
    m->payee = convert_text(call->payee);
    m->payee_iban = convert_text(call->payee_iban);
    m->payee_reference = convert_text(call->payee_reference);
    m->title = convert_texts(arena, call->title);
    m->series = convert_text(call->series);
    m->opens_us = call->opens_us;
    m->closes_us = call->closes_us;
    m->use_from = convert_day(arena, call->use_from);
    m->use_until = convert_day(arena, call->use_until);
    m->interim_due = convert_day(arena, call->interim_due);
    m->final_due = convert_day(arena, call->final_due);
    m->answer_days = (uint32_t)call->answer_days;
    m->own_permille = (uint32_t)call->own_permille;
    m->allocation_cents = call->allocation_cents;
    m->sample_permille = (uint32_t)call->sample_permille;
    return m;
}

static void put_files(struct arena *arena, Funding__Call *m, const struct call *call)
{
    m->files = arena_array(arena, call->file_count + 1, sizeof *m->files);
    for (size_t i = 0; i < call->file_count; i++) {
        Funding__CallFile *file = m->files[m->n_files++] = arena_alloc(arena, sizeof *file);

        funding__call_file__init(file);
        file->n = (uint32_t)call->files[i].n;
        file->name = convert_text(call->files[i].name);
        file->media_type = convert_text(call->files[i].media_type);
        file->size = (uint32_t)call->files[i].size;
    }
}

static void put_officials(struct arena *arena, Funding__Call *m, const struct call *call)
{
    m->officials = arena_array(arena, call->official_count + 1, sizeof *m->officials);
    for (size_t i = 0; i < call->official_count; i++) {
        Funding__Official *official = m->officials[m->n_officials++] = arena_alloc(arena, sizeof *official);

        funding__official__init(official);
        official->person_id = convert_id(arena, call->officials[i].person_id);
        official->role = (Funding__OfficialRole)call->officials[i].role;
        official->responsible = call->officials[i].responsible;
        official->name = convert_text(call->officials[i].name);
        official->title = convert_text(call->officials[i].title);
    }
}

Funding__Call *call_line(struct arena *arena, const struct call *call, int64_t now_us)
{
    Funding__Call *m = arena_alloc(arena, sizeof *m);

    funding__call__init(m);
    m->id = convert_id(arena, call->id);
    m->register_number = convert_text(call->register_number);
    m->state = (Funding__CallState)call->state;
    m->phase = (Funding__Phase)call_phase(call, now_us);
    m->content = content_short(arena, call);
    m->granted_cents = call->granted_cents;
    m->version = (uint64_t)call->version;
    return m;
}

void call_message_count(Funding__Call *m, const struct call *call)
{
    m->submitted_case = FUNDING__CALL__SUBMITTED_APPLICATIONS;
    m->applications = (uint32_t)call->submitted;
}

Funding__Call *call_message(struct arena *arena, const struct call *call, int64_t now_us, bool official)
{
    Funding__Call *m = call_line(arena, call, now_us);

    m->content->purpose = convert_texts(arena, call->purpose);
    m->content->terms = convert_texts(arena, call->terms);
    put_groups(arena, m->content, call);
    put_criteria(arena, m->content, call);
    put_questions(arena, m->content, call);
    put_files(arena, m, call);
    if (official) {
        put_officials(arena, m, call);
        call_message_count(m, call);
    }
    return m;
}
