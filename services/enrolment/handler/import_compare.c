/* What of a programme is new or other than before, one line a difference. See import.h. */
#include <inttypes.h>
#include <string.h>

#include "services/enrolment/domain/webinar.h"
#include "services/enrolment/handler/import.h"

static void compare_number(struct report *report, const char *field, uint32_t was, uint32_t is)
{
    struct arena *arena = report->w->arena;

    if (was != is)
        report_difference(report, field, arena_printf(arena, "%" PRIu32, was), arena_printf(arena, "%" PRIu32, is));
}

static void compare_bool(struct report *report, const char *field, bool was, bool is)
{
    report_difference(report, field, was ? "true" : "false", is ? "true" : "false");
}

/* In quotation marks, so that an empty text is seen as one. */
static void compare_word(struct report *report, const char *field, const char *was, const char *is)
{
    struct arena *arena = report->w->arena;

    if (strcmp(was, is) != 0)
        report_difference(report, field, arena_printf(arena, "\"%s\"", was), arena_printf(arena, "\"%s\"", is));
}

static void compare_text(struct report *report, const char *field, const struct text *was, const struct text *is)
{
    struct arena *arena = report->w->arena;

    compare_word(report, arena_printf(arena, "%s.fi", field), was->fi, is->fi);
    compare_word(report, arena_printf(arena, "%s.sv", field), was->sv, is->sv);
    compare_word(report, arena_printf(arena, "%s.en", field), was->en, is->en);
}

static void compare_rules(struct report *report, const char *field, const struct rule *was, size_t was_count, const struct rule *is,
                          size_t is_count)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; i < was_count || i < is_count; i++) {
        const char *before = i < was_count ? arena_printf(arena, "%s: %s", was[i].rule, rule_words(arena, &was[i])) : "";
        const char *after = i < is_count ? arena_printf(arena, "%s: %s", is[i].rule, rule_words(arena, &is[i])) : "";
        report_difference(report, arena_printf(arena, "%s[%zu]", field, i), before, after);
    }
}

static void compare_questions(struct report *report, const struct programme *was, const struct programme *is)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; i < was->question_count || i < is->question_count; i++) {
        const struct question *a = i < was->question_count ? &was->questions[i] : NULL,
                              *b = i < is->question_count ? &is->questions[i] : NULL;
        const char *before = a != NULL ? arena_printf(arena, "%s: %s", a->code, question_words(arena, a)) : "";
        const char *after = b != NULL ? arena_printf(arena, "%s: %s", b->code, question_words(arena, b)) : "";
        report_difference(report, arena_printf(arena, "questions[%zu]", i), before, after);
    }
}

static void compare_webinars(struct report *report, const char *field, const struct programme *was, const struct unit *is)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; i < is->webinar_count; i++) {
        const struct webinar *before = webinar_of(was, is->webinars[i].id);
        report_difference(report, arena_printf(arena, "%s.webinars[%zu]", field, i), before != NULL ? webinar_words(arena, before) : "",
                          webinar_words(arena, &is->webinars[i]));
    }
}

static const char *unit_words(struct arena *arena, const struct unit *unit)
{
    return arena_printf(arena, "\"%s\"", unit->title.fi);
}

static void compare_units(struct report *report, const struct programme *was, const struct programme *is)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; i < was->unit_count; i++)
        if (unit_of(is, was->units[i].id) == NULL)
            report_difference(report, arena_printf(arena, "units[%zu]", i), unit_words(arena, &was->units[i]), "");
    for (size_t i = 0; i < is->unit_count; i++) {
        const struct unit *unit = &is->units[i], *before = unit_of(was, unit->id);
        const char *field = arena_printf(arena, "units[%zu]", i);
        if (before == NULL) {
            report_difference(report, field, "", unit_words(arena, unit));
        } else {
            compare_number(report, arena_printf(arena, "%s.ordinal", field), before->ordinal, unit->ordinal);
            compare_text(report, arena_printf(arena, "%s.title", field), &before->title, &unit->title);
            compare_number(report, arena_printf(arena, "%s.creditsTenths", field), before->credits_tenths, unit->credits_tenths);
        }
        compare_webinars(report, field, was, unit);
    }
}

