/* What a person or a script reads: small helpers over jansson. */
#ifndef HV_HV_OUTPUT_H
#define HV_HV_OUTPUT_H
#include <jansson.h>
#include <stdint.h>

void output_json(const json_t *json);                            /* to standard output, indented */
const char *output_text(const json_t *object, const char *name); /* a member's text; "" when absent or no text */
int64_t output_number(const json_t *object, const char *name);   /* a number, or the text of one (64 bits travel as text); 0 otherwise */
size_t output_cut(const char *text, size_t most);                /* bytes of it that fit, whole characters of UTF-8 only */
json_t *output_read(const char *file);                           /* a JSON file, "-" for standard input; NULL after saying why */

#endif
