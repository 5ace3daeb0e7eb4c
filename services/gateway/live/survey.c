/* The line of those who wait for the reports. Metrics are always asked for: a survey is a rare thing, and so the two pages share it. */
#include "common/base/alloc.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/live/survey.h"

struct waiter {
    struct waiter *next;
    struct exchange *x;
    void (*write)(struct exchange *x, const struct survey_result *result);
};
struct survey {
    struct survey_config config;
    const char **urls;
    struct health_surveyor *surveyor;
    struct waiter *waiters;
    bool asking;
};

enum err survey_open(struct survey **out, uv_loop_t *loop, const struct survey_config *config)
{
    struct survey *survey = mem_new(sizeof *survey);
    survey->config = *config;
    survey->urls = mem_array(config->count + 1, sizeof *survey->urls);
    for (size_t i = 0; i < config->count; i++)
        survey->urls[i] = config->members[i].url;
    enum err err = health_surveyor_open(&survey->surveyor, loop, survey->urls, config->count, config->seal, config->log);
    if (err != ERR_OK) {
        mem_free(survey->urls);
        mem_free(survey);
        return err;
    }
    *out = survey;
    return ERR_OK;
}

void survey_close(struct survey *survey)
{
    if (!survey)
        return;
    health_surveyor_close(survey->surveyor);
    mem_free(survey->urls);
    mem_free(survey);
}

static void on_reports(void *owner, Bus__HealthReport **reports, size_t count)
{
    struct survey *survey = owner;
    struct survey_result result = {reports, count, survey->config.members, survey->config.count};
    struct waiter *first = survey->waiters;
    survey->waiters = NULL;
    survey->asking = false;
    for (struct waiter *w = first, *next; w; w = next) {
        next = w->next; /* w lives on the arena of its exchange */
        struct exchange *x = w->x;
        if (exchange_owed(x))
            w->write(x, &result);
        exchange_release(x);
    }
}

void survey_ask(struct survey *survey, struct exchange *x, void (*write)(struct exchange *x, const struct survey_result *result))
{
    enum err err = survey->asking ? ERR_OK : health_survey(survey->surveyor, true, survey->config.wait_ms, on_reports, survey);
    if (err != ERR_OK) {
        answer_problem(x, err, NULL);
        return;
    }
    struct waiter *w = arena_alloc(x->arena, sizeof *w);
    *w = (struct waiter){survey->waiters, x, write};
    survey->waiters = w;
    survey->asking = true;
    exchange_wait(x);
}
