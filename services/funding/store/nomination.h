/* Nominations on their way into the database: those of a proposal (municipal_case_save.c) and those of a decision (meeting_save.c) are the
 * same rows in two tables. */
#ifndef HV_FUNDING_STORE_NOMINATION_H
#define HV_FUNDING_STORE_NOMINATION_H
#include "common/db/db.h"
#include "services/funding/domain/meeting.h"

/* Five arrays: body, role, title, name, person (null where there is no account). Borrowed until the statement has been sent. */
void nominations_bind(struct db_params *p, const struct nomination *rows, size_t count);

#endif
