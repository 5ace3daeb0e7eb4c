/* Reading a claim: from the rows of spool_statements.h to struct due. Private to the store; spool.c does the talking. */
#ifndef HV_NOTIFICATION_STORE_DUE_H
#define HV_NOTIFICATION_STORE_DUE_H
#include "services/notification/store/spool.h"

struct due due_read(struct arena *arena, const struct db_result *r, int row);
/* The webinars of the claimed messages' trainings come once per training; the messages of one share them. */
void due_read_sessions(struct arena *arena, const struct db_result *r, struct due *dues, size_t count);
void due_read_attachments(struct arena *arena, const struct db_result *r, struct due *dues, size_t count);

#endif
