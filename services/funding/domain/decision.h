/* A decision on an application: granted or rejected, the amount and how it divides, what for and until when, the reasons. It is made once,
 * out of the assessment or of a correction, and never changed: a correction is a new decision that points to the one before
 * (hallintolaki 434/2003, 50 s.), and the newest of the chain is in force.
 *
 * What decisions may come to is looked at here before the database would refuse: the allocation of the theme and of the call, by the
 * difference each decision makes. Money is in cents, days are day numbers; texts and arrays belong to whoever made or loaded them. */
#ifndef HV_FUNDING_DOMAIN_DECISION_H
#define HV_FUNDING_DOMAIN_DECISION_H
#include "common/base/span.h"
#include "services/funding/domain/assessment.h"
#include "services/funding/domain/call.h"
#include "services/funding/domain/consortium.h"

#define DECISIONS_AT_ONCE 500          /* of one SendDecisions */
#define DECISION_PDF_MAX  (200 * 1024) /* bytes: it travels in an event */

struct decision_partner {
    const char *business_id, *name;
    int64_t cents;
};
struct decision_line {
    enum cost_category category;
    const char *title;
    int64_t applied_cents, accepted_cents;
};
struct decision {
    struct uuid id, call_id, theme_id, application_id;
    struct uuid corrects_id;     /* nil: the first of its application */
    struct uuid corrected_by_id; /* nil: it is in force */
    bool granted;
    int64_t cents;
    int32_t own_permille; /* the call's */
    const char *purpose;
    int64_t use_from, use_until; /* NO_DAY of a rejection */
    const char *reasons, *terms;
    const char *language;
    int64_t decided_us;
    struct uuid decided_by, presented_by;
    int64_t answer_until; /* NO_DAY of a rejection */
    int32_t review_days;
    const char *review_version;
    struct uuid event_id; /* that told of it */
    struct decision_partner *partners;
    size_t partner_count;
    struct decision_line *lines;
    size_t line_count;
    struct span html, pdf, sha256;
    /* Of its application. */
    struct uuid owner_id;
    const char *register_number, *title;
};

int64_t decision_accepted(const struct decision *decision); /* its accepted costs together; -1: more than money may be */
/* The greatest share of the accepted costs that the grant may be, in hundredths of a percent, rounded up; 0 of a rejection. */
int64_t decision_share(const struct decision *decision);

/* What the call and its themes have granted, while decisions are added. */
struct decision_caps {
    const struct call *call;
    int64_t call_cents;
    int64_t theme_cents[CALL_THEMES_MAX]; /* in the order of groups and themes */
};
struct decision_caps decision_caps_begin(const struct call *call);
/* What a decision changes: of a first one its amount, of a correction the difference, which may be negative. */
void decision_caps_add(struct decision_caps *caps, struct uuid theme, int64_t change);
/* By how much a theme is overspent, and which; in the order of themes, from *at on, which is moved. False: none is any more. */
bool decision_caps_over(const struct decision_caps *caps, size_t *at, const struct call_theme **theme, int64_t *over);
int64_t decision_caps_over_call(const struct decision_caps *caps); /* 0: it is not */

#endif
