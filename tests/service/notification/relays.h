/* Relays for tests: real SMTP servers with a bad day (mailbox_modes.py), a folder of mails each, and hv-notification in front of them with
 * a programme and a hundred people it knows: p0@example.fi ... p97@example.fi, p98@example.org, never99@example.fi. */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_RELAYS_H
#define HV_TESTS_SERVICE_NOTIFICATION_RELAYS_H
#include "tests/service/notification/stage.h"

#define RELAYS_WAIT_MS KIT_PATIENCE_MS

struct relay {
    int port; /* kept from one start to the next */
    char mails[260];
    pid_t pid;
};

int relays_open(void **state); /* of the whole group: a stage without the mailbox it comes with */
int relays_close(void **state);
struct uuid relays_programme(void);
struct uuid relays_implementation(void);

/* more: further arguments, NULL-ended; may be NULL. */
void relay_start(struct stage *s, struct relay *r, const char *name, const char *mode, const char *const *more);
void relay_stop(struct relay *r);
size_t relay_kept(const struct relay *r);
/* The first line of its newest mail: how it was spoken to. */
void relay_expect_session(const struct relay *r, const char *piece);
const char *relay_address(struct stage *s, const struct relay *r, const char *before, const char *after);

/* The service begins anew with these relays, an empty queue and no mail sent. */
void relays_serve(struct stage *s, const char *relays);
void relays_seat(struct stage *s, unsigned person); /* takes a seat: a confirmation is due */

#endif
