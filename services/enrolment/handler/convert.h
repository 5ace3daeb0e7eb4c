/* Domain structs to messages. A message borrows the strings and ids of the struct it is made from, which lie on the batch's
 * arena like the message itself: good until the batch is answered, when it has been packed. */
#ifndef HV_ENROLMENT_HANDLER_CONVERT_H
#define HV_ENROLMENT_HANDLER_CONVERT_H
#include "enrolment.pb-c.h"
#include "services/enrolment/store/workset.h"

ProtobufCBinaryData bytes_of(const void *data, size_t len);
ProtobufCBinaryData id_bytes(const struct uuid *id); /* nil: empty */

void registration_fill(Enrolment__Registration *m, const struct registration *r);
void seats_fill(Enrolment__Seats *m, const struct implementation *i);
void window_fill(Enrolment__Window *m, const struct window *window);
void webinar_fill(Enrolment__Webinar *m, const struct webinar *webinar);
void person_fill(Enrolment__Person *m, const struct person *person);
void chain_entry_fill(Enrolment__ChainEntry *m, const struct chain_record *record, const struct hash *hash);

Bus__Text *text_message(struct workset *w, const struct text *text);

/* NULL for a person who is not at hand. */
Enrolment__Person *person_message(struct workset *w, struct uuid id);
Enrolment__Registration *registration_message(struct workset *w, const struct registration *r);
/* For an answer to staff that is kept under its key, which nobody could find again when the person is forgotten: without free text. */
Enrolment__Registration *registration_kept(struct workset *w, const struct registration *r);
Enrolment__Implementation *implementation_message(struct workset *w, const struct implementation *i);
Enrolment__Programme *programme_message(struct workset *w, const struct programme *p); /* with units when they are at hand */

#endif
