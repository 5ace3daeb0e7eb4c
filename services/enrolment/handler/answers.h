/* Answers of a request to the extra questions: checked against the programme's questions, sealed where they are sensitive, recorded with
 * a registration, shown again. What is sensitive leaves this service only in GetAnswers: never in an event, an export, a log line or a
 * stored reply. A programme without questions passes here at the cost of two comparisons. */
#ifndef HV_ENROLMENT_HANDLER_ANSWERS_H
#define HV_ENROLMENT_HANDLER_ANSWERS_H
#include "enrolment.pb-c.h"
#include "services/enrolment/store/answer.h"

/* In decide, before anything is changed. field: how the request calls them, "answers" or "members[1].answers". Returns
 * ERR_INVALID with the field at fault named, or ERR_REFUSED: one that must be answered is not (its code is a fact), or there is no
 * key to seal a sensitive one with. */
enum err answers_check(struct job *job, const struct workset *w, const struct programme *programme, Enrolment__Answer *const *messages,
                       size_t count, const char *field) MUST_CHECK;

/* In decide, with answers that passed the check: they replace those the registration had. A new registration without any: nothing. */
void answers_record(struct workset *w, const struct programme *programme, const struct registration *registration,
                    Enrolment__Answer *const *messages, size_t count);

/* The answers asked for with answer_want go from one registration to another, sealed anew for it. */
void answers_carry(struct workset *w, const struct job *job, struct uuid from, struct uuid to);

/* The list as an answer. values: with what was answered, sealed ones opened, and the codes of those that do not open; else only which
 * questions were answered. */
const Enrolment__AnswerList *answers_message(struct workset *w, const struct programme *programme, struct uuid registration,
                                             struct answer_list list, bool values);

#endif
