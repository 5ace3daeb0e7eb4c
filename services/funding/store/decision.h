/* Decisions as the store holds them, who has opened them, and what a decision is made of besides what other parts know. Read
 * domain/decision.h for what they mean. They are added and read, never changed; the trigger of a decision makes or changes the award.
 *
 *   decision_want(w, job, id, DOCUMENT_PDF);                           in needs
 *   const struct decision *d = decision_found(w, job);                 in decide; NULL: there is none
 *
 *   decision_want_sources(w, job, call_id, ids, count);                in needs of SendDecisions
 *   const struct decision_source *s = decision_source_of(w, job, application_id);      in decide */
#ifndef HV_FUNDING_STORE_DECISION_H
#define HV_FUNDING_STORE_DECISION_H
#include "services/funding/domain/decision.h"
#include "services/funding/store/workset.h"

#define DECISION_VIEWS_MAX 500 /* that are told, the newest first */

enum decision_document { DOCUMENT_NONE, DOCUMENT_HTML, DOCUMENT_PDF };
enum decision_form { FORM_HTML = 1, FORM_PDF, FORM_JSON }; /* what somebody has opened */

struct decision_view {
    struct uuid person_id;
    int64_t at_us;
    enum decision_form form;
};
struct decision_source { /* of one application that is not decided */
    struct uuid application_id;
    struct span content;       /* funding.Content as it was submitted last, packed */
    int64_t supplement_due_on; /* NO_DAY: nothing is awaited from the applicant */
};
struct decision_ask {
    struct part_item item; /* first */
    enum { DECISION_ONE, DECISIONS_OF_CALL, DECISIONS_OF_OWNER, DECISION_SOURCES } what;
    struct uuid id; /* the decision, call or owner */
    enum decision_document document;
    bool views;             /* of the one */
    struct uuid after;      /* of a list: the last id of the page before; nil: none */
    int32_t limit;          /* of a list */
    const struct uuid *ids; /* of sources; none: all of the call that are not decided */
    size_t id_count;

    struct decision *rows; /* found; of lists without partners, lines and documents */
    size_t count;
    struct decision_view *view_rows;
    size_t view_count;
    struct decision_source *sources; /* by application, lowest first; at most DECISIONS_AT_ONCE + 1 */
    size_t source_count;
    uint32_t granted_before, rejected_before; /* of the call, beside the sources: decisions in force */
    uint32_t pending;                         /* and its applications that wait for one */
};

void decision_want(struct workset *w, const struct job *job, struct uuid id, enum decision_document document);
struct decision_ask *decision_want_call(struct workset *w, const struct job *job, struct uuid call_id);    /* oldest first; set limit */
struct decision_ask *decision_want_owner(struct workset *w, const struct job *job, struct uuid person_id); /* newest first; the same */
void decision_want_sources(struct workset *w, const struct job *job, struct uuid call_id, const struct uuid *ids, size_t count);
struct decision_ask *decision_asked(const struct workset *w, const struct job *job);
const struct decision *decision_found(const struct workset *w, const struct job *job);
const struct decision_source *decision_source_of(const struct workset *w, const struct job *job, struct uuid application_id);

/* Changes; borrowed until the batch ends. */
void decision_add(struct workset *w, const struct decision *decision);
void decision_view_add(struct workset *w, struct uuid decision_id, struct uuid person_id, enum decision_form form);

extern const struct store_part decision_part;

#endif
