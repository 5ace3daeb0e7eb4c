/* Templates as their table keeps them: append-only versions of each kind and language, of which the highest is the current one. The senders
 * read them with each claim (spool.c, wordings.c); here are what operators ask and change, and the seeding of the built-in ones.
 * A new version is written under a lock of its kind and language, so that If-Match means what it says with several replicas. */
#ifndef HV_NOTIFICATION_STORE_TEMPLATE_H
#define HV_NOTIFICATION_STORE_TEMPLATE_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

struct template_row {
    enum message_kind kind;
    enum language language;
    int32_t version;
    struct template_texts texts; /* of a list: none */
    bool built_in;
    int64_t created_us;
    struct uuid created_by; /* nil: the program */
};
struct template_ask {
    struct part_item item;                                                /* first */
    enum { TEMPLATE_ASK_LIST, TEMPLATE_ASK_ONE, TEMPLATE_ASK_LOCK } what; /* LOCK: the current one, for a new version */
    enum message_kind kind;
    enum language language;
    int32_t version; /* of ONE; 0: the current one */
    struct template_row *rows;
    size_t count;
};
struct template_ask *template_ask(struct workset *w, const struct job *job);
struct template_ask *template_asked(const struct workset *w, const struct job *job);

/* A new version; its texts are borrowed until the batch ends. */
void template_put(struct workset *w, const struct template_row *row);

/* Before anything is served, in a transaction of its own: built-in texts that the table lacks, or has in an older wording that nobody has
 * replaced by words of their own, become new versions. *written: how many. Replicas that start together take turns. */
enum err template_seed(struct db *db, struct arena *arena, int64_t now_us, int *written) MUST_CHECK;

extern const struct store_part template_part;

#endif
