/* Extra questions of a programme, as data: what is asked, of whom it must be answered, and when it is asked at all.
 *
 * A question may hang on an earlier one (when_code): it is asked only of those whose answer to that is, or has among its values, one
 * of when_values. What is not asked must not be answered: an answer nobody asked for would be data without a purpose. */
#ifndef HV_ENROLMENT_DOMAIN_QUESTION_H
#define HV_ENROLMENT_DOMAIN_QUESTION_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "services/enrolment/domain/text.h"

#define QUESTIONS_MAX        50
#define QUESTION_OPTIONS_MAX 50
#define QUESTION_VALUES_MAX  50    /* of when_values, and of one answer */
#define QUESTION_TEXT_MAX    2000  /* characters of a free answer */
#define QUESTION_BYTES_MAX   49152 /* of all answers of one registration together: they fit into one reply with room to spare */

enum question_kind { QUESTION_TEXT = 0, QUESTION_CHOICE = 1, QUESTION_CHOICES = 2, QUESTION_YES_NO = 3, QUESTION_NUMBER = 4 };

struct question_option {
    const char *value;
    struct text text;
};

struct question {
    const char *code; /* unique in the programme */
    enum question_kind kind;
    struct text title, help;
    bool required, sensitive;
    const struct question_option *options;
    size_t option_count;
    const char *when_code; /* "": always asked */
    const char *const *when_values;
    size_t when_count;
};

/* What somebody answered to the question with this code. Without values, or with one empty text alone: not answered. */
struct given_answer {
    const char *code;
    const char *const *values;
    size_t count;
};

enum answer_fault {
    ANSWER_GOOD,
    ANSWER_UNKNOWN,   /* there is no question with this code */
    ANSWER_TWICE,     /* two answers to one question, or one option chosen twice */
    ANSWER_NOT_ASKED, /* the question hangs on an earlier answer that was not given */
    ANSWER_COUNT,     /* one value where several are not asked for; QUESTION_VALUES_MAX where they are */
    ANSWER_TEXT,      /* not text: malformed, or with control characters other than a line feed */
    ANSWER_LENGTH,    /* a free answer, or all together, is too long */
    ANSWER_OPTION,    /* not one of the options */
    ANSWER_YES_OR_NO,
    ANSWER_NUMBER,  /* not a decimal number: digits, at most one point or comma, a minus sign before them */
    ANSWER_REQUIRED /* a question that is asked and must be answered was not; `code` names it */
};
struct answer_verdict {
    enum answer_fault fault;
    size_t answer, value; /* which of the given is at fault */
    const char *code;     /* of the question */
};

/* The first thing that is wrong with the answers given to these questions: first each answer by itself in the order given, then in the
 * order of the questions what is asked and what is missing. A question hangs on an earlier one only: whoever stores questions sees to it.
 */
struct answer_verdict answers_judge(const struct question *questions, size_t question_count, const struct given_answer *given,
                                    size_t given_count);

bool answer_is_given(const struct given_answer *given);
const struct question *question_coded(const struct question *questions, size_t count, const char *code); /* NULL: there is none */

#endif
