/* ListProjects: the register of projects, for everybody, but for those whose application is not decided: officials see these too; without
 * members, areas and shares, and so without what disagrees in these. A page ends early where its projects say so much that the answer would
 * not go into one message. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/page.h"
#include "services/funding/handler/project_message.h"
#include "services/funding/handler/who.h"

#define PAGE_BYTES ((size_t)200 * 1024)

enum err list_projects_needs(struct job *job, struct workset *w)
{
    const Funding__ListProjectsRequest *request = (const Funding__ListProjectsRequest *)job->message;
    struct uuid after;
    uint32_t limit;
    const enum err err = page_after(job, request->page_token, request->page_size, &after, &limit);

    if (err == ERR_OK)
        (void)project_want_page(w, job, after, (int32_t)limit + 1, who_is_official(job));
    return err;
}

void list_projects_decide(struct job *job, struct workset *w)
{
    const struct project_ask *ask = project_asked(w, job);
    const size_t most = (size_t)ask->limit - 1;
    Funding__ProjectList *list = arena_alloc(job->arena, sizeof *list);
    size_t bytes = 0;

    funding__project_list__init(list);
    list->projects = arena_array(job->arena, ask->count + 1, sizeof *list->projects);
    for (size_t i = 0; i < ask->count && i < most && bytes < PAGE_BYTES; i++) {
        Funding__Project *project = project_message(job->arena, &ask->rows[i], w->now_us);

        bytes += protobuf_c_message_get_packed_size(&project->base);
        list->projects[list->n_projects++] = project;
    }
    if (ask->count > list->n_projects)
        list->next_page_token = page_token(job->arena, uuid_span(&ask->rows[list->n_projects - 1].id));
    job_answer(job, &list->base, 0);
}
