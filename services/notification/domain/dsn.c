/* Reads the groups of fields of a notification (report.c finds them), and what its status means. See dsn.h. */
#include "services/notification/domain/dsn.h"

#include <stdio.h>
#include <string.h>

#include "services/notification/domain/head.h"
#include "services/notification/domain/report.h"
#include "services/notification/domain/status.h"

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

/* Some say 5.0.0 of everything (Exim), and quote an answer that says it better: "smtp; 550 5.1.1 No such user". */
static void make_precise(struct dsn *out)
{
    const struct status said = status_read(out->diagnostic);

    if (strcmp(out->status + 1, ".0.0") == 0 && said.class == (unsigned)(out->status[0] - '0'))
        (void)snprintf(out->status, sizeof out->status, "%u.%u.%u", said.class, said.subject, said.detail);
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
        out->recipient = report_address(value);
    if (head_find(group, "Original-Recipient", &value))
        out->original = report_address(value);
    if (head_find(group, "Diagnostic-Code", &value)) {
        out->diagnostic = report_behind_type(value);
        make_precise(out);
    }
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

enum dsn_result dsn_read(struct span mail, struct span domain, struct dsn *out)
{
    *out = (struct dsn){.action = DSN_FAILED};
    if (mail.len > DSN_MAX)
        return DSN_TOO_LONG;
    const struct report report = report_find(mail);
    if (report.kind != REPORT_DELIVERY)
        return DSN_NOT_A_REPORT;
    if (!report_read(report.fields, out))
        return DSN_NO_STATUS;
    out->has_message = report_message(&report, domain, &out->message);
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
