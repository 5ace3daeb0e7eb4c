/* Reads a notification: the parts of the multipart, its report and the head of the returned mail. Nothing is copied or decoded: reports are
 * 7 bit by their standard. See dsn.h. */
#include "services/notification/domain/dsn.h"

#include <string.h>

#include "services/notification/domain/head.h"
#include "services/notification/domain/status.h"

#define DEEP      3  /* a report may lie in a multipart of somebody on the way */
#define PARTS_MAX 32 /* of one multipart that are looked at */

/* What was found on the way. */
struct found {
    struct span report;   /* body of message/delivery-status */
    struct span returned; /* begins with the head of our mail */
    bool has_report;
};

/* --- multipart --------------------------------------------------------------------------------------------------------- */
/* A line that ends a part: "--boundary", or "--boundary--" after the last one. */
static bool is_boundary(struct span line, struct span boundary)
{
    if (line.len < boundary.len + 2 || memcmp(line.data, "--", 2) != 0 || memcmp(line.data + 2, boundary.data, boundary.len) != 0)
        return false;
    for (size_t i = boundary.len + 2; i < line.len; i++)
        if (line.data[i] != '-' && line.data[i] != ' ' && line.data[i] != '\t')
            return false;
    return true;
}

/* The next part of the multipart; *rest begins at a boundary line or before the first, and moves on. False: there is none. */
static bool next_part(struct span *rest, struct span boundary, struct span *part)
{
    struct span line;
    bool begun = false;
    const uint8_t *from = NULL;

    while (rest->len > 0) {
        const struct span before = *rest;
        line = head_line(rest);
        if (!is_boundary(line, boundary))
            continue;
        if (begun) {
            *part = span_of(from, (size_t)(before.data - from));
            *rest = before; /* it begins the next one */
            return true;
        }
        begun = true;
        from = rest->data;
    }
    if (begun && rest->data > from) { /* cut off */
        *part = span_of(from, (size_t)(rest->data - from));
        return true;
    }
    return false;
}

/* Looks at one part. True: it is a multipart, to be walked too. */
static bool look(struct span part, struct found *found, struct span *boundary)
{
    struct span type, body = part;
    const struct span head = head_take(&body);

    if (!head_find(head, "Content-Type", &type))
        return false;
    if (head_type_is(type, "message/delivery-status") || head_type_is(type, "message/global-delivery-status")) {
        if (!found->has_report)
            found->report = body;
        found->has_report = true;
    } else if (head_type_is(type, "text/rfc822-headers") || head_type_is(type, "message/rfc822") ||
               head_type_is(type, "message/global-headers") || head_type_is(type, "message/global")) {
        if (found->returned.len == 0)
            found->returned = body;
    }
    return head_type_is(type, "multipart/") && head_parameter(type, "boundary", boundary);
}

/* Level by level, without recursion: of several multiparts in one the first is walked. */
static void walk(struct span mail, struct found *found)
{
    struct span rest = mail, boundary, inner_boundary, part, inner = {NULL, 0};
    bool is_multipart = look(mail, found, &boundary);

    for (int depth = 0; is_multipart && depth < DEEP; depth++) {
        (void)head_take(&rest);
        is_multipart = false;
        for (int i = 0; i < PARTS_MAX && next_part(&rest, boundary, &part); i++) {
            if (look(part, found, &inner_boundary) && !is_multipart) {
                is_multipart = true;
                inner = part;
            }
        }
        if (found->has_report || !is_multipart)
            return;
        (void)look(inner, found, &boundary);
        rest = inner;
    }
}

/* --- the report -------------------------------------------------------------------------------------------------------- */
/* "rfc822; who@example.fi": what stands behind the type. */
static struct span behind_type(struct span value)
{
    const uint8_t *at = value.len > 0 ? memchr(value.data, ';', value.len) : NULL;

    if (at != NULL)
        value = span_of(at + 1, value.len - (size_t)(at + 1 - value.data));
    return head_trim(value);
}

static struct span address_of(struct span value)
{
    value = behind_type(value);
    if (value.len >= 2 && value.data[0] == '<' && value.data[value.len - 1] == '>')
        value = span_of(value.data + 1, value.len - 2);
    return value;
}

/* "5.1.1", with or without a comment behind it: class, subject and detail. */
static bool status_take(struct span value, char out[16])
{
    size_t len = 0;
    int dots = 0;

    value = head_trim(value);
    while (len < value.len && len < 15 && ((value.data[len] >= '0' && value.data[len] <= '9') || value.data[len] == '.')) {
        dots += value.data[len] == '.';
        out[len] = (char)value.data[len];
        len++;
    }
    out[len] = '\0';
    return dots == 2 && (out[0] == '2' || out[0] == '4' || out[0] == '5') && out[1] == '.' && out[len - 1] != '.';
}

