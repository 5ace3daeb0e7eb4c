/* The use cases: two functions each, in a file of the same name. needs says which rows, decide applies the rules; no I/O in
 * either. What they do is said with the service in proto/enrolment.proto; the table is in handler.c. */
#ifndef HV_ENROLMENT_HANDLER_CASES_H
#define HV_ENROLMENT_HANDLER_CASES_H
#include "common/work/job.h"

struct workset;
struct programme;

#define USE_CASE(name)                                                                                                                     \
    enum err name##_needs(struct job *job, struct workset *w) MUST_CHECK;                                                                  \
    void name##_decide(struct job *job, struct workset *w)

USE_CASE(import_programme);
USE_CASE(list_programmes);
USE_CASE(get_programme);
USE_CASE(list_implementations);
USE_CASE(get_implementation);
USE_CASE(set_implementation_capacity);
USE_CASE(set_programme_cap);
USE_CASE(set_window);
USE_CASE(put_person);
USE_CASE(get_person);
USE_CASE(follow);
USE_CASE(enrol);
USE_CASE(cancel);
USE_CASE(get_registration);
USE_CASE(list_my_registrations);
USE_CASE(list_registrations);
USE_CASE(get_history);
USE_CASE(list_refusals);
USE_CASE(get_receipt);
USE_CASE(get_chain_head);
USE_CASE(get_chain);
USE_CASE(window_tick);
#undef USE_CASE

/* Gives free seats to those who wait, by the rule in domain/promotion.h: after a seat was freed or a cap was raised. */
void promote(struct workset *w, const struct job *job, struct programme *programme);

#endif
