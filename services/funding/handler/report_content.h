/* What a recipient reports, between the message (funding.ReportContent), the packed bytes that the store keeps, and the struct of the
 * domain that is checked. A draft may be unfinished, but not boundless. */
#ifndef HV_FUNDING_HANDLER_REPORT_CONTENT_H
#define HV_FUNDING_HANDLER_REPORT_CONTENT_H
#include "common/work/check.h"
#include "funding.pb-c.h"
#include "services/funding/domain/report.h"

#define REPORT_TEXT_MAX     20000 /* characters of results, and of the use of money */
#define REPORT_BYTES_MAX    240000
#define REPORT_CHECKED_TEXT 500 /* characters of a point of the checklist */

enum err report_content_check(struct job *job, const Funding__ReportContent *content) MUST_CHECK;
struct report_content report_content_read(struct arena *arena, const Funding__ReportContent *content); /* texts are borrowed */
struct span report_content_pack(struct arena *arena, const Funding__ReportContent *content);
Funding__ReportContent *report_content_unpack(struct arena *arena, struct span packed);  /* empty bytes: an empty one */
int64_t report_content_days(struct arena *arena, const Funding__ReportContent *content); /* trainee days held, in tenths */

#endif
