/* Fuzz entry for what anybody can send us by mail: a delivery status notification, or a complaint. Whatever comes is read within its
 * bounds; what is found lies inside of it, and what is said of it is one of the contract's words.
 *
 * Run: build with HV_FUZZ=ON, then `fuzz_dsn -max_total_time=60 -max_len=16384`. */
#include <string.h>

#include "common/base/alloc.h"
#include "services/notification/domain/complaint.h"
#include "services/notification/domain/dsn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(struct span whole, struct span part)
{
    if (part.len > 0 && (part.data < whole.data || part.data + part.len > whole.data + whole.len))
        bug("a value lies outside of the mail");
}

static void check(struct span mail, const struct dsn *dsn)
{
    check_inside(mail, dsn->recipient);
    check_inside(mail, dsn->original);
    check_inside(mail, dsn->diagnostic);
    if (dsn->action > DSN_EXPANDED || memchr(dsn->status, 0, sizeof dsn->status) == NULL)
        bug("an action or a status that is none");
    if (strchr("245", dsn->status[0]) == NULL || dsn->status[1] != '.')
        bug("a status without a class");
    if (dsn_address_dead(dsn) && (dsn->action != DSN_FAILED || dsn->status[0] != '5'))
        bug("an address is dead of something that has not failed");
}

static void check_complaint(struct span mail)
{
    struct complaint c;

    if (complaint_read(mail, span_text("mail.example.fi"), &c) != COMPLAINT_OK)
        return;
    check_inside(mail, c.type);
    check_inside(mail, c.address);
    if (c.type.len == 0)
        bug("a complaint of no type");
    if (c.address.len > 0 && !complaint_fits(&c, c.address) && memchr(c.address.data, '@', c.address.len) != NULL)
        bug("a complaint that does not fit its own address");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct span mail = span_of(data, size);
    struct dsn dsn;

    check_complaint(mail);
    switch (dsn_read(mail, span_text("mail.example.fi"), &dsn)) {
    case DSN_OK:
        check(mail, &dsn);
        break;
    case DSN_TOO_LONG:
        if (size <= DSN_MAX)
            bug("a mail that is not too long is refused as too long");
        break;
    case DSN_NOT_A_REPORT:
    case DSN_NO_STATUS:
        break;
    }
    return 0;
}
