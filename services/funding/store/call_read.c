/* What was found of calls: see call.h. Rows come in the order of their calls; each call's are cut out of the result. */
#include "services/funding/store/call_own.h"

static const char *text_at(struct arena *arena, const struct db_result *r, int row, int col)
{
    return arena_text(arena, db_get_span(r, row, col));
}

static struct text texts_at(struct arena *arena, const struct db_result *r, int row, int col)
{
    return (struct text){.fi = text_at(arena, r, row, col), .sv = text_at(arena, r, row, col + 1), .en = text_at(arena, r, row, col + 2)};
}

static int64_t day_at(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? NO_DAY : db_get_i32(r, row, col);
}

static void read_head(struct arena *arena, const struct db_result *r, int row, struct call *c)
{
    *c = (struct call){.id = db_get_uuid(r, row, 0),
                       .code = text_at(arena, r, row, 1),
                       .register_number = text_at(arena, r, row, 2),
                       .state = (enum call_state)db_get_i16(r, row, 3),
                       .published = db_get_bool(r, row, 4),
                       .kind = (enum grant_kind)db_get_i16(r, row, 5),
                       .authority_kind = (enum authority_kind)db_get_i16(r, row, 6),
                       .authority = texts_at(arena, r, row, 7),
                       .contact = text_at(arena, r, row, 10),
                       .title = texts_at(arena, r, row, 11),
                       .purpose = texts_at(arena, r, row, 14),
                       .terms = texts_at(arena, r, row, 17),
                       .series = text_at(arena, r, row, 20),
                       .opens_us = db_get_time(r, row, 21),
                       .closes_us = db_get_time(r, row, 22),
                       .use_from = day_at(r, row, 23),
                       .use_until = day_at(r, row, 24),
                       .interim_due = day_at(r, row, 25),
                       .final_due = day_at(r, row, 26),
                       .answer_days = db_get_i32(r, row, 27),
                       .own_permille = db_get_i32(r, row, 28),
                       .sample_permille = db_get_i32(r, row, 29),
                       .allocation_cents = db_get_i64(r, row, 30),
                       .granted_cents = db_get_i64(r, row, 31),
                       .version = db_get_i64(r, row, 32),
                       .payee = text_at(arena, r, row, 33),
                       .payee_iban = text_at(arena, r, row, 34),
                       .payee_reference = text_at(arena, r, row, 35)};
}

/* The rows of this call: from *first on, as many as it returns. */
static size_t rows_of(const struct db_result *r, struct uuid call, int *first)
{
    size_t count = 0;

    for (int i = 0; i < db_rows(r); i++)
        if (uuid_compare(db_get_uuid(r, i, 0), call) == 0 && count++ == 0)
            *first = i;
    return count;
}

static void read_themes(struct arena *arena, const struct db_result *r, struct call *c)
{
    int first = 0;
    const size_t count = rows_of(r, c->id, &first);
    struct call_theme *themes = arena_array(arena, count + 1, sizeof *themes);
    size_t n = 0;

    for (size_t g = 0; g < c->group_count; g++) {
        struct call_group *group = &c->groups[g];

        group->themes = &themes[n];
        for (int i = first; i < first + (int)count; i++) {
            if (uuid_compare(db_get_uuid(r, i, 5), group->id) != 0)
                continue;
            themes[n++] = (struct call_theme){.id = db_get_uuid(r, i, 1),
                                              .title = texts_at(arena, r, i, 2),
                                              .allocation_cents = db_get_i64(r, i, 6),
                                              .granted_cents = db_get_i64(r, i, 7)};
            group->theme_count++;
        }
    }
}

static void read_groups(struct arena *arena, const struct db_result *r, struct call *c)
{
    int first = 0;

    c->group_count = rows_of(r, c->id, &first);
    c->groups = arena_array(arena, c->group_count + 1, sizeof *c->groups);
    for (size_t i = 0; i < c->group_count; i++) {
        c->groups[i].id = db_get_uuid(r, first + (int)i, 1);
        c->groups[i].title = texts_at(arena, r, first + (int)i, 2);
    }
}

