/* A call built from what a preparer wrote: see call_content.h. */
#include "services/funding/handler/call_content.h"
#include "services/funding/handler/convert.h"

struct build {
    struct job *job;
    struct workset *w;
    const struct call *before; /* NULL: a new call */
    struct call *after;
    enum call_naming naming;
    bool refused;
};

static void refuse_part(struct build *b, const char *field)
{
    if (!b->refused)
        (void)job_fail(b->job, ERR_INVALID, "funding.call.part-unknown", field,
                       "Haulla ei ole osaa, jolla on tämä tunniste; jätä tunniste pois uudesta osasta",
                       "Utlysningen har ingen del med denna identifierare; lämna bort identifieraren från en ny del",
                       "The call has no part with this id; leave the id out of a new part");
    b->refused = true;
}

/* The id of a part: its own, which the call must have. Without one: that of the part in its place, for an import; else a new one. at: the
 * part that stands in this place, NULL: none does. */
static struct uuid name_part(struct build *b, const ProtobufCBinaryData *own, bool (*has)(const struct call *, struct uuid),
                             const struct uuid *at, const char *place)
{
    struct uuid id = b->naming == CALL_NAME_PLACE ? uuid_from(b->after->id, span_text(place)) : uuid_v7(b->w->now_us);

    if (own->len == 0 && b->naming == CALL_NAME_PLACE && at != NULL)
        return *at;
    if (own->len == 0)
        return b->before != NULL && has(b->before, id) ? uuid_v7(b->w->now_us) : id;
    if (!uuid_read(&id, span_of(own->data, own->len)) || b->before == NULL || !has(b->before, id))
        refuse_part(b, arena_printf(b->job->arena, "content.%s.id", place));
    return id;
}

static bool has_group(const struct call *call, struct uuid id)
{
    for (size_t g = 0; g < call->group_count; g++)
        if (uuid_compare(call->groups[g].id, id) == 0)
            return true;
    return false;
}

static bool has_theme(const struct call *call, struct uuid id)
{
    return call_theme(call, id) != NULL;
}

static bool has_criterion(const struct call *call, struct uuid id)
{
    return call_criterion(call, id) != NULL;
}

static bool has_question(const struct call *call, struct uuid id)
{
    return call_question(call, id) != NULL;
}

static void build_themes(struct build *b, size_t g, const Funding__Group *m)
{
    struct call_group *group = &b->after->groups[g];
    const struct call_group *stands = b->before != NULL && g < b->before->group_count ? &b->before->groups[g] : NULL;

    group->themes = arena_array(b->w->arena, m->n_themes + 1, sizeof *group->themes);
    group->theme_count = m->n_themes;
    for (size_t t = 0; t < m->n_themes; t++) {
        const struct uuid *at = stands != NULL && t < stands->theme_count ? &stands->themes[t].id : NULL;
        const struct uuid id = name_part(b, &m->themes[t]->id, has_theme, at, arena_printf(b->w->arena, "groups[%zu].themes[%zu]", g, t));
        const struct call_theme *was = b->before != NULL ? call_theme(b->before, id) : NULL;

        group->themes[t] = was != NULL ? *was : (struct call_theme){.id = id};
        group->themes[t].title = convert_from_texts(m->themes[t]->title);
        group->themes[t].allocation_cents = m->themes[t]->allocation_cents;
    }
}

static void build_groups(struct build *b, const Funding__CallContent *m)
{
    b->after->groups = arena_array(b->w->arena, m->n_groups + 1, sizeof *b->after->groups);
    b->after->group_count = m->n_groups;
    for (size_t g = 0; g < m->n_groups; g++) {
        const struct uuid *at = b->before != NULL && g < b->before->group_count ? &b->before->groups[g].id : NULL;

        b->after->groups[g].id = name_part(b, &m->groups[g]->id, has_group, at, arena_printf(b->w->arena, "groups[%zu]", g));
        b->after->groups[g].title = convert_from_texts(m->groups[g]->title);
        build_themes(b, g, m->groups[g]);
    }
}

static void build_criteria(struct build *b, const Funding__CallContent *m)
{
    b->after->criteria = arena_array(b->w->arena, m->n_criteria + 1, sizeof *b->after->criteria);
    b->after->criterion_count = m->n_criteria;
    for (size_t i = 0; i < m->n_criteria; i++) {
        const struct uuid *at = b->before != NULL && i < b->before->criterion_count ? &b->before->criteria[i].id : NULL;

        b->after->criteria[i] = (struct call_criterion){
            .id = name_part(b, &m->criteria[i]->id, has_criterion, at, arena_printf(b->w->arena, "criteria[%zu]", i)),
            .title = convert_from_texts(m->criteria[i]->title),
            .weight = (int32_t)m->criteria[i]->weight,
            .points = (int32_t)m->criteria[i]->points};
    }
}

static void build_questions(struct build *b, const Funding__CallContent *m)
{
    b->after->questions = arena_array(b->w->arena, m->n_questions + 1, sizeof *b->after->questions);
    b->after->question_count = m->n_questions;
    for (size_t i = 0; i < m->n_questions; i++) {
        const struct uuid *at = b->before != NULL && i < b->before->question_count ? &b->before->questions[i].id : NULL;

        b->after->questions[i] = (struct call_question){
            .id = name_part(b, &m->questions[i]->id, has_question, at, arena_printf(b->w->arena, "questions[%zu]", i)),
            .title = convert_from_texts(m->questions[i]->title),
            .required = m->questions[i]->required,
            .most = (int32_t)m->questions[i]->most};
    }
}

static int64_t day_of(const char *text)
{
    int64_t day;

    return day_parse(&day, span_text(text)) ? day : NO_DAY;
}

