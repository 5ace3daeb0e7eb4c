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

    return word || (!first && (c == '.' || c == '-' || c == '_'));
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

static bool name_fits(struct span name, const struct media *media)
{
    for (size_t i = 0; i < name.len; i++)
        if (!plain(name.data[i], i == 0))
            return false;
    return name.len <= ATTACHMENT_NAME_MAX && name.len > strlen(media->ending) && ends_with(name, media->ending);
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
    if (!name_fits(all[n].name, media))
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
