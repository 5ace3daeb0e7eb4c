/* See attachment_type.h. */
#include "services/funding/handler/attachment_type.h"

#include "common/base/utf8.h"

#define OFFICE         "application/vnd.openxmlformats-officedocument."
#define OPEN           "application/vnd.oasis.opendocument."
#define NAME_MAX_BYTES 80

static const struct type {
    const char *media_type, *begins, *ending;
} TYPES[] = {
    {"application/pdf", "%PDF-", ".pdf"},
    {OFFICE "wordprocessingml.document", "PK\x03\x04", ".docx"},
    {OFFICE "spreadsheetml.sheet", "PK\x03\x04", ".xlsx"},
    {OPEN "text", "PK\x03\x04", ".odt"},
    {OPEN "spreadsheet", "PK\x03\x04", ".ods"},
    {"image/png", "\x89PNG\r\n\x1a\n", ".png"},
    {"image/jpeg", "\xff\xd8\xff", ".jpg"},
    {"text/plain", "", ".txt"},
    {"text/csv", "", ".csv"},
};

static const struct type *find(const char *media_type)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(TYPES[i].media_type, media_type) == 0)
            return &TYPES[i];
    return NULL;
}

bool attachment_type_fits(const char *media_type, struct span content)
{
    const struct type *type = find(media_type);

    if (type == NULL)
        return false;
    const size_t len = strlen(type->begins);
    if (len == 0)
        return utf8_valid(content) && memchr(content.data, '\0', content.len) == NULL;
    return content.len >= len && memcmp(content.data, type->begins, len) == 0;
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

char *attachment_type_name(struct arena *arena, const char *name, const char *media_type)
{
    const struct type *type = find(media_type);
    const char *dot = strrchr(name, '.');
    const size_t stem = dot != NULL ? (size_t)(dot - name) : strlen(name);
    char plain[NAME_MAX_BYTES + 1];
    size_t len = 0;

    for (size_t i = 0; i < stem && len < NAME_MAX_BYTES; i++) {
        if (is_plain(name[i]))
            plain[len++] = name[i];
        else if (len > 0 && plain[len - 1] != '-')
            plain[len++] = '-';
    }
    plain[len] = '\0';
    return arena_printf(arena, "%s%s", len > 0 ? plain : "attachment", type != NULL ? type->ending : ".bin");
}
