/* See tell_grant.h. */
#include "services/notification/handler/tell_grant.h"

#include <string.h>

#include "common/base/day.h"
#include "common/base/workday.h"
#include "services/notification/store/grant_call.h"

#define NUMBER_MAX 200             /* bytes of a register number */
#define TITLE_MAX  2000            /* of a title or a name */
#define WORDS_MAX  (4 * 10 * 1024) /* of what an official wrote: 10,000 characters */

bool tell_grant(struct message *out, const struct job *job, enum message_kind kind, ProtobufCBinaryData person,
                ProtobufCBinaryData application, const char *register_number, const char *title)
{
    *out = (struct message){.kind = kind};
    if (!tell_event(job, out) || !convert_id(&out->recipient_id, person) || !convert_id(&out->application_id, application) ||
        strlen(register_number) > NUMBER_MAX || strlen(title) > TITLE_MAX)
        return false;
    convert_text(out, FACT_REGISTER, span_text(register_number));
    convert_text(out, FACT_PROJECT, span_text(title));
    return true;
}

void tell_grant_text(struct message *out, enum fact_name finnish, const Bus__Text *text)
{
    if (text == NULL || strlen(text->fi) > TITLE_MAX || strlen(text->sv) > TITLE_MAX || strlen(text->en) > TITLE_MAX)
        return;
    convert_text(out, finnish, span_text(text->fi));
    convert_text(out, finnish + 1, span_text(text->sv));
    convert_text(out, finnish + 2, span_text(text->en));
}

bool tell_grant_words(struct message *out, const char *words)
{
    if (strlen(words) > WORDS_MAX)
        return false;
    convert_text(out, FACT_WORDS, span_text(words));
    return true;
}

void tell_grant_needs(struct job *job, struct workset *w, ProtobufCBinaryData call)
{
    struct uuid id;

    if (convert_id(&id, call))
        grant_call_want(w, job, id);
}

void tell_grant_review(const struct job *job, const struct workset *w, struct message *message)
{
    const struct grant_call *call = grant_call_found(w, job);

    for (int language = 0; call != NULL && language < LANGUAGE_COUNT; language++)
        convert_text(message, (enum fact_name)(FACT_REVIEW_FI + language), call->review[language]);
}

void tell_grant_say(struct job *job, struct workset *w, struct message *message)
{
    const struct grant_call *call = grant_call_found(w, job);

    if (call != NULL)
        convert_text(message, FACT_CONTACT, call->contact);
    tell_say(job, w, message);
}

bool tell_grant_document(struct attachment *out, const Bus__File *file)
{
    size_t which;

    if (file == NULL)
        return false;
    *out = (struct attachment){.name = span_text(file->name),
                               .media_type = span_text("application/pdf"),
                               .content = span_of(file->content.data, file->content.len)};
    return attachment_judge(out, 1, &which) == ATTACHMENT_OK;
}

bool tell_grant_day(int64_t *out_us, const char *iso)
{
    int64_t day;

    *out_us = 0;
    if (*iso == '\0')
        return true;
    if (!day_parse(&day, span_text(iso)))
        return false;
    *out_us = helsinki_midnight_us(day + 1);
    return true;
}
