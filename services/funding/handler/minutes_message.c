/* See minutes_message.h. */
#include "services/funding/handler/minutes_message.h"

#include <inttypes.h>
#include <string.h>

#include "services/funding/handler/convert.h"

Bus__File *minutes_file(struct arena *arena, struct span content, bool pdf, const char *language, const char *board_code, int32_t section,
                        int32_t year)
{
    Bus__File *file = arena_alloc(arena, sizeof *file);
    const char *word = strcmp(language, "sv") == 0 ? "protokollsutdrag" : "poytakirjanote";

    bus__file__init(file);
    file->name = arena_printf(arena, "%s-%s-%" PRId32 "-%" PRId32 ".%s", word, board_code, section, year, pdf ? "pdf" : "html");
    file->media_type = convert_text(pdf ? "application/pdf" : "text/html; charset=utf-8");
    file->content = convert_bytes(content);
    file->inline_view = true;
    file->one_language = true;
    return file;
}
