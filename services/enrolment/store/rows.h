/* Result rows to domain structs. Results die at the next statement, so everything is copied to the batch's arena. Each reader
 * follows the column list of its statement in statements.c. */
#ifndef HV_ENROLMENT_STORE_ROWS_H
#define HV_ENROLMENT_STORE_ROWS_H
#include "common/db/db.h"
#include "services/enrolment/store/workset.h"

#define REGISTRATION_COLUMN_COUNT 25 /* REGISTRATION_COLUMNS and the position */
#define REFUSAL_COLUMN_COUNT      6

const char *row_text(struct workset *w, const struct db_result *r, int row, int col);
struct text row_texts(struct workset *w, const struct db_result *r, int row, int col); /* three columns: fi, sv, en */

/* The registration of this row: the one at hand if there is one, so that a batch has one copy of each. */
struct registration *row_registration(struct workset *w, const struct db_result *r, int row);

/* The person whose columns begin at col, put at hand; all null: nobody is known there. */
void row_person(struct workset *w, const struct db_result *r, int row, int col);

void rows_programmes(struct workset *w, const struct db_result *r);
void rows_implementations(struct workset *w, const struct db_result *r);
void rows_rules(struct workset *w, const struct db_result *r);
void rows_windows(struct workset *w, const struct db_result *r);
void rows_questions(struct workset *w, const struct db_result *r);
void rows_units(struct workset *w, const struct db_result *r);
void rows_queues(struct workset *w, const struct db_result *r);
void rows_persons(struct workset *w, const struct db_result *r);

#endif
