/* GetChainFeed: the newest published heads of the order chains as an Atom feed, each signed. Public: whoever follows it keeps what was
 * said, and no chain can be written anew behind their back. */
#include "services/enrolment/document/chain_feed.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/file_answer.h"
#include "services/enrolment/handler/signer.h"
#include "services/enrolment/store/publication.h"

enum err get_chain_feed_needs(struct job *job, struct workset *w)
{
    publication_want(w, job, CHAIN_FEED_ENTRIES);
    return ERR_OK;
}

static struct span sign(const struct workset *w, const struct publication *p)
{
    uint8_t bytes[CHAIN_HEAD_SIZE];

    chain_head_bytes(p->implementation, p->n, &p->hash, p->entry_us, bytes);
    const ProtobufCBinaryData signature = signer_sign(w->signer, w->arena, span_of(bytes, sizeof bytes));
    return span_of(signature.data, signature.len);
}

void get_chain_feed_decide(struct job *job, struct workset *w)
{
    size_t count;
    const struct publication *publications = publication_list(w, job, &count);
    struct span *signatures = arena_array(w->arena, count, sizeof *signatures);
    const ProtobufCBinaryData key = signer_public_key(w->signer);
    struct buf bytes = {.data = NULL};

    for (size_t i = 0; i < count; i++)
        signatures[i] = sign(w, &publications[i]);
    const enum err err = chain_feed_file(&bytes, w->arena, publications, signatures, count, span_of(key.data, key.len), w->now_us);
    if (err != ERR_OK)
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
    else
        file_show(job, w, "chains.atom", "application/atom+xml; charset=utf-8", &bytes);
    buf_fini(&bytes);
}
