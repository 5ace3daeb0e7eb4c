/* GetReceipt: the latest entry of a registration in its order chain, signed now. With the salt the person can show which entry is
 * theirs; so only they, or staff, get it. When the person is forgotten the salt is gone, and with it every receipt. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/seen_registration.h"
#include "services/enrolment/handler/signer.h"

#define MOVES_MAX 200 /* as in GetHistory: the last of them is the latest entry */

enum err get_receipt_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetReceiptRequest *request = (const Enrolment__GetReceiptRequest *)job->message;
    struct uuid id;
    enum err err = seen_registration_needs(job, w, &request->registration_id, &id);

    if (err == ERR_OK)
        workset_query(w, job, QUERY_HISTORY, MOVES_MAX)->id = id;
    return err;
}

static const Enrolment__Receipt *receipt_message(struct workset *w, const struct registration *r, const struct move *last)
{
    Enrolment__Receipt *m = arena_alloc(w->arena, sizeof *m);
    struct chain_record *record = arena_alloc(w->arena, sizeof *record);
    uint8_t signed_bytes[CHAIN_RECEIPT_SIZE];

    *record = (struct chain_record){.implementation = r->implementation,
                                    .n = last->n,
                                    .from = (uint8_t)last->from,
                                    .to = (uint8_t)last->to,
                                    .order_no = r->order_no,
                                    .registration = r->id,
                                    .person = chain_person(r->salt, r->person),
                                    .at_us = last->at_us};
    chain_receipt_bytes(record, &last->hash, signed_bytes);
    enrolment__receipt__init(m);
    m->registration = registration_message(w, r);
    m->entry = arena_alloc(w->arena, sizeof *m->entry);
    chain_entry_fill(m->entry, record, &last->hash);
    m->salt = bytes_of(r->salt, sizeof r->salt);
    m->public_key = signer_public_key(w->signer);
    m->signature = signer_sign(w->signer, w->arena, span_of(signed_bytes, sizeof signed_bytes));
    return m;
}

void get_receipt_decide(struct job *job, struct workset *w)
{
    const struct query *query = workset_query_of(w, job);
    const struct registration *r = seen_registration(job, w, query->id);

    if (r == NULL)
        return;
    if (query->count == 0 || r->forgotten)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &receipt_message(w, r, query->rows[query->count - 1])->base, r->version);
}
