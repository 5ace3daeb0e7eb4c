/* The shelf: fonts, and laid-out texts that come again. Letters that are written by the hundred repeat most of their words, and laying
 * text out is half of the work of a page. What is kept is found by text, size, weight, width and side; a full shelf takes nothing more, so
 * what repeats should come early, and it does. */
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/doc/clean.h"
#include "common/doc/pdf_page.h"

enum { SHELF_MOST = 512, SHELF_SLOTS = 1024 }; /* at most half full: a search ends soon */

struct shelved {
    char *text; /* NULL: the slot is empty */
    struct pdf_style style;
    PangoLayout *layout;
};
struct pdf_shelf {
    PangoContext *context;
    PangoFontDescription *plain, *bold;
    PangoAttrList *letters; /* no ligatures: a reader finds "fi" as two letters, and the fonts of a file are fewer */
    struct shelved slots[SHELF_SLOTS];
    size_t count;
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
    cairo_font_options_destroy(options);
    return context;
}

struct pdf_shelf *pdf_shelf_new(void)
{
    struct pdf_shelf *shelf = mem_new(sizeof *shelf);

    shelf->context = context_new();
    shelf->letters = pango_attr_list_new();
    pango_attr_list_insert(shelf->letters, pango_attr_font_features_new("liga=0"));
    shelf->plain = pango_font_description_from_string("DejaVu Sans");
    shelf->bold = pango_font_description_from_string("DejaVu Sans Bold");
    return shelf;
}

void pdf_shelf_free(struct pdf_shelf *shelf)
{
    if (shelf == NULL)
        return;
    for (size_t i = 0; i < SHELF_SLOTS; i++)
        if (shelf->slots[i].text != NULL) {
            g_object_unref(shelf->slots[i].layout);
            mem_free(shelf->slots[i].text);
        }
    pango_attr_list_unref(shelf->letters);
    pango_font_description_free(shelf->plain);
    pango_font_description_free(shelf->bold);
    g_object_unref(shelf->context);
    mem_free(shelf);
}

PangoLayout *shelf_layout(struct pdf_shelf *shelf, const char *text, struct pdf_style style)
{
    PangoLayout *layout = pango_layout_new(shelf->context);
    PangoFontDescription *font = style.bold ? shelf->bold : shelf->plain;
    struct buf clean = {0};

    clean_add(&clean, text);
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

PangoLayout *shelf_kept(struct pdf_shelf *shelf, const char *text, struct pdf_style style)
{
    uint32_t at = hash_fnv(HASH_FNV_START, span_text(text)) % SHELF_SLOTS;

    for (; shelf->slots[at].text != NULL; at = (at + 1) % SHELF_SLOTS)
        if (same(&shelf->slots[at], text, style))
            return g_object_ref(shelf->slots[at].layout);
    PangoLayout *layout = shelf_layout(shelf, text, style);
    if (shelf->count < SHELF_MOST) {
        shelf->slots[at] = (struct shelved){.text = mem_strdup(text), .style = style, .layout = g_object_ref(layout)};
        shelf->count++;
    }
    return layout;
}
