/* Who may. The gateway has asked for the coarse role already (its route table); what is asked here is what somebody is in this call: the
 * roles of table official, ownership of an application. An admin may look at everything and change nothing that is an official's. */
#ifndef HV_FUNDING_HANDLER_WHO_H
#define HV_FUNDING_HANDLER_WHO_H
#include <stdbool.h>

#include "common/work/check.h"

bool who_is(const struct job *job, Bus__Role role);
/* ERR_UNAUTHENTICATED for the public, ERR_FORBIDDEN for who has none of these bits of bus.Role. */
enum err who_has(struct job *job, uint32_t roles) MUST_CHECK;
enum err who_prepares(struct job *job) MUST_CHECK; /* preparers */
enum err who_decides(struct job *job) MUST_CHECK;  /* decision-makers */
/* Officials of any kind, and admins: who may read what applicants may not. */
enum err who_official(struct job *job) MUST_CHECK;
bool who_is_official(const struct job *job);
enum err who_applies(struct job *job) MUST_CHECK; /* applicants */

#endif
