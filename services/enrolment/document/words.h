/* Words of documents: a text in the reader's language, a date and a number as people there write them. Times are those of
 * Europe/Helsinki. */
#ifndef HV_ENROLMENT_DOCUMENT_WORDS_H
#define HV_ENROLMENT_DOCUMENT_WORDS_H
#include <stddef.h>
#include <stdint.h>

#include "services/enrolment/domain/text.h"

#define WORDS_DATE   32
#define WORDS_TENTHS 24

/* language: "fi", "sv" or "en"; anything else is Finnish. Where a language says nothing, Finnish does. */
const char *words_in(struct text text, const char *language);
const char *words_language(const char *language);                                 /* the one that is meant */
void words_date(int64_t us, const char *language, char out[WORDS_DATE]);          /* "5.9.2026"; "5 September 2026" */
void words_tenths(uint32_t tenths, const char *language, char out[WORDS_TENTHS]); /* 45: "4,5"; "4.5"; 50: "5" */

#endif
