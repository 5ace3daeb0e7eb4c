/* The answer of a job, written piece by piece on the job's arena: a fault with its problem and facts, or a message.
 * A problem always has its three texts, so the gateway never has to invent one.
 */
#include "common/work/job.h"

#include "common/work/batch.h"
#include "common/wire/wire.h"

static char *text_or(struct arena *arena, const char *text, const char *otherwise)
{
    return arena_strdup(arena, text ? text : otherwise);
}

enum err job_fail(struct job *job, enum err err, const char *rule, const char *field, const char *fi, const char *sv, const char *en)
{
    const struct err_text *words = err_text(err);

    job->err = err;
    job->answer = NULL;
    job->problem = NULL;
    if (!rule)
        return err;
    Bus__Problem *problem = arena_alloc(job->arena, sizeof *problem);
    Bus__Text *detail = arena_alloc(job->arena, sizeof *detail);
    bus__problem__init(problem);
    bus__text__init(detail);
    problem->rule = arena_strdup(job->arena, rule);
    problem->field = text_or(job->arena, field, "");
    detail->fi = text_or(job->arena, fi, words->fi);
    detail->sv = text_or(job->arena, sv, words->sv);
    detail->en = text_or(job->arena, en, words->en);
    problem->detail = detail;
    job->problem = problem;
    return err;
}

void job_fact(struct job *job, const char *name, const char *value)
{
    Bus__Problem *problem = job->problem;

    if (!problem)
        return;
    Bus__Fact **facts = arena_array(job->arena, problem->n_facts + 1, sizeof(Bus__Fact *));
    Bus__Fact *fact = arena_alloc(job->arena, sizeof *fact);
    bus__fact__init(fact);
    fact->name = arena_strdup(job->arena, name);
    fact->value = arena_strdup(job->arena, value);
    for (size_t i = 0; i < problem->n_facts; i++)
        facts[i] = problem->facts[i];
    facts[problem->n_facts++] = fact;
    problem->facts = facts;
}

void job_answer(struct job *job, const ProtobufCMessage *answer, uint64_t version)
{
    job->err = ERR_OK;
    job->problem = NULL;
    job->answer = answer;
    job->version = version;
}

void job_reset(struct job *job)
{
    job->err = ERR_OK;
    job->problem = NULL;
    job->answer = NULL;
    job->packed = (struct span){0};
    job->replayed = false;
    job->version = 0;
}

struct span job_pack(struct job *job)
{
    if (!job->packed.data && job->answer)
        job->packed = wire_pack(job->arena, job->answer);
    return job->packed;
}

struct hash job_hash(const struct job *job, const struct seal *seal)
{
    const struct span parts[] = {span_text(job->kase->name), span_of(job->request->payload.data, job->request->payload.len)};

    return seal != NULL ? seal_hash(seal, parts, 2) : hash_of(parts, 2);
}
