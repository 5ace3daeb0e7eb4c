/* Municipalities between protobuf and the domain: what an import says is checked and read (municipality_content.c), and what one is told
 * as: who holds which office, and who sits where, to its officials only. */
#ifndef HV_FUNDING_HANDLER_MUNICIPALITY_MESSAGE_H
#define HV_FUNDING_HANDLER_MUNICIPALITY_MESSAGE_H
#include "common/work/check.h"
#include "municipal.pb-c.h"
#include "services/funding/domain/municipality.h"

/* Every field that an import may name; what they say together is municipality_check's. */
enum err municipality_content_check(struct job *job, const Municipal__Municipality *content) MUST_CHECK;
/* Of a checked one; texts are borrowed from the request, ids follow from the codes. */
struct municipality *municipality_build(struct arena *arena, const Municipal__Municipality *content);

/* whole: with its people and numbering. */
Municipal__Municipality *municipality_message(struct arena *arena, const struct municipality *municipality, bool whole);

#endif
