/* A claimed message becomes a letter: its facts are put into the reader's language and form, then rendered by the domain. */
#ifndef HV_NOTIFICATION_OUTBOUND_COMPOSE_H
#define HV_NOTIFICATION_OUTBOUND_COMPOSE_H
#include "common/base/arena.h"
#include "services/notification/outbound/format.h"
#include "services/notification/store/spool.h"

enum compose_result {
    COMPOSE_OK,
    COMPOSE_WAITS,  /* the person's address or the training's name is not known yet */
    COMPOSE_REFUSED /* it can never be written; *why says so in English */
};
enum compose_result compose_letter(const struct due *due, struct format *format, struct arena *arena, int64_t now_us, struct letter *out,
                                   const char **why);

#endif
