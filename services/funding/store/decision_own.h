/* What the two files of the part "decision" share: decision.c asks and reads, decision_save.c writes. */
#ifndef HV_FUNDING_STORE_DECISION_OWN_H
#define HV_FUNDING_STORE_DECISION_OWN_H
#include "services/funding/store/decision.h"

struct decision_change {
    struct part_item item;           /* first */
    const struct decision *decision; /* NULL: somebody has opened one */
    struct uuid decision_id, person_id;
    enum decision_form form;
};

void decision_save_all(struct workset *w, struct part_rows *rows, struct db *db);

#endif
