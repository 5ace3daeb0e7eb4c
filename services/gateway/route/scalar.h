/* One value that is not a message: between its place in a message struct and its text. Private to the codec. */
#ifndef HV_GATEWAY_SCALAR_H
#define HV_GATEWAY_SCALAR_H
#include "services/gateway/route/codec.h"

/* Its JSON, quotes included where the form has them. */
void scalar_write(struct buf *out, const ProtobufCFieldDescriptor *field, const void *at);
/* True for what is left out of an object: empty texts and bytes, time 0. */
bool scalar_left_out(const ProtobufCFieldDescriptor *field, const void *at);
/* From text without quotes. */
enum fault scalar_read(struct arena *arena, const ProtobufCFieldDescriptor *field, struct span text, void *at);
/* From numbers of a JSON document. */
enum fault scalar_from_int(const ProtobufCFieldDescriptor *field, int64_t value, void *at);
enum fault scalar_from_double(const ProtobufCFieldDescriptor *field, double value, void *at);
enum fault scalar_from_bool(const ProtobufCFieldDescriptor *field, bool value, void *at);

#endif
