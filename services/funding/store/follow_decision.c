/* The part "follow_decision" of the store: see follow_decision.h. */
#include "services/funding/store/follow_decision.h"

#define COLUMNS                                                                                                                            \
    "d.id, d.award_id, d.subject_id, d.kind, d.decided_at, d.decided_by, d.language, d.review_days, d.review_version, d.event_id, "        \
    "d.sha256"
enum { DOCUMENT_COLUMN = 11 };

/* $1 award */
static const struct db_stmt STMT_ALL = {"follow_decision_all",
                                        "select " COLUMNS ", null::bytea from follow_decision d where d.award_id = $1 order by d.id"};
/* $1 award $2 subject */
static const struct db_stmt STMT_ONE[] = {
    {"follow_decision_html", "select " COLUMNS ", d.html from follow_decision d where d.award_id = $1 and d.subject_id = $2"},
    {"follow_decision_pdf", "select " COLUMNS ", d.pdf from follow_decision d where d.award_id = $1 and d.subject_id = $2"},
};
static const struct db_stmt STMT_ADD = {
    "follow_decision_add", "insert into follow_decision (id, award_id, subject_id, kind, decided_at, decided_by, language, review_days, "
                           "review_version, event_id, sha256, html, pdf) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};

struct follow_decision_change {
    struct part_item item; /* first */
    const struct follow_decision *decision;
};

void follow_decision_want(struct workset *w, const struct job *job, struct uuid award_id, struct uuid subject_id, bool pdf)
{
    struct follow_decision_ask *ask = part_ask(&w->parts, PART_FOLLOW_DECISION, job, sizeof *ask);

    ask->award_id = award_id;
    ask->subject_id = subject_id;
    ask->pdf = pdf;
}

const struct follow_decision_ask *follow_decision_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_FOLLOW_DECISION, job);
}

void follow_decision_add(struct workset *w, const struct follow_decision *decision)
{
    struct follow_decision_change *c = part_change(&w->parts, PART_FOLLOW_DECISION, sizeof *c);

    c->decision = decision;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct follow_decision_ask *ask = (const struct follow_decision_ask *)item;
        const bool one = !uuid_is_nil(ask->subject_id);
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->award_id);
        if (one)
            db_uuid(p, ask->subject_id);
        item->result = db_queue(db, one ? &STMT_ONE[ask->pdf] : &STMT_ALL, p);
    }
}

static struct follow_decision row_at(struct arena *arena, const struct db_result *r, int i, bool pdf)
{
    struct follow_decision d = {.id = db_get_uuid(r, i, 0),
                                .award_id = db_get_uuid(r, i, 1),
                                .subject_id = db_get_uuid(r, i, 2),
                                .kind = (enum follow_kind)db_get_i16(r, i, 3),
                                .decided_us = db_get_time(r, i, 4),
                                .decided_by = db_get_uuid(r, i, 5),
                                .language = arena_text(arena, db_get_span(r, i, 6)),
                                .review_days = db_get_i32(r, i, 7),
                                .review_version = arena_text(arena, db_get_span(r, i, 8)),
                                .event_id = db_get_uuid(r, i, 9),
                                .sha256 = arena_copy(arena, db_get_span(r, i, 10))};

    if (!db_get_null(r, i, DOCUMENT_COLUMN))
        *(pdf ? &d.pdf : &d.html) = arena_copy(arena, db_get_span(r, i, DOCUMENT_COLUMN));
    return d;
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct follow_decision_ask *ask = (struct follow_decision_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = row_at(w->arena, r, (int)i, ask->pdf);
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct follow_decision *d = ((const struct follow_decision_change *)item)->decision;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, d->id);
        db_uuid(p, d->award_id);
        db_uuid(p, d->subject_id);
        db_i16(p, (int16_t)d->kind);
        db_time(p, d->decided_us);
        db_uuid(p, d->decided_by);
        db_text(p, span_text(d->language));
        db_i32(p, d->review_days);
        db_text(p, span_text(d->review_version));
        db_uuid(p, d->event_id);
        db_bytes(p, d->sha256);
        db_text(p, d->html);
        db_bytes(p, d->pdf);
        (void)db_queue(db, &STMT_ADD, p);
    }
}

const struct store_part follow_decision_part = {.load = load, .read = read_all, .save = save};
