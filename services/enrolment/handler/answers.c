/* Checking, sealing and showing answers. See answers.h. */
#include "services/enrolment/handler/answers.h"

#include <string.h>

#include "common/base/utf8.h"
#include "services/enrolment/domain/cut_off.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/keyring.h"

#define CODE_TOLD_MAX 50 /* bytes: as long as a question's code may be */

/* --- the check -------------------------------------------------------------------------------------------------------------------- */

static const struct given_answer *given_of(struct arena *arena, Enrolment__Answer *const *messages, size_t count)
{
    struct given_answer *given = arena_array(arena, count, sizeof *given);

    for (size_t i = 0; i < count; i++)
        given[i] = (struct given_answer){
            .code = messages[i]->code, .values = (const char *const *)messages[i]->values, .count = messages[i]->n_values};
    return given;
}

static enum refusal refusal_of(enum answer_fault fault)
{
    switch (fault) {
    case ANSWER_GOOD:
    case ANSWER_UNKNOWN:
        return REFUSAL_ANSWER_UNKNOWN;
    case ANSWER_TWICE:
        return REFUSAL_ANSWER_TWICE;
    case ANSWER_NOT_ASKED:
        return REFUSAL_ANSWER_NOT_ASKED;
    case ANSWER_COUNT:
        return REFUSAL_ANSWER_COUNT;
    case ANSWER_TEXT:
        return REFUSAL_ANSWER_TEXT;
    case ANSWER_LENGTH:
        return REFUSAL_ANSWER_LENGTH;
    case ANSWER_OPTION:
        return REFUSAL_ANSWER_OPTION;
    case ANSWER_YES_OR_NO:
        return REFUSAL_ANSWER_YES_OR_NO;
    case ANSWER_NUMBER:
        return REFUSAL_ANSWER_NUMBER;
    case ANSWER_REQUIRED:
        return REFUSAL_ANSWER_REQUIRED;
    }
    return REFUSAL_ANSWER_UNKNOWN;
}

/* Where the fault lies, in the words of the JSON. */
static const char *field_of(struct job *job, const char *field, const struct answer_verdict *verdict)
{
    switch (verdict->fault) {
    case ANSWER_GOOD:
    case ANSWER_REQUIRED:
        return field;
    case ANSWER_UNKNOWN:
    case ANSWER_NOT_ASKED:
        return arena_printf(job->arena, "%s[%zu].code", field, verdict->answer);
    case ANSWER_TWICE:
    case ANSWER_COUNT:
        return arena_printf(job->arena, "%s[%zu]", field, verdict->answer);
    case ANSWER_TEXT:
    case ANSWER_LENGTH:
    case ANSWER_OPTION:
    case ANSWER_YES_OR_NO:
    case ANSWER_NUMBER:
        return arena_printf(job->arena, "%s[%zu].values[%zu]", field, verdict->answer, verdict->value);
    }
    return field;
}

static enum err fail(struct job *job, enum err err, enum refusal refusal, const char *field, const char *code)
{
    const struct refusal_text *text = refusal_text(refusal);

    (void)job_fail(job, err, text->rule, field, text->fi, text->sv, text->en);
    job_fact(job, "question", code);
    return err;
}

static const struct question *question_of(const struct programme *p, const char *code)
{
    return question_coded(p->questions, p->question_count, code);
}

/* An unknown code as it was sent, not more than a code can be; "" when it is not even text. */
static const char *code_sent(struct arena *arena, const char *code)
{
    size_t len = strnlen(code, CODE_TOLD_MAX);

    while (len > 0 && ((unsigned char)code[len] & 0xc0) == 0x80)
        len--;
    return utf8_valid(span_of(code, len)) ? arena_printf(arena, "%.*s", (int)len, code) : "";
}

enum err answers_check(struct job *job, const struct workset *w, const struct programme *programme, Enrolment__Answer *const *messages,
                       size_t count, const char *field)
{
    if (programme->question_count == 0 && count == 0)
        return ERR_OK;
    const struct given_answer *given = given_of(job->arena, messages, count);
    const struct answer_verdict verdict = answers_judge(programme->questions, programme->question_count, given, count);
    if (verdict.fault == ANSWER_REQUIRED)
        return fail(job, ERR_REFUSED, REFUSAL_ANSWER_REQUIRED, field, verdict.code);
    if (verdict.fault != ANSWER_GOOD) {
        const char *code = verdict.fault == ANSWER_UNKNOWN ? code_sent(job->arena, verdict.code) : verdict.code;
        return fail(job, ERR_INVALID, refusal_of(verdict.fault), field_of(job, field, &verdict), code);
    }
    for (size_t i = 0; i < count && keyring_newest(w->keyring) == 0; i++)
        if (answer_is_given(&given[i]) && question_of(programme, given[i].code)->sensitive)
            return fail(job, ERR_REFUSED, REFUSAL_ANSWER_NO_KEY, arena_printf(job->arena, "%s[%zu]", field, i), given[i].code);
    return ERR_OK;
}

/* --- recording -------------------------------------------------------------------------------------------------------------------- */

static struct span joined(struct arena *arena, const struct given_answer *given)
{
    size_t len = 0;

