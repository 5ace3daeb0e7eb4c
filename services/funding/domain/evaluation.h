/* Evaluations: what one evaluator thinks of one application - points by the call's criteria, a verdict, an amount - and what all of them
 * come to. Evaluations whose writer has a conflict of interest are kept, and count for nothing.
 *
 * Points are weighted into 0..10000 (hundredths of a per cent of the most). Each criterion's share is points / most in millionths, rounded
 * half up; the total is the weighted mean of the shares in ten-thousandths, rounded half up again. All points give 10000, none gives 0.
 * Integers only: the same scores give the same total everywhere. */
#ifndef HV_FUNDING_DOMAIN_EVALUATION_H
#define HV_FUNDING_DOMAIN_EVALUATION_H
#include "services/funding/domain/call.h"

#define EVALUATION_POINTS_MAX  10000
#define EVALUATION_COMMENT_MAX 10000 /* characters */

enum verdict { VERDICT_FUND = 1, VERDICT_FUND_PART, VERDICT_DO_NOT_FUND };

struct score {
    struct uuid criterion_id;
    int32_t points;
};
struct evaluation {
    struct uuid application_id, person_id;
    enum verdict verdict;
    int64_t cents; /* recommended */
    const char *comment;
    int32_t points_total; /* weighted, 0..10000 */
    int64_t saved_us;
    int64_t version;
    bool excluded; /* a conflict of interest: it counts for nothing */
    bool outdated; /* saved before the newest submission: a supplement came after it */
    struct score *scores;
    size_t score_count;
};

/* What the evaluations of one application come to. */
struct evaluated {
    size_t count;          /* that count */
    size_t against;        /* of them: do not fund */
    int32_t points;        /* their mean, rounded half up */
    int64_t cents;         /* median of what those recommend who would fund it; 0: nobody would */
    bool rejected;         /* more than half would not fund it */
    size_t excluded_count; /* that do not count */
    size_t outdated;       /* of those that count: saved before the newest submission */
};

/* The weighted total of scores that evaluation_check has found whole. */
int32_t evaluation_points(const struct score *scores, size_t count, const struct call *call);
/* Every criterion of the call scored once and within its most; the amount fits the verdict: all that was applied for, less, or nothing. */
void evaluation_check(const struct evaluation *evaluation, const struct call *call, int64_t applied_cents, struct findings *findings);
/* Of evaluations of one application; more than CALL_OFFICIALS_MAX of them that count are not looked at. A recommendation from before a
 * supplement that asks for less counts as what is applied for now. */
struct evaluated evaluation_sum(const struct evaluation *evaluations, size_t count, int64_t applied_cents);
/* Warns of evaluations that are older than what the application says now. Field: "evaluations". */
void evaluation_age_check(const struct evaluated *evaluated, struct findings *findings);

#endif
