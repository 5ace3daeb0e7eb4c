/* Keys derived from a request's key. See part_key.h. */
#include "services/enrolment/handler/part_key.h"

#include <string.h>

struct span part_key(const struct job *job, struct workset *w, size_t index)
{
    const uint8_t number[2] = {(uint8_t)(index >> 8), (uint8_t)index};
    const struct span parts[] = {span_of(job->kase->name, strlen(job->kase->name) + 1),
                                 span_of(job->request->idempotency_key.data, job->request->idempotency_key.len),
                                 span_of(number, sizeof number)};
    const struct hash hash = hash_of(parts, sizeof parts / sizeof *parts);

    return arena_copy(w->arena, span_of(hash.b, sizeof hash.b));
}
