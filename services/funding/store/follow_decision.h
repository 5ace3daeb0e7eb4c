/* What is decided of a grant after it was made, each with its documents: of a change application, of a recovery that was ordered. Added and
 * read, never changed.
 *
 *   follow_decision_want(w, job, award_id, subject_id, true);         in needs: the one about this amendment or recovery; nil: all, without
 *   const struct follow_decision_ask *ask = follow_decision_asked(w, job);      in decide                                   documents */
#ifndef HV_FUNDING_STORE_FOLLOW_DECISION_H
#define HV_FUNDING_STORE_FOLLOW_DECISION_H
#include "services/funding/store/workset.h"

#define FOLLOW_PDF_MAX (150 * 1024) /* bytes: it travels in an event, beside what was asked and decided */

enum follow_kind { FOLLOW_AMENDMENT = 1, FOLLOW_RECOVERY };

struct follow_decision {
    struct uuid id, award_id, subject_id;
    enum follow_kind kind;
    int64_t decided_us;
    struct uuid decided_by;
    const char *language;
    int32_t review_days;
    const char *review_version;
    struct uuid event_id;
    struct span html, pdf, sha256;
};
struct follow_decision_ask {
    struct part_item item; /* first */
    struct uuid award_id, subject_id;
    bool pdf;                     /* of one: this document, else the HTML */
    struct follow_decision *rows; /* found: oldest first */
    size_t count;
};

void follow_decision_want(struct workset *w, const struct job *job, struct uuid award_id, struct uuid subject_id, bool pdf);
const struct follow_decision_ask *follow_decision_asked(const struct workset *w, const struct job *job);
void follow_decision_add(struct workset *w, const struct follow_decision *decision); /* borrowed until the batch ends */

extern const struct store_part follow_decision_part;

#endif
