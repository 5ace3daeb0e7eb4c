/* The state machines of funding: what may follow what. The same table stands in the database (table `transition`), which refuses every
 * other move whoever asks; here it is so that a use case can refuse with words before it tries. A store test holds the two against each
 * other.
 *
 * Each moves one kind of thing, whose state it is: a call, an application, what is prepared for its decision (assessment), the award a
 * decision makes, an instalment of it, a change application (amendment), a report, an obligation, a recovery, a project; a municipal case,
 * a statement asked about it, a meeting of a board. */
#ifndef HV_FUNDING_DOMAIN_MACHINE_H
#define HV_FUNDING_DOMAIN_MACHINE_H
#include <stdbool.h>
#include <stddef.h>

enum machine {
    MACHINE_CALL,
    MACHINE_APPLICATION,
    MACHINE_ASSESSMENT,
    MACHINE_AWARD,
    MACHINE_INSTALMENT,
    MACHINE_AMENDMENT,
    MACHINE_REPORT,
    MACHINE_OBLIGATION,
    MACHINE_RECOVERY,
    MACHINE_PROJECT,
    MACHINE_CASE,
    MACHINE_STATEMENT,
    MACHINE_MEETING,
    MACHINE_COUNT
};

enum call_state { CALL_DRAFT = 1, CALL_PUBLISHED, CALL_RESOLVED, CALL_ENDED, CALL_CALLED_OFF };
enum application_state {
    APPLICATION_DRAFT = 1,
    APPLICATION_SUBMITTED,
    APPLICATION_TO_SUPPLEMENT,
    APPLICATION_WITHDRAWN,
    APPLICATION_DECIDED,
    APPLICATION_LAPSED
};
enum assessment_state {
    ASSESSMENT_UNHANDLED = 1,
    ASSESSMENT_PREPARED,
    ASSESSMENT_PLAUSIBLE,
    ASSESSMENT_REJECT,
    ASSESSMENT_GRANT,
    ASSESSMENT_DECIDED
};
enum award_state { AWARD_OFFERED = 1, AWARD_ACCEPTED, AWARD_REFUSED, AWARD_CLOSED, AWARD_ANNULLED };
enum instalment_state {
    INSTALMENT_PLANNED = 1,
    INSTALMENT_ORDERED,
    INSTALMENT_SENT,
    INSTALMENT_PAID,
    INSTALMENT_CANCELLED,
    INSTALMENT_CAME_BACK
};
enum amendment_state { AMENDMENT_SUBMITTED = 1, AMENDMENT_DECIDED, AMENDMENT_WITHDRAWN };
enum report_state { REPORT_AWAITED = 1, REPORT_SUBMITTED, REPORT_VERIFIED, REPORT_ACCEPTED, REPORT_TO_SUPPLEMENT, REPORT_NOT_NEEDED };
enum obligation_state { OBLIGATION_OPEN = 1, OBLIGATION_MET, OBLIGATION_WAIVED };
enum recovery_state { RECOVERY_PROPOSED = 1, RECOVERY_ORDERED, RECOVERY_PAID, RECOVERY_WAIVED };
enum project_state { PROJECT_PLANNED = 1, PROJECT_ONGOING, PROJECT_ENDED, PROJECT_INTERRUPTED };
enum case_state { CASE_FILED = 1, CASE_IN_PREPARATION, CASE_PROPOSED, CASE_ON_AGENDA, CASE_DECIDED, CASE_WITHDRAWN };
enum statement_state { STATEMENT_REQUESTED = 1, STATEMENT_GIVEN, STATEMENT_REFERRED, STATEMENT_NOT_GIVEN };
enum meeting_state {
    MEETING_PLANNED = 1,
    MEETING_SUMMONED,
    MEETING_OPEN,
    MEETING_CLOSED,
    MEETING_CHECKED,
    MEETING_PUBLISHED,
    MEETING_CANCELLED
};

const char *machine_name(enum machine machine);              /* "call", as in table `transition` */
bool machine_find(enum machine *out, const char *name);      /* false: there is none of this name */
const char *machine_state(enum machine machine, int state);  /* "published"; "" for 0 and what is none */
bool machine_allows(enum machine machine, int from, int to); /* from 0: a beginning */

#endif
