/* The book: after a history, what the database holds against what the model says, and against rules that need no model. */
#ifndef HV_TESTS_PROPERTY_BOOK_H
#define HV_TESTS_PROPERTY_BOOK_H
#include "common/db/db.h"
#include "tests/service/enrolment/property/service.h"
#include "tests/service/enrolment/property/story.h"

struct book {
    struct db *db;
    struct arena *arena;
    const struct model *m;
    int64_t now_us; /* when the history ended */
    struct story *story;
};

void book_check(struct book *book);

/* Its parts, each over rows that one round trip has brought. */
void book_rows(struct book *book, const struct db_result *programme, const struct db_result *places, const struct db_result *rows,
               const struct db_result *invitations, const struct db_result *windows);
void book_chain(struct book *book, const struct db_result *places, const struct db_result *moves, const struct db_result *rows);
void book_events(struct book *book, const struct db_result *events, const struct db_result *rows);

#endif
