/* Reports as the store holds them. What is written in one (funding.ReportContent) is packed bytes here. See domain/report.h.
 *
 *   report_want(w, job, REPORTS_ONE, report_id);                     in needs; or REPORTS_OF_AWARD, and report_of in decide
 *   struct report_row *r = report_found(w, job);                     in decide; NULL: there is none
 */
#ifndef HV_FUNDING_STORE_REPORT_H
#define HV_FUNDING_STORE_REPORT_H
#include "services/funding/domain/report.h"
#include "services/funding/store/workset.h"

enum reports_what { REPORTS_ONE, REPORTS_OF_AWARD, REPORTS_OF_SAME_AWARD, REPORTS_OF_AMENDMENT, REPORTS_PAGE };

struct report_row {
    struct report report; /* first */
    struct span content;  /* packed; empty in pages */
    /* Of one that was asked for alone: as it was handed in last. */
    struct span handed_in; /* empty: never */
    int64_t handed_in_cents;
    enum report_state interim;           /* the state of its award's interim report; not needed where there is none */
    const char *register_number, *title; /* of pages: the application's; NULL elsewhere */
};
struct report_ask {
    struct part_item item; /* first */
    enum reports_what what;
    struct uuid id; /* the report, award, amendment; of a page the call */
    int state;      /* of a page; 0: any */
    int64_t late;   /* of a page: late on this day; NO_DAY: all */
    struct uuid after;
    int32_t limit;
    struct uuid reader;      /* of a page: what they have a conflict of interest in is left out */
    struct report_row *rows; /* found: by kind; of a page by id */
    size_t count;
};

/* REPORTS_OF_SAME_AWARD: all of the award that the report with this id is of. */
void report_want(struct workset *w, const struct job *job, enum reports_what what, struct uuid id);
struct report_ask *report_want_page(struct workset *w, const struct job *job, struct uuid call_id);
struct report_ask *report_asked(const struct workset *w, const struct job *job);
struct report_row *report_found(const struct workset *w, const struct job *job);   /* the first; NULL: there is none */
struct report_row *report_of(const struct report_ask *ask, enum report_kind kind); /* NULL: none */
enum report_state report_interim(const struct report_ask *ask);                    /* the state of the interim one among an award's */
struct report_row *report_with(const struct report_ask *ask, struct uuid id);      /* NULL: none */

/* --- changes; copied, texts and bytes are borrowed until the batch ends ------------------------------------------------- */
void report_add(struct workset *w, const struct report *report, const char *why, struct uuid actor); /* awaited */
void report_save(struct workset *w, struct report_row *row); /* content, used_cents, due_on; version */
/* Its state, and all else that stands in the struct. */
void report_move(struct workset *w, struct report_row *row, enum report_state state, const char *why, struct uuid actor);

extern const struct store_part report_part;

#endif
