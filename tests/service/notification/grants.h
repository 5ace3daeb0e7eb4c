/* Made-up grants and what funding tells of them. All texts are invented. */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_GRANTS_H
#define HV_TESTS_SERVICE_NOTIFICATION_GRANTS_H
#include "funding.pb-c.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/stage.h"

#define GRANT_NUMBER "7/20.01/2026"
#define GRANT_TITLE  "Osaamisen silta – esimerkki"

struct uuid grant_call(void);
struct uuid grant_application(unsigned n);
struct uuid grant_obligation(unsigned n);
int64_t grant_at(const char *text);               /* RFC 3339 */
Bus__Text *grant_call_title(struct arena *arena); /* in three languages */

/* Each publishes one event. */
struct uuid grant_tell(struct stage *stage, const char *type, const ProtobufCMessage *message);
void grant_contact(struct stage *stage, unsigned person, const char *name, const char *language, const char *email);
/* The lead's contact in this one of the owner's applications. */
void grant_contact_of(struct stage *stage, unsigned n, unsigned owner, const char *name, const char *language, const char *email);
void grant_draft(struct stage *stage, unsigned n, unsigned owner, const char *closes);
struct uuid grant_submitted(struct stage *stage, unsigned n, unsigned owner, bool again);
void grant_obligation_set(struct stage *stage, unsigned n, Funding__ObligationKind kind, unsigned owner, const char *due_on);
void grant_obligation_ended(struct stage *stage, unsigned n);

/* How many mails to this address of this kind have this piece in subject or text. */
int grant_mails(struct stage *stage, const char *address, const char *kind, const char *piece);
/* Waits until what the statement reads is this. */
void grant_wait(struct stage *stage, const char *sql, const char *is);

#endif
