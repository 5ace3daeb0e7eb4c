/* The language of a PDF. cairo 1.16 cannot name it, so it is put in the way PDF itself provides for changing a finished file: an
 * incremental update (PDF 1.7, 7.5.6). Behind cairo's bytes, none of which is touched, stands the catalog once more with /Lang and the
 * wish to show the title, a section of the cross-reference table for that one object, and a trailer that points back to cairo's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/doc/pdf_page.h"

struct catalog {
    unsigned long number, size, previous; /* of the object; objects in the file; where cairo's cross-reference table begins */
    unsigned long info;
    const char *from; /* what stands between << and the end of the object */
    size_t len;
};

/* The number behind the last place where the word stands; 0 when there is none. */
static unsigned long number_after(const char *text, size_t len, const char *word)
{
    size_t n = strlen(word);

    for (size_t at = len; at-- > 0;)
        if (at + n < len && memcmp(text + at, word, n) == 0)
            return strtoul(text + at + n, NULL, 10);
    return 0;
}

/* Offset of an object by the cross-reference table: rows of 20 bytes behind "xref\n0 <size>\n". */
static const char *object_at(const char *text, size_t len, const struct catalog *c)
{
    const char *table = text + c->previous;
    const char *rows;
    unsigned long offset;

    if (c->previous + 8 > len || memcmp(table, "xref\n", 5) != 0 || c->number >= c->size)
        return NULL;
    rows = memchr(table + 5, '\n', len - c->previous - 5);
    if (!rows || (size_t)(text + len - rows) < 1 + 20 * (c->number + 1))
        return NULL;
    offset = strtoul(rows + 1 + 20 * c->number, NULL, 10);
    return offset < len ? text + offset : NULL;
}

static bool catalog_find(const char *text, size_t len, struct catalog *c)
{
    const char *object, *end, *type;

    c->previous = number_after(text, len, "startxref\n");
    c->number = number_after(text, len, "/Root ");
    c->info = number_after(text, len, "/Info ");
    c->size = number_after(text, len, "/Size ");
    object = c->previous != 0 && c->number != 0 ? object_at(text, len, c) : NULL;
    object = object ? strstr(object, "<<") : NULL;
    end = object ? strstr(object, "endobj") : NULL;
    type = end ? strstr(object, "/Catalog") : NULL;
    if (!type || type > end)
        return false;
    c->from = object + 2;
    c->len = (size_t)(end - c->from);
    return true;
}

enum err pdf_language(struct buf *bytes, const char *language)
{
    struct catalog c = {0};
    struct buf update = {0};
    size_t object, table;

    *buf_extend(bytes, 1) = '\0';
    bytes->len--;
    if (!catalog_find((const char *)bytes->data, bytes->len, &c))
        return ERR_INTERNAL;
    object = bytes->len;
    buf_printf(&update, "%lu 0 obj\n<< /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n", c.number, language);
    buf_add(&update, c.from, c.len);
    buf_text(&update, "endobj\n");
    table = object + update.len;
    buf_printf(&update, "xref\n0 1\n0000000000 65535 f \n%lu 1\n%010zu 00000 n \n", c.number, object);
    buf_printf(&update, "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n   /Prev %lu\n>>\nstartxref\n%zu\n%%%%EOF\n", c.size,
               c.number, c.info, c.previous, table);
    buf_add(bytes, update.data, update.len);
    buf_fini(&update);
    return ERR_OK;
}