static void compare_implementation(struct report *report, const struct implementation *was, const struct implementation *is)
{
    struct arena *arena = report->w->arena;
    const char *at = arena_printf(arena, "implementations[%s]", is->code);
#define FIELD(name) arena_printf(arena, "%s." name, at)

    compare_word(report, FIELD("code"), was->code, is->code);
    compare_number(report, FIELD("ordinal"), was->ordinal, is->ordinal);
    compare_text(report, FIELD("organiser"), &was->organiser, &is->organiser);
    compare_text(report, FIELD("title"), &was->title, &is->title);
    compare_text(report, FIELD("audience"), &was->audience, &is->audience);
    compare_word(report, FIELD("region"), was->region, is->region);
    compare_word(report, FIELD("places"), was->places, is->places);
    compare_number(report, FIELD("mode"), was->mode, is->mode);
    compare_number(report, FIELD("capacity"), was->capacity, is->capacity);
    compare_number(report, FIELD("waitingCap"), was->waiting_cap, is->waiting_cap);
    compare_rules(report, FIELD("rules"), was->rules, was->rule_count, is->rules, is->rule_count);
#undef FIELD
}

static const char *implementation_words(struct arena *arena, const struct implementation *i)
{
    return arena_printf(arena, "\"%s\", %" PRIu32, i->title.fi, i->capacity);
}

static void compare_implementations(struct report *report, const struct programme *was, const struct programme *is)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; was != NULL && i < was->implementation_count; i++)
        if (programme_implementation(is, was->implementations[i].id) == NULL)
            report_difference(report, arena_printf(arena, "implementations[%s]", was->implementations[i].code),
                              implementation_words(arena, &was->implementations[i]), "");
    for (size_t i = 0; i < is->implementation_count; i++) {
        const struct implementation *of = &is->implementations[i], *before = was != NULL ? programme_implementation(was, of->id) : NULL;
        if (before != NULL)
            compare_implementation(report, before, of);
        else
            report_difference(report, arena_printf(arena, "implementations[%s]", of->code), "", implementation_words(arena, of));
    }
}

static void compare_windows(struct report *report, const struct programme *was, const struct programme *is)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; was != NULL && i < was->window_count; i++)
        if (import_window(is, was->windows[i].id) == NULL)
            report_difference(report, "windows", window_words(arena, &was->windows[i]), "");
    for (size_t i = 0; i < is->window_count; i++) {
        const struct window *before = import_window(was, is->windows[i].id);
        report_difference(report, arena_printf(arena, "windows[%zu]", i), before != NULL ? window_words(arena, before) : "",
                          window_words(arena, &is->windows[i]));
    }
}

static void compare_head(struct report *report, const struct programme *was, const struct programme *is)
{
    struct arena *arena = report->w->arena;

    compare_word(report, "code", was->code, is->code);
    compare_text(report, "title", &was->title, &is->title);
    compare_number(report, "creditsTenths", was->credits_tenths, is->credits_tenths);
    compare_number(report, "cap", was->cap, is->cap);
    compare_number(report, "replyHours", was->reply_hours, is->reply_hours);
    compare_number(report, "offerHours", was->offer_hours, is->offer_hours);
    compare_number(report, "holdMinutes", was->hold_minutes, is->hold_minutes);
    compare_bool(report, "moderated", was->moderated, is->moderated);
    compare_bool(report, "planRequired", was->plan_required, is->plan_required);
    compare_number(report, "retentionDays", was->retention_days, is->retention_days);
    report_difference(report, "editUntilAt", time_words(arena, was->edit_until_us), time_words(arena, is->edit_until_us));
}

/* A programme that is new is one line with its parts: units, webinars, rules, questions, implementations and windows. What else it says of
 * itself is no change of anything. */
void import_compare(struct report *report, const struct programme *before, const struct programme *after)
{
    static const struct programme nothing;
    const struct programme *was = before != NULL ? before : &nothing;

    if (before == NULL)
        report_difference(report, "code", "", arena_printf(report->w->arena, "\"%s\"", after->code));
    else
        compare_head(report, before, after);
    compare_units(report, was, after);
    compare_rules(report, "rules", was->rules, was->rule_count, after->rules, after->rule_count);
    compare_questions(report, was, after);
    compare_implementations(report, before, after);
    compare_windows(report, before, after);
}
