/* The report of an import or an edit: lines in fi, sv, en for people, and beside each line that changes something the same as data,
 * for the history of changes. See import.h. */
#include <stdio.h>
#include <string.h>

#include "services/enrolment/handler/import.h"

#define CREATES ENROLMENT__IMPORT_REPORT__LINE__KIND__CREATES
#define CHANGES ENROLMENT__IMPORT_REPORT__LINE__KIND__CHANGES

enum {
    REPORT_BYTES_MAX = 200 * 1024, /* a report must fit into one reply */
    REPORT_WORDS_MAX = 240,        /* bytes of a value in a line of the report */
    CHANGE_WORDS_MAX = 4000        /* and in the history of changes, of which pages are read */
};

void report_init(struct report *report, struct workset *w)
{
    *report = (struct report){.w = w, .message = arena_alloc(w->arena, sizeof *report->message)};
    enrolment__import_report__init(report->message);
}

static void line_add(struct report *report, Enrolment__ImportReport__Line__Kind kind, const char *field, const char *fi, const char *sv,
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
    report->bytes += protobuf_c_message_get_packed_size(&line->base) + 4;
}

void report_line(struct report *report, Enrolment__ImportReport__Line__Kind kind, const char *field, const char *fi, const char *sv,
                 const char *en)
{
    if (report->bytes < REPORT_BYTES_MAX)
        line_add(report, kind, field, fi, sv, en);
    else
        report->left_out++;
}

void report_close(struct report *report)
{
    struct arena *arena = report->w->arena;

    if (report->left_out > 0)
        line_add(report, ENROLMENT__IMPORT_REPORT__LINE__KIND__NOTE, "", arena_printf(arena, "ja %zu riviä lisää", report->left_out),
                 arena_printf(arena, "och %zu rader till", report->left_out), arena_printf(arena, "and %zu lines more", report->left_out));
}

/* Not more than `most` bytes of it, cut between characters. */
static const char *clip(struct arena *arena, const char *text, size_t most)
{
    size_t len = strlen(text);

    if (len <= most)
        return text;
    len = most;
    while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
        len--;
    return arena_printf(arena, "%.*s…", (int)len, text);
}

/* What a line says, after a word in each language for whether it is new, gone or other than it was. */
static void difference_line(struct report *report, const char *field, const char *was, const char *is)
{
    struct arena *arena = report->w->arena;

    was = clip(arena, was, REPORT_WORDS_MAX);
    is = clip(arena, is, REPORT_WORDS_MAX);
    if (*was == '\0')
        report_line(report, CREATES, field, arena_printf(arena, "uusi: %s", is), arena_printf(arena, "ny: %s", is),
                    arena_printf(arena, "new: %s", is));
    else if (*is == '\0')
        report_line(report, CHANGES, field, arena_printf(arena, "poistuu: %s", was), arena_printf(arena, "tas bort: %s", was),
                    arena_printf(arena, "goes: %s", was));
    else
        report_line(report, CHANGES, field, arena_printf(arena, "oli %s, tulee %s", was, is),
                    arena_printf(arena, "var %s, blir %s", was, is), arena_printf(arena, "was %s, becomes %s", was, is));
}

void report_difference(struct report *report, const char *field, const char *was, const char *becomes)
{
    struct arena *arena = report->w->arena;

    if (strcmp(was, becomes) == 0)
        return;
    difference_line(report, field, was, becomes);
    report->differences =
        workset_grow(report->w, report->differences, report->count, &report->difference_room, sizeof *report->differences);
    report->differences[report->count++] =
        (struct difference){.field = field, .was = clip(arena, was, CHANGE_WORDS_MAX), .becomes = clip(arena, becomes, CHANGE_WORDS_MAX)};
}
