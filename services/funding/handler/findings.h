/* Findings of the domain as protobuf, and as a refusal. */
#ifndef HV_FUNDING_HANDLER_FINDINGS_H
#define HV_FUNDING_HANDLER_FINDINGS_H
#include "common/work/job.h"
#include "funding.pb-c.h"
#include "services/funding/domain/finding.h"

/* The words of a finding, with its amounts in euros where it is about one: what is, what has to be, and the difference. */
struct text finding_words(struct arena *arena, const struct finding *finding);
/* A list on the arena; texts are borrowed, fields copied. A last row says how many were left out, if any were. */
Funding__Finding **findings_messages(struct arena *arena, const struct findings *findings, size_t *count);
/* Refuses the job with the first error: its rule, field and texts; facts "errors" (how many there are), "rules" (their ids) and, of
 * an amount, "isCents", "boundCents" and "differenceCents". False when there is no error. */
bool findings_refuse(struct job *job, const struct findings *findings);

#endif
