/* ListMunicipalities: for everybody, by pages; without boards, dimensions and people. GetMunicipality: one, with its boards and dimensions,
 * and with its people to its officials and admins. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/municipality_message.h"
#include "services/funding/handler/page.h"
#include "services/funding/store/municipality.h"

enum err list_municipalities_needs(struct job *job, struct workset *w)
{
    const Municipal__ListMunicipalitiesRequest *request = (const Municipal__ListMunicipalitiesRequest *)job->message;
    struct uuid after;
    uint32_t limit;
    const enum err err = page_after(job, request->page_token, request->page_size, &after, &limit);

    if (err == ERR_OK)
        (void)municipality_want_page(w, job, after, (int32_t)limit + 1);
    return err;
}

void list_municipalities_decide(struct job *job, struct workset *w)
{
    const struct municipality_ask *ask = municipality_asked(w, job);
    const size_t most = (size_t)ask->limit - 1;
    Municipal__MunicipalityList *list = arena_alloc(job->arena, sizeof *list);

    municipal__municipality_list__init(list);
    list->municipalities = arena_array(job->arena, ask->count + 1, sizeof *list->municipalities);
    for (size_t i = 0; i < ask->count && i < most; i++)
        list->municipalities[list->n_municipalities++] = municipality_message(job->arena, &ask->rows[i], false);
    if (ask->count > most)
        list->next_page_token = page_token(job->arena, uuid_span(&ask->rows[most - 1].id));
    job_answer(job, &list->base, 0);
}

enum err get_municipality_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    const enum err err = check_id(job, "municipalityId", &((const Municipal__GetMunicipalityRequest *)job->message)->municipality_id, &id);

    if (err == ERR_OK)
        (void)municipality_want(w, job, MUNICIPALITY_BY_ID, id);
    return err;
}

void get_municipality_decide(struct job *job, struct workset *w)
{
    const struct municipality *m = municipality_found(w, job);

    if (m == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &municipality_message(job->arena, m, municipal_sees(job, m))->base, (uint64_t)m->version);
}
