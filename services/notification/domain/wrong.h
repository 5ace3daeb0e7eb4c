/* What can be wrong with a template's text, in the three languages: words of the notation (select, other, date) are the same in all. A
 * sentence has up to three places for what it is about. */
#ifndef HV_NOTIFICATION_DOMAIN_WRONG_H
#define HV_NOTIFICATION_DOMAIN_WRONG_H
#include <stdbool.h>
#include <stddef.h>

#include "common/base/span.h"
#include "services/notification/domain/language.h"

enum wrong {
    WRONG_NOTHING,
    WRONG_UNKNOWN_FACT,
    WRONG_NOT_ALWAYS_KNOWN,
    WRONG_DATE_STYLE,
    WRONG_TIME_STYLE,
    WRONG_SELECT_ONLY,
    WRONG_NO_MOMENT,
    WRONG_NO_FORM,
    WRONG_NO_NUMBER,
    WRONG_NUMBER_STYLE,
    WRONG_PLURAL_KEY,
    WRONG_FLAG_KEY,
    WRONG_TEXT_KEY,
    WRONG_FACT_KEY,
    WRONG_TWICE,
    WRONG_MANY_BRANCHES,
    WRONG_NO_OTHER,
    WRONG_CLOSES_NOTHING,
    WRONG_BRANCH_OPEN,
    WRONG_CONTROL,
    WRONG_NOT_UTF8,
    WRONG_LONG,
    WRONG_QUOTATION,
    WRONG_OFFSET,
    WRONG_CHOICE_COMMA,
    WRONG_TYPE,
    WRONG_ARGUMENT_OPEN,
    WRONG_NAME,
    WRONG_NAME_END,
    WRONG_NEXT_BRANCH,
    WRONG_KEY_END,
    WRONG_DEEP,
    WRONG_LINK,
    WRONG_ATTRIBUTE,
    WRONG_ATTRIBUTE_FORM,
    WRONG_ATTRIBUTE_OPEN,
    WRONG_ELEMENT,
    WRONG_TAG_OPEN,
    WRONG_ELEMENTS_DEEP,
    WRONG_END_TAG,
    WRONG_ELEMENT_OPEN
};
#define WRONG_WORD  80  /* of what it is about */
#define WRONG_WORDS 400 /* of the sentence */
struct pattern_error {
    size_t at; /* byte of the pattern */
    enum wrong wrong;
    char about[3][WRONG_WORD]; /* a name, a key, the words there may be; "": the sentence needs none */
};

/* The sentence into out, which it always fits. Returns out. */
const char *wrong_words(const struct pattern_error *error, enum language language, char out[WRONG_WORDS]);
/* Notes what is wrong; words are borrowed to be copied, cut at WRONG_WORD bytes. Returns false, for checks to return. */
bool wrong_say(struct pattern_error *error, size_t at, enum wrong wrong, struct span first, struct span second, struct span third);

#endif
