/* MarkCompletions: who completed a study unit, by list, or (undo) did not after all. The whole list or nothing; marking the same again
 * changes no mark and tells nobody of it. Who has completed everything gets a certificate; who no longer has, loses it. Staff only. */
#include "common/base/time.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/marking.h"
#include "services/enrolment/handler/settle.h"
#include "services/enrolment/handler/tell_learning.h"
#include "services/enrolment/store/change.h"
#include "services/enrolment/store/learning.h"

static enum err read_list(struct job *job, struct marking *marking)
{
    const Enrolment__MarkCompletionsRequest *request = (const Enrolment__MarkCompletionsRequest *)job->message;
    enum err err = marking_read(job, &request->programme_id, &request->unit_id, request->n_entries, marking);

    for (size_t i = 0; err == ERR_OK && i < request->n_entries; i++)
        err = marking_add(job, &request->entries[i]->registration_id, marking);
    return err;
}

enum err mark_completions_needs(struct job *job, struct workset *w)
{
    struct marking marking = {.count = 0};
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = read_list(job, &marking);
    if (err == ERR_OK)
        marking_needs(w, &marking);
    return err;
}

/* Marked already, it may still be what was waited for: another unit has been taken away since, or a plan is no longer required. */
static void mark_done(struct workset *w, const struct job *job, const struct marking *marking, const struct registration *r,
                      struct unit_mark *mark)
{
    if (mark->completed_us == 0) {
        mark->completed_us = w->now_us;
        mark->credits_tenths = marking->unit->credits_tenths;
        mark->completion_by = job->actor;
        mark->completion_changed = true;
        tell_unit_completed(w, job, r, mark);
    }
    settle_completed(w, job, marking->programme, r);
}

/* Taking back leaves a line in the history too: the row itself goes away. */
static void mark_undone(struct workset *w, const struct job *job, const struct marking *marking, const struct registration *r,
                        struct unit_mark *mark)
{
    char was[TIME_TEXT];

    if (mark->completed_us == 0)
        return;
    time_format(mark->completed_us, was);
    mark->completed_us = 0;
    mark->completion_changed = true;
    change_add(w, job, marking->programme,
               arena_printf(w->arena, "units[%zu].completion", (size_t)(marking->unit - marking->programme->units)),
               arena_strdup(w->arena, was), "", "", r->id);
    tell_unit_completed(w, job, r, mark);
    settle_undone(w, job, marking->programme, r);
}

static Enrolment__CompletionReport__Row *report_row(struct workset *w, const struct registration *r, const struct learning *learning)
{
    Enrolment__CompletionReport__Row *row = arena_alloc(w->arena, sizeof *row);
    enrolment__completion_report__row__init(row);
    row->registration_id = id_bytes(&r->id);
    row->credits_tenths = learning_credits(learning);
    row->completed = certificate_valid(&learning->certificate);
    return row;
}

void mark_completions_decide(struct job *job, struct workset *w)
{
    const Enrolment__MarkCompletionsRequest *request = (const Enrolment__MarkCompletionsRequest *)job->message;
    struct marking marking = {.count = 0};

    if (read_list(job, &marking) != ERR_OK || !marking_fine(job, w, &marking))
        return;
    Enrolment__CompletionReport *report = arena_alloc(w->arena, sizeof *report);
    enrolment__completion_report__init(report);
    report->rows = arena_array(w->arena, marking.count, sizeof(Enrolment__CompletionReport__Row *));
    for (size_t i = 0; i < marking.count; i++) {
        const struct registration *r = workset_registration(w, marking.ids[i]);
        struct learning *learning = learning_of(w, r->id);
        struct unit_mark *mark = learning_mark_at(w, learning, marking.unit->id);
        if (request->entries[i]->undo)
            mark_undone(w, job, &marking, r, mark);
        else
            mark_done(w, job, &marking, r, mark);
        report->rows[report->n_rows++] = report_row(w, r, learning);
    }
    job_answer(job, &report->base, 0);
}
