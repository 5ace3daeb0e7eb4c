/* The part "case" of the store: see municipal_case.h. What is asked and what is changed; the statements are in municipal_case_load.c and
 * municipal_case_save.c. */
#include "services/funding/store/municipal_case_own.h"

/* --- asking ------------------------------------------------------------------------------------------------------------- */
static struct case_ask *ask_for(struct workset *w, const struct job *job, int what)
{
    struct case_ask *ask = part_ask(&w->parts, PART_CASE, job, sizeof *ask);

    ask->what = what;
    return ask;
}

struct case_ask *case_want(struct workset *w, const struct job *job, struct uuid id, bool hold)
{
    struct case_ask *ask = ask_for(w, job, CASES_WHOLE);

    ask->one = id;
    ask->ids = &ask->one;
    ask->id_count = 1;
    ask->hold = hold;
    return ask;
}

struct case_ask *case_want_item(struct workset *w, const struct job *job, struct uuid item_id, bool hold)
{
    struct case_ask *ask = ask_for(w, job, CASES_WHOLE);

    ask->item_id = item_id;
    ask->hold = hold;
    return ask;
}

struct case_ask *case_want_share(struct workset *w, const struct job *job, struct uuid share_id)
{
    struct case_ask *ask = ask_for(w, job, CASES_WHOLE);

    ask->share_id = share_id;
    return ask;
}

struct case_ask *case_want_meeting(struct workset *w, const struct job *job, struct uuid meeting_id, const struct uuid *ids, size_t count,
                                   bool hold)
{
    struct case_ask *ask = ask_for(w, job, CASES_WHOLE);

    ask->meeting_id = meeting_id;
    ask->ids = ids;
    ask->id_count = count;
    ask->hold = hold;
    return ask;
}

static struct case_ask *ask_for_page(struct workset *w, const struct job *job, int what, struct uuid of, struct uuid after, int32_t limit)
{
    struct case_ask *ask = ask_for(w, job, what);

    ask->page_of = of;
    ask->after = after;
    ask->limit = limit;
    return ask;
}

struct case_ask *case_want_page(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid after, int32_t limit)
{
    return ask_for_page(w, job, CASES_MUNICIPALITY, municipality_id, after, limit);
}

struct case_ask *case_want_owner(struct workset *w, const struct job *job, struct uuid owner_id, struct uuid after, int32_t limit)
{
    return ask_for_page(w, job, CASES_OWNER, owner_id, after, limit);
}

const struct case_ask *case_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_CASE, job);
}

struct municipal_case *case_found(const struct workset *w, const struct job *job)
{
    const struct case_ask *ask = case_asked(w, job);

    return ask != NULL && ask->what == CASES_WHOLE && ask->count > 0 ? ask->rows : NULL;
}

struct municipal_case *case_of(const struct workset *w, const struct job *job, struct uuid id)
{
    const struct case_ask *ask = case_asked(w, job);

    for (size_t i = 0; ask != NULL && i < ask->count; i++)
        if (uuid_compare(ask->rows[i].id, id) == 0)
            return &ask->rows[i];
    return NULL;
}

/* --- changing ----------------------------------------------------------------------------------------------------------- */
static struct case_change *change(struct workset *w, const struct municipal_case *c, int what)
{
    struct case_change *change = part_change(&w->parts, PART_CASE, sizeof *change);

    change->what = what;
    if (c != NULL)
        change->row = *c;
    return change;
}

static struct case_change *change_by(struct workset *w, const struct municipal_case *c, int what, const char *why, struct uuid actor)
{
    struct case_change *made = change(w, c, what);

    made->why = why;
    made->actor = actor;
    return made;
}

void case_add(struct workset *w, const struct municipal_case *c, const char *why, struct uuid actor)
{
    (void)change_by(w, c, CASE_CHANGE_ADD, why, actor);
}

void case_put(struct workset *w, const struct municipal_case *c)
{
    (void)change(w, c, CASE_CHANGE_PUT);
}

void case_move(struct workset *w, const struct municipal_case *c, const char *why, struct uuid actor)
{
    (void)change_by(w, c, CASE_CHANGE_MOVE, why, actor);
}

void case_touch(struct workset *w, const struct municipal_case *c)
{
    (void)change(w, c, CASE_CHANGE_TOUCH);
}

void statement_add(struct workset *w, const struct municipal_case *c, const struct statement *s, const char *why, struct uuid actor)
{
    change_by(w, c, CASE_CHANGE_STATEMENT_ADD, why, actor)->statement = *s;
}

void statement_put(struct workset *w, const struct municipal_case *c, const struct statement *s, const char *why, struct uuid actor)
{
    change_by(w, c, CASE_CHANGE_STATEMENT_PUT, why, actor)->statement = *s;
}

void case_document_add(struct workset *w, const struct municipal_case *c, const struct case_document *document, struct span content)
{
    struct case_change *made = change(w, c, CASE_CHANGE_DOCUMENT);

    made->document = *document;
    made->content = content;
}

void proposal_put(struct workset *w, const struct municipal_case *c, const struct board_proposal *proposal)
{
    change(w, c, CASE_CHANGE_PROPOSAL)->proposal = *proposal;
}

void proposal_made(struct workset *w, struct uuid proposal_id, int64_t now_us)
{
    struct case_change *made = change(w, NULL, CASE_CHANGE_PROPOSAL_MADE);

    made->proposal.id = proposal_id;
    made->proposal.made_us = now_us;
}

const struct store_part case_part = {.load = case_load_all, .read = case_read_all, .save = case_save_all};
