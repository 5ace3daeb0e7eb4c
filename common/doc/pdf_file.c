/* See pdf_file.h. The table of places at the end is a stream too (ISO 32000-1, 7.5.8): only that one can name what stands in object
 * streams. */
#include "common/doc/pdf_file.h"

#include <libdeflate.h>

#include "common/base/alloc.h"

/* A level of libdeflate: 4 is a quarter faster for a twentieth more, 7 half as long again for a hundredth less. */
enum { LEVEL = 5, PACKED_MOST = 500, PLACE_NONE = 0, PLACE_BYTES = 1, PLACE_PACKED = 2, PLACES_MIN = 256, PLACE_ROW = 7 };

struct pdf_place {
    uint8_t kind;
    uint32_t at;    /* offset in the file, or number of the object stream */
    uint16_t index; /* in that stream */
};

/* --- pressing ---------------------------------------------------------------------------------------------------------- */
struct libdeflate_compressor *press_new(void)
{
    struct libdeflate_compressor *press = libdeflate_alloc_compressor(LEVEL);

    if (press == NULL)
        bug("libdeflate has no memory");
    return press;
}

void press_free(struct libdeflate_compressor *press)
{
    if (press != NULL)
        libdeflate_free_compressor(press);
}

void press_add(struct libdeflate_compressor *press, struct span from, struct buf *out)
{
    const size_t bound = libdeflate_zlib_compress_bound(press, from.len);
    uint8_t *room = buf_extend(out, bound);
    const size_t len = libdeflate_zlib_compress(press, from.data, from.len, room, bound);

    if (len == 0)
        bug("libdeflate needs more room than it said");
    out->len -= bound - len;
}

/* By hand, both: printf would take longer than all else that is done for a glyph or a tag. */
void pdf_number(struct buf *out, double number)
{
    char text[32];
    size_t at = sizeof text;
    const bool negative = number < 0;
    uint64_t hundredths = (uint64_t)((negative ? -number : number) * 100 + 0.5);
    const bool whole = hundredths % 100 == 0;

    for (int i = 0; i < 2 && !whole; i++, hundredths /= 10)
        if (i > 0 || hundredths % 10 != 0)
            text[--at] = (char)('0' + hundredths % 10);
    if (whole)
        hundredths /= 100;
    else
        text[--at] = '.';
    do
        text[--at] = (char)('0' + hundredths % 10);
    while ((hundredths /= 10) > 0);
    if (negative && !(text[at] == '0' && at + 1 == sizeof text))
        text[--at] = '-';
    buf_add(out, text + at, sizeof text - at);
}

void pdf_integer(struct buf *out, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    buf_add(out, digits + at, sizeof digits - at);
}

uint32_t pdf_character(const uint8_t *text, size_t left, size_t *len)
{
    const size_t more = text[0] < 0x80 ? 0 : text[0] < 0xe0 ? 1 : text[0] < 0xf0 ? 2 : 3;
    uint32_t c = more == 0 ? text[0] : text[0] & (0x3fU >> more);

    for (size_t k = 1; k <= more && k < left; k++)
        c = c << 6 | (text[k] & 0x3fU);
    *len = more + 1;
    return c;
}

void pdf_utf16(struct buf *out, const uint8_t *text, size_t len)
{
    size_t step;

    for (size_t i = 0; i < len; i += step) {
        const uint32_t c = pdf_character(text + i, len - i, &step);

        if (c < 0x10000)
            buf_printf(out, "%04X", (unsigned)c);
        else
            buf_printf(out, "%04X%04X", (unsigned)(0xd800 + ((c - 0x10000) >> 10)), (unsigned)(0xdc00 + ((c - 0x10000) & 0x3ff)));
    }
}

/* --- objects ----------------------------------------------------------------------------------------------------------- */
void pdf_file_init(struct pdf_file *file, struct libdeflate_compressor *press)
{
    *file = (struct pdf_file){.press = press};
    buf_text(&file->bytes, "%PDF-1.7\n%\xb5\xed\xae\xfb\n"); /* the second line says that bytes follow, not text */
    (void)pdf_file_number(file);                             /* 0 is nobody's */
}

void pdf_file_fini(struct pdf_file *file)
{
    buf_fini(&file->bytes);
    buf_fini(&file->packed);
    buf_fini(&file->heads);
    mem_free(file->places);
    file->places = NULL;
}

