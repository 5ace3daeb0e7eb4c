/* The key of the tokens in links (domain/token.h): drawn by whichever replica starts first, the same for all ever after. */
#ifndef HV_NOTIFICATION_STORE_LINK_KEY_H
#define HV_NOTIFICATION_STORE_LINK_KEY_H
#include "common/db/db.h"
#include "services/notification/domain/token.h"

enum err link_key_get(struct db *db, uint8_t out[TOKEN_KEY_SIZE]) MUST_CHECK; /* with no transaction begun: it has its own */

#endif
