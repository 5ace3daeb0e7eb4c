/* Facts as the column message.facts keeps them: one flat JSON object by the names of domain/fact.h, so that whoever looks into the table
 * can read it: {"order": 12, "reply_due": 1769868000000000, "waiting": true, "reason": "..."}. Texts are strings, flags are booleans, all
 * else is an integer (moments: microseconds of UTC, money: cents). Pure text in and out; PostgreSQL checks what is stored. */
#ifndef HV_NOTIFICATION_STORE_FACTS_H
#define HV_NOTIFICATION_STORE_FACTS_H
#include "common/base/arena.h"
#include "services/notification/domain/fact.h"

struct span facts_encode(struct arena *arena, const struct facts *facts);
/* What jsonb writes of what facts_encode made. A name that is no fact (of an older version of this service) and a value of another type are
 * left out. False: it is not such an object at all; then no fact is known. */
bool facts_decode(struct arena *arena, struct span json, struct facts *out);

#endif
