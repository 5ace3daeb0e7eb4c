/* The mail relays as the operator wrote them: HV_SMTP and HV_SMTP_PASSWORDS, read and checked whole before anything starts.
 *
 *   HV_SMTP="smtp://hakuvayla@relay1.example.fi:587 smtps://relay2.example.fi smtp://127.0.0.1:25?tls=off"
 *
 * The first is preferred. ?tls=require (STARTTLS, with a certificate that is checked), try (encrypted when the relay can, not checked),
 * off. Without it: off on this machine itself, require anywhere else; smtps:// is encrypted from its first byte. A user signs in (AUTH)
 * with the password of the line that begins with the relay as it stands in HV_SMTP between // and ?, "hakuvayla@relay1.example.fi:587 ...".
 */
#ifndef HV_NOTIFICATION_OUTBOUND_RELAY_LIST_H
#define HV_NOTIFICATION_OUTBOUND_RELAY_LIST_H
#include "common/base/err.h"
#include "services/notification/domain/relay.h"

enum relay_tls { RELAY_TLS_OFF, RELAY_TLS_TRY, RELAY_TLS_REQUIRE, RELAY_TLS_AT_ONCE };

struct relay_setting {
    char *key;             /* between // and ? */
    char *name;            /* host:port, as health, metrics and attempts say it */
    char *url;             /* scheme://host:port */
    char *user, *password; /* NULL: it does not sign in */
    enum relay_tls tls;
};
struct relay_list {
    struct relay_setting each[RELAYS_MAX];
    size_t count;
};

#define RELAY_PROBLEM 600

/* passwords: a path, or "" for none. ERR_INVALID: `problem` is a sentence for the operator; it never holds a password. What was read is
 * freed with relay_list_fini in either case. */
enum err relay_list_read(struct relay_list *out, const char *relays, const char *passwords, char problem[RELAY_PROBLEM]) MUST_CHECK;
void relay_list_fini(struct relay_list *list);

#endif
