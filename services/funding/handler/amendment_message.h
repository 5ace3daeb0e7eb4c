/* Change applications between their message (funding.Amendment and its parts) and the struct of the domain. */
#ifndef HV_FUNDING_HANDLER_AMENDMENT_MESSAGE_H
#define HV_FUNDING_HANDLER_AMENDMENT_MESSAGE_H
#include "common/work/check.h"
#include "funding.pb-c.h"
#include "services/funding/domain/amendment.h"

#define AMENDMENT_WORDS_MAX 5000  /* characters of reasons and of what changes */
#define AMENDMENT_BYTES_MAX 32768 /* of what is asked, and of what is decided: together they are an event (at most 252 KiB) */

Funding__Amendment *amendment_message(struct arena *arena, const struct amendment *amendment);
Funding__AmendmentPart **amendment_parts_message(struct arena *arena, const struct amendment *amendment, size_t *count);
/* Bounds of what a request says: bytes in all, how many parts and rows, lengths, days. `decided`: outcomes and what is accepted, too. */
enum err amendment_parts_check(struct job *job, Funding__AmendmentPart *const *parts, size_t count, bool decided) MUST_CHECK;
/* What was checked, as the domain's; texts are borrowed. */
void amendment_parts_read(struct arena *arena, Funding__AmendmentPart *const *parts, size_t count, struct amendment *out);

#endif
