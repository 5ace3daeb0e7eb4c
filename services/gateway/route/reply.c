/* From a service's reply to the HTTP answer, with the headers that tell of versions and repeats. The version is what If-Match compares,
 * and says nothing of live numbers (seats, the place in a queue), so a GET is answered whole, whatever its If-None-Match. A file
 * (bus.File) leaves as its bytes, and its ETag is made of them: whoever has them already hears 304. */
#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"

/* Nobody waits any more when the deadline has answered for us; an exchange that never waited is still inside `run`. */
static bool owed(const struct exchange *x)
{
    return x->state == EXCHANGE_RUNNING || exchange_owed(x);
}

void errand_fail(struct errand *errand, enum err err, const Bus__Problem *problem)
{
    struct dispatch *d = errand->dispatch;
    if (err == ERR_NOT_FOUND)
        problem = absent_problem(errand, problem);
    if (errand->leads) {
        struct cache_entry *entry = errand->leads;
        errand->leads = NULL;
        cache_fail(d->cache, entry, err, problem);
    }
    if (owed(errand->x))
        answer_problem(errand->x, err, problem);
}

/* 304: the reader has these bytes. */
static void answer_unchanged(struct exchange *x, const struct answer *whole)
{
    struct answer answer = {.status = 304,
                            .type = whole->type,
                            .tag = whole->tag,
                            .file = whole->file,
                            .in_place = whole->in_place,
                            .style = whole->style,
                            .one_language = whole->one_language};
    answer.shared = whole->shared;
    answer_send(x, &answer);
}

/* The leader of a cached target: one response for itself, its followers and the next tenth of a second. */
static void answer_shared(struct errand *errand, struct answer *answer)
{
    struct cache_entry *entry = errand->leads;
    errand->leads = NULL;
    answer->copy = true; /* outlives the exchange */
    struct MHD_Response *response = answer_make(answer);
    if (owed(errand->x) && answer->tag && answer->status == 200 && file_known(errand->x, answer->tag))
        answer_unchanged(errand->x, answer);
    else if (owed(errand->x))
        exchange_answer(errand->x, answer->status, response);
    cache_fill(errand->dispatch->cache, entry, answer->status, response, errand->route->cache_ms * 1000LL);
}

void errand_answer(struct errand *errand, const ProtobufCMessage *reply, uint64_t version, bool replayed, const char *set_cookie)
{
    struct exchange *x = errand->x;
    char tag[FILE_TAG];
    struct answer answer = {.status = errand->route->flags & ROUTE_CREATED ? 201 : 200,
                            .version = version,
                            .replayed = replayed,
                            .set_cookie = set_cookie,
                            .shared = errand->route->access == ROUTE_PUBLIC && errand->route->cache_ms > 0 &&
                                      !((errand->route->flags & ROUTE_READERS) && errand->who.known)};
    if (!errand->leads && !owed(x))
        return;
    if (reply->descriptor == &bus__file__descriptor) {
        if (!file_fits((const Bus__File *)reply)) {
            errand_fail(errand, ERR_INTERNAL, NULL);
            return;
        }
        file_fill(errand, (const Bus__File *)reply, &answer, tag);
    } else {
        buf_clear(&x->out);
        codec_encode(&x->out, reply);
        answer.body = buf_span(&x->out);
    }
    if (errand->leads)
        answer_shared(errand, &answer);
    else if (answer.tag && answer.status == 200 && file_known(x, answer.tag))
        answer_unchanged(x, &answer);
    else
        answer_send(x, &answer);
}
