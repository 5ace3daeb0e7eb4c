/* The walk through the parts of a multipart, and the Message-ID of what came back. Nothing is copied or decoded: reports are 7 bit by their
 * standards. See report.h. */
#include "services/notification/domain/report.h"

#include <string.h>

#include "services/notification/domain/head.h"

#define DEEP      3  /* a report may lie in a multipart of somebody on the way */
#define PARTS_MAX 32 /* of one multipart that are looked at */

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

static enum report_kind kind_of_type(struct span type)
{
    if (head_type_is(type, "message/delivery-status") || head_type_is(type, "message/global-delivery-status"))
        return REPORT_DELIVERY;
    return head_type_is(type, "message/feedback-report") ? REPORT_FEEDBACK : REPORT_NONE;
}

static bool is_returned(struct span type)
{
    return head_type_is(type, "text/rfc822-headers") || head_type_is(type, "message/rfc822") ||
           head_type_is(type, "message/global-headers") || head_type_is(type, "message/global");
}

/* Looks at one part. True: it is a multipart, to be walked too. */
static bool look(struct span part, struct report *found, struct span *boundary)
{
    struct span type, body = part;
    const struct span head = head_take(&body);

    if (!head_find(head, "Content-Type", &type))
        return false;
    const enum report_kind kind = kind_of_type(type);
    if (kind != REPORT_NONE) {
        if (found->kind == REPORT_NONE) {
            found->kind = kind;
            found->fields = body;
        }
    } else if (is_returned(type) && found->returned.len == 0) {
        found->returned = body;
    }
    return head_type_is(type, "multipart/") && head_parameter(type, "boundary", boundary);
}

/* Level by level, without recursion: of several multiparts in one the first is walked. */
static void walk(struct span mail, struct report *found)
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
        if (found->kind != REPORT_NONE || !is_multipart)
            return;
        (void)look(inner, found, &boundary);
        rest = inner;
    }
}

struct report report_find(struct span mail)
{
    struct report found = {.kind = REPORT_NONE};

    walk(mail, &found);
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

bool report_message(const struct report *report, struct span domain, struct uuid *id)
{
    struct span value, returned = report->returned;

    /* Some give the id in the report itself, when they return no mail. */
    return (head_find(head_take(&returned), "Message-ID", &value) || head_find(report->fields, "X-Original-Message-ID", &value)) &&
           message_id_read(value, domain, id);
}

struct span report_behind_type(struct span value)
{
    const uint8_t *at = value.len > 0 ? memchr(value.data, ';', value.len) : NULL;

    if (at != NULL)
        value = span_of(at + 1, value.len - (size_t)(at + 1 - value.data));
    return head_trim(value);
}

struct span report_address(struct span value)
{
    value = report_behind_type(value);
    if (value.len >= 2 && value.data[0] == '<' && value.data[value.len - 1] == '>')
        value = span_of(value.data + 1, value.len - 2);
    return value;
}
