/* An operator at the bus: a stage with some people and a training, and a line to hv-notification. Shared by the tests of what operators do.
 */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_OPERATOR_H
#define HV_TESTS_SERVICE_NOTIFICATION_OPERATOR_H
#include "notification.pb-c.h"
#include "tests/service/notification/line.h"

#define OPERATOR_WAIT_MS   KIT_PATIENCE_MS
#define OPERATOR_PROGRAMME 3000000
#define OPERATOR_SELF      1 /* person 1 is the operator: reads Finnish; 2 reads Swedish, 3 has left the training's windows alone */

extern struct stage stage;
extern struct line line;

int operator_open(void **state); /* group set-up: three people p1@example.fi .. p3@example.fi, a training that is open to enrol */
int operator_close(void **state);

/* Asks as the operator. The reply; *answer (may be NULL) as line_ask has it. */
const Bus__Reply *operator_read(const char *method, const ProtobufCMessage *request, const ProtobufCMessageDescriptor *type,
                                ProtobufCMessage **answer);
const Bus__Reply *operator_write(const char *method, const ProtobufCMessage *request, const ProtobufCMessageDescriptor *type,
                                 uint64_t if_match, ProtobufCMessage **answer);
/* The reply is this refusal: its rule and field; its fact `name` (NULL: none) is `value`. */
void operator_refused(const Bus__Reply *reply, const char *rule, const char *field, const char *name, const char *value);

Notification__FactValue *operator_fact(const char *name, const char *value);
/* What the script of this folder prints of this file or folder. It must end with success. */
char *operator_script(const char *script, const char *path);
char *operator_mails(void); /* read_parts.py of the stage's mails */

#endif
