/* Applications as tests want them, beside rig.h: whole ones that can be submitted, of any size, and the steps of their owner.
 *
 *   struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .partners = 3});
 *
 * What is written lives on the rig's arena until rig_rest. */
#ifndef HV_TESTS_SERVICE_FUNDING_APPLICATIONS_H
#define HV_TESTS_SERVICE_FUNDING_APPLICATIONS_H
#include "tests/service/funding/rig.h"

struct write_plan {
    size_t theme;         /* of the call: 0, 1, ... */
    size_t partners;      /* 0: two; the first is the lead; at most 30 */
    int64_t cents;        /* applied for; 0: 100,000.00 euros; each partner gets its part, the lead what is left over */
    int64_t own_cents;    /* own financing beside it */
    const char *title;    /* NULL: "Yhteinen hanke" */
    const char *language; /* NULL: "fi" */
    const char *email;    /* of the lead's contact; NULL: "johtaja@example.fi" */
    size_t packages;      /* 0: two */
    size_t filler;        /* bytes of descriptions more or less, spread over the work packages */
    struct uuid owner;    /* nil: a new person */
};
struct rig_application {
    struct uuid id, owner;
    uint64_t version;
    char register_number[40], receipt[65];
};

/* Whole: it can be submitted. Days are inside the period of use of rig_call's calls. */
Funding__Content *rig_written(struct rig *rig, const struct rig_call *call, const struct write_plan *plan);
/* Steps that have to succeed. A call that has closed (rig_evaluate closes it) is open again for them. */
struct rig_application rig_draft(struct rig *rig, const struct rig_call *call, const Funding__Content *content, struct uuid owner);
struct rig_application rig_submitted(struct rig *rig, const struct rig_call *call, const struct write_plan *plan);

/* Steps of its owner that may be refused. content NULL: what was saved last. if_match 0: the version at hand, which moves on when it went.
 */
struct answer rig_save(struct rig *rig, struct rig_application *a, const Funding__Content *content, uint64_t if_match);
struct answer rig_submit(struct rig *rig, struct rig_application *a, const Funding__Content *content, uint64_t if_match);
struct answer rig_withdraw(struct rig *rig, struct rig_application *a, const char *reason);
struct answer rig_get(struct rig *rig, const struct rig_application *a, struct uuid who, uint32_t roles);
/* Steps around a supplement. */
struct answer rig_ask_supplement(struct rig *rig, const struct rig_call *call, struct rig_application *a, const char *words, int64_t days);
struct answer rig_answer_supplement(struct rig *rig, struct rig_application *a, const Funding__Content *content);
/* The state in the database. */
int64_t rig_application_state(struct rig *rig, const struct rig_application *a);

#endif
