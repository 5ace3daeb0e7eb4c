/* Who takes part, whom an announcement goes to, and who is to be forgotten: the half of workset.h about them. */
#include "services/notification/store/workset.h"

#include "services/notification/store/rows.h"

static struct taking_part *part_find(const struct workset *w, struct uuid training_id)
{
    struct taking_part *all = w->taking_part.items;

    for (size_t i = 0; i < w->taking_part.count; i++)
        if (uuid_compare(all[i].training_id, training_id) == 0)
            return &all[i];
    return NULL;
}

void workset_want_participants(struct workset *w, struct uuid training_id)
{
    if (part_find(w, training_id) != NULL)
        return;
    struct taking_part *part = vector_add(w->arena, &w->taking_part, sizeof *part);
    *part = (struct taking_part){.training_id = training_id};
}

void workset_participant(struct workset *w, const struct participant *participant)
{
    *(struct participant *)vector_add(w->arena, &w->participants, sizeof *participant) = *participant;
}

void workset_announce(struct workset *w, const struct announcement *announcement)
{
    *(struct announcement *)vector_add(w->arena, &w->announcements, sizeof *announcement) = *announcement;
}

void workset_erase(struct workset *w, struct uuid person_id)
{
    *(struct uuid *)vector_add(w->arena, &w->erased, sizeof person_id) = person_id;
}

void workset_part(struct workset *w, const struct parting *parting)
{
    *(struct parting *)vector_add(w->arena, &w->partings, sizeof *parting) = *parting;
}

void workset_end(struct workset *w, const struct ending *ending)
{
    *(struct ending *)vector_add(w->arena, &w->endings, sizeof *ending) = *ending;
}

/* What this batch says last about a registration, or NULL. */
static const struct participant *last_word(const struct workset *w, struct uuid registration_id)
{
    const struct participant *said = w->participants.items;

    for (size_t i = w->participants.count; i-- > 0;)
        if (uuid_compare(said[i].registration_id, registration_id) == 0)
            return &said[i];
    return NULL;
}

/* First the loaded ones that this batch has not changed, then the batch's own at their last word. */
bool workset_next_participant(const struct workset *w, struct uuid training_id, size_t *cursor, struct participant *out)
{
    const struct taking_part *loaded = part_find(w, training_id);
    const struct participant *own = w->participants.items;
    const size_t loaded_count = loaded != NULL ? loaded->count : 0;

    for (; *cursor < loaded_count; (*cursor)++) {
        const struct participant *p = &loaded->rows[*cursor];
        if (last_word(w, p->registration_id) == NULL) {
            *out = *p;
            (*cursor)++;
            return true;
        }
    }
    for (; *cursor - loaded_count < w->participants.count; (*cursor)++) {
        const struct participant *p = &own[*cursor - loaded_count];
        if (p->standing != STANDING_NONE && uuid_compare(p->training_id, training_id) == 0 && last_word(w, p->registration_id) == p) {
            *out = *p;
            (*cursor)++;
            return true;
        }
    }
    return false;
}
