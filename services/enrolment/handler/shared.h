/* Answers many ask alike: at an opening hundreds of readers of one batch ask for the same programme. It is made and packed once
 * and given to each of them. */
#ifndef HV_ENROLMENT_HANDLER_SHARED_H
#define HV_ENROLMENT_HANDLER_SHARED_H
#include "services/enrolment/store/workset.h"

/* Gives the job the answer kept under (use case, id, variant); false when none is kept yet. */
bool shared_answer(struct job *job, struct workset *w, struct uuid id, bool variant);
/* Packs, keeps and gives it. */
void shared_keep(struct job *job, struct workset *w, struct uuid id, bool variant, const ProtobufCMessage *message, uint64_t version);

#endif
