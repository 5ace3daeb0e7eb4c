/* What a worker counts: its batches, and its jobs by case and outcome. Used by the worker's thread alone. */
#ifndef HV_WORK_TALLY_H
#define HV_WORK_TALLY_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/metric.h"
#include "common/work/job.h"

struct tally;

struct tally *tally_new(struct metrics *metrics, const char *worker);
void tally_free(struct tally *tally);
void tally_batch(struct tally *tally, size_t jobs, int64_t took_us, size_t depth);
void tally_job(struct tally *tally, const struct job *job);
void tally_rerun(struct tally *tally);
void tally_reconnect(struct tally *tally);

#endif
