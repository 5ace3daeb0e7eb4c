/* The part "application" of the store: see application.h. What is asked for one by one is loaded in one statement, locked in order of the
 * ids, and shared; what is changed is written by four statements, whatever the batch holds. */
#include "services/funding/store/application.h"

#include "services/funding/store/application_own.h"
#include "services/funding/store/consortium.h"
#include "services/funding/store/supplement.h"

/* --- asking ------------------------------------------------------------------------------------------------------------ */
static struct application_ask *ask_for(struct workset *w, const struct job *job, struct uuid id)
{
    struct application_ask *ask = part_ask(&w->parts, PART_APPLICATION, job, sizeof *ask);

    ask->id = id;
    return ask;
}

struct application_ask *application_want(struct workset *w, const struct job *job, struct uuid id, enum application_hold hold,
                                         enum application_content content)
{
    struct application_ask *ask = ask_for(w, job, id);

    ask->what = APPLICATIONS_ONE;
    ask->hold = hold;
    ask->content = content;
    return ask;
}

struct application_ask *application_want_call(struct workset *w, const struct job *job, struct uuid call_id, enum application_hold hold)
{
    struct application_ask *ask = ask_for(w, job, call_id);

    ask->what = APPLICATIONS_OF_CALL;
    ask->hold = hold;
    return ask;
}

struct application_ask *application_want_drafts(struct workset *w, const struct job *job, struct uuid call_id, int32_t limit)
{
    struct application_ask *ask = ask_for(w, job, call_id);

    ask->what = APPLICATIONS_DRAFTS;
    ask->hold = APPLICATION_LOCK;
    ask->limit = limit;
    return ask;
}

struct application_ask *application_want_owner(struct workset *w, const struct job *job, struct uuid owner_id)
{
    struct application_ask *ask = ask_for(w, job, owner_id);

    ask->what = APPLICATIONS_OF_OWNER;
    return ask;
}

struct application_ask *application_want_page(struct workset *w, const struct job *job, struct uuid call_id)
{
    struct application_ask *ask = ask_for(w, job, call_id);

    ask->what = APPLICATIONS_PAGE;
    return ask;
}

/* --- looking ----------------------------------------------------------------------------------------------------------- */
struct application_ask *application_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_APPLICATION, job);
}

struct application *application_found(const struct workset *w, const struct job *job)
{
    const struct application_ask *ask = application_asked(w, job);

    return ask != NULL ? ask->row : NULL;
}

struct application *application_of(const struct application_ask *ask, struct uuid id)
{
    for (size_t i = 0; i < ask->count; i++)
        if (uuid_compare(ask->rows[i]->id, id) == 0)
            return ask->rows[i];
    return NULL;
}

/* --- changes ----------------------------------------------------------------------------------------------------------- */
/* Once an application and batch: what its row is at the end is what is written. */
static void change(struct workset *w, struct application *a)
{
    a->version++;
    if (a->changed)
        return;
    a->changed = true;
    struct application_change *c = part_change(&w->parts, PART_APPLICATION, sizeof *c);
    c->what = CHANGE_ROW;
    c->row = a;
}

static void keep_version(struct workset *w, const struct application *a, enum version_kind kind, struct uuid actor)
{
    struct application_change *c = part_change(&w->parts, PART_APPLICATION, sizeof *c);

    c->what = CHANGE_VERSION;
    c->row = (struct application *)(uintptr_t)a;
    c->version = (struct application_version){
        .version = a->content_version, .saved_us = a->saved_us, .kind = (int)kind, .actor = actor, .content = a->content};
    c->since = a->submitted_version;
}

static void write(struct workset *w, struct application *a)
{
    change(w, a);
    a->content_version = a->version;
    a->saved_us = w->now_us;
}

static void move(struct application *a, enum application_state state, const char *why, struct uuid actor)
{
    a->state = state;
    a->moved = true;
    a->why = why;
    a->actor = actor;
}

struct application *application_add(struct workset *w, const struct application *draft, struct uuid actor)
{
    struct application_change *c = part_change(&w->parts, PART_APPLICATION, sizeof *c);
    struct application *a = arena_alloc(w->arena, sizeof *a);

    *a = *draft;
    a->version = a->content_version = 1;
    a->created_us = a->saved_us = w->now_us;
    move(a, APPLICATION_DRAFT, "begun", actor);
    c->what = CHANGE_ADD;
    c->row = a;
    keep_version(w, a, VERSION_DRAFT, actor);
    return a;
}

void application_save(struct workset *w, struct application *a, struct uuid actor)
{
    write(w, a);
    keep_version(w, a, VERSION_DRAFT, actor);
}

void application_submit(struct workset *w, struct application *a, const struct consortium *rows, const char *why, struct uuid actor)
{
    const bool again = a->submitted_version > 0;

    write(w, a);
    a->submitted_version = a->version;
    a->rows = rows;
    a->rows_before = again;
    move(a, APPLICATION_SUBMITTED, why, actor);
    keep_version(w, a, again ? VERSION_SUPPLEMENT : VERSION_SUBMITTED, actor);
}

void application_move(struct workset *w, struct application *a, enum application_state state, const char *why, struct uuid actor)
{
    if (a->state == APPLICATION_TO_SUPPLEMENT && state != APPLICATION_SUBMITTED)
        supplement_end(w, a->id, w->now_us); /* nobody waits for it any more */
    change(w, a);
    move(a, state, why, actor);
}

void application_touch(struct workset *w, struct application *a)
{
    change(w, a);
}

const struct store_part application_part = {.load = application_load, .read = application_read, .save = application_write};
