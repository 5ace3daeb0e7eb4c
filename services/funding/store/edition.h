/* Editions: what a call, or what is prepared for a decision, said after each change of its contents; append-only. States have their moves
 * (store/history.h), words and amounts have this: who wrote what, and when, and by the edition before it what it said until then. The
 * content is the message as it was answered, packed; the handler packs and unpacks it (handler/edition_message.h).
 *
 *   edition_want(w, job, EDITION_CALL, call_id, 0);                in needs: all of them, newest first, without content
 *   edition_want(w, job, EDITION_ASSESSMENT, application_id, 3);   or the one that made version 3
 *   const struct edition_ask *found = edition_asked(w, job);       in decide */
#ifndef HV_FUNDING_STORE_EDITION_H
#define HV_FUNDING_STORE_EDITION_H
#include "services/funding/store/workset.h"

#define EDITIONS_MAX 200 /* that are listed; each can be asked for */

enum edition_of { EDITION_CALL, EDITION_ASSESSMENT };

struct edition {
    int64_t version, saved_us;
    struct uuid actor;
    struct span content; /* packed; empty in a list */
};
struct edition_ask {
    struct part_item item; /* first */
    enum edition_of of;
    struct uuid id;
    int64_t version; /* 0: all */

    struct edition *rows; /* found */
    size_t count;
};

void edition_want(struct workset *w, const struct job *job, enum edition_of of, struct uuid id, int64_t version);
const struct edition_ask *edition_asked(const struct workset *w, const struct job *job);
void edition_add(struct workset *w, enum edition_of of, struct uuid id, const struct edition *edition); /* borrowed until the batch ends */

extern const struct store_part edition_part;

#endif
