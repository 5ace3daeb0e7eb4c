/* RequestStatement: a preparer asks a body or an official for a statement about a case, until a day. Whoever is asked by their account is
 * told, and may answer by themselves. */
#include "common/base/workday.h"
#include "services/funding/handler/case_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"
#include "services/funding/handler/statement_case.h"
#include "services/funding/handler/tell_case.h"

enum err request_statement_needs(struct job *job, struct workset *w)
{
    const Municipal__RequestStatementRequest *request = (const Municipal__RequestStatementRequest *)job->message;
    struct uuid person;
    enum err err = municipal_who(job, OFFICE_PREPARER);

    if (err == ERR_OK)
        err = statement_check_asked(job, "from", request->from);
    if (err == ERR_OK)
        err = check_id_or(job, "personId", &request->person_id, (struct uuid){{0}}, &person);
    if (err == ERR_OK)
        err = check_day(job, "dueOn", request->due_on, NULL);
    if (err == ERR_OK)
        err = case_content_words(job, "words", request->words, 0, STATEMENT_REQUEST_MAX);
    return err == ERR_OK ? prepared_case_want(job, w, &request->case_id, true) : err;
}

void request_statement_decide(struct job *job, struct workset *w)
{
    const Municipal__RequestStatementRequest *request = (const Municipal__RequestStatementRequest *)job->message;
    struct municipal_case *c = prepared_case_of(job, w, OFFICE_PREPARER);
    struct statement asked = {.asked = request->from, .words_asked = request->words};

    if (c == NULL)
        return;
    if (prepared_case_refuse_work(job, c))
        return;
    (void)uuid_read(&asked.person_id, span_of(request->person_id.data, request->person_id.len)); /* absent: nil */
    (void)day_parse(&asked.due_on, span_text(request->due_on));
    if (statement_refuse_due(job, "dueOn", asked.due_on, helsinki_day(w->now_us)) || statement_refuse_many(job, c))
        return;
    const struct statement *added = statement_append(w, c, &asked);
    if (prepared_case_too_large(job, c))
        return;
    c->version++;
    statement_add(w, c, added, "asked by the preparer", job->actor);
    tell_statement_asked(w, job, c, municipality_found(w, job), added);
    prepared_case_begin(job, w, c);
    prepared_case_answer(job, w, c);
}