    for (size_t i = 0; i < given->count; i++)
        len += strlen(given->values[i]) + 1;
    char *all = arena_alloc(arena, len), *end = all;
    for (size_t i = 0; i < given->count; i++) {
        const size_t size = strlen(given->values[i]);
        memcpy(end, given->values[i], size);
        end += size;
        *end++ = ANSWER_SEPARATOR;
    }
    return span_of(all, len - 1);
}

static void seal(const struct workset *w, struct answer *row, struct span values)
{
    row->plain = (struct span){NULL, 0};
    row->key_no = keyring_newest(w->keyring);
    row->sealed = keyring_seal(w->keyring, w->arena, row->registration, row->code, values);
}

void answers_record(struct workset *w, const struct programme *programme, const struct registration *registration,
                    Enrolment__Answer *const *messages, size_t count)
{
    if (count == 0 && (registration->fresh || programme->question_count == 0))
        return;
    const struct given_answer *given = given_of(w->arena, messages, count);
    struct answer *rows = arena_array(w->arena, count, sizeof *rows);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (!answer_is_given(&given[i]))
            continue;
        const struct question *q = question_of(programme, given[i].code);
        struct answer *row = &rows[n++];
        *row = (struct answer){.registration = registration->id, .code = q->code, .plain = joined(w->arena, &given[i])};
        if (q->sensitive)
            seal(w, row, row->plain);
    }
    if (n > 0 || !registration->fresh)
        answer_put(w, registration->id, rows, n);
}

static bool open_row(const struct workset *w, const struct answer *row, struct span *values)
{
    *values = row->plain;
    return row->sealed.data == NULL || keyring_open(w->keyring, w->arena, row->key_no, row->registration, row->code, row->sealed, values);
}

/* What does not open stays where it is: nothing is lost when the key comes back. */
void answers_carry(struct workset *w, const struct job *job, struct uuid from, struct uuid to)
{
    const struct answer_list list = answer_list(w, job);
    struct answer *gone = arena_array(w->arena, list.count, sizeof *gone), *left = arena_array(w->arena, list.count, sizeof *left);
    size_t gone_count = 0, left_count = 0;

    for (size_t i = 0; i < list.count; i++) {
        struct span values;
        if (!open_row(w, &list.rows[i], &values) || (list.rows[i].sealed.data != NULL && keyring_newest(w->keyring) == 0)) {
            left[left_count++] = list.rows[i];
            continue;
        }
        struct answer *row = &gone[gone_count++];
        *row = list.rows[i];
        row->registration = to;
        if (row->sealed.data != NULL)
            seal(w, row, values);
    }
    if (gone_count == 0)
        return;
    answer_put(w, from, left, left_count);
    answer_put(w, to, gone, gone_count);
}

/* --- showing ---------------------------------------------------------------------------------------------------------------------- */

static void split(struct workset *w, struct span values, Enrolment__Answer *m)
{
    char *text = arena_text(w->arena, values);
    size_t count = 1;

    for (size_t i = 0; i < values.len; i++)
        count += text[i] == ANSWER_SEPARATOR;
    m->values = arena_array(w->arena, count, sizeof(char *));
    for (char *at = text; at != NULL;) {
        char *end = strchr(at, ANSWER_SEPARATOR);
        if (end != NULL)
            *end++ = '\0';
        m->values[m->n_values++] = at;
        at = end;
    }
}

static const struct answer *row_coded(struct answer_list list, const char *code)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.rows[i].code, code) == 0)
            return &list.rows[i];
    return NULL;
}

/* The list in the making. */
struct showing {
    struct workset *w;
    Enrolment__AnswerList *list;
    bool values;
};

/* What does not open is named, and hides nothing else. */
static void show(struct showing *s, const struct answer *row)
{
    struct span values = {NULL, 0};

    if (s->values && !open_row(s->w, row, &values)) {
        s->list->unreadable[s->list->n_unreadable++] = (char *)(uintptr_t)row->code;
        return;
    }
    Enrolment__Answer *m = arena_alloc(s->w->arena, sizeof *m);
    enrolment__answer__init(m);
    m->code = (char *)(uintptr_t)row->code;
    s->list->answers[s->list->n_answers++] = m;
    if (s->values && values.len > 0)
        split(s->w, values, m);
}

/* In the order of the questions; after them what was answered to questions there are no more. */
const Enrolment__AnswerList *answers_message(struct workset *w, const struct programme *programme, struct uuid registration,
                                             struct answer_list list, bool values)
{
    struct showing s = {.w = w, .list = arena_alloc(w->arena, sizeof *s.list), .values = values};
    struct uuid *id = arena_alloc(w->arena, sizeof *id);
    const int64_t until_us = cut_off_us(programme);

    *id = registration;
    enrolment__answer_list__init(s.list);
    s.list->registration_id = id_bytes(id);
    s.list->edit_until_us = until_us == CUT_OFF_NEVER ? 0 : until_us;
    s.list->answers = arena_array(w->arena, list.count, sizeof *s.list->answers);
    s.list->unreadable = arena_array(w->arena, list.count, sizeof *s.list->unreadable);
    for (size_t i = 0; i < programme->question_count; i++) {
        const struct answer *row = row_coded(list, programme->questions[i].code);
        if (row != NULL)
            show(&s, row);
    }
    for (size_t i = 0; i < list.count; i++)
        if (question_of(programme, list.rows[i].code) == NULL)
            show(&s, &list.rows[i]);
    return s.list;
}
