/* What an applicant has written, between its three forms: the message (funding.Content), the packed bytes that the store keeps, and the
 * struct of the domain that the checks go through.
 *
 * A draft may be unfinished, but not boundless: content_check refuses what is too long, too many or no text at all. What is missing or does
 * not add up is a finding (domain/application.h), not a fault. */
#ifndef HV_FUNDING_HANDLER_CONTENT_H
#define HV_FUNDING_HANDLER_CONTENT_H
#include "funding.pb-c.h"
#include "services/funding/domain/application.h"
#include "services/funding/handler/who.h"

#define CONTENT_BYTES_MAX 200000 /* packed: with everything around it, it fits into one reply */

enum err content_check(struct job *job, const Funding__Content *content) MUST_CHECK;
/* Texts are borrowed from the message. The lead's contact is the owner's account; the others' are made of the application's id. */
const struct content *content_read(struct arena *arena, const Funding__Content *content, struct uuid application, struct uuid owner);
struct span content_pack(struct arena *arena, const Funding__Content *content);
Funding__Content *content_unpack(struct arena *arena, struct span packed); /* what content_pack made; empty bytes: an empty one */

#endif