unsigned pdf_file_number(struct pdf_file *file)
{
    if (file->count == file->cap) {
        file->cap = file->cap > 0 ? 2 * file->cap : PLACES_MIN;
        file->places = mem_grow(file->places, file->cap, sizeof *file->places);
    }
    file->places[file->count] = (struct pdf_place){.kind = PLACE_NONE};
    return file->count++;
}

void pdf_file_stream(struct pdf_file *file, unsigned number, const char *about, struct span deflated)
{
    file->places[number] = (struct pdf_place){.kind = PLACE_BYTES, .at = (uint32_t)file->bytes.len};
    buf_printf(&file->bytes, "%u 0 obj\n<<%s/Length %zu/Filter/FlateDecode>>\nstream\n", number, about, deflated.len);
    buf_add(&file->bytes, deflated.data, deflated.len);
    buf_text(&file->bytes, "\nendstream\nendobj\n");
}

/* Writes the object stream that is being filled. */
static void unload(struct pdf_file *file)
{
    struct buf all = {0}, about = {0};

    if (file->packed_count == 0)
        return;
    struct buf whole = {0};
    buf_add(&whole, file->heads.data, file->heads.len);
    buf_add(&whole, file->packed.data, file->packed.len);
    press_add(file->press, buf_span(&whole), &all);
    buf_printf(&about, "/Type/ObjStm/N %u/First %zu", file->packed_count, file->heads.len);
    buf_u8(&about, 0);
    pdf_file_stream(file, file->packed_number, (const char *)about.data, buf_span(&all));
    buf_fini(&whole);
    buf_fini(&about);
    buf_fini(&all);
    buf_clear(&file->packed);
    buf_clear(&file->heads);
    file->packed_count = 0;
}

struct buf *pdf_file_object(struct pdf_file *file, unsigned number)
{
    if (file->packed_count == PACKED_MOST)
        unload(file);
    if (file->packed_count == 0)
        file->packed_number = pdf_file_number(file);
    else
        buf_u8(&file->packed, '\n');
    pdf_integer(&file->heads, number);
    buf_u8(&file->heads, ' ');
    pdf_integer(&file->heads, file->packed.len);
    buf_u8(&file->heads, ' ');
    file->places[number] = (struct pdf_place){.kind = PLACE_PACKED, .at = file->packed_number, .index = (uint16_t)file->packed_count++};
    return &file->packed;
}

/* Rows of seven bytes: what kind of place, where, and which there. Each is written as its difference to the one above (7.4.4.4, "up"),
 * which is nearly always the same: a fifth is left of what the numbers themselves would take. */
static void add_places(const struct pdf_file *file, struct buf *out)
{
    struct buf rows = {0};

    for (unsigned i = 0; i < file->count; i++) {
        buf_u8(&rows, file->places[i].kind);
        buf_be32(&rows, file->places[i].at);
        buf_be16(&rows, i > 0 ? file->places[i].index : UINT16_MAX);
    }
    for (size_t i = 0; i < rows.len; i++) {
        if (i % PLACE_ROW == 0)
            buf_u8(out, 2);
        buf_u8(out, (uint8_t)(rows.data[i] - (i >= PLACE_ROW ? rows.data[i - PLACE_ROW] : 0)));
    }
    buf_fini(&rows);
}

void pdf_file_end(struct pdf_file *file, unsigned root, unsigned info)
{
    struct buf rows = {0}, about = {0}, deflated = {0};

    unload(file);
    const unsigned number = pdf_file_number(file);
    const size_t start = file->bytes.len;
    file->places[number] = (struct pdf_place){.kind = PLACE_BYTES, .at = (uint32_t)start};
    add_places(file, &rows);
    press_add(file->press, buf_span(&rows), &deflated);
    buf_printf(&about, "/Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R/DecodeParms<</Predictor 12/Columns %d>>", file->count, root,
               info, PLACE_ROW);
    buf_u8(&about, 0);
    pdf_file_stream(file, number, (const char *)about.data, buf_span(&deflated));
    buf_printf(&file->bytes, "startxref\n%zu\n%%%%EOF\n", start);
    buf_fini(&rows);
    buf_fini(&about);
    buf_fini(&deflated);
}
