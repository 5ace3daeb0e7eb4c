/* ReportBounce: a delivery status notification as it came to the address our mails are from, by `hv bounce` or by hand. A mail that came
 * back for good is BOUNCED, with the reason; an address that is no good goes onto the list, if it is still its recipient's and the very one
 * that failed. One that is only late is noted on its message. What speaks of none of our mails changes nothing and is no fault: anybody
 * can send us one. */
#include "services/notification/domain/dsn.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/bounce.h"
#include "services/notification/store/suppression.h"

#define DIAGNOSTIC_MAX 300

static enum dsn_result read_report(const struct job *job, const struct workset *w, struct dsn *dsn)
{
    const Notification__ReportBounceRequest *request = (const Notification__ReportBounceRequest *)job->message;

    return dsn_read(span_of(request->content.data, request->content.len), span_text(w->mail_domain), dsn);
}

static enum err refuse(struct job *job, enum dsn_result result)
{
    switch (result) {
    case DSN_OK:
        break;
    case DSN_NOT_A_REPORT:
        return job_fail(job, ERR_INVALID, "notification.bounce.not-a-report", "content",
                        "Viesti ei ole toimitusilmoitus (RFC 3464): siinä ei ole osaa message/delivery-status",
                        "Meddelandet är inget leveransbesked (RFC 3464): det saknar delen message/delivery-status",
                        "The mail is no delivery status notification (RFC 3464): it has no part message/delivery-status");
    case DSN_NO_STATUS:
        return job_fail(job, ERR_INVALID, "notification.bounce.no-status", "content", "Toimitusilmoitus ei kerro, mitä viestille tapahtui",
                        "Leveransbeskedet säger inte vad som hände med meddelandet",
                        "The delivery status notification does not say what became of the mail");
    case DSN_TOO_LONG:
        return job_fail(job, ERR_TOO_LARGE, "notification.bounce.too-long", "content", "Toimitusilmoituksessa on enintään 200 KiB",
                        "Ett leveransbesked har högst 200 KiB", "A delivery status notification has at most 200 KiB");
    }
    return ERR_OK;
}

enum err report_bounce_needs(struct job *job, struct workset *w)
{
    struct dsn dsn;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = refuse(job, read_report(job, w, &dsn));
    if (err == ERR_OK && dsn.has_message)
        bounce_want(w, job, dsn.message);
    return err;
}

/* "5.1.1 550 5.1.1 no such user": on one line, of bounded length, valid UTF-8 whatever came. */
static struct span why_of(struct arena *arena, const struct dsn *dsn)
{
    char *text = arena_printf(arena, "%s%s ", dsn->action == DSN_DELAYED ? "delayed: " : "", dsn->status);
    char *out = arena_alloc(arena, strlen(text) + DIAGNOSTIC_MAX + 1);
    size_t len = strlen(text);

    memcpy(out, text, len);
    for (size_t i = 0; i < dsn->diagnostic.len && i < DIAGNOSTIC_MAX; i++) {
        const uint8_t c = dsn->diagnostic.data[i];
        const bool blank = c <= ' ';
        if (blank && out[len - 1] == ' ')
            continue;
        out[len++] = blank ? ' ' : c < 0x7F ? (char)c : '?';
    }
    while (len > 0 && out[len - 1] == ' ')
        len--;
    return span_of(out, len);
}

static bool is_recipient(struct arena *arena, const struct bounced *bounced, struct span address)
{
    return address.len > 0 && span_equal(suppression_key(arena, address), suppression_key(arena, bounced->address));
}

/* Returns whether its address was put onto the list. */
static bool apply(struct workset *w, const struct dsn *dsn, struct bounced *bounced)
{
    const bool known = bounced->address.len > 0;
    const struct span why = known ? why_of(w->arena, dsn) : span_text(dsn->status); /* of the forgotten no words are kept */
    const bool dead = dsn_address_dead(dsn) && known &&
                      (is_recipient(w->arena, bounced, dsn->recipient) || is_recipient(w->arena, bounced, dsn->original));

    if (dsn->action == DSN_FAILED ? message_move(&bounced->state, MOVE_BOUNCE)
                                  : dsn->action == DSN_DELAYED && bounced->state == MESSAGE_SENT)
        bounce_note(w, bounced, why);
    if (dead)
        suppression_bounce(w, bounced->address, why, dsn->message);
    return dead;
}

void report_bounce_decide(struct job *job, struct workset *w)
{
    struct dsn dsn;
    Notification__BounceReport *out = arena_alloc(job->arena, sizeof *out);

    if (refuse(job, read_report(job, w, &dsn)) != ERR_OK)
        return;
    struct bounced *bounced = bounce_found(w, job);
    notification__bounce_report__init(out);
    out->permanent = dsn.action == DSN_FAILED;
    out->status = arena_strdup(job->arena, dsn.status);
    if (bounced != NULL) {
        const struct span id = arena_copy(job->arena, uuid_span(&dsn.message));
        out->message_id = (ProtobufCBinaryData){id.len, (uint8_t *)(uintptr_t)id.data};
        out->suppressed = apply(w, &dsn, bounced);
    }
    job_answer(job, &out->base, 0);
}
