/* Who may, in enrolment, and its refusals; the bounds of every field are checked with common/work/check.h. */
#ifndef HV_ENROLMENT_HANDLER_CHECK_H
#define HV_ENROLMENT_HANDLER_CHECK_H
#include "common/work/check.h"
#include "services/enrolment/domain/refusal.h"

bool check_is_staff(const struct job *job);                    /* coordinator or admin */
bool check_may_see(const struct job *job, struct uuid person); /* oneself, or staff */
enum err check_staff(struct job *job) MUST_CHECK;              /* ERR_UNAUTHENTICATED, ERR_FORBIDDEN */
enum err refuse(struct job *job, enum refusal refusal);
/* The same where one field of the request is what the rule says no to. */
enum err refuse_field(struct job *job, enum refusal refusal, const char *field);

#endif
