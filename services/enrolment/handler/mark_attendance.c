/* MarkAttendance: who was present in a study unit, by list. The whole list or nothing; those left out stay as they are, and marking the
 * same again changes nothing and tells nobody. Staff only. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/marking.h"
#include "services/enrolment/handler/tell_learning.h"
#include "services/enrolment/store/learning.h"

static enum err check_presence(struct job *job, const char *field, Enrolment__Presence presence)
{
    if (presence == ENROLMENT__PRESENCE__PRESENCE_UNKNOWN)
        return fail_missing(job, field);
    return check_range(job, field, (int64_t)presence, PRESENCE_PRESENT, PRESENCE_ABSENT);
}

static enum err read_list(struct job *job, struct marking *marking)
{
    const Enrolment__MarkAttendanceRequest *request = (const Enrolment__MarkAttendanceRequest *)job->message;
    enum err err = marking_read(job, &request->programme_id, &request->unit_id, request->n_entries, marking);

    for (size_t i = 0; err == ERR_OK && i < request->n_entries; i++) {
        err = marking_add(job, &request->entries[i]->registration_id, marking);
        if (err == ERR_OK)
            err = check_presence(job, arena_printf(job->arena, "entries[%zu].presence", i), request->entries[i]->presence);
    }
    return err;
}

enum err mark_attendance_needs(struct job *job, struct workset *w)
{
    struct marking marking = {.count = 0};
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = read_list(job, &marking);
    if (err == ERR_OK)
        marking_needs(w, &marking);
    return err;
}

static void mark(struct workset *w, const struct job *job, const struct registration *r, struct unit_mark *mark, enum presence presence)
{
    const enum presence was = mark->presence;

    if (was == presence)
        return;
    mark->presence = presence;
    mark->attended_us = w->now_us;
    mark->attendance_by = job->actor;
    mark->attendance_changed = true;
    tell_attended(w, job, r, mark, was);
}

void mark_attendance_decide(struct job *job, struct workset *w)
{
    const Enrolment__MarkAttendanceRequest *request = (const Enrolment__MarkAttendanceRequest *)job->message;
    struct marking marking = {.count = 0};

    if (read_list(job, &marking) != ERR_OK || !marking_fine(job, w, &marking))
        return;
    Enrolment__AttendanceSheet *sheet = arena_alloc(w->arena, sizeof *sheet);
    enrolment__attendance_sheet__init(sheet);
    sheet->programme_id = id_bytes(&marking.programme->id);
    sheet->unit_id = id_bytes(&marking.unit->id);
    sheet->rows = arena_array(w->arena, marking.count, sizeof(Enrolment__AttendanceSheet__Row *));
    for (size_t i = 0; i < marking.count; i++) {
        const struct registration *r = workset_registration(w, marking.ids[i]);
        struct unit_mark *own = learning_mark_at(w, learning_of(w, r->id), marking.unit->id);
        mark(w, job, r, own, (enum presence)request->entries[i]->presence);
        sheet->rows[sheet->n_rows++] = attendance_row(w, r, own, false);
    }
    job_answer(job, &sheet->base, 0);
}
