/* What a person or a script reads: see output.h. */
#include "services/hv/output.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void output_json(const json_t *json)
{
    json_dumpf(json, stdout, JSON_INDENT(2) | JSON_ENCODE_ANY);
    putchar('\n');
}

const char *output_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

int64_t output_number(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) ? strtoll(json_string_value(value), NULL, 10) : json_integer_value(value);
}

size_t output_cut(const char *text, size_t most)
{
    size_t len = strnlen(text, most + 1);
    if (len <= most)
        return len;
    for (len = most; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;) /* the byte behind the cut goes on a character */
        len--;
    return len;
}

json_t *output_read(const char *file)
{
    json_error_t error;
    const bool standard = strcmp(file, "-") == 0;
    errno = 0;
    FILE *in = standard ? stdin : fopen(file, "re");
    if (!in) {
        fprintf(stderr, "hv: %s cannot be read: %s\n", file, strerror(errno));
        return NULL;
    }
    json_t *json = json_loadf(in, JSON_REJECT_DUPLICATES, &error);
    if (!standard)
        fclose(in);
    if (!json)
        fprintf(stderr, "hv: %s: %s (line %d)\n", standard ? "standard input" : file, error.text, error.line);
    return json;
}
