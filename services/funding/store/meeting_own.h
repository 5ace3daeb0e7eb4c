/* Inside of the part "meeting": what meeting.c, meeting_load.c and meeting_save.c share, and nobody else sees. */
#ifndef HV_FUNDING_STORE_MEETING_OWN_H
#define HV_FUNDING_STORE_MEETING_OWN_H
#include "services/funding/store/meeting.h"

enum meeting_change_kind {
    MEETING_ADDED,
    MEETING_CHANGED,
    MEETING_MOVED,
    MEETING_CALLED_OFF,
    MEETING_OPENED,
    MEETING_CHECKS,
    ITEM_CHANGED,
    ITEM_VOTED,
    ITEM_DISQUALIFIED
};
struct meeting_change {
    struct part_item item; /* first */
    enum meeting_change_kind what;
    const struct meeting *meeting; /* of what is done to a meeting */
    const struct item *row;        /* of what is done to an item */
    const char *why;
    struct uuid actor;
    struct vote vote;
    struct disqualified who;
};

void meeting_load(struct workset *w, struct part_rows *rows, struct db *db);
void meeting_read(struct workset *w, struct part_rows *rows, struct db *db);
void meeting_save(struct workset *w, struct part_rows *rows, struct db *db);

#endif
