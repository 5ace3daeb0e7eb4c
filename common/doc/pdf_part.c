/* Cutting a part out of a face, and writing it. Instructions for the pixels of old screens stay behind: readers of PDFs draw outlines. */
#include <hb-ot.h>
#include <hb-subset.h>
#include <stdio.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/utf8.h"
#include "common/doc/pdf_face.h"

enum { UNICODES_MOST = 100 }; /* of one block of a CMap (Adobe Technical Note 5411) */

struct glyphs { /* goes over letters and the rest together, lowest first */
    const struct pdf_cut *cut;
    size_t more;
    unsigned at;
};

static bool is_letter(const struct pdf_cut *cut, unsigned glyph)
{
    const unsigned place = cut->face->place[glyph];

    return cut->face->letter[glyph] != 0 && (cut->letters.bits[place / 64] >> place % 64 & 1) != 0;
}

/* The next glyph and its characters, in UTF-8; false: there is none. */
static bool glyphs_next(struct glyphs *g, unsigned *glyph, uint32_t *letter, const struct pdf_more **more)
{
    const struct pdf_face *face = g->cut->face;

    while (g->at < face->glyphs && !is_letter(g->cut, g->at) && !(g->more < g->cut->count && g->cut->more[g->more].glyph == g->at))
        g->at++;
    if (g->at >= face->glyphs)
        return false;
    *glyph = g->at++;
    *letter = face->letter[*glyph];
    *more = *letter == 0 ? &g->cut->more[g->more++] : NULL;
    return true;
}

/* --- the glyphs themselves --------------------------------------------------------------------------------------------- */
/* Everything but outlines and what they need stays behind. */
static void drop_tables(hb_face_t *face, hb_set_t *drop)
{
    static const char KEPT[][5] = {"glyf", "loca", "head", "hhea", "hmtx", "maxp", "CFF "};
    hb_tag_t tags[32];
    unsigned start = 0, count;

    do {
        count = sizeof tags / sizeof tags[0];
        (void)hb_face_get_table_tags(face, start, &count, tags);
        for (unsigned i = 0; i < count; i++)
            hb_set_add(drop, tags[i]);
        start += count;
    } while (count > 0);
    for (size_t i = 0; i < sizeof KEPT / sizeof KEPT[0]; i++)
        hb_set_del(drop, hb_tag_from_string(KEPT[i], 4));
}

