/* A course with study units on the rig, for tests of what comes after the places: presence, completions, certificates, exports. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_COURSE_H
#define HV_TESTS_SERVICE_ENROLMENT_COURSE_H
#include "tests/service/enrolment/rig.h"

#define COURSE_UNITS 3 /* 2, 2 and 1 credits, as VEPO's */

struct course {
    struct world world;
    struct uuid units[COURSE_UNITS];
};
struct course_plan {
    const char *code;
    uint32_t cap, capacity, waiting_cap;
    size_t count; /* implementations */
    bool plan_required, moderated;
    Enrolment__Question **questions;
    size_t question_count;
};
struct course course_new(struct rig *rig, const struct course_plan *plan);
struct uuid course_person(struct rig *rig, const char *name, const char *organisation); /* a teacher of basic education, English */
/* Enrols and gives the registration's id. */
struct uuid course_enrol(struct rig *rig, const struct course *course, size_t implementation, struct uuid person);

struct answer course_ask(struct rig *rig, struct uuid actor, uint32_t roles, const char *method, const ProtobufCMessage *message);
struct answer course_staff(struct rig *rig, const char *method, const ProtobufCMessage *message);
/* MarkAttendance and MarkCompletions of a list. */
struct answer course_attend(struct rig *rig, const struct course *course, size_t unit, const struct uuid *registrations, size_t count,
                            Enrolment__Presence presence);
struct answer course_complete(struct rig *rig, const struct course *course, size_t unit, const struct uuid *registrations, size_t count,
                              bool undo);
/* All units of them; everybody of the list. */
void course_complete_all(struct rig *rig, const struct course *course, const struct uuid *registrations, size_t count);
Enrolment__Progress course_progress(struct rig *rig, struct uuid registration); /* as staff see it */
struct answer course_certificate(struct rig *rig, struct uuid actor, uint32_t roles, struct uuid registration, const char *language);
int64_t course_events(struct rig *rig, const char *type); /* how many were told: "Completed" */
/* Writes the file of the answer to a temporary one and gives its path; good until the next call. */
const char *course_save(const struct answer *answer, const char *ending);
/* What a command prints; good until the next call. It must succeed. */
const char *course_run(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
