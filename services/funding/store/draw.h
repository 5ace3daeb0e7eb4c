/* The draw of the audit sample of a call, as the store holds it: the bound seed, the beacon, and the awards that were (or are) accepted at
 * the moment of the draw - so that whoever looks at a draw years later sees what was drawn from. See domain/draw.h.
 *
 *   draw_want(w, job, call_id);                            in needs, beside the call
 *   struct draw_ask *draw = draw_asked(w, job);            in decide */
#ifndef HV_FUNDING_STORE_DRAW_H
#define HV_FUNDING_STORE_DRAW_H
#include "services/funding/domain/draw.h"
#include "services/funding/store/workset.h"

struct draw_ask {
    struct part_item item; /* first */
    struct uuid call_id;
    /* Found. */
    bool bound;
    struct hash commitment;
    uint8_t seed[DRAW_SEED_SIZE]; /* told to nobody before drawn_us is set */
    int64_t committed_us;
    int32_t permille; /* as the call said when it was bound */
    const char *beacon;
    int64_t drawn_us; /* 0: not yet */
    int64_t now_us;   /* of the database, behind the lock of the call: later than every move before it */
    struct draw_row *rows;
    size_t count;
    int64_t offered;  /* awards that are not answered yet */
    int64_t reported; /* final reports that have been handed in */
    int64_t awards;   /* of the call, in any state */
};

void draw_want(struct workset *w, const struct job *job, struct uuid call_id);
struct draw_ask *draw_asked(const struct workset *w, const struct job *job);
void draw_bind(struct workset *w,
               const struct draw_ask *draw); /* seed, commitment, permille, committed_us; borrowed until the batch ends */
void draw_show(struct workset *w, const struct draw_ask *draw); /* beacon, drawn_us; the drawn awards' final reports are marked */

extern const struct store_part draw_store_part;

#endif
