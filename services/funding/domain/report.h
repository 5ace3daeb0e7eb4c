/* Reports on the use of a grant (väliselvitys, loppuselvitys): awaited, handed in, looked at by two different people - one verifies the
 * content, another accepts the money - or returned with words and a new day. The lines say how much of the grant was used on which line of
 * the budget; together they are at most what was granted. What was paid and not used comes back (domain/recovery.h).
 *
 * A draft may be unfinished within bounds; report_check says what keeps it from being handed in. */
#ifndef HV_FUNDING_DOMAIN_REPORT_H
#define HV_FUNDING_DOMAIN_REPORT_H
#include "services/funding/domain/award.h"
#include "services/funding/domain/trainee_days.h"

#define REPORT_LINES_MAX   100
#define REPORT_CHECKED_MAX 50

enum report_kind { REPORT_INTERIM = 1, REPORT_FINAL };

struct report {
    struct uuid id, award_id;
    enum report_kind kind;
    int64_t due_on;
    enum report_state state;
    struct uuid verified_by, accepted_by; /* nil: not yet */
    int64_t used_cents;
    int64_t submitted_us; /* 0: not yet */
    bool sampled;
    int64_t version;
};
struct report_content {
    const char *results, *use_of_money;
    struct amounts lines;
    const struct training_part *parts;
    size_t part_count;
};

bool report_writable(enum report_state state);                 /* awaited, or to be supplemented */
bool report_late(const struct report *report, int64_t today);  /* its day passed and it is not handed in */
bool report_in_review(enum report_state state);                /* submitted or verified */
enum obligation_kind report_obligation(enum report_kind kind); /* the obligation it meets */
int64_t report_used(const struct report_content *content);     /* cents; -1: no amount */
/* All that keeps it from being handed in. Fields are paths of the request, "content.lines[2].cents". */
void report_check(const struct report_content *content, const struct award *award, enum report_kind kind, struct findings *findings);
/* Warnings about a final report that is handed in: from before the end of the use, or before the interim one is accepted. `interim` is the
 * state of that one (not needed where there is none), `handed_in_on` the day in Helsinki. */
void report_unusual(const struct report *report, int64_t handed_in_on, int64_t use_until, enum report_state interim,
                    struct findings *findings);

#endif
