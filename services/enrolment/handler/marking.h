/* Lists of participants that staff mark at once (presence, completions): checked as a whole before anything is changed, so a list is
 * carried out whole or not at all. Each entry that is wrong is named. */
#ifndef HV_ENROLMENT_HANDLER_MARKING_H
#define HV_ENROLMENT_HANDLER_MARKING_H
#include "enrolment.pb-c.h"
#include "services/enrolment/domain/completion.h"
#include "services/enrolment/store/workset.h"

#define MARKING_MAX 500 /* entries in one list */

struct marking { /* a request's list, read */
    struct uuid programme_id, unit_id;
    struct uuid *ids;
    size_t count;
    struct programme *programme; /* from here on: at hand in decide */
    const struct unit *unit;
};

/* Reads the two ids and room for the list; the caller, who has seen to it that this is staff, then adds each entry's. ERR_INVALID names
 * the field: "unitId", "entries", "entries[3].registrationId" (also for one named twice). */
enum err marking_read(struct job *job, const ProtobufCBinaryData *programme_id, const ProtobufCBinaryData *unit_id, size_t count,
                      struct marking *out) MUST_CHECK;
enum err marking_add(struct job *job, const ProtobufCBinaryData *registration_id, struct marking *marking) MUST_CHECK;
void marking_needs(struct workset *w, const struct marking *marking); /* asks for all that is on the list */

/* Decide: finds programme and unit, and whether everybody on the list is seated there; false: the job was failed. */
bool marking_fine(struct job *job, struct workset *w, struct marking *marking);

/* A row of a unit's list; mark NULL: nobody has marked it. */
Enrolment__AttendanceSheet__Row *attendance_row(struct workset *w, const struct registration *r, const struct unit_mark *mark, bool named);

#endif
