/* Who put an address onto the list of those that get no mail, or took it away, when and why: written by the statements of suppression.c,
 * read here for operators. Rows go with the person whose address it is. */
#ifndef HV_NOTIFICATION_STORE_SUPPRESSION_CHANGE_H
#define HV_NOTIFICATION_STORE_SUPPRESSION_CHANGE_H
#include "services/notification/store/suppression.h"

struct suppression_change {
    int64_t number; /* the page key */
    struct span address;
    enum suppression_reason reason; /* 0: it was taken away */
    int64_t at_us;
    struct span note;
    struct uuid actor; /* nil: the rules */
};
/* Newest first, from below `before`, limit + 1 at most. address "": of all. */
void suppression_change_want(struct workset *w, const struct job *job, struct span address, int64_t before, int32_t limit);
const struct suppression_change *suppression_change_found(const struct workset *w, const struct job *job, size_t *count);

extern const struct store_part suppression_change_part;

#endif
