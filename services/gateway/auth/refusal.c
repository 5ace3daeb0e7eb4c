/* The gateway's own refusals, from one table: see refusal.h. */
#include "services/gateway/auth/refusal.h"

static const struct row {
    enum err err;
    const char *rule, *field, *fi, *sv, *en;
} ROWS[] = {
#define REFUSAL_ROW(name, err, rule, field, fi, sv, en) {ERR_##err, rule, field, fi, sv, en},
    REFUSAL_MAP(REFUSAL_ROW)
#undef REFUSAL_ROW
};

enum err refuse_field(struct job *job, enum refusal refusal, const char *field)
{
    const struct row *row = &ROWS[refusal];
    return job_fail(job, row->err, row->rule, field, row->fi, row->sv, row->en);
}

enum err refuse(struct job *job, enum refusal refusal)
{
    return refuse_field(job, refusal, ROWS[refusal].field);
}

enum err refuse_at(struct job *job, enum refusal refusal, const char *list, size_t index)
{
    return refuse_field(job, refusal, arena_printf(job->arena, "%s[%zu].%s", list, index, ROWS[refusal].field));
}
