/* The parts of the report of `hv up`: seats and order (up_report_seats.c), mail and events (up_report_mail.c). Each asks the gateway,
 * prints, and adds its checks. */
#ifndef HV_HV_UP_REPORT_H
#define HV_HV_UP_REPORT_H
#include "services/hv/up.h"

struct report {
    struct up *up;
    unsigned checks, failed;
    json_t *programme; /* as it is now */
    int64_t promoted, active, registrations;
};

/* A line of the report: "ok" or "FAILED", then the sentence. */
void report_check(struct report *report, bool held, const char *format, ...) __attribute__((format(printf, 3, 4)));
json_t *report_get(struct report *report, const char *path); /* new reference; NULL after saying so */
int64_t report_outcome(const struct report *report, const char *name);

void report_settle(struct report *report, int seconds); /* waits until nothing is on its way any more */
void report_seats(struct report *report);               /* the table of implementations; fills programme */
void report_places(struct report *report);              /* caps and waiting lists */
void report_order(struct report *report);               /* order numbers, chains, a receipt */
void report_mail(struct report *report);
void report_events(struct report *report);
void report_fini(struct report *report);

#endif
