/* The calendar file of the other service that people have their webinars from, for the same facts: what comes by mail must be the same
 * entries. In a file of its own, since the two services have structs of the same name. */
#ifndef HV_TESTS_UNIT_NOTIFICATION_PEER_CALENDAR_H
#define HV_TESTS_UNIT_NOTIFICATION_PEER_CALENDAR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/uuid.h"

struct peer_webinar {
    struct uuid id;
    uint32_t sequence;
    int64_t starts_us, ends_us;
    bool advance_notice, cancelled;
};
enum peer_stands { PEER_SEATED, PEER_WAITS, PEER_ENDED };
struct peer_calendar {
    const char *training[3], *unit[3]; /* fi, sv, en */
    const char *places;                /* a line feed between */
    bool online;
    struct uuid registration;
    uint64_t version;
    enum peer_stands stands;
    const struct peer_webinar *webinars;
    size_t count;
    const char *language;
};
void peer_calendar_file(struct buf *out, struct arena *arena, const struct peer_calendar *calendar);

#endif
