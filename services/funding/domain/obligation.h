/* Obligations: what a recipient has to do by a day - answer to the grant, hand in the interim and the final report, pay money back. They
 * are open, met or waived; one that was met opens again when a report is returned to be supplemented. Reminders follow from the events
 * about them, so an obligation is all that the service of letters knows of a due day.
 *
 * The obligation to pay back has the id of its recovery; of the other kinds an award has at most one each. */
#ifndef HV_FUNDING_DOMAIN_OBLIGATION_H
#define HV_FUNDING_DOMAIN_OBLIGATION_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"
#include "services/funding/domain/machine.h"

enum obligation_kind { OBLIGATION_ANSWER = 1, OBLIGATION_INTERIM, OBLIGATION_FINAL, OBLIGATION_REPAYMENT };

struct obligation {
    struct uuid id, award_id;
    enum obligation_kind kind;
    int64_t due_on;
    enum obligation_state state;
    bool late; /* its day passed, and that was told */
};

struct obligation *obligation_of(struct obligation *rows, size_t count, enum obligation_kind kind); /* not of repayments; NULL: none */
struct obligation *obligation_with(struct obligation *rows, size_t count, struct uuid id);          /* NULL: none */
bool obligations_settled(const struct obligation *rows, size_t count);                              /* none is open */
/* Days before this one have passed. A task whose day is no working day may be done on the next that is (150/1930, 5 s.). */
int64_t obligations_passed(int64_t today);
/* Open, and its day has passed: it can be met on the day itself. */
bool obligation_overdue(const struct obligation *obligation, int64_t today);
/* A decision-maker may waive a report; an answer comes by silence, and a repayment is waived with its recovery. */
bool obligation_waivable(enum obligation_kind kind);

#endif
