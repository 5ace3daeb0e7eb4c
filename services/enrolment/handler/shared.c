/* One packed answer for many jobs of a batch. See shared.h. */
#include "services/enrolment/handler/shared.h"

#include <string.h>

#include "common/wire/wire.h"

struct kept {
    struct span packed;
    uint64_t version;
};
struct kept_key { /* bytes all counted: the map compares them */
    const struct work_case *kase;
    struct uuid id;
    uint64_t variant;
};

static struct kept_key key_of(const struct job *job, struct uuid id, bool variant)
{
    struct kept_key key;
    memset(&key, 0, sizeof key);
    key.kase = job->kase;
    key.id = id;
    key.variant = variant;
    return key;
}

/* The reply outlives the batch, so each job has a copy of its own. */
static void give(struct job *job, const struct kept *kept)
{
    job->packed = arena_copy(job->arena, kept->packed);
    job->version = kept->version;
}

bool shared_answer(struct job *job, struct workset *w, struct uuid id, bool variant)
{
    const struct kept_key key = key_of(job, id, variant);
    const struct kept *kept = map_get(&w->answers, span_of(&key, sizeof key));
    if (kept == NULL)
        return false;
    give(job, kept);
    return true;
}

void shared_keep(struct job *job, struct workset *w, struct uuid id, bool variant, const ProtobufCMessage *message, uint64_t version)
{
    const struct kept_key key = key_of(job, id, variant);
    struct kept *kept = arena_alloc(w->arena, sizeof *kept);
    *kept = (struct kept){.packed = wire_pack(w->arena, message), .version = version};
    map_put(&w->answers, span_of(&key, sizeof key), kept);
    give(job, kept);
}
