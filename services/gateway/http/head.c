/* libmicrohttpd 0.9.75 takes the first of two Content-Length, lets Transfer-Encoding win over it, and reads a coding it does not know to
 * the end of the connection. A proxy in front may see another request in the same bytes (RFC 9112, 11.2), and another key or
 * another credential in a header that stands twice. So what is not said exactly once is not guessed at: the request is refused. */
#include <string.h>
#include <strings.h>

#include "services/gateway/http/head.h"

enum { CONTENT_LENGTH, TRANSFER_ENCODING, ONCE };

static const struct {
    const char *name;
    size_t len;
} NAMES[] = {
#define NAMED(name)                                                                                                                        \
    {                                                                                                                                      \
        name, sizeof name - 1                                                                                                              \
    }
    [CONTENT_LENGTH] = NAMED("Content-Length"),
    [TRANSFER_ENCODING] = NAMED("Transfer-Encoding"),
    [ONCE] = NAMED("Host"),
    NAMED("Authorization"),
    NAMED("Content-Type"),
    NAMED("Idempotency-Key"),
    NAMED("If-Match"),
    NAMED("X-CSRF-Token"),
    NAMED("X-Proof-Of-Work"),
#undef NAMED
};
enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0] };

struct look {
    unsigned seen; /* a bit for each of NAMES */
    const char *flaw;
};

static enum MHD_Result on_header(void *owner, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
                                 size_t value_len)
{
    struct look *look = owner;
    size_t i = 0;
    (void)kind;
    while (i < NAME_COUNT && (NAMES[i].len != name_len || strncasecmp(NAMES[i].name, name, name_len) != 0))
        i++;
    if (i == NAME_COUNT)
        return MHD_YES;
    if (look->seen & 1u << i || (value && memchr(value, 0, value_len)))
        look->flaw = NAMES[i].name;
    if (i == TRANSFER_ENCODING && (!value || strcasecmp(value, "chunked") != 0))
        look->flaw = NAMES[i].name;
    look->seen |= 1u << i;
    return look->flaw ? MHD_NO : MHD_YES;
}

const char *head_flaw(struct MHD_Connection *connection)
{
    const unsigned both = 1u << CONTENT_LENGTH | 1u << TRANSFER_ENCODING;
    struct look look = {0};
    (void)MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_header, &look);
    if (!look.flaw && (look.seen & both) == both)
        look.flaw = NAMES[TRANSFER_ENCODING].name;
    return look.flaw;
}
