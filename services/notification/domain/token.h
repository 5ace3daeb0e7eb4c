/* Tokens of links that work without signing in: who and what for, with a MAC, so that nobody makes one up. As text: 44 characters of
 * base64url. They do not expire: a mail is opened after years, and RFC 8058 wants its link to work.
 * The address of a private feed is no such token but a drawn secret, so that its owner can replace it. */
#ifndef HV_NOTIFICATION_DOMAIN_TOKEN_H
#define HV_NOTIFICATION_DOMAIN_TOKEN_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"
#include "common/base/uuid.h"
#include "services/notification/domain/kind.h"

#define TOKEN_TEXT      65
#define TOKEN_KEY_SIZE  32
#define TOKEN_FEED_SIZE 24
#define TOKEN_FEED_TEXT 33 /* 32 characters of base64url and NUL */

void token_unsubscribe(const uint8_t key[TOKEN_KEY_SIZE], struct uuid person, enum topic topic, char out[TOKEN_TEXT]);
/* False: not one of ours. */
bool token_read(const uint8_t key[TOKEN_KEY_SIZE], struct span text, struct uuid *person, enum topic *topic);

void token_feed(const uint8_t secret[TOKEN_FEED_SIZE], char out[TOKEN_FEED_TEXT]);
bool token_feed_read(struct span text, uint8_t secret[TOKEN_FEED_SIZE]);

#endif
