/* The three languages, by their codes. */
#include <string.h>

#include "services/notification/domain/language.h"

const char *language_code(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return "fi";
    case LANGUAGE_SV:
        return "sv";
    case LANGUAGE_EN:
        return "en";
    }
    return "fi";
}

bool language_find(struct span text, enum language *out)
{
    for (int language = LANGUAGE_FI; language < LANGUAGE_COUNT; language++) {
        if (span_equal(text, span_text(language_code((enum language)language)))) {
            *out = (enum language)language;
            return true;
        }
    }
    return false;
}

enum language language_read(const char *text, size_t len)
{
    enum language language;

    return language_find(span_of(text, len), &language) ? language : LANGUAGE_FI;
}
