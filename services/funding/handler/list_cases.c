/* ListCases: the cases of a municipality, newest first: all of them to its officials, to the public those that have been on a public
 * agenda. ListMyCases: those of which one is the applicant's contact. Pages by the last id; one ends early where its cases say so much that
 * the answer would not go into one message. */
#include "services/funding/handler/case_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/page.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/municipal_case.h"
#include "services/funding/store/municipality.h"

#define PAGE_BYTES ((size_t)150 * 1024)

enum err list_cases_needs(struct job *job, struct workset *w)
{
    const Municipal__ListCasesRequest *request = (const Municipal__ListCasesRequest *)job->message;
    struct uuid municipality, after;
    uint32_t limit;
    enum err err = check_id(job, "municipalityId", &request->municipality_id, &municipality);

    if (err == ERR_OK)
        err = check_range(job, "state", (int64_t)request->state, 0, CASE_WITHDRAWN);
    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &limit);
    if (err != ERR_OK)
        return err;
    struct case_ask *ask = case_want_page(w, job, municipality, after, (int32_t)limit + 1);
    ask->state = (int)request->state;
    ask->reader = job->actor;
    ask->offices = municipal_offices(job);
    ask->all = who_is(job, BUS__ROLE__ROLE_ADMIN);
    (void)municipality_want(w, job, MUNICIPALITY_BY_ID, municipality);
    return ERR_OK;
}

static struct case_view view_of(const struct job *job, const struct workset *w, const struct municipal_case *c)
{
    const struct municipality *m = municipality_found(w, job);

    if (m != NULL)
        return case_view_of(job, c, m, w->now_us);
    return (struct case_view){.reader = CASE_FOR_APPLICANT, .actor = job->actor, .names = true}; /* of one's own */
}

static void answer(struct job *job, const struct workset *w)
{
    const struct case_ask *ask = case_asked(w, job);
    const size_t most = (size_t)ask->limit - 1;
    Municipal__CaseList *list = arena_alloc(job->arena, sizeof *list);
    size_t bytes = 0;

    municipal__case_list__init(list);
    list->cases = arena_array(job->arena, ask->count + 1, sizeof *list->cases);
    for (size_t i = 0; i < ask->count && i < most && bytes < PAGE_BYTES; i++) {
        const struct case_view view = view_of(job, w, &ask->rows[i]);
        Municipal__Case *row = case_message_short(job->arena, &ask->rows[i], &view);

        bytes += protobuf_c_message_get_packed_size(&row->base);
        list->cases[list->n_cases++] = row;
    }
    if (ask->count > list->n_cases)
        list->next_page_token = page_token(job->arena, uuid_span(&ask->rows[list->n_cases - 1].id));
    job_answer(job, &list->base, 0);
}

void list_cases_decide(struct job *job, struct workset *w)
{
    if (municipality_found(w, job) == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        answer(job, w);
}

enum err list_my_cases_needs(struct job *job, struct workset *w)
{
    const Municipal__ListMyCasesRequest *request = (const Municipal__ListMyCasesRequest *)job->message;
    struct uuid after;
    uint32_t limit;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &limit);
    if (err == ERR_OK)
        (void)case_want_owner(w, job, job->actor, after, (int32_t)limit + 1);
    return err;
}

void list_my_cases_decide(struct job *job, struct workset *w)
{
    answer(job, w);
}
