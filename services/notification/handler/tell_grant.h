/* What the use cases of funding's events share: whose grant it is, and the words that every letter about it has. Names and numbers come
 * with the event, since this service keeps no applications; texts are borrowed from the job. */
#ifndef HV_NOTIFICATION_HANDLER_TELL_GRANT_H
#define HV_NOTIFICATION_HANDLER_TELL_GRANT_H
#include "funding.pb-c.h"
#include "services/notification/domain/attachment.h"
#include "services/notification/handler/tell.h"

/* A message of this kind to this person about this application, for facts to be added; it goes to the contact this application names, and
 * whoever is no lead of it has an application_id of nil. False: an id is none, or a text is longer than
 * funding ever stores. register_number and title may be empty; a kind that requires them parks the event then. */
bool tell_grant(struct message *out, const struct job *job, enum message_kind kind, ProtobufCBinaryData person,
                ProtobufCBinaryData application, const char *register_number, const char *title);

/* A name in three languages, as three facts from the Finnish one on. */
void tell_grant_text(struct message *out, enum fact_name finnish, const Bus__Text *text);

/* An official's own words: whole, or the event is parked. False: too long for a letter. */
bool tell_grant_words(struct message *out, const char *words);

/* In needs: what the call says to its applicants is looked up. In decide: how to request a review, of what is a decision; and the message
 * is said, with whom to ask (tell_say otherwise). */
void tell_grant_needs(struct job *job, struct workset *w, ProtobufCBinaryData call);
void tell_grant_review(const struct job *job, const struct workset *w, struct message *message);
void tell_grant_say(struct job *job, struct workset *w, struct message *message);

/* The PDF of a decision, to be attached. False: there is none, or it is none. */
bool tell_grant_document(struct attachment *out, const Bus__File *file);

/* The end of a day in Finland, from ISO text; "" is no day, and *out_us is 0. */
bool tell_grant_day(int64_t *out_us, const char *iso);

#endif
