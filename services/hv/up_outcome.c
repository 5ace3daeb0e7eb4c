/* Refusals in the outcome: counted by rule, with the words that were said and the fact they were based on. */
#include <string.h>

#include "services/hv/up.h"

/* An eligibility rule carries its own id; the others are named by enrolment. */
void outcome_refusal(json_t *outcome, int status, const char *text)
{
    if (status / 100 != 4)
        return;
    json_t *problem = json_loads(text, 0, NULL);
    const char *rule = api_text(problem, "rule")[0] ? api_text(problem, "rule") : "(without a rule)";
    json_t *refusals = json_object_get(outcome, "refusals");
    if (!refusals) {
        refusals = json_object();
        json_object_set_new(outcome, "refusals", refusals);
    }
    json_t *entry = json_object_get(refusals, rule);
    if (!entry) {
        const char *words = api_text(json_object_get(problem, "texts"), "en");
        entry = json_pack("{s:i, s:s}", "count", 0, "words", words[0] ? words : api_text(problem, "detail"));
        json_object_set_new(refusals, rule, entry);
    }
    json_object_set_new(entry, "count", json_integer(json_integer_value(json_object_get(entry, "count")) + 1));
    json_decref(problem);
}
