/* Rows to protobuf: the small steps that every answer takes. Texts are borrowed, or copied to the arena where they are not ended by NUL. */
#ifndef HV_FUNDING_HANDLER_CONVERT_H
#define HV_FUNDING_HANDLER_CONVERT_H
#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/uuid.h"
#include "envelope.pb-c.h"
#include "services/funding/domain/text.h"

ProtobufCBinaryData convert_id(struct arena *arena, struct uuid id); /* copied; nil: empty */
ProtobufCBinaryData convert_bytes(struct span bytes);                /* borrowed */
char *convert_text(const char *text);                                /* borrowed; NULL is "" */
char *convert_span(struct arena *arena, struct span text);           /* copied */
char *convert_day(struct arena *arena, int64_t day);                 /* ISO text; NO_DAY is "" */
Bus__Text *convert_texts(struct arena *arena, struct text text);     /* borrowed */
struct text convert_from_texts(const Bus__Text *text);               /* borrowed; NULL: three empty ones */

#endif
