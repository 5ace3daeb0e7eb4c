/* Applications as the store holds them, what was written in them, and its versions. Read domain/application.h for what they mean.
 *
 *   application_want(w, job, id, APPLICATION_LOCK, CONTENT_WRITTEN);   in needs
 *   struct application *a = application_found(w, job);                 in decide; NULL: there is none
 *
 * Rows are shared in a batch: two jobs that ask for the same application get the same struct, so that the second sees what the first has
 * changed. Whoever changes one changes the struct and then calls the function that says what has happened to it; each makes the version
 * one higher. Statements are arrays over the whole batch, in an order in which the sums hold: versions, rows of store/consortium.h, states.
 *
 * What officials see is what was submitted: title, amounts, theme and the lead's name in the columns are those of the last submission (of
 * a draft: of the last save), and CONTENT_SUBMITTED is what was written then. Only the owner sees CONTENT_WRITTEN, the newest. */
#ifndef HV_FUNDING_STORE_APPLICATION_H
#define HV_FUNDING_STORE_APPLICATION_H
#include "services/funding/domain/application.h"
#include "services/funding/store/workset.h"

#define RECEIPT_TEXT            65   /* SHA-256 in hex and NUL */
#define APPLICATION_DRAFTS_KEPT 50   /* versions of a draft between two submissions; older ones go */
#define APPLICATION_MANY        5000 /* of a call, the most that are loaded at once */

struct application {
    struct uuid id, call_id;
    struct uuid theme_id; /* nil: a draft that has not chosen yet */
    struct uuid owner_id; /* the account of the lead's contact */
    enum application_state state;
    const char *register_number; /* "": never submitted */
    const char *language, *title, *lead_name;
    struct span content; /* funding.Content, packed; empty when it was not asked for */
    int64_t version, content_version;
    int64_t submitted_version; /* 0: never */
    int64_t created_us, saved_us, submitted_us;
    int64_t total_cents, applied_cents;
    char receipt[RECEIPT_TEXT]; /* SHA-256 of the content that was submitted; "" */
    const char *contact_told;   /* of the lead's contact, as the last ContactStored told it (handler/tell_application.c) */

    /* The store's: what of it has changed in this batch. */
    bool changed, moved, rows_before;
    const char *why;
    struct uuid actor;
    const struct consortium *rows;
};

enum application_hold { APPLICATION_READ, APPLICATION_LOCK };
enum application_content { CONTENT_NONE, CONTENT_WRITTEN, CONTENT_SUBMITTED, CONTENT_BOTH };

struct application_version {
    int64_t version, saved_us;
    int kind; /* enum version_kind */
    struct uuid actor;
    struct span content; /* of the one that was asked for */
};
enum version_kind { VERSION_DRAFT = 1, VERSION_SUBMITTED, VERSION_SUPPLEMENT, VERSION_CORRECTED };

struct application_ask {
    struct part_item item; /* first */
    enum { APPLICATIONS_ONE, APPLICATIONS_OF_OWNER, APPLICATIONS_OF_CALL, APPLICATIONS_PAGE, APPLICATIONS_DRAFTS } what;
    struct uuid id; /* the application, owner or call */
    enum application_hold hold;
    enum application_content content;
    /* Of the one: its versions, newest first, at most 200; or one of them with what was written in it. */
    bool versions;
    bool submitted_only; /* of versions: those that officials may see */
    int64_t version;
    struct uuid reader; /* an official: whether they have a conflict of interest, noted or as its owner; nil: nobody asks; of a page: who
                           reads it */
    /* Of a page. */
    struct uuid theme_id; /* nil: any */
    int state;            /* 0: any but drafts */
    struct uuid after;    /* the last id of the page before; nil: none */
    int32_t limit;

    /* Found. */
    struct application *row;   /* of the one; NULL: there is none */
    struct span submitted;     /* of CONTENT_BOTH and CONTENT_SUBMITTED: what was submitted last; empty: nothing was */
    struct application **rows; /* of all others */
    size_t count;
    struct application_version *version_rows;
    size_t version_count;
    bool conflict;                                          /* the reader has one */
    int submitted_result, versions_result, conflict_result; /* the store's */
};

/* --- asking, in needs -------------------------------------------------------------------------------------------------- */
struct application_ask *application_want(struct workset *w, const struct job *job, struct uuid id, enum application_hold hold,
                                         enum application_content content);
/* All of a call that were ever submitted and are neither withdrawn nor lapsed (submitted, to supplement, decided), lowest id first; locked
 * in that order when it is for a change. Without content. Not more than APPLICATION_MANY. */
struct application_ask *application_want_call(struct workset *w, const struct job *job, struct uuid call_id, enum application_hold hold);
/* Drafts of a call, and of one that was called off what was submitted too, lowest id first and locked, for the tick that lets them lapse.
 */
struct application_ask *application_want_drafts(struct workset *w, const struct job *job, struct uuid call_id, int32_t limit);
struct application_ask *application_want_owner(struct workset *w, const struct job *job, struct uuid owner_id); /* newest id first */
struct application_ask *application_want_page(struct workset *w, const struct job *job, struct uuid call_id); /* by id; fill the filters */

/* --- looking, in decide ------------------------------------------------------------------------------------------------ */
struct application_ask *application_asked(const struct workset *w, const struct job *job);
struct application *application_found(const struct workset *w, const struct job *job); /* NULL: there is none, or it was not asked for */
struct application *application_of(const struct application_ask *ask, struct uuid id); /* of a list; NULL: not among them */

/* --- changes, in decide. Texts are borrowed until the batch ends ------------------------------------------------------- */
struct application *application_add(struct workset *w, const struct application *draft, struct uuid actor); /* the shared row of it */
/* Its content was saved: of a draft, with theme, language, title, lead's name and amounts; of one to supplement, the content alone. */
void application_save(struct workset *w, struct application *a, struct uuid actor);
/* It was submitted, or a supplement was answered: content, columns, receipt, register number, and these rows instead of those before. */
void application_submit(struct workset *w, struct application *a, const struct consortium *rows, const char *why, struct uuid actor);
/* Its state moves (the caller has looked whether it may); nil actor: the rules. A supplement that was waited for ends with it. */
void application_move(struct workset *w, struct application *a, enum application_state state, const char *why, struct uuid actor);
void application_touch(struct workset *w, struct application *a); /* an attachment came or went, a contact was told: version alone */

extern const struct store_part application_part;

#endif
