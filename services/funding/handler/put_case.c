/* PutCase: a preparer writes what a case tells: its title, who prepares it, the texts, the impacts in the dimensions of the municipality.
 * From the proposal on it stays as it is: what the presenting official proposes on, and the board decides on, is what they have read. */
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"

enum err put_case_needs(struct job *job, struct workset *w)
{
    const Municipal__PutCaseRequest *request = (const Municipal__PutCaseRequest *)job->message;
    enum err err = municipal_who(job, OFFICE_PREPARER);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = case_content_check(job, request->content);
    return err == ERR_OK ? prepared_case_want(job, w, &request->case_id, true) : err;
}

static bool is_dimension(const struct municipality *m, uint32_t n)
{
    for (size_t i = 0; i < m->dimension_count; i++)
        if (m->dimensions[i].n == (int32_t)n)
            return true;
    return false;
}

static bool refuse_impacts(struct job *job, const struct municipality *m, const Municipal__CaseContent *content)
{
    for (size_t i = 0; i < content->n_impacts; i++)
        if (!is_dimension(m, content->impacts[i]->dimension)) {
            (void)job_fail(job, ERR_INVALID, "municipal.impact.dimension", arena_printf(job->arena, "content.impacts[%zu].dimension", i),
                           "Kunta ei arvioi tällaista vaikutusta: valitse jokin sen omista",
                           "Kommunen bedömer inte denna konsekvens: välj någon av dess egna",
                           "The municipality does not assess this impact: choose one of its own");
            return true;
        }
    return false;
}

void put_case_decide(struct job *job, struct workset *w)
{
    const Municipal__CaseContent *content = ((const Municipal__PutCaseRequest *)job->message)->content;
    struct municipal_case *c = prepared_case_of(job, w, OFFICE_PREPARER);

    if (c == NULL || check_version(job, (uint64_t)c->version) != ERR_OK)
        return;
    if (prepared_case_refuse_work(job, c) || refuse_impacts(job, municipality_found(w, job), content))
        return;
    case_content_read(w->arena, c, content);
    if (prepared_case_too_large(job, c))
        return;
    c->version++;
    case_put(w, c);
    prepared_case_begin(job, w, c);
    prepared_case_answer(job, w, c);
}
