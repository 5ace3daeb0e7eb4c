/* The parts of the report of `hv up`: seats and order (up_report_seats.c), what became of registrations (up_report_moves.c), refusals
 * (up_report_refusals.c), mail and events (up_report_mail.c). Each asks the gateway, prints, and adds its checks.
 *
 * A check must hold on data that have been used since, for a later start reports on them too: other programmes are imported, people
 * enrol, cancel and are promoted. So what is compared covers the same people on both sides, or says "at least". */
#ifndef HV_HV_UP_REPORT_H
#define HV_HV_UP_REPORT_H
#include "services/hv/up.h"

/* Entries of the order chains of all programmes, as far as they are about people who are not forgotten: mails are counted of the same. */
struct moves {
    int64_t seated, queued;      /* at once, or by a hold confirmed, or by a transfer */
    int64_t promoted, cancelled; /* promoted: at once, or by accepting an offer */
    int64_t offered, passed, displaced, transferred;
};

struct report {
    struct up *up;
    unsigned checks, failed;
    json_t *programme; /* the demonstration's, as it is now */
    int64_t programmes;
    json_t *forgotten; /* id of a person forgotten -> true: what was about them is not compared, or may be fewer than it was */
    json_t *nobodys;   /* id of a registration that is a forgotten person's -> true */
    struct moves moves;
};

/* A line of the report: "ok" or "FAILED", then the sentence. */
void report_check(struct report *report, bool held, const char *format, ...) __attribute__((format(printf, 3, 4)));
json_t *report_get(struct report *report, const char *path); /* new reference; NULL after saying so */
/* Calls each for every item of a list that comes in pages; false: a page did not come. */
bool report_pages(struct report *report, const char *path, const char *member, void (*each)(void *owner, const json_t *item), void *owner);
int64_t report_outcome(const struct report *report, const char *name);

/* "15 300 000.00" of cents; good until the next but seven. */
const char *report_euros(int64_t cents);
/* Whether the file came; genuine: it is a PDF with this SHA-256 (base64). */
bool report_pdf(struct report *report, const char *path, const char *sha256, bool *genuine);
bool report_has_pdf(const json_t *message); /* among the attachments of a message */

void report_forgotten(struct report *report);           /* fills forgotten */
void report_settle(struct report *report, int seconds); /* waits until nothing is on its way any more */
void report_seats(struct report *report);               /* the table of implementations; fills programme */
void report_places(struct report *report);              /* caps and waiting lists */
void report_order(struct report *report);               /* order numbers, chains, a receipt */
void report_moves(struct report *report);               /* fills nobodys and moves */
void report_mail(struct report *report);
void report_refusals(struct report *report);
void report_after(struct report *report); /* the open event, completions, papers */
void report_grant(struct report *report); /* the grant call: money, decisions, letters */
void report_case(struct report *report);  /* the municipal case: plan, minutes, feeds, letters */
void report_early(struct report *report);
void report_events(struct report *report);
void report_fini(struct report *report);

#endif
