/* The rows at hand: kept in vectors on the batch's arena, small enough to be searched from end to end. */
#include "services/notification/store/workset.h"

#include <string.h>

#include "services/notification/store/facts.h"
#include "services/notification/store/part.h"
#include "services/notification/store/rows.h"

void *vector_add(struct arena *arena, struct vector *vector, size_t size)
{
    if (vector->count == vector->cap) {
        size_t cap = vector->cap ? vector->cap * 2 : 8;
        void *items = arena_array(arena, cap, size);
        if (vector->count > 0)
            memcpy(items, vector->items, vector->count * size);
        vector->items = items;
        vector->cap = cap;
    }
    return (char *)vector->items + size * vector->count++;
}

struct workset *workset_new(struct arena *arena, int64_t now_us, int32_t slot)
{
    struct workset *w = arena_alloc(arena, sizeof *w);

    w->arena = arena;
    w->now_us = now_us;
    w->slot = slot;
    parts_init(&w->parts, arena, notification_parts, PART_COUNT);
    return w;
}

static struct training_version *version_find(const struct workset *w, struct uuid id)
{
    struct training_version *versions = w->versions.items;

    for (size_t i = 0; i < w->versions.count; i++)
        if (uuid_compare(versions[i].id, id) == 0)
            return &versions[i];
    return NULL;
}

void workset_want_training(struct workset *w, struct uuid id)
{
    if (version_find(w, id) != NULL)
        return;
    struct training_version *v = vector_add(w->arena, &w->versions, sizeof *v);
    *v = (struct training_version){.id = id, .version = -1};
}

int64_t workset_training_version(const struct workset *w, struct uuid id)
{
    const struct training_version *v = version_find(w, id);

    return v ? v->version : -1;
}

void workset_want_followers(struct workset *w, struct uuid training_id)
{
    const struct following *followings = w->followers.items;

    for (size_t i = 0; i < w->followers.count; i++)
        if (uuid_compare(followings[i].training_id, training_id) == 0)
            return;
    struct following *f = vector_add(w->arena, &w->followers, sizeof *f);
    *f = (struct following){.training_id = training_id};
}

struct revival *workset_revival(const struct workset *w, struct uuid message_id)
{
    struct revival *revivals = w->revivals.items;

    for (size_t i = 0; i < w->revivals.count; i++)
        if (uuid_compare(revivals[i].id, message_id) == 0)
            return &revivals[i];
    return NULL;
}

void workset_revive(struct workset *w, struct uuid message_id, struct span why, struct uuid actor)
{
    struct revival *r = vector_add(w->arena, &w->revivals, sizeof *r);

    *r = (struct revival){.id = message_id, .changed = true, .why = why, .actor = actor};
}

void workset_want_revival(struct workset *w, struct uuid message_id)
{
    if (workset_revival(w, message_id) != NULL)
        return;
    struct revival *r = vector_add(w->arena, &w->revivals, sizeof *r);
    *r = (struct revival){.id = message_id};
}

struct question *workset_ask(struct workset *w, const struct job *job)
{
    struct question *question = arena_alloc(w->arena, sizeof *question);

    question->job = job;
    *(struct question **)vector_add(w->arena, &w->questions, sizeof question) = question;
    return question;
}

struct question *workset_answer(const struct workset *w, const struct job *job)
{
    struct question *const *questions = w->questions.items;

    for (size_t i = 0; i < w->questions.count; i++)
        if (questions[i]->job == job)
            return questions[i];
    bug("a job asked for the answer to a question it has not put");
}

void workset_put_recipient(struct workset *w, const struct recipient *recipient)
{
    *(struct recipient *)vector_add(w->arena, &w->recipients, sizeof *recipient) = *recipient;
}

void workset_put_training(struct workset *w, const struct training *training)
{
    struct training *known = w->trainings.items;
    struct training_version *v = version_find(w, training->id);

    if (v != NULL)
        v->version = training->version;
    for (size_t i = 0; i < w->trainings.count; i++) {
        if (uuid_compare(known[i].id, training->id) == 0) {
            known[i] = *training;
            return;
        }
    }
    *(struct training *)vector_add(w->arena, &w->trainings, sizeof *training) = *training;
}

void workset_follow(struct workset *w, const struct follow *follow)
{
    *(struct follow *)vector_add(w->arena, &w->follows, sizeof *follow) = *follow;
}

