/* What a person or a script reads: small helpers over jansson. */
#ifndef HV_HV_OUTPUT_H
#define HV_HV_OUTPUT_H
#include <jansson.h>
#include <stdint.h>

void output_json(const json_t *json);                            /* to standard output, indented */
const char *output_text(const json_t *object, const char *name); /* a member's text; "" when absent or no text */
int64_t output_number(const json_t *object, const char *name);   /* a number, or the text of one (64 bits travel as text); 0 otherwise */
json_t *output_read(const char *file);                           /* a JSON file, "-" for standard input; NULL after saying why */

#endif
