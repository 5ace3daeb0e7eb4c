/* What a history is made of: a small programme drawn by chance, and operations drawn by chance but with an eye on the model, so that
 * most of them mean something: a confirmation is of a seat that is held, a promotion of somebody who waits, and now and then not. */
#ifndef HV_TESTS_PROPERTY_GENERATE_H
#define HV_TESTS_PROPERTY_GENERATE_H
#include "tests/service/enrolment/property/model.h"
#include "tests/service/enrolment/property/random.h"

/* A Monday in a week without public holidays, so that hours of working days are hours. A history takes three days at most. */
#define HISTORY_BEGINS_US 1801461600000000LL /* 2027-02-01T06:00:00Z */
#define HISTORY_LASTS_US  (3 * 24 * 3600 * 1000000LL)

void generate_programme(struct model *m, struct chance *c, uint32_t number);
/* A fresh operation; kind, actor and what it is about. The caller gives it key and arena. */
void generate_operation(struct operation *op, const struct model *m, struct chance *c, int64_t now_us);
/* The clock's own. */
void generate_tick(struct operation *op, struct chance *c);
/* Somebody who was forgotten comes back; false: there is nobody. */
bool generate_return(struct operation *op, const struct model *m, struct chance *c);
/* A later moment: a while, or right before, at or after something ends. */
int64_t generate_moment(const struct model *m, struct chance *c, int64_t now_us);

/* The rooms of the generator alone. A person: mostly one without a place; now and then one who has one, or whom nobody knows. */
int generate_person(const struct model *m, struct chance *c);
void generate_window_edit(struct operation *op, const struct model *m, struct chance *c);
void generate_erasure(struct operation *op, const struct model *m, struct chance *c);

#endif
