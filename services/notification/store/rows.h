/* What load.c, save.c and workset.c share and handlers need not see. */
#ifndef HV_NOTIFICATION_STORE_ROWS_H
#define HV_NOTIFICATION_STORE_ROWS_H
#include "common/base/alloc.h"
#include "services/notification/store/workset.h"

struct training_version { /* wanted, then found: -1 while it is not known */
    struct uuid id;
    int64_t version;
};
struct following { /* the followers of one programme, as loaded */
    struct uuid training_id;
    struct follow *rows;
    size_t count;
};

struct taking_part { /* who has a seat, an offer or a waiting place in one programme, as loaded */
    struct uuid training_id;
    struct participant *rows;
    size_t count;
};

/* A message to be written, with its facts as their column has them (facts.h). */
struct said {
    struct uuid id, event_id, recipient_id;
    enum message_kind kind;
    enum topic topic;
    enum lane lane;
    struct uuid programme_id, implementation_id, registration_id;
    int64_t registration_version;
    struct uuid unit_id, webinar_id, announcement_id, reminder_id;
    int32_t webinar_sequence;
    struct uuid origin_id, application_id;
    int64_t origin_version;
    int64_t event_us, not_before_us;
    struct span facts;
    const struct attachment *attachments;
    size_t attachment_count;
    struct uuid actor;
    bool test;
};

/* Columns of an unnest: one array of the statement from one member of each row. */
#define COLUMN(p, type, add, rows, count, value)                                                                                           \
    do {                                                                                                                                   \
        db_array(p, type, count);                                                                                                          \
        for (size_t i_ = 0; i_ < (count); i_++)                                                                                            \
            add(p, (rows)[i_].value);                                                                                                      \
    } while (0)

/* save_message.c */
void add_id_or_null(struct db_params *p, struct uuid id); /* to an array */
void add_small(struct db_params *p, unsigned v);          /* a number of a table of the domain's, to an array */
void save_messages(const struct workset *w, struct db *db);
void save_revivals(const struct workset *w, struct db *db);

/* save_participant.c */
void save_participants(const struct workset *w, struct db *db);
void save_announcements(const struct workset *w, struct db *db);
void save_erased(const struct workset *w, struct db *db);
void save_partings(const struct workset *w, struct db *db);
void save_endings(const struct workset *w, struct db *db);

void *vector_add(struct arena *arena, struct vector *vector, size_t size); /* the new item, zeroed; moves the others */

#endif
