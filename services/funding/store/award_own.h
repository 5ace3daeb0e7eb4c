/* What the two files of the part "award" share: award.c asks and reads, award_save.c writes; and export.c, which tells the same parts. */
#ifndef HV_FUNDING_STORE_AWARD_OWN_H
#define HV_FUNDING_STORE_AWARD_OWN_H
#include "services/funding/store/award.h"

/* What the newest amendment of the decision in force says of this kind: award w, its decision d. A correction begins anew. */
#define AWARD_AMENDED(kind)                                                                                                                \
    "select p.accepted from amendment m join amendment_part p on p.amendment_id = m.id where m.award_id = w.id and m.state = 2 "           \
    "and p.kind = " kind " and p.outcome in (1, 2) and m.decided_at >= d.decided_at order by m.decided_at desc limit 1"

void award_save_all(struct workset *w, struct part_rows *rows, struct db *db);

#endif
