/* See tell_municipal.h. */
#include "services/notification/handler/tell_municipal.h"

#include <string.h>

#define NUMBER_MAX  200             /* bytes of a register number */
#define TITLE_MAX   2000            /* of a title, a name, a place */
#define WORDS_MAX   (4 * 10 * 1024) /* of what an official wrote */
#define MEMBERS_MAX 200             /* of a board: funding allows 60 */

bool tell_case(struct message *out, const struct job *job, enum message_kind kind, ProtobufCBinaryData person, const char *register_number,
               const char *title)
{
    *out = (struct message){.kind = kind};
    if (!tell_event(job, out) || !convert_id(&out->recipient_id, person) || strlen(register_number) > NUMBER_MAX ||
        strlen(title) > TITLE_MAX)
        return false;
    convert_text(out, FACT_REGISTER, span_text(register_number));
    convert_text(out, FACT_CASE, span_text(title));
    return true;
}

void tell_municipality(struct message *out, const Bus__Text *municipality, const char *contact)
{
    tell_grant_text(out, FACT_MUNICIPALITY_FI, municipality);
    if (strlen(contact) <= TITLE_MAX)
        convert_text(out, FACT_CONTACT, span_text(contact));
}

/* The brackets that close these, on the same line; NULL: they are text like any other. */
static const char *name_end(const char *open)
{
    for (const char *at = open + 2; *at != '\0' && *at != '\n' && strncmp(at, "[[", 2) != 0; at++)
        if (strncmp(at, "]]", 2) == 0)
            return at > open + 2 ? at : NULL;
    return NULL;
}

static struct span names_shown(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1), *to = out;

    while (*text != '\0') {
        const char *end = strncmp(text, "[[", 2) == 0 ? name_end(text) : NULL;
        const size_t len = end != NULL ? (size_t)(end - text) - 2 : 1;
        memcpy(to, end != NULL ? text + 2 : text, len);
        to += len;
        text = end != NULL ? end + 2 : text + 1;
    }
    return span_of(out, (size_t)(to - out));
}

bool tell_municipal_text(const struct job *job, struct message *out, enum fact_name fact, const char *text)
{
    if (strlen(text) > WORDS_MAX)
        return false;
    convert_text(out, fact, strstr(text, "[[") != NULL ? names_shown(job->arena, text) : span_text(text));
    return true;
}

bool tell_members_read(const ProtobufCBinaryData *ids, size_t count)
{
    struct uuid id;

    for (size_t i = 0; i < count && count <= MEMBERS_MAX; i++)
        if (!convert_id(&id, ids[i]))
            return false;
    return count <= MEMBERS_MAX;
}

void tell_members(struct job *job, struct workset *w, const struct message *common, const ProtobufCBinaryData *ids, size_t count)
{
    for (size_t i = 0; i < count && job->err == ERR_OK; i++) {
        struct message one = *common;

        if (convert_id(&one.recipient_id, ids[i]))
            tell_say(job, w, &one);
    }
}
