/* See attachment.h. A PDF begins "%PDF-"; a calendar is UTF-8 text from BEGIN:VCALENDAR to END:VCALENDAR. */
#include "services/notification/domain/attachment.h"

#include <string.h>

#include "common/base/utf8.h"

static const struct media {
    const char *type, *ending, *begins;
    const char *ends; /* before the last line feed; NULL: anything */
} MEDIA[] = {
    {"application/pdf", ".pdf", "%PDF-", NULL},
    {"text/calendar", ".ics", "BEGIN:VCALENDAR", "END:VCALENDAR"},
};

static const struct media *media_of(struct span type)
{
    for (size_t i = 0; i < sizeof MEDIA / sizeof MEDIA[0]; i++)
        if (span_equal(type, span_text(MEDIA[i].type)))
            return &MEDIA[i];
    return NULL;
}

static bool plain(uint8_t c, bool first)
{
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

    return word || (!first && c != '\0' && strchr(".-_ ()+,&", c) != NULL);
}

/* The character that begins at *at, which moves behind it. The text is valid UTF-8. */
static uint32_t character(struct span text, size_t *at)
{
    uint32_t c = text.data[(*at)++];

    if (c >= 0xC0)
        c &= c >= 0xF0 ? 0x07 : c >= 0xE0 ? 0x0F : 0x1F;
    while (*at < text.len && (text.data[*at] & 0xC0) == 0x80)
        c = c << 6 | (text.data[(*at)++] & 0x3F);
    return c;
}

/* Spaces and signs that cannot be told from others or that change how the rest is read; and what no font has. */
static bool hidden(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } RANGES[] = {{0x80, 0xA0},     {0xAD, 0xAD},     {0x061C, 0x061C}, {0x115F, 0x1160},   {0x180E, 0x180E}, {0x2000, 0x200F},
                  {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000}, {0xD800, 0xF8FF},   {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
                  {0xFFF0, 0xFFFF}, {0x2044, 0x2044}, {0x2215, 0x2215}, {0xE0000, 0x10FFFF}};

    for (size_t i = 0; i < sizeof RANGES / sizeof RANGES[0]; i++)
        if (c >= RANGES[i].from && c <= RANGES[i].to)
            return true;
    return false;
}

static bool begins_with(struct span text, const char *with)
{
    const size_t len = strlen(with);

    return text.len >= len && memcmp(text.data, with, len) == 0;
}

static bool ends_with(struct span text, const char *with)
{
    const size_t len = strlen(with);

    return text.len >= len && memcmp(text.data + text.len - len, with, len) == 0;
}

bool attachment_name_fits(struct span name, const char *ending)
{
    if (name.len > ATTACHMENT_NAME_MAX || name.len <= strlen(ending) || !ends_with(name, ending) || !utf8_valid(name))
        return false;
    for (size_t at = 0; at < name.len;) {
        const bool first = at == 0;
        const uint32_t c = character(name, &at);
        if (c < 0x80 ? !plain((uint8_t)c, first) : hidden(c))
            return false;
    }
    return true;
}

static bool content_fits(struct span content, const struct media *media)
{
    if (!begins_with(content, media->begins))
        return false;
    if (media->ends == NULL)
        return true;
    while (content.len > 0 && (content.data[content.len - 1] == '\n' || content.data[content.len - 1] == '\r'))
        content.len--;
    return ends_with(content, media->ends) && utf8_valid(content) && memchr(content.data, '\0', content.len) == NULL;
}

static enum attachment_judgement judge(const struct attachment *all, size_t n)
{
    const struct media *media = media_of(all[n].media_type);

    if (media == NULL)
        return ATTACHMENT_TYPE;
    if (!attachment_name_fits(all[n].name, media->ending))
        return ATTACHMENT_NAME;
    for (size_t i = 0; i < n; i++)
        if (span_equal(all[i].name, all[n].name))
            return ATTACHMENT_TWICE;
    return content_fits(all[n].content, media) ? ATTACHMENT_OK : ATTACHMENT_CONTENT;
}

enum attachment_judgement attachment_judge(const struct attachment *attachments, size_t count, size_t *which)
{
    size_t size = 0;

    *which = 0;
    if (count > ATTACHMENTS_MAX)
        return ATTACHMENT_MANY;
    for (size_t i = 0; i < count; i++) {
        const enum attachment_judgement answer = judge(attachments, i);
        *which = i;
        if (answer != ATTACHMENT_OK)
            return answer;
        size += attachments[i].content.len;
        if (size > ATTACHMENTS_MAX_SIZE)
            return ATTACHMENT_LARGE;
    }
    return ATTACHMENT_OK;
}
