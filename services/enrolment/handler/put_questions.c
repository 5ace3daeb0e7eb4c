/* PutQuestions: the extra questions of a programme, in place of those that stand. A question keeps its kind, and whether it is
 * sensitive, as long as it stands: its answers were kept accordingly. Answers to one that goes stay until their people are forgotten. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/edit.h"

enum err put_questions_needs(struct job *job, struct workset *w)
{
    const Enrolment__PutQuestionsRequest *request = (const Enrolment__PutQuestionsRequest *)job->message;
    enum err err = edit_check(job, &request->programme_id, request->reason);

    if (err == ERR_OK)
        err = check_questions(job, "questions", request->questions, request->n_questions);
    return err == ERR_OK ? edit_lock(job, w, &request->programme_id) : err;
}

void put_questions_decide(struct job *job, struct workset *w)
{
    const Enrolment__PutQuestionsRequest *request = (const Enrolment__PutQuestionsRequest *)job->message;
    struct programme *p = edit_begin(job, w, &request->programme_id);

    if (p == NULL)
        return;
    struct programme after = *p;
    after.questions = questions_build(w, request->questions, request->n_questions);
    after.question_count = request->n_questions;
    if (edit_questions_fit(job, p, &after))
        edit_end(job, w, p, &after, request->reason);
}
