/* See machine.h. A row a state: its name, and the states that may follow it. */
#include "services/funding/domain/machine.h"

#include <string.h>

enum { STATES = 7 }; /* of the largest machine, from 1 */

struct row {
    const char *name;
    const char *next; /* digits */
};
struct table {
    const char *name;
    const char *first; /* how it may begin */
    struct row rows[STATES];
};

static const struct table TABLES[MACHINE_COUNT] = {
    [MACHINE_CALL] = {"call", "1", {{"draft", "25"}, {"published", "135"}, {"resolved", "4"}, {"ended", ""}, {"called-off", ""}}},
    [MACHINE_APPLICATION] =
        {"application",
         "1",
         {{"draft", "246"}, {"submitted", "3456"}, {"to-supplement", "2456"}, {"withdrawn", ""}, {"decided", ""}, {"lapsed", ""}}},
    [MACHINE_ASSESSMENT] =
        {"assessment",
         "1",
         {{"unhandled", "2345"}, {"prepared", "345"}, {"plausible", "245"}, {"reject", "2356"}, {"grant", "2346"}, {"decided", ""}}},
    [MACHINE_AWARD] = {"award", "1", {{"offered", "235"}, {"accepted", "45"}, {"refused", ""}, {"closed", ""}, {"annulled", ""}}},
    [MACHINE_INSTALMENT] = {"instalment",
                            "1",
                            {{"planned", "25"}, {"ordered", "35"}, {"sent", "46"}, {"paid", ""}, {"cancelled", ""}, {"came-back", "25"}}},
    [MACHINE_AMENDMENT] = {"amendment", "1", {{"submitted", "23"}, {"decided", ""}, {"withdrawn", ""}}},
    [MACHINE_REPORT] =
        {"report",
         "1",
         {{"awaited", "26"}, {"submitted", "35"}, {"verified", "45"}, {"accepted", ""}, {"to-supplement", "26"}, {"not-needed", ""}}},
    [MACHINE_OBLIGATION] = {"obligation", "1", {{"open", "23"}, {"met", "1"}, {"waived", ""}}},
    [MACHINE_RECOVERY] = {"recovery", "1", {{"proposed", "24"}, {"ordered", "34"}, {"paid", ""}, {"waived", ""}}},
    [MACHINE_PROJECT] = {"project", "123", {{"planned", "24"}, {"ongoing", "34"}, {"ended", ""}, {"interrupted", "23"}}},
    [MACHINE_CASE] =
        {"case",
         "1",
         {{"filed", "26"}, {"in-preparation", "36"}, {"proposed", "246"}, {"on-agenda", "2356"}, {"decided", ""}, {"withdrawn", ""}}},
    [MACHINE_STATEMENT] = {"statement", "1", {{"requested", "234"}, {"given", ""}, {"referred", ""}, {"not-given", ""}}},
    [MACHINE_MEETING] =
        {"meeting",
         "1",
         {{"planned", "27"}, {"summoned", "37"}, {"open", "4"}, {"closed", "5"}, {"checked", "46"}, {"published", ""}, {"cancelled", ""}}},
};

const char *machine_name(enum machine machine)
{
    return TABLES[machine].name;
}

bool machine_find(enum machine *out, const char *name)
{
    for (size_t i = 0; i < MACHINE_COUNT; i++)
        if (strcmp(TABLES[i].name, name) == 0) {
            *out = (enum machine)i;
            return true;
        }
    return false;
}

const char *machine_state(enum machine machine, int state)
{
    const char *name = state >= 1 && state <= STATES ? TABLES[machine].rows[state - 1].name : NULL;
    return name != NULL ? name : "";
}

bool machine_allows(enum machine machine, int from, int to)
{
    if (to < 1 || to > STATES || from < 0 || from > STATES)
        return false;
    const char *next = from == 0 ? TABLES[machine].first : TABLES[machine].rows[from - 1].next;
    return next != NULL && strchr(next, '0' + to) != NULL;
}
