/* Texts of people in minutes: see minutes_own.h. Empty lines end a paragraph; lines that begin with "- " or with a number and a point are
 * items, and items of one kind that follow one another a list. */
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "common/base/time.h"
#include "services/funding/document/minutes_own.h"
#include "services/funding/domain/names.h"

enum { NUMBER_MAX = 3 }; /* digits before the point of an item */

const char *minutes_words(const struct minutes *m, const char *text)
{
    const size_t room = strlen(text) + names_count(text) * NAMES_GROWTH + 1;
    char *out = arena_alloc(m->w.arena, room);

    if (m->bare)
        (void)names_removed(out, room, text, in(&m->w, T("[nimi poistettu]", "[namnet borttaget]")));
    else
        (void)names_shown(out, room, text);
    return out;
}

const char *minutes_name(const struct minutes *m, const char *name)
{
    return m->bare ? "" : minutes_words(m, name);
}

const char *minutes_moment(const struct minutes *m, int64_t us)
{
    const int64_t local = us + helsinki_offset_us(us);
    const int minute = (int)(local / (60 * TIME_SECOND) % (24 * 60));
    const char *clock = arena_printf(m->w.arena, "%d.%02d", minute / 60, minute % 60);

    return SAY(m, T("{0} klo {1}", "{0} kl. {1}"), day(&m->w, helsinki_day(us)), clock);
}

/* How long what stands before an item is, with the spaces behind it; 0: the line is none. *label: "" for a bullet, or "2.". */
static size_t item_begins(const struct minutes *m, struct span line, const char **label)
{
    size_t at = 0;

    *label = "";
    if (line.len > 2 && line.data[0] == '-' && line.data[1] == ' ') {
        at = 1;
    } else {
        while (at < line.len && at < NUMBER_MAX && isdigit(line.data[at]))
            at++;
        if (at == 0 || at + 2 >= line.len || line.data[at] != '.' || line.data[at + 1] != ' ')
            return 0;
        at++;
        *label = arena_text(m->w.arena, span_of(line.data, at));
    }
    while (at < line.len && line.data[at] == ' ')
        at++;
    return at < line.len ? at : 0;
}

static struct span trimmed(struct span line)
{
    while (line.len > 0 && isspace(line.data[0]))
        line = span_of(line.data + 1, line.len - 1);
    while (line.len > 0 && isspace(line.data[line.len - 1]))
        line.len--;
    return line;
}

struct reading { /* a text, line by line */
    struct minutes *m;
    char *room;      /* as long as the text: its paragraphs, one behind the other */
    char *paragraph; /* so far, until room; NULL: none */
    struct letter_block *list;
    const char **cells; /* of the list */
    size_t cell_room;   /* in rows */
    bool numbered;
};

static void paragraph_ends(struct reading *r)
{
    if (r->paragraph == NULL)
        return;
    *r->room++ = '\0';
    paragraph(&r->m->w, r->paragraph);
    r->paragraph = NULL;
}

static void line_add(struct reading *r, struct span line)
{
    if (r->paragraph == NULL)
        r->paragraph = r->room;
    else
        *r->room++ = '\n';
    memcpy(r->room, line.data, line.len);
    r->room += line.len;
}

/* Twice the rows: a text of many short lists, or a long one, takes no more memory than a few times itself. */
static void list_grow(struct reading *r)
{
    const size_t rows = r->list->rows;
    const char **cells = arena_array(r->m->w.arena, 2 * (r->cell_room = rows > 0 ? 2 * rows : 4), sizeof *cells);

    if (rows > 0)
        memcpy(cells, r->cells, 2 * rows * sizeof *cells);
    r->list->cells = r->cells = cells;
}

static void item_add(struct reading *r, const char *label, const char *text)
{
    const bool numbered = *label != '\0';

    paragraph_ends(r);
    if (r->list == NULL || r->numbered != numbered) {
        r->list = add(&r->m->w, LETTER_LIST, "");
        r->list->columns = 2;
        r->cell_room = 0;
        r->numbered = numbered;
    }
    if (r->list->rows == r->cell_room)
        list_grow(r);
    assert(r->cells != NULL);
    r->cells[2 * r->list->rows] = label;
    r->cells[2 * r->list->rows + 1] = text;
    r->list->rows++;
}

static void line_read(struct reading *r, struct span line)
{
    struct arena *arena = r->m->w.arena;
    const char *label;
    const size_t at = item_begins(r->m, line, &label);

    if (at > 0) {
        item_add(r, label, arena_text(arena, span_of(line.data + at, line.len - at)));
        return;
    }
    if (line.len == 0) {
        paragraph_ends(r); /* an empty line between two items leaves them one list */
        return;
    }
    r->list = NULL;
    line_add(r, line);
}

void minutes_text(struct minutes *m, const char *text)
{
    const char *words = minutes_words(m, text);
    struct reading r = {.m = m, .room = arena_alloc(m->w.arena, strlen(words) + 1)};

    for (const char *at = words; at != NULL;) {
        const char *end = strchr(at, '\n');
        const size_t len = end != NULL ? (size_t)(end - at) : strlen(at);

        line_read(&r, trimmed(span_of(at, len)));
        at = end != NULL ? end + 1 : NULL;
    }
    paragraph_ends(&r);
}
