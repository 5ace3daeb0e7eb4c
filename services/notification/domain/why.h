/* Why a message is not mailed, as its row says it: in English, for operators and for the log of its moves. Whoever reads it as its
 * recipient gets the sentence in the language they asked in. What a relay answered or an officer wrote is nobody's to translate. */
#ifndef HV_NOTIFICATION_DOMAIN_WHY_H
#define HV_NOTIFICATION_DOMAIN_WHY_H
#include "services/notification/domain/letter.h"

#define WHY_DOMAIN     "this system sends mail to some domains only, and the recipient's is not one of them"
#define WHY_SUPPRESSED "the recipient's address is on the list of those that get no mail"
#define WHY_TOPIC_OFF  "the recipient has turned this topic off"
#define WHY_ADDRESS    "the recipient's address is not an e-mail address"
#define WHY_DOCUMENT   "its document could not be drawn"
#define WHY_TEST_LONG  "the test does not fit into a letter"
#define WHY_LONG       "the letter does not fit: one of its facts is too long"
#define WHY_UNKNOWN    "the recipient's address or the training's name did not become known within 72 hours"
#define WHY_MISSING    "something that the letter has to say did not become known within 72 hours"
#define WHY_SILENCE    "a relay has had it several times without saying that it took it: it has probably arrived"
#define WHY_MOVED      "what it reminds of has another time now"
#define WHY_GONE       "what it reminds of does not take place any more"
#define WHY_SOON       "what it reminds of has another time now, and that is too near or past"
#define WHY_PASSED     "the moment had come before it was told"
#define WHY_OVER       "the offer has ended"
#define WHY_DONE       "what it reminds of has been done, or is not needed any more"
#define WHY_SEAT_GONE  "the recipient has no place any more"
#define WHY_PERSON     "the recipient was forgotten"
#define WHY_TRAINING   "the training was forgotten"
#define WHY_UNTRIED    "given back untried"

/* The same as the recipient reads it; what is none of these stays as it is. */
struct span why_words(struct span why, enum language language);

#endif
