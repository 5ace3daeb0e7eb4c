/* The shelf: faces of type, and laid-out texts that come again. Letters that are written by the hundred repeat most of their words, and
 * laying text out is half of the work of a page. What is kept is found by text, size, weight, width and side, in a row of four; what was
 * not asked for the longest makes room. So the words of every letter stay, and the amounts of one go when the next ones come. */
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/doc/clean.h"
#include "common/doc/pdf_page.h"

enum { SHELF_ROWS = 256, SHELF_ROW = 4 };

struct shelved {
    char *text; /* NULL: the slot is empty */
    struct pdf_style style;
    PangoLayout *layout;
    uint64_t asked; /* when for the last time */
};
struct pdf_shelf {
    PangoContext *context;
    PangoFontDescription *plain, *bold;
    PangoAttrList *letters; /* no ligatures: a reader finds "fi" as two letters; no hyphens: a number that is cut has none */
    PangoFont *box;         /* the plain face: its boxes stand for what no face has */
    struct pdf_faces faces;
    struct libdeflate_compressor *press;
    struct shelved slots[SHELF_ROWS][SHELF_ROW];
    uint64_t asked; /* how often anything was */
};

/* Glyphs stand where the font puts them, not where a screen's pixels would: the same bytes on every machine with this font, and words
 * that are written as words, not letter by letter. */
static PangoContext *context_new(void)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("fi")); /* and not that of the machine: it chooses faces too */
    cairo_font_options_destroy(options);
    return context;
}

struct pdf_shelf *pdf_shelf_new(void)
{
    struct pdf_shelf *shelf = mem_new(sizeof *shelf);

    shelf->context = context_new();
    shelf->letters = pango_attr_list_new();
    pango_attr_list_insert(shelf->letters, pango_attr_font_features_new("liga=0"));
    pango_attr_list_insert(shelf->letters, pango_attr_insert_hyphens_new(FALSE));
    shelf->plain = pango_font_description_from_string("DejaVu Sans");
    shelf->bold = pango_font_description_from_string("DejaVu Sans Bold");
    shelf->press = press_new();
    return shelf;
}

struct pdf_faces *pdf_shelf_faces(struct pdf_shelf *shelf)
{
    return &shelf->faces;
}

PangoFont *pdf_shelf_plain(struct pdf_shelf *shelf)
{
    if (shelf->box == NULL) {
        pango_font_description_set_absolute_size(shelf->plain, PDF_TEXT * PANGO_SCALE);
        shelf->box = pango_context_load_font(shelf->context, shelf->plain);
    }
    return shelf->box;
}

struct libdeflate_compressor *pdf_shelf_press(struct pdf_shelf *shelf)
{
    return shelf->press;
}

static void shelved_fini(struct shelved *slot)
{
    if (slot->text == NULL)
        return;
    g_object_unref(slot->layout);
    mem_free(slot->text);
}

void pdf_shelf_free(struct pdf_shelf *shelf)
{
    if (shelf == NULL)
        return;
    for (size_t i = 0; i < SHELF_ROWS * SHELF_ROW; i++)
        shelved_fini(&shelf->slots[i / SHELF_ROW][i % SHELF_ROW]);
    pdf_faces_fini(&shelf->faces);
    press_free(shelf->press);
    if (shelf->box != NULL)
        g_object_unref(shelf->box);
    pango_attr_list_unref(shelf->letters);
    pango_font_description_free(shelf->plain);
    pango_font_description_free(shelf->bold);
    g_object_unref(shelf->context);
    mem_free(shelf);
}

/* A tab is a space and an end of line a line feed, whichever of Unicode's it is: they have no glyph, and a reader would take the words
 * around them for one. */
static void even_out(struct buf *text)
{
    size_t kept = 0;

    for (size_t i = 0; i < text->len; i++) {
        const uint8_t *at = text->data + i;
        const bool end = text->len - i >= 3 && at[0] == 0xe2 && at[1] == 0x80 && (at[2] == 0xa8 || at[2] == 0xa9);

        text->data[kept++] = end ? '\n' : *at == '\t' ? ' ' : *at;
        i += end ? 2 : 0;
    }
    text->len = kept;
}

PangoLayout *shelf_layout(struct pdf_shelf *shelf, const char *text, struct pdf_style style)
{
    PangoLayout *layout = pango_layout_new(shelf->context);
    PangoFontDescription *font = style.bold ? shelf->bold : shelf->plain;
    struct buf clean = {0};

    clean_add(&clean, text);
    even_out(&clean);
    pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_attributes(layout, shelf->letters);
    pango_layout_set_width(layout, (int)(style.width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(layout, (int)(style.size * 0.2 * PANGO_SCALE));
    pango_layout_set_alignment(layout, style.side);
    pango_layout_set_text(layout, (const char *)clean.data, (int)clean.len);
    buf_fini(&clean);
    return layout;
}

static bool same(const struct shelved *slot, const char *text, struct pdf_style style)
{
    /* Sizes and widths are constants and shares of one line: they are the same bits or another style. */
    return slot->style.bold == style.bold && slot->style.side == style.side && !(slot->style.size < style.size) &&
           !(slot->style.size > style.size) && !(slot->style.width < style.width) && !(slot->style.width > style.width) &&
           strcmp(slot->text, text) == 0;
}

PangoLayout *shelf_kept(struct pdf_shelf *shelf, const char *given, struct pdf_style style)
{
    const char *text = given != NULL ? given : "";
    struct shelved *row = shelf->slots[hash_fnv(HASH_FNV_START, span_text(text)) % SHELF_ROWS], *oldest = row;

    shelf->asked++;
    for (struct shelved *slot = row; slot < row + SHELF_ROW; slot++) {
        if (slot->text != NULL && same(slot, text, style)) {
            slot->asked = shelf->asked;
            return g_object_ref(slot->layout);
        }
        oldest = slot->asked < oldest->asked ? slot : oldest;
    }
    shelved_fini(oldest);
    *oldest = (struct shelved){.text = mem_strdup(text), .style = style, .layout = shelf_layout(shelf, text, style), .asked = shelf->asked};
    return g_object_ref(oldest->layout);
}
