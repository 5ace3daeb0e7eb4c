/* Projects as the store holds them: one is loaded whole by its id or code; a list goes without members, areas and shares. Its shares are
 * its whole cost: the schema looks at the end of the transaction. Shares that a municipal case names are never taken away.
 *
 *   project_want(w, job, id, true);                               in needs; or project_want_code, project_want_page
 *   struct project *project = project_found(w, job);              in decide; NULL: there is none
 *
 * The structs are the job's own: to change a project, change it and give it to project_put. */
#ifndef HV_FUNDING_STORE_PROJECT_H
#define HV_FUNDING_STORE_PROJECT_H
#include "services/funding/domain/project.h"
#include "services/funding/store/workset.h"

struct project_ask {
    struct part_item item; /* first */
    enum { PROJECTS_ONE, PROJECTS_CODE, PROJECTS_PAGE, PROJECTS_MEETING } what;
    struct uuid id; /* of a page: the last id of the page before, nil: none; the meeting */
    const char *code;
    struct uuid application_id; /* with a code: what the import names; nil: none */
    struct uuid reader;         /* with a code: who imports it */
    bool hold;
    int32_t limit;
    bool all; /* of a page: those whose application is not decided too */

    struct project *rows; /* found */
    size_t count;
    bool application_there; /* the application that the import names exists */
    bool application_free;  /* and no other project is its */
    bool application_undecided;
    bool application_rejected; /* nothing was granted by it */
    bool application_theirs;   /* the reader prepares its call, and that of the one before, and takes part in them; or there is none */
    int64_t applied_cents;     /* by it */
};
struct project_ask *project_want(struct workset *w, const struct job *job, struct uuid id, bool hold);
struct project_ask *project_want_code(struct workset *w, const struct job *job, const char *code, struct uuid application_id, bool hold);
struct project_ask *project_want_page(struct workset *w, const struct job *job, struct uuid after, int32_t limit, bool all); /* by id */
/* Of the cases on the agenda of a meeting, with their shares alone; held, lowest id first. */
struct project_ask *project_want_meeting(struct workset *w, const struct job *job, struct uuid meeting_id);
const struct project_ask *project_asked(const struct workset *w, const struct job *job);
struct project *project_found(const struct workset *w, const struct job *job);
struct project *project_of(const struct workset *w, const struct job *job, struct uuid id); /* of those found; NULL: none */

/* Changes. Borrowed until the batch ends. */
void project_add(struct workset *w, const struct project *project, struct uuid actor);
void project_put(struct workset *w, const struct project *project);                                      /* all but its state */
void project_move(struct workset *w, const struct project *project, const char *why, struct uuid actor); /* its state and version */
/* Its version alone: a municipal decision has moved a share, which the schema did itself. */
void project_counted(struct workset *w, const struct project *project);

extern const struct store_part project_part;

#endif
