/* PutRules: the eligibility rules of a programme, or of one of its implementations, in place of those that stand. Places already given
 * are not reconsidered: eligibility is decided once, when one enrols. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err put_rules_needs(struct job *job, struct workset *w)
{
    const Enrolment__PutRulesRequest *request = (const Enrolment__PutRulesRequest *)job->message;
    struct uuid implementation;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &implementation);
    if (err == ERR_OK)
        err = check_rules(job, "rules", request->rules, request->n_rules);
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

void put_rules_decide(struct job *job, struct workset *w)
{
    const Enrolment__PutRulesRequest *request = (const Enrolment__PutRulesRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);
    struct uuid id;

    if (p == NULL || check_id_or(job, "implementationId", &request->implementation_id, (struct uuid){{0}}, &id) != ERR_OK)
        return;
    struct programme after = *p;
    const struct rule *rules = rules_build(w, request->rules, request->n_rules);
    if (uuid_is_nil(id)) {
        after.rules = rules;
        after.rule_count = request->n_rules;
    } else {
        (void)edit_implementations(w, &after);
        struct implementation *at = programme_implementation(&after, id);
        if (at == NULL) {
            (void)fail_absent(job, "implementationId");
            return;
        }
        at->rules = rules;
        at->rule_count = request->n_rules;
        at->version++;
    }
    edit_end(job, w, p, &after, request->reason);
}
