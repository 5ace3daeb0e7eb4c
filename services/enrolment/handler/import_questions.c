/* The questions of a programme: every field checked, and built. What a question hangs on comes before it in the list, so a form can be
 * filled from top to bottom and no two can wait for each other. See domain/question.h. */
#include <string.h>

#include "services/enrolment/handler/import.h"

static bool has_options(const Enrolment__Question *q)
{
    return q->kind == ENROLMENT__QUESTION__KIND__CHOICE || q->kind == ENROLMENT__QUESTION__KIND__CHOICES;
}

static enum err check_options(struct job *job, const char *field, const Enrolment__Question *q)
{
    const bool some = has_options(q);
    enum err err =
        check_range(job, field_under(job, field, "options"), (int64_t)q->n_options, some ? 1 : 0, some ? QUESTION_OPTIONS_MAX : 0);

    for (size_t i = 0; err == ERR_OK && i < q->n_options; i++) {
        const char *of = arena_printf(job->arena, "%s.options[%zu]", field, i);
        err = check_code(job, field_under(job, of, "value"), q->options[i]->value, 1, 50);
        for (size_t k = 0; err == ERR_OK && k < i; k++)
            if (strcmp(q->options[i]->value, q->options[k]->value) == 0)
                err = fail_twice(job, field_under(job, of, "value"));
        if (err == ERR_OK)
            err = check_texts(job, field_under(job, of, "text"), q->options[i]->text, 1, CHECK_NAME_MAX);
    }
    return err;
}

static const Enrolment__Question *asked_earlier(Enrolment__Question *const *questions, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(questions[i]->code, code) == 0)
            return questions[i];
    return NULL;
}

/* The values that a question which others hang on can have; NULL at the end. NULL: it has too many answers to hang on. */
static const char *const *values_of(struct job *job, const Enrolment__Question *q)
{
    static const char *const yes_no[] = {"yes", "no", NULL};

    if (q->kind == ENROLMENT__QUESTION__KIND__YES_NO)
        return yes_no;
    if (!has_options(q))
        return NULL;
    const char **values = arena_array(job->arena, q->n_options + 1, sizeof *values);
    for (size_t i = 0; i < q->n_options; i++)
        values[i] = q->options[i]->value;
    return values;
}

static enum err check_when_value(struct job *job, const char *field, const char *value, const char *const *allowed)
{
    for (size_t i = 0; allowed[i] != NULL; i++)
        if (strcmp(allowed[i], value) == 0)
            return ERR_OK;
    return fail_word(job, field, value, allowed);
}

/* `earlier`: the questions before this one. */
static enum err check_when(struct job *job, const char *field, Enrolment__Question *const *earlier, size_t count,
                           const Enrolment__Question *q)
{
    const bool hangs = *q->when_code != '\0';
    enum err err =
        check_range(job, field_under(job, field, "whenValues"), (int64_t)q->n_when_values, hangs ? 1 : 0, hangs ? QUESTION_VALUES_MAX : 0);

    if (err != ERR_OK || !hangs)
        return err;
    const Enrolment__Question *on = asked_earlier(earlier, count, q->when_code);
    const char *const *allowed = on != NULL ? values_of(job, on) : NULL;
    if (allowed == NULL)
        return job_fail(job, ERR_INVALID, "enrolment.question.when", field_under(job, field, "whenCode"),
                        "Kysymys voi riippua vain aiemmasta kysymyksestä, jossa valitaan vaihtoehdoista",
                        "En fråga kan bara bero på en tidigare fråga där man väljer bland alternativ",
                        "A question can only depend on an earlier one that is answered by choosing");
    for (size_t i = 0; err == ERR_OK && i < q->n_when_values; i++)
        err = check_when_value(job, arena_printf(job->arena, "%s.whenValues[%zu]", field, i), q->when_values[i], allowed);
    return err;
}

enum err check_questions(struct job *job, const char *field, Enrolment__Question *const *questions, size_t count)
{
    enum err err = check_range(job, field, (int64_t)count, 0, QUESTIONS_MAX);

    for (size_t i = 0; err == ERR_OK && i < count; i++) {
        const Enrolment__Question *q = questions[i];
        const char *of = arena_printf(job->arena, "%s[%zu]", field, i);
        err = check_code(job, field_under(job, of, "code"), q->code, 1, 50);
        if (err == ERR_OK && asked_earlier(questions, i, q->code) != NULL)
            err = fail_twice(job, field_under(job, of, "code"));
        if (err == ERR_OK)
            err = check_range(job, field_under(job, of, "kind"), q->kind, QUESTION_TEXT, QUESTION_NUMBER);
        if (err == ERR_OK)
            err = check_texts(job, field_under(job, of, "title"), q->title, 1, CHECK_NAME_MAX);
        if (err == ERR_OK)
            err = check_texts(job, field_under(job, of, "help"), q->help, 0, CHECK_REASON_MAX);
        if (err == ERR_OK)
            err = check_options(job, of, q);
        if (err == ERR_OK)
            err = check_when(job, of, questions, i, q);
    }
    return err;
}

static const struct question_option *options_build(struct workset *w, const Enrolment__Question *q)
{
    struct question_option *options = arena_array(w->arena, q->n_options, sizeof *options);

    for (size_t i = 0; i < q->n_options; i++)
        options[i] = (struct question_option){.value = q->options[i]->value, .text = text_build(q->options[i]->text)};
    return options;
}

const struct question *questions_build(struct workset *w, Enrolment__Question *const *questions, size_t count)
{
    struct question *out = arena_array(w->arena, count, sizeof *out);

    for (size_t i = 0; i < count; i++)
        out[i] = (struct question){.code = questions[i]->code,
                                   .kind = (enum question_kind)questions[i]->kind,
                                   .title = text_build(questions[i]->title),
                                   .help = text_build(questions[i]->help),
                                   .required = questions[i]->required,
                                   .sensitive = questions[i]->sensitive,
                                   .options = options_build(w, questions[i]),
                                   .option_count = questions[i]->n_options,
                                   .when_code = questions[i]->when_code,
                                   .when_values = (const char *const *)questions[i]->when_values,
                                   .when_count = questions[i]->n_when_values};
    return out;
}
