/* What a person or a script reads: see output.h. */
#include "services/hv/output.h"

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

json_t *output_read(const char *file)
{
    json_error_t error;
    const bool standard = strcmp(file, "-") == 0;
    json_t *json = standard ? json_loadf(stdin, JSON_REJECT_DUPLICATES, &error) : json_load_file(file, JSON_REJECT_DUPLICATES, &error);
    if (!json)
        fprintf(stderr, "hv: %s: %s (line %d)\n", standard ? "standard input" : file, error.text, error.line);
    return json;
}
