/* What moved when, by whose hand and why: table move, written by the triggers of every table with a state; of a call the changes of its
 * officials too. */
#ifndef HV_FUNDING_STORE_HISTORY_H
#define HV_FUNDING_STORE_HISTORY_H
#include "services/funding/domain/machine.h"
#include "services/funding/store/workset.h"

#define HISTORY_MOST 500 /* moves of one thing that are told, the oldest first */

struct history_move {
    int from, to;
    int64_t at_us;
    struct uuid actor; /* nil: the rules */
    struct span why;
    struct span name; /* of the actor, where they are an official of the call or of the municipality; else empty */
};
struct history_ask {
    struct part_item item; /* first */
    enum machine machine;
    struct uuid subject, reader;
    /* Found. */
    struct history_move *moves;
    size_t count;
    bool of_application;   /* or of what hangs on one: its assessment, award, reports and so on; else a call or a project */
    bool submitted;        /* that application was, once */
    bool conflict;         /* the reader has a conflict of interest in it, or it is their own */
    bool evaluated;        /* the reader has evaluated it, or it is decided */
    bool prepared;         /* its call has a preparer */
    int offices;           /* of the reader in its call: a bit (1 << enum official_role) each */
    bool of_municipality;  /* a case, a statement in one, or a meeting */
    uint32_t held_offices; /* of the reader in that municipality: a bit (1 << enum office) each */
};
struct history_ask *history_ask(struct workset *w, const struct job *job, enum machine machine, struct uuid subject, struct uuid reader);
const struct history_ask *history_asked(const struct workset *w, const struct job *job);

extern const struct store_part history_part;

#endif
