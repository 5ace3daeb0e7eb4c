/* Events about what follows a decision: answers, instalments, obligations, reports, amendments, recoveries, the draw. Each says whose grant
 * it is about, so that a letter can be written from it alone; names and addresses went out with ContactStored. */
#ifndef HV_FUNDING_HANDLER_TELL_AWARD_H
#define HV_FUNDING_HANDLER_TELL_AWARD_H
#include "funding.pb-c.h"
#include "services/funding/domain/amendment.h"
#include "services/funding/domain/consortium.h"
#include "services/funding/domain/draw.h"
#include "services/funding/domain/report.h"
#include "services/funding/store/application.h"
#include "services/funding/store/workset.h"

struct grantee {
    struct uuid application_id, call_id, owner_id;
    const char *register_number, *title, *language;
};
struct grantee grantee_of(const struct award *award);
struct grantee grantee_of_application(const struct application *a);

void tell_grant_answered(struct workset *w, const struct job *job, const struct award *award, int64_t cents, bool by_silence);
void tell_instalment(struct workset *w, const struct job *job, const struct grantee *of, const struct instalment *instalment);
void tell_obligation_set(struct workset *w, const struct job *job, const struct grantee *of, const struct obligation *obligation);
void tell_obligation_ended(struct workset *w, const struct job *job, struct uuid call_id, const struct obligation *obligation);
void tell_obligation_late(struct workset *w, const struct job *job, const struct grantee *of, const struct obligation *obligation);
void tell_report(struct workset *w, const struct job *job, const struct grantee *of, const struct report *report, const char *words,
                 int64_t trainee_days_tenths);
void tell_amendment_submitted(struct workset *w, const struct job *job, const struct grantee *of, const struct amendment *amendment);
/* The document of a decision goes with it; consortium: whom the letter goes to beside the lead, NULL: nobody. The event's id. */
struct uuid tell_amendment_decided(struct workset *w, const struct job *job, const struct grantee *of, const struct amendment *amendment,
                                   Bus__File *document, const struct consortium *consortium);
struct uuid tell_recovery(struct workset *w, const struct job *job, const struct grantee *of, const struct recovery *recovery,
                          const char *reasons, Bus__File *document); /* NULL: not ordered */
void tell_draw(struct workset *w, const struct job *job, struct uuid call_id, const uint8_t seed[DRAW_SEED_SIZE],
               const struct draw_row *rows, size_t count);

#endif
