/* What the use cases of statements share: the bounds of a request, and how one is added to a case at hand. */
#ifndef HV_FUNDING_HANDLER_STATEMENT_CASE_H
#define HV_FUNDING_HANDLER_STATEMENT_CASE_H
#include "common/work/check.h"
#include "services/funding/domain/municipal_case.h"
#include "services/funding/store/workset.h"

enum { STATEMENT_REQUEST_MAX = 2000, STATEMENT_WORDS_MAX = 10000, STATEMENT_DUE_DAYS = 366 }; /* characters, characters, days from now */

enum err statement_check_asked(struct job *job, const char *field, const char *asked) MUST_CHECK; /* a body or an official */
/* From today on, for a year. True: refused. */
bool statement_refuse_due(struct job *job, const char *field, int64_t due_on, int64_t today);
bool statement_refuse_many(struct job *job, const struct municipal_case *c);
/* A new one at the end of the case's list, asked now. */
struct statement *statement_append(const struct workset *w, struct municipal_case *c, const struct statement *asked);

#endif
