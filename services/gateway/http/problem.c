/* Problem documents, RFC 9457: the fault's own words from the table of err.h, and what the service had to say beyond them.
 * rule is what programs look at, texts is what a page in another language shows, traceId leads to the log. */
#include <string.h>

#include "services/gateway/http/answer.h"
#include "services/gateway/http/json.h"

#define PROBLEM_TYPE "https://hakuvayla.example/problems/"

enum { RETRY_BUSY_S = 1, RETRY_TOO_MANY_S = 60 };

static bool problem_has_text(const Bus__Problem *problem)
{
    return problem && problem->detail && problem->detail->fi && problem->detail->fi[0];
}

static void member(struct buf *out, bool *first, const char *name, const char *text)
{
    json_name(out, first, name);
    json_text(out, span_text(text));
}

static void write_texts(struct buf *out, bool *first, const Bus__Text *text)
{
    bool none = true;
    json_name(out, first, "texts");
    buf_u8(out, '{');
    for (int i = LANGUAGE_FI; i <= LANGUAGE_EN; i++)
        member(out, &none, language_name((enum language)i), language_pick((enum language)i, text));
    buf_u8(out, '}');
}

/* Later values of a name that was there already are left out: a JSON object has each name once. */
static bool fact_repeats(const Bus__Problem *problem, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(problem->facts[i]->name, problem->facts[index]->name) == 0)
            return true;
    }
    return false;
}

static void write_facts(struct buf *out, bool *first, const Bus__Problem *problem)
{
    bool none = true;
    json_name(out, first, "facts");
    buf_u8(out, '{');
    for (size_t i = 0; i < problem->n_facts; i++) {
        if (fact_repeats(problem, i))
            continue;
        if (!none)
            buf_u8(out, ',');
        none = false;
        json_text(out, span_text(problem->facts[i]->name));
        buf_u8(out, ':');
        json_text(out, span_text(problem->facts[i]->value));
    }
    buf_u8(out, '}');
}

int problem_write(struct buf *out, enum err err, const Bus__Problem *problem, enum language language, const char *trace)
{
    const struct err_text *text = err_text(err);
    Bus__Text title = BUS__TEXT__INIT;
    title.fi = (char *)(uintptr_t)text->fi;
    title.sv = (char *)(uintptr_t)text->sv;
    title.en = (char *)(uintptr_t)text->en;
    const Bus__Text *detail = problem_has_text(problem) ? problem->detail : &title;
    const char *rule = problem && problem->rule && problem->rule[0] ? problem->rule : text->id;

    bool first = true;
    buf_u8(out, '{');
    json_name(out, &first, "type");
    buf_text(out, "\"" PROBLEM_TYPE);
    buf_text(out, rule); /* rule ids are constants of ours: letters, digits, dots and hyphens */
    buf_u8(out, '"');
    member(out, &first, "title", language_pick(language, &title));
    json_name(out, &first, "status");
    json_int(out, text->status);
    member(out, &first, "detail", language_pick(language, detail));
    member(out, &first, "rule", rule);
    if (problem && problem->field && problem->field[0])
        member(out, &first, "field", problem->field);
    if (problem && problem->n_facts > 0)
        write_facts(out, &first, problem);
    write_texts(out, &first, detail);
    char trace_id[33] = "";
    if (strlen(trace) >= 35)
        memcpy(trace_id, trace + 3, 32);
    member(out, &first, "traceId", trace_id);
    buf_u8(out, '}');
    return text->status;
}

void answer_problem(struct exchange *x, enum err err, const Bus__Problem *problem)
{
    buf_clear(&x->out);
    int status = problem_write(&x->out, err, problem, x->language, x->trace);
    struct answer answer = {.status = status, .type = "application/problem+json", .body = buf_span(&x->out)};
    if (status == 503)
        answer.retry_s = RETRY_BUSY_S;
    if (status == 429)
        answer.retry_s = x->retry_s ? x->retry_s : RETRY_TOO_MANY_S;
    answer_send(x, &answer);
}

Bus__Problem *problem_make(struct arena *arena, const char *rule, const char *field, const char *fi, const char *sv, const char *en)
{
    Bus__Problem *problem = arena_alloc(arena, sizeof *problem);
    Bus__Text *detail = arena_alloc(arena, sizeof *detail);
    bus__problem__init(problem);
    bus__text__init(detail);
    detail->fi = arena_strdup(arena, fi);
    detail->sv = arena_strdup(arena, sv);
    detail->en = arena_strdup(arena, en);
    problem->rule = arena_strdup(arena, rule);
    problem->field = arena_strdup(arena, field ? field : "");
    problem->detail = detail;
    return problem;
}

void problem_fact(struct arena *arena, Bus__Problem *problem, const char *name, const char *value)
{
    Bus__Fact **facts = arena_array(arena, problem->n_facts + 1, sizeof *facts);
    Bus__Fact *fact = arena_alloc(arena, sizeof *fact);
    bus__fact__init(fact);
    fact->name = arena_strdup(arena, name);
    fact->value = arena_strdup(arena, value);
    for (size_t i = 0; i < problem->n_facts; i++)
        facts[i] = problem->facts[i];
    facts[problem->n_facts++] = fact;
    problem->facts = facts;
}
