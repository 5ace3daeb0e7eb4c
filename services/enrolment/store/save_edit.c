/* Saving what is edited rarely: people, followers, windows, and imported or edited programmes with all their parts. */
#include "services/enrolment/store/statements.h"
#include "services/enrolment/store/store.h"

static void add_texts(struct db_params *p, const struct text *text)
{
    db_text(p, span_text(text->fi));
    db_text(p, span_text(text->sv));
    db_text(p, span_text(text->en));
}

static void put_programme(struct workset *w, struct db *db, const struct programme *programme)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, programme->id);
    db_text(p, span_text(programme->code));
    add_texts(p, &programme->title);
    db_i32(p, (int32_t)programme->credits_tenths);
    db_i32(p, (int32_t)programme->cap);
    db_i32(p, (int32_t)programme->taken);
    db_i32(p, (int32_t)programme->waiting);
    db_i32(p, (int32_t)programme->last_order);
    db_i32(p, (int32_t)programme->reply_hours);
    db_i64(p, (int64_t)programme->version);
    db_i32(p, (int32_t)programme->offer_hours);
    db_i32(p, (int32_t)programme->hold_minutes);
    db_bool(p, programme->moderated);
    db_time(p, programme->edit_until_us);
    db_bool(p, programme->plan_required);
    db_i32(p, (int32_t)programme->retention_days);
    db_i32(p, (int32_t)programme->last_change);
    (void)db_queue(db, programme->stored ? &EDIT_PROGRAMME : &ADD_PROGRAMME, p);
}

static void put_implementation(struct workset *w, struct db *db, const struct implementation *i)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, i->id);
    db_uuid(p, i->programme->id);
    db_text(p, span_text(i->code));
    db_i32(p, (int32_t)i->ordinal);
    add_texts(p, &i->organiser);
    add_texts(p, &i->title);
    add_texts(p, &i->audience);
    db_text(p, span_text(i->places));
    db_text(p, span_text(i->region));
    db_i16(p, (int16_t)i->mode);
    db_i32(p, (int32_t)i->capacity);
    db_i32(p, (int32_t)i->waiting_cap);
    db_i64(p, (int64_t)i->version);
    const struct hash start = chain_start(i->id);
    db_bytes(p, span_of(start.b, sizeof start.b));
    (void)db_queue(db, &PUT_IMPLEMENTATION, p);
}

static void add_rules(struct workset *w, struct db *db, struct uuid programme, const struct implementation *of, const struct rule *rules,
                      size_t count)
{
    for (size_t n = 0; n < count; n++) {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, programme);
        if (of != NULL)
            db_uuid(p, of->id);
        else
            db_null(p);
        db_i32(p, (int32_t)n);
        db_text(p, span_text(rules[n].rule));
        db_text(p, span_text(rules[n].fact));
        db_text(p, span_text(rules[n].allowed));
        add_texts(p, &rules[n].reason);
        db_bool(p, rules[n].review);
        (void)db_queue(db, &ADD_RULE, p);
    }
}

static void put_unit(struct workset *w, struct db *db, struct uuid programme, const struct unit *unit)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, unit->id);
    db_uuid(p, programme);
    db_i32(p, (int32_t)unit->ordinal);
    add_texts(p, &unit->title);
    db_i32(p, (int32_t)unit->credits_tenths);
    (void)db_queue(db, &PUT_UNIT, p);
    for (size_t n = 0; n < unit->webinar_count; n++) {
        p = db_params(w->arena);
        db_uuid(p, unit->id);
        db_i32(p, (int32_t)n);
        db_time(p, unit->webinars[n].starts_us);
        db_time(p, unit->webinars[n].ends_us);
        db_bool(p, unit->webinars[n].advance_notice);
        db_uuid(p, unit->webinars[n].id);
        db_i32(p, (int32_t)unit->webinars[n].sequence);
        db_bool(p, unit->webinars[n].cancelled);
        (void)db_queue(db, &PUT_WEBINAR, p);
    }
}

static void put_windows(struct workset *w, struct db *db, const struct programme *programme)
{
    for (size_t n = 0; n < programme->window_count; n++) {
        const struct window *window = &programme->windows[n];
        if (!window->changed)
            continue;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, window->id);
        db_uuid(p, programme->id);
        db_time(p, window->opens_us);
        db_time(p, window->closes_us);
        db_bool(p, window->opened_told);
        db_bool(p, window->closed_told);
        db_i32(p, (int32_t)window->quota);
        db_i32(p, (int32_t)window->used);
        (void)db_queue(db, &PUT_WINDOW, p);
    }
}

