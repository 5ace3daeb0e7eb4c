/* What the use cases of municipal events share: whose matter it is, and the words that every letter about a case or a meeting has. All of
 * it comes with the event, since this service keeps no cases; texts are borrowed from the job. What is confidential is in no event. */
#ifndef HV_NOTIFICATION_HANDLER_TELL_MUNICIPAL_H
#define HV_NOTIFICATION_HANDLER_TELL_MUNICIPAL_H
#include "municipal.pb-c.h"
#include "services/notification/handler/tell_grant.h"

/* A message of this kind to this person about this case, for facts to be added. False: an id is none, or a text is longer than funding ever
 * stores. What a kind requires and the event lacks parks it when it is said (tell_say). */
bool tell_case(struct message *out, const struct job *job, enum message_kind kind, ProtobufCBinaryData person, const char *register_number,
               const char *title);

/* Which municipality, and where one asks: NULL and "" say nothing. */
void tell_municipality(struct message *out, const Bus__Text *municipality, const char *contact);

/* A text that no letter cuts: false where it is longer than funding ever stores. Names stand in double square brackets in what a
 * municipality writes, by which they leave published minutes one day; a letter has them without. */
bool tell_municipal_text(const struct job *job, struct message *out, enum fact_name fact, const char *text);

/* The same message to each of a board. In needs: whether all of them are ids. */
bool tell_members_read(const ProtobufCBinaryData *ids, size_t count);
void tell_members(struct job *job, struct workset *w, const struct message *common, const ProtobufCBinaryData *ids, size_t count);

#endif
