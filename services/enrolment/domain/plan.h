/* A development plan (kehittymissuunnitelma): what a participant hands in, their own or one of a community.
 *
 * A community's plan counts for each person named with it: people of the same programme and of one's own team, or whom a coordinator
 * names. It does not take the place of a plan somebody handed in of their own, unless a coordinator says so. A plan handed in again
 * takes the place of the earlier one, which is kept. */
#ifndef HV_ENROLMENT_DOMAIN_PLAN_H
#define HV_ENROLMENT_DOMAIN_PLAN_H
#include "services/enrolment/domain/completion.h"

#define PLAN_TITLE_MAX  200   /* characters */
#define PLAN_BODY_MAX   20000 /* characters */
#define PLAN_OTHERS_MAX 100

struct plan {
    struct uuid id, programme, by;
    enum plan_kind kind;
    const char *title, *body;
    int64_t at_us;
};

enum plan_doubt {
    PLAN_FINE,
    PLAN_ELSEWHERE, /* not seated in the programme */
    PLAN_STRANGER,  /* not of the same team, and it is not a coordinator who says so */
    PLAN_HAS_OWN    /* has handed in one of their own */
};
/* Whether the plan that `own` hands in may count for `other` too. */
enum plan_doubt plan_shared(const struct registration *own, const struct registration *other, enum plan_kind has, bool staff);

#endif
