/* Grants as tests want them, beside applications.h and evaluations.h: decided, accepted, paid; and time that has passed.
 *
 *   struct rig_call call = rig_call(rig, &(struct call_plan){.code = "avustus"});
 *   struct rig_application a = rig_granted(rig, &call, 10000000);        one application, its decision sent; the call is resolved
 *   rig_accept(rig, &a);
 */
#ifndef HV_TESTS_SERVICE_FUNDING_AWARDS_H
#define HV_TESTS_SERVICE_FUNDING_AWARDS_H
#include "tests/service/funding/evaluations.h"

/* `count` applications of `cents` each; assessed to be granted as applied for, in two instalments; the call has closed, all is sent. */
void rig_grant_all(struct rig *rig, const struct rig_call *call, struct rig_application *all, size_t count, int64_t cents);
struct rig_application rig_granted(struct rig *rig, const struct rig_call *call, int64_t cents);
struct rig_application rig_accepted(struct rig *rig, const struct rig_call *call, int64_t cents);

/* Steps that may be refused. */
struct answer rig_answer(struct rig *rig, const struct rig_application *a, bool refuse);
struct answer rig_award(struct rig *rig, const struct rig_application *a, struct uuid who, uint32_t roles);
struct answer rig_pay(struct rig *rig, const struct rig_call *call, const struct rig_application *a, size_t n,
                      Funding__InstalmentState state, const char *reference, const char *paid_on);
struct answer rig_report(struct rig *rig, const struct rig_application *a, Funding__ReportKind kind, int64_t used_cents, bool submit);
struct answer rig_review(struct rig *rig, struct uuid preparer, struct uuid report, Funding__ReviewStep step, const char *words);
/* Steps that have to succeed. */
void rig_accept(struct rig *rig, const struct rig_application *a);
void rig_paid(struct rig *rig, const struct rig_call *call, const struct rig_application *a, size_t n); /* ordered, sent, paid today */
const Funding__Award *rig_award_of(struct rig *rig, const struct rig_call *call, const struct rig_application *a);

/* The letter of a decided change application or an ordered recovery. */
struct answer rig_follow_document(struct rig *rig, const struct rig_application *a, ProtobufCBinaryData subject, struct uuid who,
                                  uint32_t roles, bool pdf);
/* Fails unless the letter of that decision, as the lead reads it, has all of these words. */
void rig_follow_says(struct rig *rig, const struct rig_application *a, ProtobufCBinaryData subject, const char *const *words, size_t count);

/* Asks the database, as its owner: "select ... where %s" with the application's id in place of %s. */
int64_t rig_count(struct rig *rig, const struct rig_application *a, const char *select);
char *rig_day(struct rig *rig, int64_t days); /* ISO text of the day that many days from today */
void rig_refused(struct answer answer, const char *rule);
bool rig_soon(struct rig *rig, const struct rig_application *a, const char *select, int64_t value); /* within ten seconds: the tick's */

#endif
