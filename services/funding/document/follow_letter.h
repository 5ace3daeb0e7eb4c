/* The letter of what is decided of a grant after it was made: a change application, decided part by part, or money that is to come back.
 * Both are administrative decisions of their own (hallintolaki 434/2003, 43-47 s.; valtionavustuslaki 688/2001, 34 s.), so the letter has
 * what one needs: authority, date, register number, parties, what is decided, reasons, rules, who has decided, where to ask, how to request
 * a review; of a recovery also whom to pay, how and by when. Rendered as letter.h's. */
#ifndef HV_FUNDING_DOCUMENT_FOLLOW_LETTER_H
#define HV_FUNDING_DOCUMENT_FOLLOW_LETTER_H
#include "services/funding/document/letter.h"
#include "services/funding/domain/amendment.h"

struct follow_facts {
    const struct call *call;
    const struct award *award;         /* with the plan in force before the change */
    const struct amendment *amendment; /* decided; NULL: it is about a recovery */
    const struct recovery *recovery;   /* ordered */
    int64_t final_due;                 /* of an amendment that moves the end of use: when the final report is due now; NO_DAY: none waits */
    const struct call_official *decider;
    const char *review_version;
    int32_t review_days;
    int64_t decided_us;
};

const struct letter *follow_letter_build(struct arena *arena, const struct follow_facts *facts);

#endif
