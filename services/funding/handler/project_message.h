/* Projects between protobuf and the domain: what an import says is checked and read, what is found is told, and the event about it. */
#ifndef HV_FUNDING_HANDLER_PROJECT_MESSAGE_H
#define HV_FUNDING_HANDLER_PROJECT_MESSAGE_H
#include "common/work/check.h"
#include "funding.pb-c.h"
#include "services/funding/store/project.h"

/* Every field of funding.Project that an import may name; its shares have to be its total. */
enum err project_content_check(struct job *job, const Funding__Project *content) MUST_CHECK;
/* Of a checked one; texts are borrowed from the request, ids follow from the code and the places. */
struct project *project_build(struct arena *arena, const Funding__Project *content);
/* What an import brings in the place of a project keeps the shares that municipal cases name: with their ids, and what the cases say of
 * them. The first of them that it does not have; NULL: it has all. */
const struct project_share *project_keep_shares(struct arena *arena, struct project *after, const struct project *before);

/* With what disagrees today. */
Funding__Project *project_message(struct arena *arena, const struct project *project, int64_t now_us);
/* ProjectStored, in the project's own stream. */
void tell_project(struct workset *w, const struct job *job, const struct project *project);

#endif
