/* Checking a list of participants. See marking.h. */
#include "services/enrolment/handler/marking.h"

#include "services/enrolment/domain/webinar.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/store/learning.h"

static const char *field_of(struct job *job, size_t at)
{
    return arena_printf(job->arena, "entries[%zu].registrationId", at);
}

enum err marking_read(struct job *job, const ProtobufCBinaryData *programme_id, const ProtobufCBinaryData *unit_id, size_t count,
                      struct marking *out)
{
    enum err err = check_id(job, "programmeId", programme_id, &out->programme_id);

    if (err == ERR_OK)
        err = check_id(job, "unitId", unit_id, &out->unit_id);
    if (err == ERR_OK)
        err = check_range(job, "entries", (int64_t)count, 1, MARKING_MAX);
    if (err == ERR_OK)
        out->ids = arena_array(job->arena, count, sizeof *out->ids);
    return err;
}

enum err marking_add(struct job *job, const ProtobufCBinaryData *registration_id, struct marking *marking)
{
    struct uuid id;
    const enum err err = check_id(job, field_of(job, marking->count), registration_id, &id);

    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < marking->count; i++)
        if (uuid_compare(marking->ids[i], id) == 0)
            return job_fail(job, ERR_INVALID, "field.twice", field_of(job, marking->count), "Sama ilmoittautuminen on luettelossa kahdesti",
                            "Samma anmälan finns två gånger i listan", "The list has the same registration twice");
    marking->ids[marking->count++] = id;
    return ERR_OK;
}

void marking_needs(struct workset *w, const struct marking *marking)
{
    workset_lock_programme(w, marking->programme_id);
    workset_want_units(w);
    for (size_t i = 0; i < marking->count; i++) {
        workset_see_registration(w, marking->ids[i]);
        learning_want(w, marking->ids[i]);
    }
}

static bool fits(const struct workset *w, const struct marking *marking, size_t at)
{
    const struct registration *r = workset_registration(w, marking->ids[at]);
    return r != NULL && !r->forgotten && r->state == REGISTRATION_SEATED && uuid_compare(r->programme, marking->programme_id) == 0;
}

/* The first wrong entry is the problem's field, and each of them a fact. */
static void refuse_entries(struct job *job, const struct workset *w, const struct marking *marking, size_t first)
{
    const struct refusal_text *text = refusal_text(REFUSAL_NOT_SEATED);

    (void)job_fail(job, ERR_REFUSED, text->rule, field_of(job, first), text->fi, text->sv, text->en);
    for (size_t i = first; i < marking->count; i++)
        if (!fits(w, marking, i))
            fact_id(job, field_of(job, i), marking->ids[i]);
}

bool marking_fine(struct job *job, struct workset *w, struct marking *marking)
{
    marking->programme = workset_programme(w, marking->programme_id);
    marking->unit = unit_of(marking->programme, marking->unit_id);
    if (marking->unit == NULL) {
        (void)fail_absent(job, marking->programme == NULL ? "programmeId" : "unitId");
        return false;
    }
    for (size_t i = 0; i < marking->count; i++) {
        if (fits(w, marking, i))
            continue;
        refuse_entries(job, w, marking, i);
        return false;
    }
    return true;
}

Enrolment__AttendanceSheet__Row *attendance_row(struct workset *w, const struct registration *r, const struct unit_mark *mark, bool named)
{
    Enrolment__AttendanceSheet__Row *row = arena_alloc(w->arena, sizeof *row);

    enrolment__attendance_sheet__row__init(row);
    row->registration = named ? registration_message(w, r) : registration_kept(w, r);
    if (named)
        row->registration->person = person_message(w, r->person);
    if (mark != NULL) {
        row->presence = (Enrolment__Presence)mark->presence;
        row->completed = mark->completed_us != 0;
        row->marked_us = mark->attended_us;
    }
    return row;
}
