/* The table of faults as data. Numbers arrive from other processes (bus.Reply.err), perhaps from a newer version with more
 * rows than ours: what we do not know is an internal fault of whoever sent it. */
#include "common/base/err.h"

static const struct err_text rows[ERR_COUNT] = {
#define ERR_ROW(name, status, id, fi, sv, en) {status, #name, id, fi, sv, en},
    ERR_MAP(ERR_ROW)
#undef ERR_ROW
};

const struct err_text *err_text(unsigned number)
{
    return &rows[number < ERR_COUNT ? number : (unsigned)ERR_INTERNAL];
}
