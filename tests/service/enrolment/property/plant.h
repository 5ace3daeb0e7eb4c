/* Planting a history's programme into the database before it begins, and clearing everything of it away when it is over, so that the
 * clock of the next one finds nothing of this one that is due. */
#ifndef HV_TESTS_PROPERTY_PLANT_H
#define HV_TESTS_PROPERTY_PLANT_H
#include "tests/service/enrolment/property/model.h"
#include "tests/support/kit.h"

struct db;

void plant_people(struct db *db); /* before each history: of some of them nothing may be left */
void plant_programme(struct db *db, const struct model *m);
void plant_clear(struct db *db);

#endif
