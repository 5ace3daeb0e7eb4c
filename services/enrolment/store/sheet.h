/* A whole list for a spreadsheet: what ExportRegistrations needs beside the registrations and their people (QUERY_LIST, QUERY_LIST_WHOLE):
 * the teams' names, the answers that are not sensitive, and the marks, which come as learning (learning.h). A part of the store
 * (part.h). Sealed answers are not even read. */
#ifndef HV_ENROLMENT_STORE_SHEET_H
#define HV_ENROLMENT_STORE_SHEET_H
#include "services/enrolment/store/workset.h"

#define SHEET_ROWS_MAX 3000

/* implementation nil: the whole programme */
void sheet_want(struct workset *w, const struct job *job, struct uuid programme, struct uuid implementation);
const char *sheet_team(const struct workset *w, const struct job *job, struct uuid team); /* its name; "" when there is none */
/* The answer, a line feed between several values; NULL: not answered. */
const char *sheet_answer(const struct workset *w, const struct job *job, struct uuid registration, const char *code);

#endif
