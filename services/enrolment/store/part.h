/* The parts of this service's store (common/work/part.h): beside places and people, nouns with a file each; the table is parts.c. What they
 * queue goes behind the programme's lock; when it is saved, registrations and moves are before it, and parts in the order of the table. */
#ifndef HV_ENROLMENT_STORE_PART_H
#define HV_ENROLMENT_STORE_PART_H
#include "services/enrolment/store/workset.h"

enum part {
    PART_ANSWER,
    PART_INVITATION,
    PART_TEAM,
    PART_CHANGE,
    PART_UNIT_USE, /* which study units somebody has attended */
    PART_PLAN,
    PART_LEARNING, /* attendance, completions, certificates; behind plans, which a transfer takes along too */
    PART_ANNOUNCEMENT,
    PART_SHEET, /* whole lists for exports and reports */
    PART_FAIRNESS,
    PART_PUBLICATION,
    PART_ERASURE,
    PART_CHANCE,
    PART_COUNT
};

extern const struct store_part *const enrolment_parts[PART_COUNT]; /* parts.c; each row is defined in the file of its noun */
extern const struct store_part publication_part, announcement_part, answer_part, invitation_part, change_part, unit_use_part, team_part,
    learning_part, plan_part, sheet_part, fairness_part, erasure_part, chance_part;

#endif
