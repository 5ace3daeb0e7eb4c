/* Files on their way out: the bytes of a bus.File with its name, its media type and an ETag made of the bytes and the language. The
 * service names them; what a header could not hold is a fault of the service and never sent. */
#include <stdio.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/utf8.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"
#include "services/gateway/route/style.h"

enum { FILE_NAME_MAX = ANSWER_FILE_MAX, FILE_TYPE_MAX = 100 };

static bool made_of(const char *text, size_t most, const char *also)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && !strchr(also, c))
            return false;
    }
    return len > 0 && len <= most;
}

/* As people name files, but for what ends a header or names a folder. Control characters beyond ASCII are written in percents, so they end
 * nothing either. */
static bool name_fits(const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] < ' ' || strchr("\"\\/\x7f", name[i]))
            return false;
    return len > 0 && len <= FILE_NAME_MAX && utf8_valid(span_text(name));
}

bool file_fits(const Bus__File *file)
{
    return name_fits(file->name) && made_of(file->media_type, FILE_TYPE_MAX, ".-_+/;= ") &&
           (file->status == 0 || (file->status >= 200 && file->status < 600));
}

/* Policy of the page: its own style, no other. NULL: it carries none, or is no page. */
static const char *style_of(struct errand *errand, const Bus__File *file)
{
    char *style = arena_alloc(errand->x->arena, STYLE_HASH);

    if (strncmp(file->media_type, "text/html", strlen("text/html")) != 0)
        return NULL;
    style_hash(span_of(file->content.data, file->content.len), style);
    return *style != '\0' ? style : NULL;
}

void file_fill(struct errand *errand, const Bus__File *file, struct answer *answer, char tag[FILE_TAG])
{
    struct span parts[] = {span_of(file->content.data, file->content.len), span_text(language_name(errand->x->language))};
    struct hash hash = hash_of(parts, 2);
    tag[0] = '"';
    for (size_t i = 0; i < 16; i++)
        snprintf(tag + 1 + 2 * i, 3, "%02x", hash.b[i]);
    memcpy(tag + 33, "\"", 2);
    answer->tag = tag;
    answer->type = file->media_type;
    answer->file = file->name;
    answer->in_place = file->inline_view;
    answer->style = style_of(errand, file);
    answer->one_language = file->one_language;
    if (file->status != 0)
        answer->status = (int)file->status;
    answer->body = parts[0];
}

/* A list of tags, weak or not, or "*": for bytes that are there, comparing weakly is comparing (RFC 9110, 13.1.2). */
bool file_known(const struct exchange *x, const char *tag)
{
    const char *header = exchange_header(x, "If-None-Match");
    return header && (strcmp(header, "*") == 0 || strstr(header, tag));
}
