/* A round of decisions: what PresentDecisions and SendDecisions share. A request names applications of a call, or means all that are in
 * question; either is about all of them or none, and with dryRun it only tells what is in the way - then whatever would refuse it is a
 * finding too, about the call as a whole. */
#ifndef HV_FUNDING_HANDLER_DECISION_ROUND_H
#define HV_FUNDING_HANDLER_DECISION_ROUND_H
#include "services/funding/handler/decision_case.h"
#include "services/funding/handler/decision_report.h"

struct decision_round {
    const struct call *call;
    bool dry_run;
    struct decision_report report;
    struct application **rows;
    size_t count;
};

/* In needs: the ids, lowest first, each once; the call, locked, with all that its decisions are made of. */
enum err decision_round_want(struct job *job, struct workset *w) MUST_CHECK;
/* In decide. The call has closed and is not resolved. False: the job has failed, or the report of a dry run says why not. */
bool decision_round_ready(struct job *job, const struct workset *w, struct decision_round *round);
/* The applications that the request names, else all that wait for a decision and that `takes` wants; NULL: all of them. False as above. */
bool decision_round_pick(struct job *job, const struct workset *w, struct decision_round *round,
                         bool (*takes)(const struct job *job, const struct workset *w, const struct application *a));
/* One of them; its presenter and decider are still to be said. */
struct decision_case decision_round_case(const struct job *job, const struct workset *w, const struct decision_round *round,
                                         struct application *a);
/* All that keeps it from being decided goes to the report. True: its decision can be made, but that nobody has presented it. */
bool decision_round_examine(struct job *job, struct workset *w, struct decision_round *round, const struct decision_case *c);

#endif
