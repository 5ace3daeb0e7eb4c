/* The part "meeting" of the store: what cases of use call, and pages. Loading is in meeting_load.c, saving in meeting_save.c. */
#include "services/funding/store/meeting_own.h"

static struct meeting_ask *ask_for(struct workset *w, const struct job *job, int what, struct uuid id)
{
    struct meeting_ask *ask = part_ask(&w->parts, PART_MEETING, job, sizeof *ask);

    ask->what = what;
    ask->id = id;
    return ask;
}

struct meeting_ask *meeting_want(struct workset *w, const struct job *job, enum meeting_by by, struct uuid id, bool hold)
{
    struct meeting_ask *ask = ask_for(w, job, MEETINGS_ONE, id);

    ask->by = by;
    ask->hold = hold;
    return ask;
}

struct meeting_ask *meeting_want_page(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid board_id)
{
    struct meeting_ask *ask = ask_for(w, job, MEETINGS_PAGE, municipality_id);

    ask->board_id = board_id;
    ask->reader = job->actor;
    return ask;
}

const struct meeting_ask *meeting_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_MEETING, job);
}

struct meeting *meeting_found(const struct workset *w, const struct job *job)
{
    const struct meeting_ask *ask = meeting_asked(w, job);

    return ask != NULL ? ask->meeting : NULL;
}

struct item *meeting_item_found(const struct workset *w, const struct job *job)
{
    const struct meeting_ask *ask = meeting_asked(w, job);

    return ask != NULL && ask->meeting != NULL && ask->by == MEETING_BY_ITEM ? meeting_item(ask->meeting, ask->id) : NULL;
}

/* --- changes ----------------------------------------------------------------------------------------------------------- */
static struct meeting_change *change(struct workset *w, enum meeting_change_kind what, const struct meeting *meeting)
{
    struct meeting_change *c = part_change(&w->parts, PART_MEETING, sizeof *c);

    c->what = what;
    c->meeting = meeting;
    return c;
}

static void moved(struct workset *w, enum meeting_change_kind what, const struct meeting *meeting, const char *why, struct uuid actor)
{
    struct meeting_change *c = change(w, what, meeting);

    c->why = why;
    c->actor = actor;
}

void meeting_add(struct workset *w, const struct meeting *meeting, struct uuid actor)
{
    moved(w, MEETING_ADDED, meeting, "planned", actor);
}

void meeting_put(struct workset *w, const struct meeting *meeting)
{
    (void)change(w, MEETING_CHANGED, meeting);
}

void meeting_move(struct workset *w, const struct meeting *meeting, const char *why, struct uuid actor)
{
    moved(w, MEETING_MOVED, meeting, why, actor);
}

void meeting_summon(struct workset *w, const struct meeting *meeting, struct uuid actor)
{
    moved(w, MEETING_MOVED, meeting, "summoned", actor);
}

void meeting_cancel(struct workset *w, const struct meeting *meeting, const char *why, struct uuid actor)
{
    moved(w, MEETING_CALLED_OFF, meeting, why, actor);
}

void meeting_open(struct workset *w, const struct meeting *meeting, struct uuid actor)
{
    moved(w, MEETING_OPENED, meeting, "opened", actor);
}

void meeting_put_checks(struct workset *w, const struct meeting *meeting)
{
    (void)change(w, MEETING_CHECKS, meeting);
}

void meeting_publish(struct workset *w, const struct meeting *meeting, struct uuid actor)
{
    moved(w, MEETING_MOVED, meeting, "minutes published", actor);
}

void item_put(struct workset *w, const struct item *item)
{
    change(w, ITEM_CHANGED, NULL)->row = item;
}

void item_add_vote(struct workset *w, const struct item *item, const struct vote *vote)
{
    struct meeting_change *c = change(w, ITEM_VOTED, NULL);

    c->row = item;
    c->vote = *vote;
}

void item_add_disqualified(struct workset *w, const struct item *item, const struct disqualified *who, struct uuid noted_by)
{
    struct meeting_change *c = change(w, ITEM_DISQUALIFIED, NULL);

    c->row = item;
    c->who = *who;
    c->actor = noted_by;
}

const struct store_part meeting_part = {.load = meeting_load, .read = meeting_read, .save = meeting_save};
