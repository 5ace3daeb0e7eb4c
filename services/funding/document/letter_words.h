/* The words of decision letters in Finnish, Swedish and English, and how people write amounts, days and shares in each. Sentences have
 * places {0} to {9} for what is put into them. */
#ifndef HV_FUNDING_DOCUMENT_LETTER_WORDS_H
#define HV_FUNDING_DOCUMENT_LETTER_WORDS_H
#include <stdint.h>

#include "common/base/arena.h"
#include "services/funding/domain/consortium.h"
#include "services/funding/domain/text.h"

enum letter_language { LETTER_FI, LETTER_SV, LETTER_EN };

/* One line a sentence: its name here; its words are in letter_words.c, in the same order. */
enum letter_word {
    WORD_TITLE_STATE,
    WORD_TITLE_MUNICIPAL,
    WORD_TITLE_CORRECTION,
    WORD_PREVIEW,
    WORD_DRAFT,
    WORD_AUTHORITY,
    WORD_DATE,
    WORD_REGISTER,
    WORD_APPLICANT,
    WORD_APPLICANT_LEADS,
    WORD_PROJECT,
    WORD_CALL,
    WORD_CALL_VALUE,
    WORD_GRANT_KIND,
    WORD_GENERAL,
    WORD_SPECIAL,
    WORD_MATTER,
    WORD_MATTER_TEXT,
    WORD_CORRECTS,
    WORD_CORRECTS_GRANT,
    WORD_CORRECTS_REJECTION,
    WORD_DECISION,
    WORD_GRANTED,
    WORD_REJECTED,
    WORD_APPLIED,
    WORD_SHARE,
    WORD_OWN,
    WORD_ANNULLED,
    WORD_RECIPIENTS,
    WORD_RECIPIENTS_TEXT,
    WORD_RECIPIENTS_ONE,
    WORD_RECIPIENT,
    WORD_PARTIES,
    WORD_PARTIES_TEXT,
    WORD_PARTY,
    WORD_BUSINESS_ID,
    WORD_AMOUNT,
    WORD_TOGETHER,
    WORD_REASONS,
    WORD_LAW,
    WORD_LAW_STATE,
    WORD_LAW_STATE_REJECTED,
    WORD_LAW_MUNICIPAL,
    WORD_LAW_AMENDMENT,
    WORD_LAW_RETURN,
    WORD_LAW_MANDATORY,
    WORD_LAW_DISCRETIONARY,
    WORD_PAY_BACK,
    WORD_PURPOSE,
    WORD_PURPOSE_TEXT,
    WORD_USE,
    WORD_USE_TEXT,
    WORD_COSTS,
    WORD_COSTS_TEXT,
    WORD_COST,
    WORD_COST_KIND,
    WORD_COST_APPLIED,
    WORD_COST_ACCEPTED,
    WORD_PAYMENT,
    WORD_PAYMENT_TEXT,
    WORD_PAYMENT_DONE,
    WORD_PAYMENT_NEXT,
    WORD_PAYMENT_STATE,
    WORD_PAYMENT_PAID,
    WORD_PAYMENT_ORDERED,
    WORD_PAYMENT_ONE,
    WORD_PAYMENT_DAY,
    WORD_ANSWER,
    WORD_ANSWER_TEXT,
    WORD_ANSWERED,
    WORD_REPORTS,
    WORD_REPORTS_TEXT,
    WORD_INTERIM,
    WORD_FINAL,
    WORD_REPORT,
    WORD_DUE,
    WORD_DUTIES,
    WORD_DUTY_USE,
    WORD_DUTY_TELL,
    WORD_DUTY_AUDIT,
    WORD_DUTY_RETURN,
    WORD_DUTY_RECOVERY,
    WORD_SOURCE_USE,
    WORD_SOURCE_TELL,
    WORD_SOURCE_AUDIT,
    WORD_SOURCE_RETURN,
    WORD_SOURCE_RECOVERY,
    WORD_TERMS,
    WORD_REVIEW,
    WORD_REVIEW_TEXT,
    WORD_CONTACT,
    WORD_CONTACT_TEXT,
    WORD_SIGNED,
    WORD_DECIDED_BY,
    WORD_PRESENTED_BY,
    WORD_UNPRESENTED,
    WORD_ATTACHMENT,
    WORD_FOOTER,
    WORD_COUNT
};

enum letter_language letter_language(const char *language);             /* anything but "sv" and "en" is Finnish */
const char *letter_in(struct text text, enum letter_language language); /* Finnish, where it has none in this one */
const char *letter_word(enum letter_word word, enum letter_language language);
const char *letter_cost(enum cost_category category, enum letter_language language);

/* The template with {0}..{9} replaced by the words given, on the arena. */
const char *letter_fill(struct arena *arena, const char *template, const char *const *with, size_t count);

const char *letter_money(struct arena *arena, int64_t cents, enum letter_language language); /* "3 163,50 €", "€3,163.50" */
const char *letter_day(struct arena *arena, int64_t day, enum letter_language language);     /* "22.11.2026", "22 November 2026" */
const char *letter_share(struct arena *arena, int64_t hundredths, enum letter_language language);
/* As it begins a title: "Kaupunginhallitus". */
const char *letter_capital(struct arena *arena, const char *text);

#endif
