/* What the use cases of a municipal case share: finding it with its municipality, refusing by its state, moving it on, and answering with
 * it as its reader may see it. A case is changed only once nothing can refuse the job any more. */
#ifndef HV_FUNDING_HANDLER_PREPARED_CASE_H
#define HV_FUNDING_HANDLER_PREPARED_CASE_H
#include "common/work/check.h"
#include "services/funding/handler/case_message.h"
#include "services/funding/store/municipal_case.h"
#include "services/funding/store/municipality.h"

/* In needs: the case of this id and its municipality. */
enum err prepared_case_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id, bool hold) MUST_CHECK;
/* In decide: the case, for who has this office in its municipality; else NULL, refused. */
struct municipal_case *prepared_case_of(struct job *job, struct workset *w, enum office office);
/* The case, for whoever may see it; else NULL, refused as not there. view: as what. */
struct municipal_case *prepared_case_seen(struct job *job, struct workset *w, struct case_view *view);
/* ERR_REFUSED "municipal.case.state" with what it is. What has to be done first stands in the texts. Returns true. */
bool prepared_case_refuse(struct job *job, const struct municipal_case *c, const char *fi, const char *sv, const char *en);
/* What a preparer does, they do while the case is filed or in preparation. True: refused. */
bool prepared_case_refuse_work(struct job *job, const struct municipal_case *c);
/* One that was filed is in preparation from now on; any other stays. Its version is counted up already. */
void prepared_case_begin(struct job *job, struct workset *w, struct municipal_case *c);
/* Moves it on; the reason is told where it is the applicant's to know. Its version is counted up already. */
void prepared_case_move(struct job *job, struct workset *w, struct municipal_case *c, enum case_state state, const char *why,
                        const char *told);
/* The job's answer, with the version. */
void prepared_case_answer(struct job *job, struct workset *w, const struct municipal_case *c);
/* Whether the answer would be too large ("municipal.case.large"): asked before anything is changed, of the case as it will be. */
bool prepared_case_too_large(struct job *job, const struct municipal_case *c);

#endif
