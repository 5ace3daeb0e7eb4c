/* Notices as an operator sends them and looks at them. Shared by the tests of what is said by hand. */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_NOTICES_H
#define HV_TESTS_SERVICE_NOTIFICATION_NOTICES_H
#include "tests/service/notification/operator.h"

#define NOTICE_PDF      "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
#define NOTICE_CALENDAR "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//FI\r\nEND:VCALENDAR\r\n"

/* With a subject and a body, to these people of facts.h. */
Notification__SendMessageRequest notice_new(const unsigned *people, size_t count);
void notice_attach(Notification__SendMessageRequest *request, const char *name, const char *type, const char *content, size_t len);
/* key: NULL: a new one; *out (may be NULL): the answer. */
const Bus__Reply *notice_say(const Notification__SendMessageRequest *request, const char *key, const Notification__SendMessageReply **out);

const char *notice_id(ProtobufCBinaryData bytes);       /* an id as text */
ProtobufCBinaryData notice_find(const char *condition); /* the id of the one message of which this SQL is true */
const Notification__MoveList *notice_moves(ProtobufCBinaryData id);

#endif