static void read_criteria(struct arena *arena, const struct db_result *r, struct call *c)
{
    int row = 0;

    c->criterion_count = rows_of(r, c->id, &row);
    c->criteria = arena_array(arena, c->criterion_count + 1, sizeof *c->criteria);
    for (size_t i = 0; i < c->criterion_count; i++, row++)
        c->criteria[i] = (struct call_criterion){.id = db_get_uuid(r, row, 1),
                                                 .title = texts_at(arena, r, row, 2),
                                                 .weight = db_get_i32(r, row, 5),
                                                 .points = db_get_i32(r, row, 6)};
}

static void read_questions(struct arena *arena, const struct db_result *r, struct call *c)
{
    int row = 0;

    c->question_count = rows_of(r, c->id, &row);
    c->questions = arena_array(arena, c->question_count + 1, sizeof *c->questions);
    for (size_t i = 0; i < c->question_count; i++, row++)
        c->questions[i] = (struct call_question){.id = db_get_uuid(r, row, 1),
                                                 .title = texts_at(arena, r, row, 2),
                                                 .required = db_get_bool(r, row, 5),
                                                 .most = db_get_i32(r, row, 6)};
}

static void read_officials(struct arena *arena, const struct db_result *r, struct call *c)
{
    int row = 0;

    c->official_count = rows_of(r, c->id, &row);
    c->officials = arena_array(arena, c->official_count + 1, sizeof *c->officials);
    for (size_t i = 0; i < c->official_count; i++, row++)
        c->officials[i] = (struct call_official){.person_id = db_get_uuid(r, row, 1),
                                                 .role = (enum official_role)db_get_i16(r, row, 2),
                                                 .responsible = db_get_bool(r, row, 3),
                                                 .name = text_at(arena, r, row, 4),
                                                 .title = text_at(arena, r, row, 5)};
}

static void read_files(struct arena *arena, const struct db_result *r, struct call *c)
{
    int row = 0;

    c->file_count = rows_of(r, c->id, &row);
    c->files = arena_array(arena, c->file_count + 1, sizeof *c->files);
    for (size_t i = 0; i < c->file_count; i++, row++)
        c->files[i] = (struct call_file){.n = db_get_i32(r, row, 1),
                                         .name = text_at(arena, r, row, 2),
                                         .media_type = text_at(arena, r, row, 3),
                                         .size = db_get_i32(r, row, 4)};
}

static bool is_in(const struct db_result *r, struct uuid id)
{
    for (int i = 0; i < db_rows(r); i++)
        if (uuid_compare(db_get_uuid(r, i, 0), id) == 0)
            return true;
    return false;
}

static void read_uses(struct db *db, int first, struct call *c)
{
    const struct db_result *counts = db_result(db, first + CALL_APPLICATIONS);
    int row = 0;

    for (size_t g = 0; g < c->group_count; g++)
        for (size_t t = 0; t < c->groups[g].theme_count; t++)
            c->groups[g].themes[t].used = is_in(db_result(db, first + CALL_USED_THEMES), c->groups[g].themes[t].id);
    for (size_t i = 0; i < c->criterion_count; i++)
        c->criteria[i].used = is_in(db_result(db, first + CALL_USED_CRITERIA), c->criteria[i].id);
    if (rows_of(counts, c->id, &row) > 0) {
        c->drafts = db_get_i64(counts, row, 1);
        c->submitted = db_get_i64(counts, row, 2);
        c->decided = db_get_i64(counts, row, 3);
    }
    if (rows_of(db_result(db, first + CALL_AWARDS), c->id, &row) > 0)
        c->awards_open = db_get_i64(db_result(db, first + CALL_AWARDS), row, 1);
}

static struct call *read_calls(struct workset *w, struct db *db, int first, bool uses, size_t *count)
{
    const struct db_result *r = db_result(db, first);
    struct call *calls = arena_array(w->arena, (size_t)db_rows(r) + 1, sizeof *calls);
    const int parts = first + 2;

