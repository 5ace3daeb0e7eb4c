/* Events about cases, in the stream of the case. Nothing confidential is in them: titles of cases are public, and addresses go out only
 * with funding.ContactStored. */
#ifndef HV_FUNDING_HANDLER_TELL_CASE_H
#define HV_FUNDING_HANDLER_TELL_CASE_H
#include "services/funding/domain/municipal_case.h"
#include "services/funding/store/workset.h"

/* Where letters to the applicant go. */
void tell_case_contact(struct workset *w, const struct job *job, const struct municipal_case *c, const char *name, const char *email,
                       const char *language);
void tell_case_filed(struct workset *w, const struct job *job, const struct municipal_case *c, const struct municipality *municipality);
void tell_case_moved(struct workset *w, const struct job *job, const struct municipal_case *c, const struct municipality *municipality,
                     enum case_state from, const char *reason);
/* The person who is asked for a statement; nobody is told of a statement without one. */
void tell_statement_asked(struct workset *w, const struct job *job, const struct municipal_case *c, const struct municipality *municipality,
                          const struct statement *s);

#endif
