/* A claimed message becomes a letter: what is looked up joins what was told, in the reader's language and form; the domain writes it. */
#ifndef HV_NOTIFICATION_OUTBOUND_COMPOSE_H
#define HV_NOTIFICATION_OUTBOUND_COMPOSE_H
#include "common/base/arena.h"
#include "services/notification/outbound/format.h"
#include "services/notification/store/spool.h"

struct composer { /* what is the same in all letters of a sender */
    struct format *format;
    const char *public_url;  /* "" : letters name no address of ours */
    const uint8_t *link_key; /* of the tokens in links; NULL: there are none */
};

enum compose_result {
    COMPOSE_OK,
    COMPOSE_WAITS,  /* the person, the training's name or a fact of the letter is not known yet; *why says which */
    COMPOSE_REFUSED /* it can never be written; *why says so in English */
};
enum compose_result compose_letter(const struct composer *composer, const struct due *due, struct arena *arena, int64_t now_us,
                                   struct letter *out, const char **why);
/* The text in this language, or in Finnish where it is not translated. */
struct span compose_words(const struct texts *texts, enum language language);
/* Where the reader turns this topic off without signing in (RFC 8058); "" where that cannot be, or nothing is known to link to. */
const char *compose_unsubscribe(const struct composer *composer, const struct due *due, struct arena *arena);

#endif
