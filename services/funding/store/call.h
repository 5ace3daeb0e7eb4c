/* Calls as the store holds them: a call is loaded whole, with its groups and themes, criteria, questions, officials and the list of its
 * files. Whoever asks says by what they know it, and how it is held:
 *
 *   call_want(w, job, CALL_BY_APPLICATION, application_id, CALL_LOCK);     in needs
 *   struct call *call = call_found(w, job);                                in decide; NULL: there is none
 *
 * Jobs of one batch that ask for the same call get the same struct: read it, do not write it. To change a call, copy the struct, change the
 * copy and give it to call_put. */
#ifndef HV_FUNDING_STORE_CALL_H
#define HV_FUNDING_STORE_CALL_H
#include "services/funding/domain/call.h"
#include "services/funding/store/workset.h"

enum call_by { CALL_BY_ID, CALL_BY_CODE, CALL_BY_APPLICATION, CALL_BY_DECISION, CALL_BY_AMENDMENT, CALL_BY_REPORT, CALL_BY_COUNT };
enum call_hold {
    CALL_READ,
    CALL_SHARE, /* it stays as it is until this batch ends; others may share it */
    CALL_LOCK   /* for whoever changes it, or decides about its money: before any other row */
};

struct call_ask {
    struct part_item item; /* first */
    int first_result;      /* the store's own */
    enum call_by by;
    struct uuid id;
    const char *code; /* of CALL_BY_CODE */
    enum call_hold hold;
    bool uses;          /* which themes and criteria are used, and how many applications there are */
    bool money;         /* what GetMoney tells */
    int32_t file;       /* 1..20: the content of this file */
    bool list;          /* a page of calls instead of one: newest opening first */
    bool all;           /* of a list: those that are not published too */
    int64_t before_us;  /* of a list: from behind this one; 0: from the beginning */
    struct uuid before; /* the same */
    int32_t limit;      /* of a list */

    struct call *call;  /* found */
    struct call **rows; /* of a list, without groups, criteria, questions, officials, files */
    size_t count;
    const struct call_money *sums;
    const struct call_file *file_found;
    struct span content; /* of the file */
};
struct call_sum { /* of a theme, or of the whole call (id nil) */
    struct uuid id;
    int64_t applied_cents, proposed_cents;
    int64_t applications;
};
struct call_money {
    struct call_sum *themes; /* those with applications */
    size_t count;
    int64_t planned_cents, paid_cents, returned_cents; /* of all awards of the call */
};

struct call_ask *call_want(struct workset *w, const struct job *job, enum call_by by, struct uuid id, enum call_hold hold);
struct call_ask *call_want_code(struct workset *w, const struct job *job, const char *code, enum call_hold hold);
struct call_ask *call_want_list(struct workset *w, const struct job *job);
struct call_ask *call_asked(const struct workset *w, const struct job *job);
struct call *call_found(const struct workset *w, const struct job *job); /* NULL: there is none, or the job did not ask */

/* Changes. The structs are borrowed until the batch ends. */
void call_add(struct workset *w, const struct call *call, const char *why, struct uuid actor); /* a draft, with all its parts */
void call_put(struct workset *w, const struct call *call);                                     /* what CallContent says, and version */
/* And version; words: what is different, and why. */
void call_put_officials(struct workset *w, const struct call *call, const char *words, struct uuid actor);
void call_move(struct workset *w, const struct call *call, enum call_state state, const char *why, struct uuid actor); /* and version */
/* file->size 0: removes it. The call's version is written too. */
void call_put_file(struct workset *w, const struct call *call, const struct call_file *file, struct span content);

extern const struct store_part call_part;

#endif