    *count = (size_t)db_rows(r);
    for (size_t i = 0; i < *count; i++) {
        read_head(w->arena, r, (int)i, &calls[i]);
        read_groups(w->arena, db_result(db, parts + CALL_GROUPS), &calls[i]);
        read_themes(w->arena, db_result(db, parts + CALL_THEMES), &calls[i]);
        read_criteria(w->arena, db_result(db, parts + CALL_CRITERIA), &calls[i]);
        read_questions(w->arena, db_result(db, parts + CALL_QUESTIONS), &calls[i]);
        read_officials(w->arena, db_result(db, parts + CALL_OFFICIALS), &calls[i]);
        read_files(w->arena, db_result(db, parts + CALL_FILES), &calls[i]);
        if (uses)
            read_uses(db, parts + CALL_TABLES, &calls[i]);
    }
    return calls;
}

/* --- each ask its call ------------------------------------------------------------------------------------------------- */
static struct call *call_with(struct call *calls, size_t count, const struct call_ask *ask, const struct db_result *leads)
{
    struct uuid id = ask->id;

    if (ask->by != CALL_BY_ID && ask->by != CALL_BY_CODE) {
        id = (struct uuid){{0}};
        for (int i = 0; i < db_rows(leads) && uuid_is_nil(id); i++)
            if (uuid_compare(db_get_uuid(leads, i, 0), ask->id) == 0)
                id = db_get_uuid(leads, i, 1);
    }
    for (size_t i = 0; i < count; i++)
        if (ask->by == CALL_BY_CODE ? strcmp(calls[i].code, ask->code) == 0 : uuid_compare(calls[i].id, id) == 0)
            return &calls[i];
    return NULL;
}

enum { LIST_COUNT = 36 }; /* behind the columns of read_head */

static void read_list(struct workset *w, struct call_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++) {
        ask->rows[i] = arena_alloc(w->arena, sizeof **ask->rows);
        read_head(w->arena, r, (int)i, ask->rows[i]);
        ask->rows[i]->submitted = db_get_i64(r, (int)i, LIST_COUNT);
    }
}

static void read_money(struct workset *w, struct call_ask *ask, const struct db_result *themes, const struct db_result *awards)
{
    struct call_money *money = arena_alloc(w->arena, sizeof *money);

    money->count = (size_t)db_rows(themes);
    money->themes = arena_array(w->arena, money->count + 1, sizeof *money->themes);
    for (size_t i = 0; i < money->count; i++)
        money->themes[i] = (struct call_sum){.id = db_get_uuid(themes, (int)i, 0),
                                             .applied_cents = db_get_i64(themes, (int)i, 1),
                                             .proposed_cents = db_get_i64(themes, (int)i, 2),
                                             .applications = db_get_i64(themes, (int)i, 3)};
    money->planned_cents = db_get_i64(awards, 0, 0);
    money->paid_cents = db_get_i64(awards, 0, 1);
    money->returned_cents = db_get_i64(awards, 0, 2);
    ask->sums = money;
}

static void read_file(struct workset *w, struct call_ask *ask, const struct db_result *r)
{
    for (size_t i = 0; ask->call != NULL && db_rows(r) > 0 && i < ask->call->file_count; i++)
        if (ask->call->files[i].n == ask->file) {
            ask->file_found = &ask->call->files[i];
            ask->content = arena_copy(w->arena, db_get_span(r, 0, 0));
        }
}

void call_read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    const int first = ((const struct call_ask *)rows->asks)->first_result;
    struct call *calls = NULL;
    size_t count = 0;
    bool uses = false;

    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        uses = uses || ((const struct call_ask *)item)->uses;
    if (first >= 0)
        calls = read_calls(w, db, first, uses, &count);
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct call_ask *ask = (struct call_ask *)item;

        if (ask->list) {
            read_list(w, ask, db_result(db, item->result));
            continue;
        }
        ask->call = call_with(calls, count, ask, db_result(db, first + 1));
        if (ask->money)
            read_money(w, ask, db_result(db, item->result), db_result(db, item->result + 1));
        else if (ask->file != 0)
            read_file(w, ask, db_result(db, item->result));
    }
}
