/* GetChain: the order chain of an implementation, page by page by its numbers, with the signed head of the same moment. Public: it
 * holds no personal data, only hashes that nobody can open without the person's salt. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/signer.h"

enum err get_chain_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetChainRequest *request = (const Enrolment__GetChainRequest *)job->message;
    struct uuid id;
    uint32_t size;
    enum err err = check_id(job, "implementationId", &request->implementation_id, &id);

    if (err == ERR_OK)
        err = check_range(job, "afterN", request->after_n, 0, INT32_MAX);
    if (err == ERR_OK)
        err = check_page(job, request->page_size, &size);
    if (err != ERR_OK)
        return err;
    workset_see_of_implementation(w, id);
    struct query *query = workset_query(w, job, QUERY_CHAIN, size);
    query->id = id;
    query->after_n = request->after_n;
    return ERR_OK;
}

void get_chain_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    const struct implementation *i = workset_implementation(w, query->id);

    if (i == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    Enrolment__Chain *chain = arena_alloc(w->arena, sizeof *chain);
    enrolment__chain__init(chain);
    chain->implementation_id = id_bytes(&i->id);
    chain->head = chain_head_message(w, i);
    chain->n_entries = query->count;
    chain->entries = arena_array(w->arena, query->count, sizeof(Enrolment__ChainEntry *));
    for (size_t n = 0; n < query->count; n++) {
        const struct chain_entry *entry = query->rows[n];
        chain->entries[n] = arena_alloc(w->arena, sizeof *chain->entries[n]);
        chain_entry_fill(chain->entries[n], &entry->record, &entry->hash);
    }
    job_answer(job, &chain->base, 0);
}
