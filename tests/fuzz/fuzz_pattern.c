/* Patterns of operators: whatever bytes come, nothing is read or written outside; and what pattern_check takes can be written whole, with
 * everything known and with only what the kind requires, as text and as HTML. The first byte is the kind. */
#include <stdlib.h>

#include "services/notification/domain/hypertext.h"
#include "services/notification/domain/pen.h"
#include "tests/unit/notification/letters.h"
#include "tests/unit/notification/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char text[256 * 1024], html[1024 * 1024];

static void write_one(struct span pattern, enum message_kind kind, bool all, bool escape, bool checked)
{
    struct facts facts = letters_facts(kind, all);
    struct pen pen = pen_init(text, sizeof text, escape);

    if (!pattern_write(pattern, &facts, &PLAIN, &pen) && checked)
        abort();
    pen = pen_init(html, sizeof html, true);
    hypertext_of(&pen, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pattern_error error;

    if (size == 0)
        return 0;
    enum message_kind kind = (enum message_kind)(KIND_CONFIRMATION + data[0] % KIND_LAST);
    struct span pattern = span_of(data + 1, size - 1);
    bool checked = pattern_check(pattern, kind, &error);
    if (!checked && error.at > pattern.len)
        abort();
    (void)hypertext_check(pattern, &error);
    for (int way = 0; way < 4; way++)
        write_one(pattern, kind, way & 1, way & 2, checked);
    return 0;
}
