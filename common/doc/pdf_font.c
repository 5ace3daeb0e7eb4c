/* See pdf_font.h. */
#include "common/doc/pdf_font.h"

#include <assert.h>
#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "common/base/alloc.h"
#include "common/doc/pdf_face.h"

enum { SIZED_MOST = 64 }; /* fonts in sizes; whoever uses more looks them up each time */

/* The letters of our languages and those beside them, digits, and marks. */
static const char32_t LETTERS[] = U"ÄÅÉÖÜäåéöü§°²€–—‘’“”•…\u00a0";

/* --- faces ------------------------------------------------------------------------------------------------------------- */
static bool has_table(hb_face_t *hb, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(hb, tag);
    const bool some = hb_blob_get_length(blob) > 0;

    hb_blob_destroy(blob);
    return some;
}

/* What the face's makers allow (OS/2, fsType): a part of it may be put into a document. A face that says nothing may. */
static bool may_be_embedded(hb_face_t *hb)
{
    enum { AT = 8, RESTRICTED = 2, LEVELS = 0xf, WHOLE_OR_NONE = 0x100, BITMAPS_ONLY = 0x200 };
    hb_blob_t *blob = hb_face_reference_table(hb, HB_TAG('O', 'S', '/', '2'));
    unsigned len;
    const uint8_t *os2 = (const uint8_t *)hb_blob_get_data(blob, &len);
    const unsigned says = len >= AT + 2 ? (unsigned)os2[AT] << 8 | os2[AT + 1] : 0;

    hb_blob_destroy(blob);
    return (says & LEVELS) != RESTRICTED && (says & (WHOLE_OR_NONE | BITMAPS_ONLY)) == 0;
}

static void face_letter(struct pdf_face *face, hb_codepoint_t character)
{
    hb_codepoint_t glyph;

    if (!hb_font_get_nominal_glyph(face->font, character, &glyph) || glyph >= face->glyphs || face->letter[glyph] != 0)
        return;
    assert(face->places < 64 * LETTER_WORDS);
    face->letter[glyph] = (uint16_t)character;
    face->place[glyph] = face->places++;
}

