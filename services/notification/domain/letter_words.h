/* The few words that no template says: the footer, and that a webinar's date may still change. Private to the letter. */
#ifndef HV_NOTIFICATION_DOMAIN_LETTER_WORDS_H
#define HV_NOTIFICATION_DOMAIN_LETTER_WORDS_H
#include "services/notification/domain/letter.h"

const char *words_preferences(enum language language);
const char *words_advance_notice(enum language language);

#endif
