/* Every SQL text of the service by its name; the texts, each with its reason, are in statements.c. */
#ifndef HV_ENROLMENT_STORE_STATEMENTS_H
#define HV_ENROLMENT_STORE_STATEMENTS_H
#include "common/db/db.h"

/* loading: all of one batch in one round trip */
extern const struct db_stmt LOCK_PROGRAMMES, SEE_PROGRAMMES, LOAD_IMPLEMENTATIONS, LOAD_RULES, LOAD_WINDOWS, LOAD_UNITS, LOAD_QUEUES;
extern const struct db_stmt LOCK_PERSONS, LOAD_PERSONS, LOAD_REGISTRATIONS, LOAD_ACTIVE, LOAD_KEYS, LOAD_FOLLOWS;
/* lists */
extern const struct db_stmt PAGE_PROGRAMMES, LIST_MINE, LIST_REGISTRATIONS, LIST_WHOLE, LIST_HISTORY, LIST_REFUSALS, LIST_CHAIN;
/* saving */
extern const struct db_stmt ADD_REGISTRATIONS, SET_REGISTRATIONS, ADD_MOVES, SET_IMPLEMENTATIONS, SET_PROGRAMMES;
extern const struct db_stmt PUT_PERSONS, PUT_FOLLOWS, DROP_FOLLOWS, PUT_REFUSALS;
/* saving an import */
extern const struct db_stmt ADD_PROGRAMME, EDIT_PROGRAMME, PUT_IMPLEMENTATION, DROP_RULES, ADD_RULE, DROP_UNITS, ADD_UNIT, ADD_WEBINAR,
    DROP_WINDOWS, PUT_WINDOW;

#endif
