/* The common way of all edits. See edit.h. */
#include "services/enrolment/handler/edit.h"

#include <string.h>

#include "services/enrolment/domain/forgetting.h"
#include "services/enrolment/handler/tell.h"
#include "services/enrolment/handler/tell_dates.h"
#include "services/enrolment/store/change.h"

enum err edit_check(struct job *job, const ProtobufCBinaryData *programme_id, const char *reason)
{
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_id(job, "programmeId", programme_id, &id);
    if (err == ERR_OK)
        err = check_text(job, "reason", reason, 0, CHECK_REASON_MAX);
    return err;
}

enum err edit_lock(struct job *job, struct workset *w, const ProtobufCBinaryData *programme_id)
{
    struct uuid id;
    const enum err err = check_id(job, "programmeId", programme_id, &id);

    if (err != ERR_OK)
        return err;
    workset_lock_programme(w, id);
    workset_want_units(w);
    return ERR_OK;
}

struct programme *edit_begin(struct job *job, struct workset *w, const ProtobufCBinaryData *programme_id)
{
    struct uuid id;

    if (check_id(job, "programmeId", programme_id, &id) != ERR_OK)
        return NULL;
    struct programme *p = workset_programme(w, id);
    if (p == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return NULL;
    }
    return check_version(job, p->version) == ERR_OK ? p : NULL;
}

bool edit_fits(struct job *job, struct workset *w, const struct programme *after)
{
    if (check_range(job, "programme.implementations", (int64_t)after->implementation_count, 0, PROGRAMME_IMPLEMENTATIONS_MAX) != ERR_OK)
        return false;
    return enrolment__programme__get_packed_size(programme_message(w, after)) <= STORED_BYTES_MAX ||
           job_fail(job, ERR_TOO_LARGE, NULL, NULL, NULL, NULL, NULL) == ERR_OK;
}

bool edit_forgets_nobody(struct job *job, const struct workset *w, const struct programme *before, const struct programme *after)
{
    if (before == NULL || !retention_brought_near(before, after, w->now_us))
        return true;
    (void)refuse(job, REFUSAL_RETENTION_AT_ONCE);
    fact_time(job, "forgetsAt", retention_due_us(after));
    return false;
}

/* Puts the changed programme in the place of the one at hand, so that the jobs after this one see it. */
static struct programme *put_at_hand(struct workset *w, struct programme *before, struct programme *after)
{
    struct programme *at_hand = after;

    if (before != NULL) {
        *before = *after;
        at_hand = before;
    }
    for (size_t i = 0; i < at_hand->implementation_count; i++)
        at_hand->implementations[i].programme = at_hand;
    workset_programme_put(w, at_hand);
    return at_hand;
}

struct programme *edit_store(struct job *job, struct workset *w, struct programme *before, struct programme *after,
                             const struct report *report, const char *reason)
{
    const struct programme was = before != NULL ? *before : (struct programme){.version = 0};

    after->version++;
    struct programme *at_hand = put_at_hand(w, before, after);
    for (size_t i = 0; i < report->count; i++)
        change_add(w, job, at_hand, report->differences[i].field, report->differences[i].was, report->differences[i].becomes, reason,
                   (struct uuid){{0}});
    if (before != NULL)
        tell_dates(w, job, &was, at_hand, reason);
    return at_hand;
}

void edit_end(struct job *job, struct workset *w, struct programme *before, struct programme *after, const char *reason)
{
    struct report report;
    struct programme *at_hand = before;

    if (!edit_forgets_nobody(job, w, before, after) || !edit_fits(job, w, after))
        return;
    report_init(&report, w);
    import_compare(&report, before, after);
    if (report.count > 0) {
        at_hand = edit_store(job, w, before, after, &report, reason);
        tell_programme(w, job, at_hand);
    }
    job_answer(job, &programme_message(w, at_hand)->base, at_hand->version);
}

/* A copy of an array with room for one more. */
static void *copy_of(struct workset *w, const void *array, size_t count, size_t size)
{
    void *copy = arena_array(w->arena, count + 1, size);

    if (count > 0)
        memcpy(copy, array, count * size);
    return copy;
}

struct implementation *edit_implementations(struct workset *w, struct programme *after)
{
    after->implementations = copy_of(w, after->implementations, after->implementation_count, sizeof *after->implementations);
    return after->implementations;
}

struct unit *edit_units(struct workset *w, struct programme *after)
{
    struct unit *units = copy_of(w, after->units, after->unit_count, sizeof *units);

    after->units = units;
    return units;
}

struct window *edit_windows(struct workset *w, struct programme *after)
{
    after->windows = copy_of(w, after->windows, after->window_count, sizeof *after->windows);
    return after->windows;
}

static bool quota_fits(struct job *job, const struct window *window)
{
    if (window->quota == 0 || window->quota >= window->used)
        return true;
    (void)refuse(job, REFUSAL_WINDOW_QUOTA_BELOW_USED);
    fact_number(job, "used", window->used);
    return false;
}

bool edit_windows_fit(struct job *job, const struct programme *after)
{
    for (size_t i = 0; i < after->window_count; i++) {
        if (!quota_fits(job, &after->windows[i]))
            return false;
        for (size_t k = 0; k < i; k++) {
            if (!window_overlaps(&after->windows[i], &after->windows[k]))
                continue;
            (void)refuse(job, REFUSAL_WINDOW_OVERLAP);
            fact_time(job, "opensAt", after->windows[k].opens_us);
            fact_time(job, "closesAt", after->windows[k].closes_us);
            return false;
        }
    }
    return check_range(job, "windows", (int64_t)after->window_count, 0, PROGRAMME_WINDOWS_MAX) == ERR_OK;
}

bool edit_questions_fit(struct job *job, const struct programme *before, const struct programme *after)
{
    for (size_t i = 0; i < after->question_count; i++) {
        const struct question *was = question_coded(before->questions, before->question_count, after->questions[i].code);
        if (was == NULL || (was->kind == after->questions[i].kind && was->sensitive == after->questions[i].sensitive))
            continue;
        (void)refuse(job, REFUSAL_QUESTION_KIND);
        job_fact(job, "code", was->code);
        return false;
    }
    return true;
}
