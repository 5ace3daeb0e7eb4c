/* Bodies of deliveries: a flat JSON object written member by member. Members that are absent in the event are left out. */
#ifndef HV_NOTIFICATION_HANDLER_HOOK_BODY_H
#define HV_NOTIFICATION_HANDLER_HOOK_BODY_H
#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/base/uuid.h"

#define HOOK_BODY_MAX 2000 /* more than all members of the longest type together can take */

struct hook_body {
    char *text; /* HOOK_BODY_MAX bytes */
    size_t len;
    bool first; /* the next member is the first of "data" */
};

struct hook_body hook_body_begin(struct arena *arena, const char *type, int64_t at_us);
void hook_body_id(struct hook_body *body, const char *name, ProtobufCBinaryData id); /* one that is no id is left out */
void hook_body_word(struct hook_body *body, const char *name, const ProtobufCEnumDescriptor *words, int value);
void hook_body_number(struct hook_body *body, const char *name, uint64_t number);
void hook_body_flag(struct hook_body *body, const char *name, bool holds);
void hook_body_time(struct hook_body *body, const char *name, int64_t us); /* 0 is left out */
struct span hook_body_end(struct hook_body *body);

#endif