/* What this batch says last about a follower, or NULL. */
static const struct follow *follow_last(const struct workset *w, struct uuid training_id, struct uuid person_id)
{
    const struct follow *follows = w->follows.items;

    for (size_t i = w->follows.count; i-- > 0;)
        if (uuid_compare(follows[i].person_id, person_id) == 0 && uuid_compare(follows[i].training_id, training_id) == 0)
            return &follows[i];
    return NULL;
}

static const struct following *following_find(const struct workset *w, struct uuid training_id)
{
    const struct following *followings = w->followers.items;

    for (size_t i = 0; i < w->followers.count; i++)
        if (uuid_compare(followings[i].training_id, training_id) == 0)
            return &followings[i];
    return NULL;
}

/* First the loaded ones, as far as this batch has not changed them; then the batch's own, each at its last word. A person both
 * loaded and changed counts in the second part. */
bool workset_next_follower(const struct workset *w, struct uuid training_id, size_t *cursor, struct follow *out)
{
    const struct following *loaded = following_find(w, training_id);
    const struct follow *own = w->follows.items;
    size_t loaded_count = loaded ? loaded->count : 0;

    for (; *cursor < loaded_count; (*cursor)++) {
        const struct follow *f = &loaded->rows[*cursor];
        if (follow_last(w, training_id, f->person_id) == NULL) {
            *out = *f;
            (*cursor)++;
            return true;
        }
    }
    for (; *cursor - loaded_count < w->follows.count; (*cursor)++) {
        const struct follow *f = &own[*cursor - loaded_count];
        if (f->following && uuid_compare(f->training_id, training_id) == 0 && follow_last(w, training_id, f->person_id) == f) {
            *out = *f;
            (*cursor)++;
            return true;
        }
    }
    return false;
}

static bool facts_same(const struct facts *a, const struct facts *b)
{
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        const struct fact *x = &a->of[i], *y = &b->of[i];
        if (x->known != y->known || x->number != y->number || x->text.data != y->text.data || x->text.len != y->text.len)
            return false;
    }
    return true;
}

/* One event often says the same to thousands: facts like those of the message before share their text. */
static struct span facts_text_of(struct workset *w, const struct message *message)
{
    if (w->last_facts == NULL || !facts_same(w->last_facts, &message->facts)) {
        w->last_facts = arena_alloc(w->arena, sizeof *w->last_facts);
        *w->last_facts = message->facts;
        w->last_facts_text = facts_encode(w->arena, &message->facts);
    }
    return w->last_facts_text;
}

/* A digest is of the topic it gathers. */
static enum topic topic_of(const struct message *message)
{
    if (message->kind == KIND_DIGEST)
        for (enum topic topic = TOPIC_PLACES; topic <= TOPIC_LAST; topic++)
            if (span_equal(message->facts.of[FACT_TOPIC].text, span_text(topic_name(topic))))
                return topic;
    return kind_of(message->kind)->topic;
}

void workset_say(struct workset *w, const struct message *message)
{
    struct said *said = vector_add(w->arena, &w->messages, sizeof *said);

    *said = (struct said){
        .id = message_id(message->event_id, message->recipient_id, message->kind),
        .event_id = message->event_id,
        .recipient_id = message->recipient_id,
        .kind = message->kind,
        .topic = topic_of(message),
        .lane = kind_of(message->kind)->lane,
        .programme_id = message->programme_id,
        .implementation_id = message->implementation_id,
        .registration_id = message->registration_id,
        .registration_version = message->registration_version,
        .unit_id = message->unit_id,
        .webinar_id = message->webinar_id,
        .announcement_id = message->announcement_id,
        .reminder_id = message->reminder_id,
        .webinar_sequence = message->webinar_sequence,
        .origin_id = message->origin_id,
        .origin_version = message->origin_version,
        .application_id = message->application_id,
        .event_us = message->event_us > 0 ? message->event_us : w->now_us,
        .not_before_us = message->not_before_us,
        .facts = facts_text_of(w, message),
        .attachments = message->attachments,
        .attachment_count = message->attachment_count,
        .actor = message->actor,
        .test = message->test,
    };
}

bool workset_wakes_senders(const struct workset *w)
{
    return w->messages.count > 0 || w->recipients.count > 0 || w->trainings.count > 0 || w->revivals.count > 0;
}
