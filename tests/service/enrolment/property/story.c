/* Telling what happened: see story.h. */
#include "tests/service/enrolment/property/story.h"

#include <stdarg.h>
#include <stdlib.h>

#include "common/base/alloc.h"
#include "tests/service/enrolment/property/generate.h"

#define TOLD_MOST 30

void story_open(struct story *story)
{
    *story = (struct story){0};
    story->out = open_memstream(&story->text, &story->size);
    if (story->out == NULL)
        bug("no memory for a story");
}

void story_close(struct story *story)
{
    (void)fclose(story->out);
    free(story->text);
}

void story_wrong(struct story *story, const char *format, ...)
{
    va_list args;

    if (++story->wrong > TOLD_MOST)
        return;
    (void)fputs("    WRONG: ", story->out);
    va_start(args, format);
    (void)vfprintf(story->out, format, args);
    va_end(args);
    (void)fputc('\n', story->out);
}

static long long minutes(int64_t us)
{
    return (us - HISTORY_BEGINS_US) / (60 * 1000000LL);
}

void story_programme(struct story *story, const struct model *m)
{
    (void)fprintf(story->out, "  cap %u, offers %u h, holds %u min, reply %u h, window %lld..%lld min, quota %u%s%s%s%s\n", m->cap,
                  m->offer_hours, m->hold_minutes, m->reply_hours, minutes(m->rounds[0].opens_us), minutes(m->rounds[0].closes_us),
                  m->rounds[0].quota, m->moderated ? ", moderated" : "", m->asks ? ", asks" : "", m->rule_refuses ? ", rule refuses" : "",
                  m->rule_reviews ? ", rule leaves to review" : "");
    for (size_t i = 0; i < m->place_count; i++)
        (void)fprintf(story->out, "  implementation %zu: %u seats, %u on its waiting list\n", i, m->places[i].capacity,
                      m->places[i].waiting_cap);
}

static void tell_whom(FILE *out, const struct operation *op)
{
    if (op->actor == COORDINATOR)
        (void)fputs("coordinator", out);
    else if (op->actor == ADMIN)
        (void)fputs("admin", out);
    else
        (void)fprintf(out, "person %d", op->actor);
    if (op->named)
        (void)fprintf(out, " for person %d", op->person);
    if (op->closes_us != 0)
        (void)fprintf(out, " window %d from %lld to %lld min", op->window, minutes(op->opens_us), minutes(op->closes_us));
    if (op->registration != NOBODY)
        (void)fprintf(out, " row %d", op->registration);
    if (op->invitation != NOBODY)
        (void)fprintf(out, " invitation %d", op->invitation);
    for (size_t i = 0; i < op->member_count; i++)
        (void)fprintf(out, op->members[i] == STRANGER ? "%snew" : "%s%d", i == 0 ? " members " : ",", op->members[i]);
}

void story_operation(struct story *story, const struct model *m, const struct operation *op)
{
    FILE *out = story->out;

    (void)fprintf(out, "  %6lld us+%lld min  #%u %s%s: ", (long long)(op->now_us % 1000000), minutes(op->now_us), op->key,
                  operation_name(op->kind), op->again != NULL ? " again" : "");
    tell_whom(out, op);
    (void)fprintf(out, " to %d number %u waiting %u%s%s%s%s -> ", op->implementation, op->number, op->waiting, op->flag ? " flag" : "",
                  op->answered ? " answered" : "", op->reasoned ? "" : " without-reason", op->bad_code ? " bad-code" : "");
    (void)fprintf(out, "%s %s%s (t%llu, %zu rows)\n", err_text(op->err)->name, op->rule, op->replayed ? " replayed" : "",
                  (unsigned long long)op->ticket, m->row_count);
}
