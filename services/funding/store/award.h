/* Awards as the store holds them, each with its instalments and recoveries and the plan in force; lists go without those. An award is made
 * by the trigger of its decision; instalments, reports and obligations of it are begun by handler/award_begin.h.
 *
 *   award_want(w, job, AWARD_BY_ID, application_id, AWARD_LOCK);     in needs, beside the call, which is locked first
 *   struct award *award = award_found(w, job);                       in decide; NULL: there is none
 *
 * Whoever changes one changes the struct and then calls the function that says what has happened; the struct is the job's own. What is
 * cancelled is written before what is added, and both before the award's state, so that the sums of the schema hold at every statement. */
#ifndef HV_FUNDING_STORE_AWARD_H
#define HV_FUNDING_STORE_AWARD_H
#include "services/funding/domain/award.h"
#include "services/funding/store/workset.h"

enum award_by { AWARD_BY_ID, AWARD_BY_AMENDMENT, AWARD_BY_REPORT };
enum award_hold { AWARD_READ, AWARD_LOCK };

struct award_ask {
    struct part_item item; /* first */
    enum { AWARDS_ONE, AWARDS_PAGE, AWARDS_SILENT } what;
    enum award_by by;
    struct uuid id; /* the award (application), amendment or report; of lists the call */
    enum award_hold hold;
    int state;         /* of a page; 0: any */
    struct uuid after; /* of a page: the last id of the page before; nil: none */
    int64_t today;     /* of the silent: offered, and the time to answer has passed */
    int32_t limit;
    struct uuid reader; /* of one and of a page: who asks; a page leaves out what they have a conflict of interest in */

    struct award *rows; /* found */
    size_t count;
    bool conflict; /* of one: the reader takes no part in it: a conflict of interest, or their own */
};

/* --- asking, in needs -------------------------------------------------------------------------------------------------- */
void award_want(struct workset *w, const struct job *job, enum award_by by, struct uuid id, enum award_hold hold);
struct award_ask *award_want_page(struct workset *w, const struct job *job, struct uuid call_id); /* by id; fill the filters */
/* Those of a call that silence accepts, lowest id first, locked. */
void award_want_silent(struct workset *w, const struct job *job, struct uuid call_id, int64_t today, int32_t limit);

/* --- looking, in decide ------------------------------------------------------------------------------------------------ */
const struct award_ask *award_asked(const struct workset *w, const struct job *job);
struct award *award_found(const struct workset *w, const struct job *job); /* NULL: there is none, or it was not asked for */

/* --- changes, in decide. Texts are borrowed until the batch ends; a nil actor: the rules ------------------------------- */
/* The award's version rises once a batch, with whatever happens to it. Call it once, also where a function below is called. */
void award_touch(struct workset *w, struct award *award); /* version and use_until */
void award_move(struct workset *w, struct award *award, enum award_state state, const char *why, struct uuid actor);
/* A new one; n and cents and due_on are set, and it is planned. */
void instalment_add(struct workset *w, struct uuid award_id, const struct instalment *instalment, const char *why, struct uuid actor);
/* Its state; with it iban, reference and paid_on as they stand in the struct. */
void instalment_move(struct workset *w, struct instalment *instalment, enum instalment_state state, const char *why, struct uuid actor);
void recovery_add(struct workset *w, struct uuid award_id, const struct recovery *recovery, const char *why, struct uuid actor);
void recovery_put(struct workset *w, const struct recovery *recovery); /* kind, cents, reasons, due_on of a proposed one */
void recovery_move(struct workset *w, struct recovery *recovery, enum recovery_state state, const char *why, struct uuid actor);

extern const struct store_part award_part;

#endif
