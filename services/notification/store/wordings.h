/* The texts of templates at hand of one sender: the last version it used of each kind and language, so that a claim asks the table for new
 * versions only. Where the table has none yet (the first moments of a new database) the built-in words are used, as version 0. */
#ifndef HV_NOTIFICATION_STORE_WORDINGS_H
#define HV_NOTIFICATION_STORE_WORDINGS_H
#include "services/notification/store/spool.h"

struct wordings;

struct wordings *wordings_new(void);
void wordings_free(struct wordings *wordings); /* NULL is fine */

/* Queues the question for all versions the dues name and nobody has read yet. Returns the index of the result; -1: all are at hand. */
int wordings_queue(const struct wordings *wordings, struct db *db, struct arena *arena, const struct due *dues, size_t count);
/* Reads the answer (result -1: none), then gives each due its texts: they stay as they are until the next call. */
void wordings_give(struct wordings *wordings, const struct db *db, int result, struct due *dues, size_t count);

#endif
