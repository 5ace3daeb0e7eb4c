/* The check of answers against the questions of a programme. See question.h. */
#include "services/enrolment/domain/question.h"

#include <string.h>

#include "common/base/utf8.h"

#define NUMBER_LENGTH_MAX 30

const struct question *question_coded(const struct question *questions, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(questions[i].code, code) == 0)
            return &questions[i];
    return NULL;
}

bool answer_is_given(const struct given_answer *given)
{
    return given->count > 1 || (given->count == 1 && *given->values[0] != '\0');
}

static const struct given_answer *given_to(const struct given_answer *given, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(given[i].code, code) == 0)
            return &given[i];
    return NULL;
}

static bool is_text(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (utf8_control(text, i) && text.data[i] != '\n')
            return false;
    return utf8_valid(text);
}

static bool is_option(const struct question *q, const char *value)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (strcmp(q->options[i].value, value) == 0)
            return true;
    return false;
}

static bool is_number(const char *text)
{
    static const char *const digits = "0123456789";
    const char *at = text + (*text == '-');
    const size_t whole = strspn(at, digits);

    if (whole == 0 || strlen(text) > NUMBER_LENGTH_MAX)
        return false;
    at += whole;
    if (*at != '.' && *at != ',')
        return *at == '\0';
    at++;
    return *at != '\0' && strspn(at, digits) == strlen(at);
}

static enum answer_fault judge_value(const struct question *q, const char *value)
{
    const struct span text = span_text(value);

    if (!is_text(text))
        return ANSWER_TEXT;
    switch (q->kind) {
    case QUESTION_TEXT:
        return utf8_count(text) <= QUESTION_TEXT_MAX ? ANSWER_GOOD : ANSWER_LENGTH;
    case QUESTION_CHOICE:
    case QUESTION_CHOICES:
        return is_option(q, value) ? ANSWER_GOOD : ANSWER_OPTION;
    case QUESTION_YES_NO:
        return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 ? ANSWER_GOOD : ANSWER_YES_OR_NO;
    case QUESTION_NUMBER:
        return is_number(value) ? ANSWER_GOOD : ANSWER_NUMBER;
    }
    return ANSWER_UNKNOWN;
}

static bool is_repeated(const struct given_answer *given, size_t value)
{
    for (size_t i = 0; i < value; i++)
        if (strcmp(given->values[i], given->values[value]) == 0)
            return true;
    return false;
}

/* *value gets which of its values is at fault. */
static enum answer_fault judge_values(const struct question *q, const struct given_answer *given, size_t *value)
{
    *value = 0;
    if (!answer_is_given(given))
        return ANSWER_GOOD;
    if (given->count > (q->kind == QUESTION_CHOICES ? QUESTION_VALUES_MAX : 1))
        return ANSWER_COUNT;
    for (size_t i = 0; i < given->count; i++) {
        const enum answer_fault fault = is_repeated(given, i) ? ANSWER_TWICE : judge_value(q, given->values[i]);
        *value = i;
        if (fault != ANSWER_GOOD)
            return fault;
    }
    return ANSWER_GOOD;
}

static size_t answer_bytes(const struct given_answer *given)
{
    size_t bytes = 0;
    for (size_t i = 0; i < given->count; i++)
        bytes += strlen(given->values[i]) + 1;
    return bytes;
}

/* Each answer by itself. */
static struct answer_verdict judge_each(const struct question *questions, size_t question_count, const struct given_answer *given,
                                        size_t given_count)
{
    size_t bytes = 0;

    for (size_t i = 0; i < given_count; i++) {
        const struct question *q = question_coded(questions, question_count, given[i].code);
        struct answer_verdict verdict = {.fault = ANSWER_GOOD, .answer = i, .code = given[i].code};
        bytes += answer_bytes(&given[i]);
        if (q == NULL)
            verdict.fault = ANSWER_UNKNOWN;
        else if (given_to(given, i, given[i].code) != NULL)
            verdict.fault = ANSWER_TWICE;
        else if (bytes > QUESTION_BYTES_MAX)
            verdict.fault = ANSWER_LENGTH;
        else
            verdict.fault = judge_values(q, &given[i], &verdict.value);
        if (verdict.fault != ANSWER_GOOD)
            return verdict;
    }
    return (struct answer_verdict){.fault = ANSWER_GOOD};
}

static bool any_shared(const struct given_answer *given, const char *const *values, size_t count)
{
    for (size_t i = 0; i < given->count; i++)
        for (size_t k = 0; k < count; k++)
            if (strcmp(given->values[i], values[k]) == 0)
                return true;
    return false;
}

/* Whatever of the earlier questions is answered was asked, else the judgement has ended there. */
static bool is_asked(const struct question *q, const struct given_answer *given, size_t given_count)
{
    if (*q->when_code == '\0')
        return true;
    const struct given_answer *earlier = given_to(given, given_count, q->when_code);
    return earlier != NULL && any_shared(earlier, q->when_values, q->when_count);
}

struct answer_verdict answers_judge(const struct question *questions, size_t question_count, const struct given_answer *given,
                                    size_t given_count)
{
    const struct answer_verdict each = judge_each(questions, question_count, given, given_count);

    if (each.fault != ANSWER_GOOD)
        return each;
    for (size_t i = 0; i < question_count; i++) {
        const struct question *q = &questions[i];
        const struct given_answer *answer = given_to(given, given_count, q->code);
        const bool answered = answer != NULL && answer_is_given(answer), asked = is_asked(q, given, given_count);
        if (answered && !asked)
            return (struct answer_verdict){.fault = ANSWER_NOT_ASKED, .answer = (size_t)(answer - given), .code = q->code};
        if (!answered && asked && q->required)
            return (struct answer_verdict){.fault = ANSWER_REQUIRED, .code = q->code};
    }
    return (struct answer_verdict){.fault = ANSWER_GOOD};
}
