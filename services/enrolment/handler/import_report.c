/* What an import does and doubts, in words: fi, sv, en. See import.h. */
#include <inttypes.h>
#include <string.h>

#include "common/base/time.h"
#include "services/enrolment/handler/import.h"

#define CREATES ENROLMENT__IMPORT_REPORT__LINE__KIND__CREATES
#define CHANGES ENROLMENT__IMPORT_REPORT__LINE__KIND__CHANGES

void report_init(struct report *report, struct workset *w)
{
    *report = (struct report){.w = w, .message = arena_alloc(w->arena, sizeof *report->message)};
    enrolment__import_report__init(report->message);
}

void report_line(struct report *report, Enrolment__ImportReport__Line__Kind kind, const char *field, const char *fi, const char *sv,
                 const char *en)
{
    struct arena *arena = report->w->arena;
    Enrolment__ImportReport *m = report->message;
    Enrolment__ImportReport__Line *line = arena_alloc(arena, sizeof *line);

    enrolment__import_report__line__init(line);
    line->kind = kind;
    line->field = arena_strdup(arena, field);
    line->text = arena_alloc(arena, sizeof *line->text);
    bus__text__init(line->text);
    line->text->fi = arena_strdup(arena, fi);
    line->text->sv = arena_strdup(arena, sv);
    line->text->en = arena_strdup(arena, en);
    m->lines = workset_grow(report->w, m->lines, m->n_lines, &report->room, sizeof *m->lines);
    m->lines[m->n_lines++] = line;
    report->changes += kind == CREATES || kind == CHANGES;
}

static void changes(struct report *report, const char *field, const char *was, const char *is)
{
    struct arena *arena = report->w->arena;
    report_line(report, CHANGES, field, arena_printf(arena, "oli %s, tulee %s", was, is), arena_printf(arena, "var %s, blir %s", was, is),
                arena_printf(arena, "was %s, becomes %s", was, is));
}

static void compare_number(struct report *report, const char *field, uint32_t was, uint32_t is)
{
    struct arena *arena = report->w->arena;
    if (was != is)
        changes(report, field, arena_printf(arena, "%" PRIu32, was), arena_printf(arena, "%" PRIu32, is));
}

static void compare_word(struct report *report, const char *field, const char *was, const char *is)
{
    struct arena *arena = report->w->arena;
    if (strcmp(was, is) != 0)
        changes(report, field, arena_printf(arena, "\"%s\"", was), arena_printf(arena, "\"%s\"", is));
}

static void compare_text(struct report *report, const char *field, const struct text *was, const struct text *is)
{
    struct arena *arena = report->w->arena;
    compare_word(report, arena_printf(arena, "%s.fi", field), was->fi, is->fi);
    compare_word(report, arena_printf(arena, "%s.sv", field), was->sv, is->sv);
    compare_word(report, arena_printf(arena, "%s.en", field), was->en, is->en);
}

static bool same_text(const struct text *a, const struct text *b)
{
    return strcmp(a->fi, b->fi) == 0 && strcmp(a->sv, b->sv) == 0 && strcmp(a->en, b->en) == 0;
}

static bool same_rules(const struct rule *a, size_t a_count, const struct rule *b, size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++)
        if (strcmp(a[i].rule, b[i].rule) != 0 || strcmp(a[i].fact, b[i].fact) != 0 || strcmp(a[i].allowed, b[i].allowed) != 0 ||
            !same_text(&a[i].reason, &b[i].reason))
            return false;
    return a_count == b_count;
}

static bool same_webinars(const struct unit *a, const struct unit *b)
{
    for (size_t i = 0; i < a->webinar_count && i < b->webinar_count; i++)
        if (a->webinars[i].starts_us != b->webinars[i].starts_us || a->webinars[i].ends_us != b->webinars[i].ends_us ||
            a->webinars[i].advance_notice != b->webinars[i].advance_notice)
            return false;
    return a->webinar_count == b->webinar_count;
}

static bool same_units(const struct programme *a, const struct programme *b)
{
    for (size_t i = 0; i < a->unit_count && i < b->unit_count; i++)
        if (!same_text(&a->units[i].title, &b->units[i].title) || a->units[i].credits_tenths != b->units[i].credits_tenths ||
            !same_webinars(&a->units[i], &b->units[i]))
            return false;
    return a->unit_count == b->unit_count;
}

