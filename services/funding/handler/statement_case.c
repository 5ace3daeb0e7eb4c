/* See statement_case.h. */
#include "services/funding/handler/statement_case.h"

#include "services/funding/handler/case_content.h"

enum err statement_check_asked(struct job *job, const char *field, const char *asked)
{
    const enum err err = check_text(job, field, asked, 1, CHECK_NAME_MAX);

    return err == ERR_OK ? case_content_words(job, field, asked, 1, CHECK_NAME_MAX) : err;
}

bool statement_refuse_due(struct job *job, const char *field, int64_t due_on, int64_t today)
{
    if (due_on >= today && due_on <= today + STATEMENT_DUE_DAYS)
        return false;
    (void)job_fail(job, ERR_INVALID, "municipal.statement.due", field,
                   "Anna päivä, joka on aikaisintaan tänään ja viimeistään vuoden kuluttua", "Ange en dag från i dag till ett år framåt",
                   "Give a day between today and a year from now");
    return true;
}

bool statement_refuse_many(struct job *job, const struct municipal_case *c)
{
    if (c->statement_count < CASE_STATEMENTS_MAX)
        return false;
    (void)job_fail(job, ERR_REFUSED, "municipal.statement.many", NULL, "Asiassa on jo 50 lausuntoa tai lausuntopyyntöä",
                   "Ärendet har redan 50 utlåtanden eller begäranden om utlåtande",
                   "The case has 50 statements already, asked for or given");
    return true;
}

struct statement *statement_append(const struct workset *w, struct municipal_case *c, const struct statement *asked)
{
    struct statement *rows = arena_array(w->arena, c->statement_count + 1, sizeof *rows);
    struct statement *added = &rows[c->statement_count];

    for (size_t i = 0; i < c->statement_count; i++)
        rows[i] = c->statements[i];
    *added = *asked;
    added->id = uuid_v7(w->now_us);
    added->state = STATEMENT_REQUESTED;
    added->words = added->referred_to = "";
    added->given_on = NO_DAY;
    added->requested_us = w->now_us;
    c->statements = rows;
    c->statement_count++;
    return added;
}
