/* The toll: a row with ROUTE_PROOF wants a solved challenge of the public and of participants. Staff go free, for they work through lists,
 * and we know who they are. It is looked at last of all that the gate looks at, so that nobody pays for a request that is refused anyway.
 */
#include "services/gateway/route/toll.h"

#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"

enum flaw { FLAW_MISSING, FLAW_WRONG, FLAW_EXPIRED, FLAW_USED, FLAW_COUNT };

static const struct {
    const char *rule, *fi, *sv, *en;
} FLAWS[FLAW_COUNT] = {
    [FLAW_MISSING] = {"gateway.proof.missing",
                      "Työtodiste puuttuu: hae tehtävä osoitteesta " PROOF_PATH " ja lähetä ratkaisu otsakkeessa " PROOF_HEADER,
                      "Arbetsbeviset saknas: hämta en uppgift från " PROOF_PATH " och sänd lösningen i huvudfältet " PROOF_HEADER,
                      "The proof of work is missing: fetch a challenge from " PROOF_PATH
                      " and send its solution in the header " PROOF_HEADER},
    [FLAW_WRONG] = {"gateway.proof.wrong", "Työtodiste on väärä; hae uusi tehtävä osoitteesta " PROOF_PATH,
                    "Arbetsbeviset är fel; hämta en ny uppgift från " PROOF_PATH,
                    "The proof of work is wrong; fetch a new challenge from " PROOF_PATH},
    [FLAW_EXPIRED] = {"gateway.proof.expired", "Työtodiste on vanhentunut; hae uusi tehtävä osoitteesta " PROOF_PATH,
                      "Arbetsbeviset har gått ut; hämta en ny uppgift från " PROOF_PATH,
                      "The proof of work has expired; fetch a new challenge from " PROOF_PATH},
    [FLAW_USED] = {"gateway.proof.used", "Työtodiste on jo käytetty: se riittää yhteen pyyntöön; hae uusi tehtävä osoitteesta " PROOF_PATH,
                   "Arbetsbeviset är redan använt: det räcker till en begäran; hämta en ny uppgift från " PROOF_PATH,
                   "The proof of work was used already: it is good for one request; fetch a new challenge from " PROOF_PATH},
};

void toll_serve(void *owner, struct exchange *x)
{
    const struct proof_terms *terms = owner;
    uint8_t random[PROOF_RANDOM];
    struct proof_challenge challenge;
    if (terms->most == 0) {
        answer_problem(x, ERR_NOT_FOUND,
                       problem_make(x->arena, "gateway.proof.off", "", "Työtodistetta ei täällä kysytä", "Inget arbetsbevis krävs här",
                                    "No proof of work is asked for here"));
        return;
    }
    random_bytes(random, sizeof random);
    proof_draw(terms, random, x->received_us / 1000000, &challenge);
    buf_clear(&x->out);
    codec_encode(&x->out, &challenge.message.base);
    struct answer answer = {.status = 200, .body = buf_span(&x->out)};
    answer_send(x, &answer);
}

/* The request itself, by all that makes it the same one: who, where, its key, its body. 0: it carries no key that anybody keeps. */
static uint64_t request_mark(const struct errand *errand)
{
    const struct exchange *x = errand->x;
    const struct span end = span_of("", 1); /* a NUL: neither an address nor a key can hold one */
    const struct span parts[] = {
        span_of(errand->who.account.b, sizeof errand->who.account.b), span_text(x->target), end, gate_key(errand), end, buf_span(&x->body)};
    uint64_t mark;
    if (!errand->who.known || errand->route->flags & ROUTE_NO_KEY)
        return 0;
    struct hash hash = hash_of(parts, sizeof parts / sizeof parts[0]);
    memcpy(&mark, hash.b, sizeof mark);
    return mark | 1;
}

static enum err refuse(const struct errand *errand, enum flaw flaw, Bus__Problem **problem)
{
    struct arena *arena = errand->x->arena;
    *problem = problem_make(arena, FLAWS[flaw].rule, PROOF_HEADER, FLAWS[flaw].fi, FLAWS[flaw].sv, FLAWS[flaw].en);
    problem_fact(arena, *problem, "challenge", PROOF_PATH);
    return ERR_FORBIDDEN;
}

enum err toll_check(const struct errand *errand, Bus__Problem **problem)
{
    const struct proof_terms *terms = &errand->dispatch->config.proof;
    const bool staff = errand->who.roles & ROUTE_KNOWN_BY_TASK;
    struct proof_solution solution;
    if (terms->most == 0 || !(errand->route->flags & ROUTE_PROOF) || staff)
        return ERR_OK;
    const struct span text = span_text(exchange_header(errand->x, PROOF_HEADER));
    if (text.len == 0)
        return refuse(errand, FLAW_MISSING, problem);
    switch (proof_check(terms, text, errand->x->received_us / 1000000, &solution)) {
    case PROOF_WRONG:
        return refuse(errand, FLAW_WRONG, problem);
    case PROOF_EXPIRED:
        return refuse(errand, FLAW_EXPIRED, problem);
    case PROOF_GOOD:
        break;
    }
    return spent_take(errand->dispatch->spent, &solution, request_mark(errand)) ? ERR_OK : refuse(errand, FLAW_USED, problem);
}
