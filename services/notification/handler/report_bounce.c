/* ReportBounce: a report about one of our mails as it came to the address they are from, by `hv bounce` or by hand. A mail that came back
 * for good (domain/dsn.h) is BOUNCED, with the reason; an address that is no good goes onto the list, if it is still its recipient's and
 * the very one that failed. One that is only late is noted on its message, and so is a complaint (domain/complaint.h), whose address goes
 * onto the list too. What speaks of none of our mails changes nothing and is no fault: anybody can send us one. */
#include "services/notification/domain/complaint.h"
#include "services/notification/domain/dsn.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/bounce.h"
#include "services/notification/store/suppression.h"

#define DIAGNOSTIC_MAX 300
#define TYPE_MAX       40

struct came { /* one of the two */
    bool complains;
    struct dsn dsn;
    struct complaint complaint;
};

static enum dsn_result read_complaint(struct span mail, struct span domain, struct came *came)
{
    switch (complaint_read(mail, domain, &came->complaint)) {
    case COMPLAINT_OK:
        came->complains = true;
        return DSN_OK;
    case COMPLAINT_NONE:
        return DSN_NOT_A_REPORT;
    case COMPLAINT_NO_TYPE:
        return DSN_NO_STATUS;
    case COMPLAINT_TOO_LONG:
        break;
    }
    return DSN_TOO_LONG;
}

static enum dsn_result read_report(const struct job *job, const struct workset *w, struct came *came)
{
    const Notification__ReportBounceRequest *request = (const Notification__ReportBounceRequest *)job->message;
    const struct span mail = span_of(request->content.data, request->content.len), domain = span_text(w->mail_domain);

    came->complains = false;
    const enum dsn_result result = dsn_read(mail, domain, &came->dsn);
    return result == DSN_NOT_A_REPORT ? read_complaint(mail, domain, came) : result;
}

static enum err refuse(struct job *job, enum dsn_result result)
{
    switch (result) {
    case DSN_OK:
        break;
    case DSN_NOT_A_REPORT:
        return job_fail(
            job, ERR_INVALID, "notification.bounce.not-a-report", "content",
            "Viesti ei ole toimitusilmoitus (RFC 3464) eikä roskapostivalitus (RFC 5965): siinä ei ole osaa "
            "message/delivery-status eikä message/feedback-report",
            "Meddelandet är varken ett leveransbesked (RFC 3464) eller ett klagomål över skräppost (RFC 5965): det saknar en del "
            "message/delivery-status eller message/feedback-report",
            "The mail is neither a delivery status notification (RFC 3464) nor a complaint (RFC 5965): it has no part "
            "message/delivery-status or message/feedback-report");
    case DSN_NO_STATUS:
        return job_fail(job, ERR_INVALID, "notification.bounce.no-status", "content", "Ilmoitus ei kerro, mitä viestille tapahtui",
                        "Beskedet säger inte vad som hände med meddelandet", "The report does not say what became of the mail");
    case DSN_TOO_LONG:
        return job_fail(job, ERR_TOO_LARGE, "notification.bounce.too-long", "content", "Ilmoituksessa on enintään 200 KiB",
                        "Ett besked har högst 200 KiB", "A report has at most 200 KiB");
    }
    return ERR_OK;
}

enum err report_bounce_needs(struct job *job, struct workset *w)
{
    struct came came;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = refuse(job, read_report(job, w, &came));
    if (err != ERR_OK)
        return err;
    if (came.complains ? came.complaint.has_message : came.dsn.has_message)
        bounce_want(w, job, came.complains ? came.complaint.message : came.dsn.message);
    return ERR_OK;
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

/* "complaint: abuse" */
static struct span complaint_why(struct arena *arena, const struct complaint *c)
{
    const size_t len = c->type.len < TYPE_MAX ? c->type.len : TYPE_MAX;

    return span_text(arena_printf(arena, "complaint: %.*s", (int)len, (const char *)c->type.data));
}

/* The same for a complaint. The mail was delivered, and stays so. */
static bool apply_complaint(struct workset *w, const struct complaint *c, const struct bounced *bounced)
{
    const bool leaves = c->unwanted && complaint_fits(c, bounced->address);
    const struct span why = complaint_why(w->arena, c);

    if (bounced->state == MESSAGE_SENT)
        bounce_note(w, bounced, why);
    if (leaves)
        suppression_complaint(w, bounced->address, why, c->message);
    return leaves;
}

static void answer(struct job *job, const struct came *came, const struct bounced *bounced, bool suppressed)
{
    Notification__BounceReport *out = arena_alloc(job->arena, sizeof *out);
    const struct span id = uuid_span(came->complains ? &came->complaint.message : &came->dsn.message);

    notification__bounce_report__init(out);
    if (came->complains) {
        const struct span type = came->complaint.type;
        out->complaint = arena_text(job->arena, span_of(type.data, type.len < TYPE_MAX ? type.len : TYPE_MAX));
    } else {
        out->permanent = came->dsn.action == DSN_FAILED;
        out->status = arena_strdup(job->arena, came->dsn.status);
    }
    if (bounced != NULL)
        out->message_id = (ProtobufCBinaryData){id.len, (uint8_t *)(uintptr_t)arena_copy(job->arena, id).data};
    out->suppressed = suppressed;
    job_answer(job, &out->base, 0);
}

void report_bounce_decide(struct job *job, struct workset *w)
{
    struct came came;
    bool suppressed = false;

    if (refuse(job, read_report(job, w, &came)) != ERR_OK)
        return;
    struct bounced *bounced = bounce_found(w, job);
    if (bounced != NULL)
        suppressed = came.complains ? apply_complaint(w, &came.complaint, bounced) : apply(w, &came.dsn, bounced);
    answer(job, &came, bounced, suppressed);
}
