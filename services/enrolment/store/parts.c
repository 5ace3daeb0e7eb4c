/* The table of part.h: the parts are loaded and saved in this order. */
#include "services/enrolment/store/part.h"

const struct store_part *const enrolment_parts[PART_COUNT] = {
    [PART_ANSWER] = &answer_part,     [PART_INVITATION] = &invitation_part,     [PART_TEAM] = &team_part,
    [PART_CHANGE] = &change_part,     [PART_UNIT_USE] = &unit_use_part,         [PART_LEARNING] = &learning_part,
    [PART_PLAN] = &plan_part,         [PART_ANNOUNCEMENT] = &announcement_part, [PART_SHEET] = &sheet_part,
    [PART_FAIRNESS] = &fairness_part, [PART_PUBLICATION] = &publication_part,   [PART_ERASURE] = &erasure_part,
    [PART_CHANCE] = &chance_part,
};