static hb_face_t *cut_out(hb_face_t *face, const struct pdf_cut *cut)
{
    struct glyphs all = {.cut = cut};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    const struct pdf_more *more;
    uint32_t letter;
    unsigned glyph;

    if (input == NULL)
        return NULL;
    hb_set_t *kept = hb_subset_input_glyph_set(input);
    hb_set_add(kept, 0);
    while (glyphs_next(&all, &glyph, &letter, &more))
        hb_set_add(kept, glyph);
    drop_tables(face, hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_face_t *part = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    return part;
}

/* What the part is cut out of: the whole face where it shows more than our letters. */
static hb_face_t *whole(struct pdf_face *face, const struct pdf_cut *cut)
{
    struct pdf_cut letters = {.face = face};

    if (cut->count > 0)
        return face->hb;
    memset(&letters.letters, 0xff, sizeof letters.letters);
    if (face->own == NULL)
        face->own = cut_out(face->hb, &letters);
    return face->own;
}

static enum err add_program(struct pdf_part *part, struct pdf_face *face, const struct pdf_cut *cut, struct libdeflate_compressor *press)
{
    hb_face_t *from = face->outlines || face->compact ? whole(face, cut) : NULL;
    hb_face_t *cutting = from != NULL ? cut_out(from, cut) : NULL;

    if (cutting == NULL)
        return ERR_INTERNAL;
    hb_blob_t *blob = face->outlines ? hb_face_reference_blob(cutting) : hb_face_reference_table(cutting, HB_TAG('C', 'F', 'F', ' '));
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    part->plain = len;
    press_add(press, span_of(bytes, len), &part->program);
    hb_blob_destroy(blob);
    hb_face_destroy(cutting);
    return len > 0 ? ERR_OK : ERR_INTERNAL;
}

/* --- what they stand for ------------------------------------------------------------------------------------------------ */
static void add_unicode(struct pdf_part *part, const struct pdf_cut *cut, struct libdeflate_compressor *press)
{
    struct glyphs all = {.cut = cut};
    struct buf out = {0}, block = {0};
    const struct pdf_more *more;
    uint32_t letter;
    unsigned glyph, count = 0;
    bool some;

    buf_text(&out,
             "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
             "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n1 begincodespacerange<0000><FFFF>endcodespacerange\n");
    do {
        some = glyphs_next(&all, &glyph, &letter, &more);
        if (some && (letter != 0 || (more->len > 0 && utf8_valid(span_of(more->characters, more->len))))) {
            buf_printf(&block, "<%04X><", glyph);
            if (letter != 0)
                buf_printf(&block, "%04X", (unsigned)letter);
            else
                pdf_utf16(&block, more->characters, more->len);
            buf_text(&block, ">\n");
            count++;
        }
        if (count == UNICODES_MOST || (!some && count > 0)) {
            buf_printf(&out, "%u beginbfchar\n", count);
            buf_add(&out, block.data, block.len);
            buf_text(&out, "endbfchar\n");
            buf_clear(&block);
            count = 0;
        }
    } while (some);
    buf_text(&out, "endcmap CMapName currentdict/CMap defineresource pop end end\n");
    press_add(press, buf_span(&out), &part->unicode);
    buf_fini(&block);
    buf_fini(&out);
}

/* Widths of glyphs that follow each other are one array; and a name that no other part has (9.6.4: six letters). */
static void add_widths(struct pdf_part *part, const struct pdf_cut *cut)
{
    struct glyphs all = {.cut = cut};
    const struct pdf_more *more;
    uint32_t letter;
    unsigned glyph, last = UINT32_MAX - 1;
    uint32_t hash = HASH_FNV_START;

    while (glyphs_next(&all, &glyph, &letter, &more)) {
        if (glyph != last + 1)
            buf_printf(&part->widths, "%s%u[", part->widths.len > 0 ? "]" : "", glyph);
        pdf_number(&part->widths, pdf_face_width(cut->face, glyph));
        buf_u8(&part->widths, ' ');
        last = glyph;
        hash = hash_fnv(hash, span_of(&glyph, sizeof glyph));
    }
    buf_text(&part->widths, part->widths.len > 0 ? "]" : "");
    buf_u8(&part->widths, 0);
    for (size_t i = 0; i < 6; i++, hash /= 26)
        part->tag[i] = (char)('A' + hash % 26);
    part->tag[6] = '+';
}

enum err pdf_part_make(struct pdf_part *part, struct pdf_face *face, const struct pdf_cut *cut, struct libdeflate_compressor *press)
{
    const enum err err = add_program(part, face, cut, press);

    if (err != ERR_OK)
        return err;
    add_unicode(part, cut, press);
    add_widths(part, cut);
    part->letters = cut->letters;
    part->made = true;
    return ERR_OK;
}

void pdf_part_fini(struct pdf_part *part)
{
    buf_fini(&part->program);
    buf_fini(&part->unicode);
    buf_fini(&part->widths);
    part->made = false;
}

/* --- writing ------------------------------------------------------------------------------------------------------------ */
static int thousandths(const struct pdf_face *face, int units)
{
    return units * 1000 / (int)face->upem;
}

/* The box around all glyphs: four numbers in the table head. */
static void write_box(const struct pdf_face *face, struct buf *out)
{
    hb_blob_t *blob = hb_face_reference_table(face->hb, HB_TAG('h', 'e', 'a', 'd'));
    unsigned len;
    const uint8_t *head = (const uint8_t *)hb_blob_get_data(blob, &len);

    buf_text(out, "/FontBBox[");
    for (size_t i = 0; i < 4; i++)
        buf_printf(out, "%d ", len >= 44 ? thousandths(face, (int16_t)(head[36 + 2 * i] << 8 | head[37 + 2 * i])) : 0);
    buf_text(out, "]");
    hb_blob_destroy(blob);
}

static void write_descriptor(const struct pdf_part *part, const struct pdf_face *face, struct pdf_file *file, unsigned number,
                             unsigned program)
{
    struct buf *out = pdf_file_object(file, number);
    hb_font_extents_t extents = {0};
    hb_position_t capital = 0;

    (void)hb_font_get_h_extents(face->font, &extents);
    if (!hb_ot_metrics_get_position(face->font, HB_OT_METRICS_TAG_CAP_HEIGHT, &capital))
        capital = extents.ascender;
    buf_printf(out, "<</Type/FontDescriptor/FontName/%s%s/Flags 4", part->tag, face->name);
    write_box(face, out);
    buf_printf(out, "/ItalicAngle 0/StemV 80/Ascent %d/Descent %d/CapHeight %d/%s %u 0 R>>", thousandths(face, extents.ascender),
               thousandths(face, extents.descender), thousandths(face, capital), face->outlines ? "FontFile2" : "FontFile3", program);
}

unsigned pdf_part_write(const struct pdf_part *part, const struct pdf_face *face, struct pdf_file *file)
{
    const unsigned font = pdf_file_number(file), inner = pdf_file_number(file), about = pdf_file_number(file);
    const unsigned program = pdf_file_number(file), unicode = pdf_file_number(file);
    char says[48];

    if (face->outlines)
        snprintf(says, sizeof says, "/Length1 %zu", part->plain);
    else
        snprintf(says, sizeof says, "/Subtype/CIDFontType0C");
    pdf_file_stream(file, program, says, buf_span(&part->program));
    pdf_file_stream(file, unicode, "", buf_span(&part->unicode));
    buf_printf(pdf_file_object(file, font),
               "<</Type/Font/Subtype/Type0/BaseFont/%s%s/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>", part->tag,
               face->name, inner, unicode);
    buf_printf(pdf_file_object(file, inner),
               "<</Type/Font/Subtype/%s/BaseFont/%s%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
               "/FontDescriptor %u 0 R/DW %d/W[%s]%s>>",
               face->outlines ? "CIDFontType2" : "CIDFontType0", part->tag, face->name, about, (int)pdf_face_width(face, 0),
               (const char *)part->widths.data, face->outlines ? "/CIDToGIDMap/Identity" : "");
    write_descriptor(part, face, file, about, program);
    return font;
}
