/* What a presenting official has presented: added by the hundred, read with the assessment (store/assessment.c), never changed. */
#ifndef HV_FUNDING_STORE_PRESENTATION_H
#define HV_FUNDING_STORE_PRESENTATION_H
#include "services/funding/domain/assessment.h"
#include "services/funding/store/workset.h"

/* As it is now: the assessment's version, and the application's that was submitted last. Borrowed until the batch ends. */
void presentation_add(struct workset *w, const struct assessment *assessment, int64_t submitted_version, struct uuid person);

extern const struct store_part presentation_part;

#endif
