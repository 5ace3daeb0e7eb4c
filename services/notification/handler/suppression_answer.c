/* See suppression_answer.h. */
#include "services/notification/handler/suppression_answer.h"

#include "common/base/address.h"
#include "common/base/utf8.h"
#include "services/notification/handler/page.h"

#define NOTE_MAX 500 /* characters */

enum err suppression_check(struct job *job, const char *address, const char *note, const char *field)
{
    const enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    if (!address_valid(span_text(address)))
        return job_fail(job, ERR_INVALID, "notification.suppression.address", "address", "Tämä ei ole sähköpostiosoite",
                        "Detta är ingen e-postadress", "This is not an e-mail address");
    if (utf8_count(span_text(note)) > NOTE_MAX)
        return job_fail(job, ERR_INVALID, "notification.suppression.note", field, "Perustelussa on enintään 500 merkkiä",
                        "Motiveringen har högst 500 tecken", "The reason has at most 500 characters");
    return ERR_OK;
}

Notification__Suppression *suppression_message(struct arena *arena, const struct suppression *suppression)
{
    Notification__Suppression *out = arena_alloc(arena, sizeof *out);

    notification__suppression__init(out);
    out->address = arena_text(arena, suppression->address);
    out->reason = (Notification__SuppressionReason)suppression->reason;
    out->since_us = suppression->since_us;
    out->note = arena_text(arena, suppression->note);
    if (!uuid_is_nil(suppression->message_id)) {
        const struct span id = arena_copy(arena, uuid_span(&suppression->message_id));
        out->message_id = (ProtobufCBinaryData){id.len, (uint8_t *)(uintptr_t)id.data};
    }
    return out;
}