static void build_head(struct call *call, const Funding__CallContent *m)
{
    call->code = m->code;
    call->kind = (enum grant_kind)m->kind;
    call->authority_kind = (enum authority_kind)m->authority_kind;
    call->authority = convert_from_texts(m->authority);
    call->contact = m->contact;
    call->payee = m->payee;
    call->payee_iban = m->payee_iban;
    call->payee_reference = m->payee_reference;
    call->title = convert_from_texts(m->title);
    call->purpose = convert_from_texts(m->purpose);
    call->terms = convert_from_texts(m->terms);
    call->series = m->series;
    call->opens_us = m->opens_us;
    call->closes_us = m->closes_us;
    call->use_from = day_of(m->use_from);
    call->use_until = day_of(m->use_until);
    call->interim_due = day_of(m->interim_due);
    call->final_due = day_of(m->final_due);
    call->answer_days = (int32_t)m->answer_days;
    call->own_permille = (int32_t)m->own_permille;
    call->sample_permille = (int32_t)m->sample_permille;
    call->allocation_cents = m->allocation_cents;
}

/* Two parts of the same id would be one row. */
static bool repeats(const struct uuid *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (uuid_compare(ids[i], ids[k]) == 0)
                return true;
    return false;
}

static void check_twice(struct build *b)
{
    const struct call *c = b->after;
    struct uuid *ids =
        arena_array(b->w->arena, c->group_count + call_theme_count(c) + c->criterion_count + c->question_count + 1, sizeof *ids);
    size_t n = 0;

    for (size_t g = 0; g < c->group_count; g++) {
        ids[n++] = c->groups[g].id;
        for (size_t t = 0; t < c->groups[g].theme_count; t++)
            ids[n++] = c->groups[g].themes[t].id;
    }
    for (size_t i = 0; i < c->criterion_count; i++)
        ids[n++] = c->criteria[i].id;
    for (size_t i = 0; i < c->question_count; i++)
        ids[n++] = c->questions[i].id;
    if (!b->refused && repeats(ids, n)) {
        (void)job_fail(b->job, ERR_INVALID, "funding.call.part-twice", "content", "Sama tunniste on kahdella osalla",
                       "Två delar har samma identifierare", "Two parts have the same id");
        b->refused = true;
    }
}

struct call *call_content_build(struct job *job, struct workset *w, const Funding__CallContent *content, const struct call *before,
                                struct uuid id, enum call_naming naming)
{
    struct build b = {.job = job, .w = w, .before = before, .after = arena_alloc(w->arena, sizeof *b.after), .naming = naming};

    *b.after = before != NULL ? *before : (struct call){.id = id, .register_number = "", .state = CALL_DRAFT, .version = 1};
    build_head(b.after, content);
    build_groups(&b, content);
    build_criteria(&b, content);
    build_questions(&b, content);
    check_twice(&b);
    return b.refused ? NULL : b.after;
}

/* --- the same? --------------------------------------------------------------------------------------------------------- */
static bool same_text(struct text a, struct text b)
{
    return strcmp(a.fi, b.fi) == 0 && strcmp(a.sv, b.sv) == 0 && strcmp(a.en, b.en) == 0;
}

static bool same_head(const struct call *a, const struct call *b)
{
    return strcmp(a->code, b->code) == 0 && a->kind == b->kind && a->authority_kind == b->authority_kind &&
           same_text(a->authority, b->authority) && strcmp(a->contact, b->contact) == 0 && strcmp(a->payee, b->payee) == 0 &&
           strcmp(a->payee_iban, b->payee_iban) == 0 && strcmp(a->payee_reference, b->payee_reference) == 0 &&
           same_text(a->title, b->title) && same_text(a->purpose, b->purpose) && same_text(a->terms, b->terms) &&
           strcmp(a->series, b->series) == 0 && a->opens_us == b->opens_us && a->closes_us == b->closes_us && a->use_from == b->use_from &&
           a->use_until == b->use_until && a->interim_due == b->interim_due && a->final_due == b->final_due &&
           a->answer_days == b->answer_days && a->own_permille == b->own_permille && a->sample_permille == b->sample_permille &&
           a->allocation_cents == b->allocation_cents;
}

static bool same_group(const struct call_group *a, const struct call_group *b)
{
    bool same = uuid_compare(a->id, b->id) == 0 && same_text(a->title, b->title) && a->theme_count == b->theme_count;

    for (size_t t = 0; same && t < a->theme_count; t++)
        same = uuid_compare(a->themes[t].id, b->themes[t].id) == 0 && same_text(a->themes[t].title, b->themes[t].title) &&
               a->themes[t].allocation_cents == b->themes[t].allocation_cents;
    return same;
}

bool call_content_same(const struct call *a, const struct call *b)
{
    bool same = same_head(a, b) && a->group_count == b->group_count && a->criterion_count == b->criterion_count &&
                a->question_count == b->question_count;

    for (size_t g = 0; same && g < a->group_count; g++)
        same = same_group(&a->groups[g], &b->groups[g]);
    for (size_t i = 0; same && i < a->criterion_count; i++)
        same = uuid_compare(a->criteria[i].id, b->criteria[i].id) == 0 && same_text(a->criteria[i].title, b->criteria[i].title) &&
               a->criteria[i].weight == b->criteria[i].weight && a->criteria[i].points == b->criteria[i].points;
    for (size_t i = 0; same && i < a->question_count; i++)
        same = uuid_compare(a->questions[i].id, b->questions[i].id) == 0 && same_text(a->questions[i].title, b->questions[i].title) &&
               a->questions[i].required == b->questions[i].required && a->questions[i].most == b->questions[i].most;
    return same;
}
