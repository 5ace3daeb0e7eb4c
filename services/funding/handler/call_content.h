/* What a preparer writes of a call: checked field by field before any row is looked at, and built into a call on top of the one that
 * stands. */
#ifndef HV_FUNDING_HANDLER_CALL_CONTENT_H
#define HV_FUNDING_HANDLER_CALL_CONTENT_H
#include "common/work/job.h"
#include "funding.pb-c.h"
#include "services/funding/domain/call.h"
#include "services/funding/store/workset.h"

/* In needs. Fields are named "content....": present, long enough, short enough, and what the database would refuse. */
enum err call_content_check(struct job *job, const Funding__CallContent *content) MUST_CHECK;

/* How a part without an id gets one. */
enum call_naming {
    CALL_NAME_NEW,  /* a new one */
    CALL_NAME_PLACE /* that of the part in its place: the same file again names the same parts */
};
/* In decide. before: the call that stands, with its uses, or NULL: a new one under `id`. What is not in the content (state, officials,
 * files, sums, register number) is as before. Versions are not raised. NULL: the job was refused, because a part names an id that the call
 * does not have. */
struct call *call_content_build(struct job *job, struct workset *w, const Funding__CallContent *content, const struct call *before,
                                struct uuid id, enum call_naming naming);
bool call_content_same(const struct call *a, const struct call *b); /* whether two say the same, and in the same order */

#endif
