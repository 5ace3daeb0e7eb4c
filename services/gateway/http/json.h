/* Writing JSON text straight into a buffer: no tree, no allocation but the buffer's own growth. */
#ifndef HV_GATEWAY_JSON_H
#define HV_GATEWAY_JSON_H
#include "common/base/buf.h"

void json_text(struct buf *out, struct span text); /* quoted and escaped; text is valid UTF-8 */
/* `"name":` with a comma before it unless it is the first of its object. *first becomes false. */
void json_name(struct buf *out, bool *first, const char *name);
void json_uint(struct buf *out, uint64_t value);
void json_int(struct buf *out, int64_t value);
void json_double(struct buf *out, double value); /* NaN and infinities in quotes, as proto3 JSON has them */

#endif