static bool action_read(struct span value, enum dsn_action *out)
{
    static const char *const WORDS[] = {[DSN_FAILED] = "failed",
                                        [DSN_DELAYED] = "delayed",
                                        [DSN_DELIVERED] = "delivered",
                                        [DSN_RELAYED] = "relayed",
                                        [DSN_EXPANDED] = "expanded"};

    for (enum dsn_action action = DSN_FAILED; action <= DSN_EXPANDED; action++)
        if (head_begins(value, WORDS[action])) {
            *out = action;
            return true;
        }
    return false;
}

/* The classes of RFC 3463: what one of action and status leaves out follows from the other. */
static enum dsn_action action_of(char class)
{
    if (class == '5')
        return DSN_FAILED;
    return class == '4' ? DSN_DELAYED : DSN_DELIVERED;
}

static const char *status_of(enum dsn_action action)
{
    if (action == DSN_FAILED)
        return "5.0.0";
    return action == DSN_DELAYED ? "4.0.0" : "2.0.0";
}

/* One group of fields. False: it says nothing of a recipient's fate. */
static bool group_read(struct span group, struct dsn *out)
{
    struct span value;
    const bool has_action = head_find(group, "Action", &value) && action_read(value, &out->action);
    const bool has_status = head_find(group, "Status", &value) && status_take(value, out->status);

    if (!has_action && !has_status)
        return false;
    if (!has_action)
        out->action = action_of(out->status[0]);
    if (!has_status)
        memcpy(out->status, status_of(out->action), sizeof "5.0.0");
    if (head_find(group, "Final-Recipient", &value))
        out->recipient = address_of(value);
    if (head_find(group, "Original-Recipient", &value))
        out->original = address_of(value);
    if (head_find(group, "Diagnostic-Code", &value))
        out->diagnostic = behind_type(value);
    return true;
}

/* Groups of fields with empty lines between; the first is of the mail, each other of a recipient. Some writers mix them up. */
static bool report_read(struct span report, struct dsn *out)
{
    bool found = false;

    while (report.len > 0) {
        struct dsn one = {.action = DSN_FAILED};
        const struct span group = head_take(&report);
        if (!group_read(group, &one) || (found && one.action != DSN_FAILED))
            continue;
        *out = one;
        if (one.action == DSN_FAILED)
            return true;
        found = true;
    }
    return found;
}

/* --- which mail -------------------------------------------------------------------------------------------------------- */
/* "<uuid@domain>" */
static bool message_id_read(struct span value, struct span domain, struct uuid *out)
{
    const size_t id = UUID_TEXT - 1;

    value = head_trim(value);
    return value.len == id + domain.len + 3 && value.data[0] == '<' && value.data[id + 1] == '@' && value.data[value.len - 1] == '>' &&
           head_same(span_of(value.data + id + 2, domain.len), domain) && uuid_parse(out, span_of(value.data + 1, id));
}

enum dsn_result dsn_read(struct span mail, struct span domain, struct dsn *out)
{
    struct found found = {.has_report = false};
    struct span value, returned;

    *out = (struct dsn){.action = DSN_FAILED};
    if (mail.len > DSN_MAX)
        return DSN_TOO_LONG;
    walk(mail, &found);
    if (!found.has_report)
        return DSN_NOT_A_REPORT;
    if (!report_read(found.report, out))
        return DSN_NO_STATUS;
    returned = found.returned;
    /* Some give the id in the report itself, when they return no mail. */
    if (head_find(head_take(&returned), "Message-ID", &value) || head_find(found.report, "X-Original-Message-ID", &value))
        out->has_message = message_id_read(value, domain, &out->message);
    return DSN_OK;
}

/* --- what it means ----------------------------------------------------------------------------------------------------- */
bool dsn_address_dead(const struct dsn *dsn)
{
    unsigned numbers[3] = {0};
    int at = 0;

    for (const char *c = dsn->status; *c != '\0' && at < 3; c++) {
        if (*c == '.')
            at++;
        else if (numbers[at] < 1000)
            numbers[at] = numbers[at] * 10 + (unsigned)(*c - '0');
    }
    return dsn->action == DSN_FAILED && status_address_dead((struct status){numbers[0], numbers[1], numbers[2]});
}
