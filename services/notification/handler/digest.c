/* One message per person, topic and day of what was gathered. Whoever wants single mails again meanwhile gets the gathered ones with this
 * digest, and nothing twice; whoever wants no mail of the topic any more gets none. */
#include "services/notification/handler/digest.h"

#include "common/base/buf.h"
#include "common/base/time.h"
#include "services/notification/store/digest.h"

#define HOUR_DIGEST 8

void digest_due_needs(struct job *job, struct workset *w, struct uuid recipient, int64_t due_us)
{
    digest_want(w, job, recipient, due_us);
}

/* What the digest tells of as an event: it comes once, at its moment. */
static struct uuid event_of(const struct digest_group *group)
{
    static const struct uuid SPACE = {{0x64, 0x69, 0x67, 0x65, 0x73, 0x74}};
    uint8_t name[sizeof group->recipient_id.b + 5];
    const uint32_t day = (uint32_t)helsinki_day(group->due_us);

    memcpy(name, group->recipient_id.b, sizeof group->recipient_id.b);
    name[16] = (uint8_t)group->topic;
    for (int i = 0; i < 4; i++)
        name[17 + i] = (uint8_t)(day >> (8 * i));
    return uuid_from(SPACE, span_of(name, sizeof name));
}

/* "- subject" and a line feed each. */
static struct span entries_of(struct arena *arena, const struct digest_group *group)
{
    struct buf text = {.data = NULL};

    for (size_t i = 0; i < group->subject_count; i++) {
        buf_text(&text, "- ");
        buf_add(&text, group->subjects[i].data, group->subjects[i].len);
        buf_text(&text, "\n");
    }
    const struct span copy = arena_copy(arena, buf_span(&text));
    buf_fini(&text);
    return copy;
}

static void make(struct workset *w, const struct digest_group *group)
{
    struct message *message = arena_alloc(w->arena, sizeof *message);

    *message =
        (struct message){.event_id = event_of(group), .recipient_id = group->recipient_id, .kind = KIND_DIGEST, .event_us = group->due_us};
    facts_text(&message->facts, FACT_TOPIC, span_text(topic_name(group->topic)));
    facts_number(&message->facts, FACT_COUNT, group->count);
    facts_text(&message->facts, FACT_ENTRIES, entries_of(w->arena, group));
    workset_say(w, message);
    digest_make(w, group, message_id(message->event_id, message->recipient_id, KIND_DIGEST));
}

void digest_due_decide(struct job *job, struct workset *w)
{
    size_t count;
    const struct digest_group *groups = digest_found(w, job, &count);

    for (size_t i = 0; i < count; i++) {
        if (groups[i].setting == MAIL_OFF)
            digest_withhold(w, &groups[i]);
        else if (groups[i].made)
            digest_put_off(w, &groups[i], helsinki_next(w->now_us, HOUR_DIGEST));
        else
            make(w, &groups[i]);
    }
}
