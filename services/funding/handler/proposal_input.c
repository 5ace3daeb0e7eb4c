/* See proposal_input.h. */
#include "services/funding/handler/proposal_input.h"

#include <inttypes.h>
#include <stdlib.h>

#include "services/funding/handler/call_case.h"
#include "services/funding/handler/seen_application.h"
#include "services/funding/handler/who.h"

enum err proposal_input_want(struct job *job, struct workset *w, const ProtobufCBinaryData *call_id, enum call_hold hold)
{
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = call_want_request(job, w, call_id, hold);
    if (err == ERR_OK) {
        const struct uuid id = call_asked(w, job)->id;

        (void)application_want_call(w, job, id, APPLICATION_READ);
        evaluation_want_call(w, job, id);
        assessment_want_call(w, job, id);
    }
    return err;
}

const struct call *proposal_call(struct job *job, const struct workset *w)
{
    const struct call *call = call_found(w, job);

    if (call != NULL && official_sees(job, call))
        return call;
    (void)job_fail(job, call == NULL ? ERR_NOT_FOUND : ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return NULL;
}

static int by_register(const void *a, const void *b)
{
    const struct application *const *x = a, *const *y = b;

    return register_compare((*x)->register_number, (*y)->register_number);
}

size_t proposal_theme_at(const struct call *call, struct uuid id)
{
    size_t at = 0;

    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++, at++)
            if (uuid_compare(call->groups[g].themes[t].id, id) == 0)
                return at;
    return 0; /* a foreign key of the schema keeps it in the call */
}

static int64_t left_of(int64_t allocation, int64_t granted)
{
    return allocation > granted ? allocation - granted : 0;
}

static void read_rooms(struct arena *arena, const struct call *call, struct portfolio *p)
{
    int64_t *rooms = arena_array(arena, call_theme_count(call) + 1, sizeof *rooms);

    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++)
            rooms[p->theme_count++] = left_of(call->groups[g].themes[t].allocation_cents, call->groups[g].themes[t].granted_cents);
    p->rooms = rooms;
    p->room = left_of(call->allocation_cents, call->granted_cents);
}

static struct portfolio_item item_of(const struct job *job, const struct workset *w, const struct call *call, const struct application *a)
{
    size_t count;
    const struct evaluation *rows = evaluation_rows(evaluation_asked(w, job), a->id, &count);
    const struct evaluated e = evaluation_sum(rows, count, a->applied_cents);
    const struct assessment *assessed = assessment_of(w, job, a->id);
    struct portfolio_item item = {.register_number = a->register_number, .theme = proposal_theme_at(call, a->theme_id), .points = e.points};

    if (e.count == 0)
        item.why = PORTFOLIO_NOT_EVALUATED;
    else if (e.rejected || e.cents == 0)
        item.why = PORTFOLIO_VERDICT;
    else {
        item.candidate = true;
        item.cents = assessed != NULL && assessed->cents > 0 ? assessed->cents : e.cents;
        if (item.cents > a->applied_cents)
            item.cents = a->applied_cents; /* it was prepared before a supplement that asks for less */
    }
    return item;
}

/* --- the text that is hashed ------------------------------------------------------------------------------------------- */
static struct span head_text(struct arena *arena, const struct call *call, const struct portfolio *p)
{
    char id[UUID_TEXT];
    const char *text;
    size_t at = 0;

    uuid_format(call->id, id);
    text = arena_printf(arena, "hakuvayla proposal 1\ncall %s %" PRId64 "\n", id, p->room);
    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++) {
            uuid_format(call->groups[g].themes[t].id, id);
            text = arena_printf(arena, "%stheme %s %" PRId64 "\n", text, id, p->rooms[at++]);
        }
    return span_text(text);
}

static struct span line_of(struct arena *arena, const struct application *a, const struct portfolio_item *item)
{
    char id[UUID_TEXT], theme[UUID_TEXT];
    const char *what = item->candidate ? "candidate" : item->why == PORTFOLIO_VERDICT ? "verdict" : "not-evaluated";

    uuid_format(a->id, id);
    uuid_format(a->theme_id, theme);
    return span_text(arena_printf(arena, "application %s %s %s %s %" PRId32 " %" PRId64 "\n", id, a->register_number, theme, what,
                                  item->points, item->cents));
}

static void hash_input(struct arena *arena, const struct call *call, struct proposal_input *input)
{
    const struct portfolio *p = &input->portfolio;
    struct span *parts = arena_array(arena, p->count + 1, sizeof *parts);

    parts[0] = head_text(arena, call, p);
    for (size_t i = 0; i < p->count; i++)
        parts[i + 1] = line_of(arena, input->applications[i], &p->items[i]);
    input->hash = hash_sha256(parts, (unsigned)p->count + 1);
}

struct proposal_input *proposal_input_of(const struct job *job, const struct workset *w, const struct call *call)
{
    const struct application_ask *all = application_asked(w, job);
    struct proposal_input *input = arena_alloc(w->arena, sizeof *input);
    struct portfolio *p = &input->portfolio;

    input->applications = arena_array(w->arena, all->count + 1, sizeof *input->applications);
    for (size_t i = 0; i < all->count; i++)
        if (all->rows[i]->state == APPLICATION_SUBMITTED || all->rows[i]->state == APPLICATION_TO_SUPPLEMENT)
            input->applications[p->count++] = all->rows[i];
    if (p->count > 0)
        qsort(input->applications, p->count, sizeof *input->applications, by_register);
    p->items = arena_array(w->arena, p->count + 1, sizeof *p->items);
    for (size_t i = 0; i < p->count; i++)
        p->items[i] = item_of(job, w, call, input->applications[i]);
    read_rooms(w->arena, call, p);
    hash_input(w->arena, call, input);
    return input;
}
