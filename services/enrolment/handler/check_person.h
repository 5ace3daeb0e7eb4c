/* The bounds of a person's details, wherever they come: one's own (PutPerson), or a team's new member. */
#ifndef HV_ENROLMENT_HANDLER_CHECK_PERSON_H
#define HV_ENROLMENT_HANDLER_CHECK_PERSON_H
#include "common/work/job.h"
#include "enrolment.pb-c.h"
#include "services/enrolment/domain/person.h"

/* prefix: of the fields' names in a problem: "" or "members[2].person.". All that is missing is told at once, as fact "missing". */
enum err check_person(struct job *job, const char *prefix, const Enrolment__Person *person) MUST_CHECK;

/* The person these details describe; borrows the message's texts. */
struct person person_told(struct uuid id, const Enrolment__Person *told, uint64_t version);

#endif