/* Deletes the rows of a programme that are not among its parts any more: a statement with the programme and the ids that stay. */
#define DROP_OTHERS(STMT, COUNT, INDEX, ID)                                                                                                \
    do {                                                                                                                                   \
        struct db_params *others = db_params(w->arena);                                                                                    \
        db_uuid(others, programme->id);                                                                                                    \
        db_array(others, DB_UUID, COUNT);                                                                                                  \
        for (size_t INDEX = 0; INDEX < (COUNT); INDEX++)                                                                                   \
            db_array_uuid(others, ID);                                                                                                     \
        (void)db_queue(db, &(STMT), others);                                                                                               \
    } while (0)

/* What hangs on an implementation goes before it; rules are gone by then. */
static void drop_parts(struct workset *w, struct db *db, const struct programme *programme)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, programme->id);
    (void)db_queue(db, &DROP_RULES, p);
    (void)db_queue(db, &DROP_QUESTIONS, p);
    DROP_OTHERS(DROP_UNITS, programme->unit_count, i, programme->units[i].id);
    if (!programme->drops_implementations)
        return;
    DROP_OTHERS(DROP_INVITATIONS, programme->implementation_count, i, programme->implementations[i].id);
    DROP_OTHERS(DROP_TEAMS, programme->implementation_count, i, programme->implementations[i].id);
    DROP_OTHERS(DROP_REFUSALS, programme->implementation_count, i, programme->implementations[i].id);
    DROP_OTHERS(DROP_IMPLEMENTATIONS, programme->implementation_count, i, programme->implementations[i].id);
}

/* Rules and questions are replaced whole: nothing refers to their rows. Implementations, units, webinars and windows keep theirs. */
static void put_parts(struct workset *w, struct db *db, const struct programme *programme)
{
    put_programme(w, db, programme);
    drop_parts(w, db, programme);
    add_rules(w, db, programme->id, NULL, programme->rules, programme->rule_count);
    save_questions(w, db, programme);
    for (size_t i = 0; i < programme->implementation_count; i++) {
        const struct implementation *of = &programme->implementations[i];
        put_implementation(w, db, of);
        add_rules(w, db, programme->id, of, of->rules, of->rule_count);
    }
    for (size_t i = 0; i < programme->unit_count; i++)
        put_unit(w, db, programme->id, &programme->units[i]);
    DROP_OTHERS(DROP_WINDOWS, programme->window_count, i, programme->windows[i].id);
}

void save_programmes_put(struct workset *w, struct db *db)
{
    for (size_t i = 0; i < w->programme_put_count; i++)
        put_parts(w, db, w->programmes_put[i]);
    for (size_t i = 0; i < w->programme_count; i++)
        put_windows(w, db, w->programme_list[i]);
}

/* The texts of a person that PUT_PERSONS takes as arrays, in its order. */
static const char *person_column(const struct person *person, size_t column)
{
    const char *const columns[] = {person->name,         person->email, person->language,
                                   person->role,         person->level, person->organisation_kind,
                                   person->organisation, person->region};
    return columns[column];
}

static void put_persons(struct workset *w, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, w->person_put_count);
    for (size_t i = 0; i < w->person_put_count; i++)
        db_array_uuid(p, w->persons_put[i]->id);
    for (size_t column = 0; column < 8; column++) {
        db_array(p, DB_TEXT, w->person_put_count);
        for (size_t i = 0; i < w->person_put_count; i++)
            db_array_text(p, span_text(person_column(w->persons_put[i], column)));
    }
    db_array(p, DB_I64, w->person_put_count);
    for (size_t i = 0; i < w->person_put_count; i++)
        db_array_i64(p, (int64_t)w->persons_put[i]->version);
    (void)db_queue(db, &PUT_PERSONS, p);
}

void save_people(struct workset *w, struct db *db)
{
    if (w->person_put_count > 0)
        put_persons(w, db);
    for (size_t i = 0; i < w->follow_count; i++) {
        const struct follow *follow = w->follow_list[i];
        if (!follow->changed)
            continue;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, follow->programme);
        db_uuid(p, follow->person);
        (void)db_queue(db, follow->following ? &PUT_FOLLOWS : &DROP_FOLLOWS, p);
    }
}
