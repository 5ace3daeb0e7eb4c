/* See complaint.h: three fields, and a list of what they mean. */
#include "services/notification/domain/complaint.h"

#include "services/notification/domain/head.h"
#include "services/notification/domain/report.h"

static bool is_unwanted(struct span type)
{
    static const char *const TYPES[] = {"abuse", "fraud", "opt-out", "opt-out-list"};

    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++)
        if (head_same(type, span_text(TYPES[i])))
            return true;
    return false;
}

/* The word alone: a comment or a parameter may stand behind it. */
static struct span word_of(struct span value)
{
    size_t len = 0;

    while (len < value.len && value.data[len] > ' ' && value.data[len] < 127 && value.data[len] != ';' && value.data[len] != '(')
        len++;
    return span_of(value.data, len);
}

enum complaint_result complaint_read(struct span mail, struct span domain, struct complaint *out)
{
    struct span value;

    *out = (struct complaint){.unwanted = false};
    if (mail.len > REPORT_MAX)
        return COMPLAINT_TOO_LONG;
    const struct report report = report_find(mail);
    if (report.kind != REPORT_FEEDBACK)
        return COMPLAINT_NONE;
    if (!head_find(report.fields, "Feedback-Type", &value) || (out->type = word_of(value)).len == 0)
        return COMPLAINT_NO_TYPE;
    if (head_find(report.fields, "Original-Rcpt-To", &value))
        out->address = report_address(value);
    out->unwanted = is_unwanted(out->type);
    out->has_message = report_message(&report, domain, &out->message);
    return COMPLAINT_OK;
}

static struct span domain_of(struct span address)
{
    size_t from = address.len;

    while (from > 0 && address.data[from - 1] != '@')
        from--;
    return from > 0 ? span_of(address.data + from, address.len - from) : span_of(NULL, 0);
}

bool complaint_fits(const struct complaint *complaint, struct span address)
{
    return address.len > 0 && (complaint->address.len == 0 || head_same(domain_of(complaint->address), domain_of(address)));
}