/* Its name without what a name in a PDF cannot hold. */
static void face_name(struct pdf_face *face)
{
    unsigned size = sizeof face->name;
    size_t kept = 0;

    (void)hb_ot_name_get_utf8(face->hb, (hb_ot_name_id_t)HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, face->name);
    for (size_t i = 0; i < size && i < sizeof face->name && face->name[i] != '\0'; i++) {
        const char c = face->name[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
            face->name[kept++] = c;
    }
    face->name[kept] = '\0';
}

static struct pdf_face *face_new(hb_face_t *hb)
{
    struct pdf_face *face = mem_new(sizeof *face);

    face->hb = hb_face_reference(hb);
    face->font = hb_font_create(hb);
    face->glyphs = hb_face_get_glyph_count(hb);
    face->upem = hb_face_get_upem(hb);
    const bool may = may_be_embedded(hb);
    face->outlines = may && has_table(hb, HB_TAG('g', 'l', 'y', 'f'));
    face->compact = may && !face->outlines && has_table(hb, HB_TAG('C', 'F', 'F', ' '));
    face->letter = mem_array(face->glyphs + 1, sizeof *face->letter);
    face->place = mem_array(face->glyphs + 1, sizeof *face->place);
    face->width = mem_array(face->glyphs + 1, sizeof *face->width);
    for (hb_codepoint_t glyph = 0; glyph < face->glyphs; glyph++)
        face->width[glyph] = (uint16_t)(hb_font_get_glyph_h_advance(face->font, glyph) * 10000.0 / face->upem + 0.5);
    (void)hb_font_get_nominal_glyph(face->font, ' ', &face->space);
    face_name(face);
    for (hb_codepoint_t c = 0x20; c < 0x7f; c++)
        face_letter(face, c);
    for (size_t i = 0; LETTERS[i] != 0; i++)
        face_letter(face, LETTERS[i]);
    return face;
}

static void face_free(struct pdf_face *face)
{
    for (size_t i = 0; i < PARTS_MOST; i++)
        pdf_part_fini(&face->parts[i]);
    hb_face_destroy(face->own);
    hb_font_destroy(face->font);
    hb_face_destroy(face->hb);
    mem_free(face->letter);
    mem_free(face->place);
    mem_free(face->width);
    mem_free(face);
}

bool pdf_face_reads(const struct pdf_face *face, const PangoGlyphString *glyphs, struct span text)
{
    size_t at = 0, len;

    for (int i = 0; i < glyphs->num_glyphs; i++, at += len) {
        const PangoGlyph glyph = glyphs->glyphs[i].glyph;
        if (at == text.len)
            return false;
        const uint32_t character = pdf_character(text.data + at, text.len - at, &len);
        if (glyph != PANGO_GLYPH_EMPTY && (glyph >= face->glyphs || face->letter[glyph] != character))
            return false;
    }
    return at == text.len;
}

unsigned pdf_face_space(const struct pdf_face *face)
{
    return face->space;
}

double pdf_face_width(const struct pdf_face *face, unsigned glyph)
{
    return glyph < face->glyphs ? face->width[glyph] / 10.0 : 0;
}

static struct pdf_face *face_of(struct pdf_faces *faces, hb_face_t *hb)
{
    for (size_t i = 0; i < faces->count; i++)
        if (faces->rows[i]->hb == hb)
            return faces->rows[i];
    if (faces->count == faces->cap) {
        faces->cap = faces->cap > 0 ? 2 * faces->cap : 4;
        faces->rows = mem_grow(faces->rows, faces->cap, sizeof(struct pdf_face *));
    }
    return faces->rows[faces->count++] = face_new(hb);
}

bool pdf_faces_find(struct pdf_faces *faces, PangoFont *font, struct pdf_sized *out)
{
    if (font == NULL)
        return false;
    for (size_t i = 0; i < faces->sized_count; i++)
        if (faces->sized[i].font == font) {
            *out = faces->sized[i];
            return out->face->outlines || out->face->compact;
        }
    PangoFontDescription *about = pango_font_describe_with_absolute_size(font);
    *out = (struct pdf_sized){.font = font,
                              .face = face_of(faces, hb_font_get_face(pango_font_get_hb_font(font))),
                              .size = pango_font_description_get_size(about)};
    pango_font_description_free(about);
    if (faces->sized == NULL)
        faces->sized = mem_array(SIZED_MOST, sizeof *faces->sized);
    if (faces->sized_count < SIZED_MOST) {
        g_object_ref(font);
        faces->sized[faces->sized_count++] = *out;
    }
    return out->face->outlines || out->face->compact;
}

void pdf_faces_fini(struct pdf_faces *faces)
{
    for (size_t i = 0; i < faces->sized_count; i++)
        g_object_unref(faces->sized[i].font);
    for (size_t i = 0; i < faces->count; i++)
        face_free(faces->rows[i]);
    mem_free(faces->sized);
    mem_free(faces->rows);
    *faces = (struct pdf_faces){.count = 0};
}

/* --- what a document shows ---------------------------------------------------------------------------------------------- */
size_t pdf_cuts_use(struct pdf_cuts *cuts, struct pdf_face *face)
{
    for (size_t i = 0; i < cuts->count; i++)
        if (cuts->rows[i].face == face)
            return i;
    if (cuts->count == cuts->cap) {
        cuts->cap = cuts->cap > 0 ? 2 * cuts->cap : 4;
        cuts->rows = mem_grow(cuts->rows, cuts->cap, sizeof *cuts->rows);
    }
    cuts->rows[cuts->count] = (struct pdf_cut){.face = face};
    return cuts->count++;
}

void pdf_cuts_letter(struct pdf_cuts *cuts, size_t number, unsigned glyph)
{
    struct pdf_cut *cut = &cuts->rows[number];

    if (glyph < cut->face->glyphs && cut->face->letter[glyph] != 0)
        cut->letters.bits[cut->face->place[glyph] / 64] |= (uint64_t)1 << cut->face->place[glyph] % 64;
}

static bool more_is(const struct pdf_more *more, struct span characters)
{
    return span_equal(span_of(more->characters, more->len), characters);
}

/* What of these characters is kept: as many as there is room for. */
static void more_keep(struct pdf_more *more, struct span characters)
{
    size_t len, at = 0;

    while (at < characters.len) {
        (void)pdf_character(characters.data + at, characters.len - at, &len);
        if (at + len > sizeof more->characters)
            break;
        at += len;
    }
    memcpy(more->characters, characters.data, at);
    more->len = (uint8_t)at;
}

bool pdf_cuts_glyph(struct pdf_cuts *cuts, size_t number, unsigned glyph, struct span characters)
{
    struct pdf_cut *cut = &cuts->rows[number];
    size_t len = 0;

    if (glyph == 0 || glyph >= cut->face->glyphs || characters.len == 0)
        return false;
    if (cut->face->letter[glyph] != 0)
        return cut->face->letter[glyph] == pdf_character(characters.data, characters.len, &len) && len == characters.len;
    if (cut->known == NULL)
        cut->known = mem_array(cut->face->glyphs, sizeof *cut->known);
    if (cut->known[glyph] != 0)
        return more_is(&cut->more[cut->known[glyph] - 1], characters);
    if (cut->count == cut->cap) {
        cut->cap = cut->cap > 0 ? 2 * cut->cap : 16;
        cut->more = mem_grow(cut->more, cut->cap, sizeof *cut->more);
    }
    struct pdf_more *more = &cut->more[cut->count++];
    *more = (struct pdf_more){.glyph = glyph};
    more_keep(more, characters);
    cut->known[glyph] = (uint16_t)cut->count;
    return more_is(more, characters);
}

void pdf_cuts_fini(struct pdf_cuts *cuts)
{
    for (size_t i = 0; i < cuts->count; i++) {
        mem_free(cuts->rows[i].known);
        mem_free(cuts->rows[i].more);
    }
    mem_free(cuts->rows);
    *cuts = (struct pdf_cuts){.count = 0};
}

static int by_glyph(const void *a, const void *b)
{
    const unsigned x = ((const struct pdf_more *)a)->glyph, y = ((const struct pdf_more *)b)->glyph;

    return x < y ? -1 : x > y;
}

/* The part with these letters alone: as it was made before, or where it is to be made. */
static struct pdf_part *part_of(struct pdf_face *face, const struct pdf_letters *letters)
{
    for (size_t i = 0; i < PARTS_MOST; i++)
        if (face->parts[i].made && memcmp(&face->parts[i].letters, letters, sizeof *letters) == 0)
            return &face->parts[i];
    struct pdf_part *part = &face->parts[face->next++ % PARTS_MOST];
    pdf_part_fini(part);
    return part;
}

enum err pdf_cuts_write(struct pdf_cuts *cuts, struct pdf_file *file, struct buf *resources)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < cuts->count && err == ERR_OK; i++) {
        struct pdf_cut *cut = &cuts->rows[i];
        struct pdf_part own = {.made = false}, *part = cut->count > 0 ? &own : part_of(cut->face, &cut->letters);

        if (cut->count > 0)
            qsort(cut->more, cut->count, sizeof *cut->more, by_glyph);
        if (!part->made)
            err = pdf_part_make(part, cut->face, cut, file->press);
        if (err == ERR_OK)
            buf_printf(resources, "/F%zu %u 0 R", i, pdf_part_write(part, cut->face, file));
        pdf_part_fini(&own);
    }
    return err;
}
