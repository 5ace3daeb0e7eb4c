/* The table of part.h: each row is defined in the file of its noun. */
#include "services/notification/store/delivery.h"
#include "services/notification/store/part.h"
#include "services/notification/store/call_off.h"
#include "services/notification/store/retry_many.h"
#include "services/notification/store/digest.h"
#include "services/notification/store/enclosure.h"
#include "services/notification/store/bounce.h"
#include "services/notification/store/inbox.h"
#include "services/notification/store/suppression.h"
#include "services/notification/store/suppression_change.h"
#include "services/notification/store/preference.h"
#include "services/notification/store/feed.h"
#include "services/notification/store/grant_call.h"
#include "services/notification/store/history.h"
#include "services/notification/store/notice.h"
#include "services/notification/store/promise.h"
#include "services/notification/store/reminder.h"
#include "services/notification/store/retention.h"
#include "services/notification/store/template.h"
#include "services/notification/store/webhook.h"

const struct store_part *const notification_parts[PART_COUNT] = {
    [PART_TEMPLATE] = &template_part,       [PART_PREFERENCE] = &preference_part,
    [PART_SUPPRESSION] = &suppression_part, [PART_INBOX] = &inbox_part,
    [PART_BOUNCE] = &bounce_part,           [PART_DIGEST] = &digest_part,
    [PART_WEBHOOK] = &webhook_part,         [PART_DELIVERY] = &delivery_part,
    [PART_REMINDER] = &reminder_part,       [PART_FEED] = &feed_part,
    [PART_NOTICE] = &notice_part,           [PART_PROMISE] = &promise_part,
    [PART_HISTORY] = &history_part,         [PART_RETENTION] = &retention_part,
    [PART_ENCLOSURE] = &enclosure_part,     [PART_CALL_OFF] = &call_off_part,
    [PART_RETRY_MANY] = &retry_many_part,   [PART_SUPPRESSION_CHANGE] = &suppression_change_part,
    [PART_GRANT_CALL] = &grant_call_part,
};