static void compare_implementation(struct report *report, const struct implementation *was, const struct implementation *is)
{
    struct arena *arena = report->w->arena;
    const char *at = arena_printf(arena, "implementations[%s]", is->code);
#define FIELD(name) arena_printf(arena, "%s." name, at)

    compare_number(report, FIELD("ordinal"), was->ordinal, is->ordinal);
    compare_text(report, FIELD("organiser"), &was->organiser, &is->organiser);
    compare_text(report, FIELD("title"), &was->title, &is->title);
    compare_text(report, FIELD("audience"), &was->audience, &is->audience);
    compare_word(report, FIELD("region"), was->region, is->region);
    compare_word(report, FIELD("places"), was->places, is->places);
    compare_number(report, FIELD("mode"), was->mode, is->mode);
    compare_number(report, FIELD("capacity"), was->capacity, is->capacity);
    compare_number(report, FIELD("waitingCap"), was->waiting_cap, is->waiting_cap);
    if (!same_rules(was->rules, was->rule_count, is->rules, is->rule_count))
        report_line(report, CHANGES, FIELD("rules"), "kelpoisuussäännöt muuttuvat", "behörighetsreglerna ändras",
                    "the eligibility rules change");
#undef FIELD
}

static bool has_window(const struct programme *p, struct uuid id)
{
    for (size_t i = 0; i < p->window_count; i++)
        if (uuid_compare(p->windows[i].id, id) == 0)
            return true;
    return false;
}

static void compare_windows(struct report *report, const struct programme *was, const struct programme *is)
{
    struct arena *arena = report->w->arena;

    for (size_t i = 0; was != NULL && i < was->window_count; i++) {
        char opens[TIME_TEXT];
        if (has_window(is, was->windows[i].id))
            continue;
        time_format(was->windows[i].opens_us, opens);
        report_line(report, CHANGES, "windows", arena_printf(arena, "ilmoittautumisaika alkaen %s poistuu", opens),
                    arena_printf(arena, "anmälningstiden från %s tas bort", opens),
                    arena_printf(arena, "the enrolment period from %s is removed", opens));
    }
    for (size_t i = 0; i < is->window_count; i++) {
        char opens[TIME_TEXT], closes[TIME_TEXT];
        if (!is->windows[i].changed)
            continue;
        time_format(is->windows[i].opens_us, opens);
        time_format(is->windows[i].closes_us, closes);
        report_line(
            report, CHANGES, arena_printf(arena, "windows[%zu]", i), arena_printf(arena, "ilmoittautumisaika %s – %s", opens, closes),
            arena_printf(arena, "anmälningstiden %s – %s", opens, closes), arena_printf(arena, "enrolment is open %s – %s", opens, closes));
    }
}

static void compare_head(struct report *report, const struct programme *was, const struct programme *is)
{
    compare_word(report, "code", was->code, is->code);
    compare_text(report, "title", &was->title, &is->title);
    compare_number(report, "creditsTenths", was->credits_tenths, is->credits_tenths);
    compare_number(report, "cap", was->cap, is->cap);
    compare_number(report, "replyHours", was->reply_hours, is->reply_hours);
    if (!same_units(was, is))
        report_line(report, CHANGES, "units", "opintojaksot tai niiden webinaarit muuttuvat",
                    "studieavsnitten eller deras webbinarier ändras", "the study units or their webinars change");
    if (!same_rules(was->rules, was->rule_count, is->rules, is->rule_count))
        report_line(report, CHANGES, "rules", "kelpoisuussäännöt muuttuvat", "behörighetsreglerna ändras", "the eligibility rules change");
}

void import_compare(struct report *report, const struct programme *before, const struct programme *after)
{
    struct arena *arena = report->w->arena;

    if (before == NULL)
        report_line(report, CREATES, "code", arena_printf(arena, "uusi koulutus \"%s\"", after->code),
                    arena_printf(arena, "ny utbildning \"%s\"", after->code), arena_printf(arena, "new programme \"%s\"", after->code));
    else
        compare_head(report, before, after);
    for (size_t i = 0; i < after->implementation_count; i++) {
        const struct implementation *is = &after->implementations[i];
        const struct implementation *was = before != NULL ? programme_implementation(before, is->id) : NULL;
        if (was != NULL)
            compare_implementation(report, was, is);
        else
            report_line(report, CREATES, arena_printf(arena, "implementations[%s]", is->code),
                        arena_printf(arena, "uusi toteutus, %" PRIu32 " paikkaa", is->capacity),
                        arena_printf(arena, "nytt genomförande, %" PRIu32 " platser", is->capacity),
                        arena_printf(arena, "new implementation, %" PRIu32 " seats", is->capacity));
    }
    compare_windows(report, before, after);
}
