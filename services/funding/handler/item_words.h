/* The usual words of a decision, for a secretary who enters none: made of the outcome, how it came about, and who was named. */
#ifndef HV_FUNDING_HANDLER_ITEM_WORDS_H
#define HV_FUNDING_HANDLER_ITEM_WORDS_H
#include "common/base/arena.h"
#include "services/funding/domain/meeting.h"

/* In the language of the case ("sv", else Finnish). A tie is told, and whose vote decided. Of an approved item those nominations are told
 * that the board added, of a changed one all, and the amount. Names stand in double square brackets. */
const char *item_usual_words(struct arena *arena, const struct meeting *meeting, const struct item *item);

#endif
