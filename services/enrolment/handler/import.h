/* The parts of ImportProgramme: check the message, build the programme it describes on top of the one that stands, and say in
 * words what that creates, changes and disagrees about. */
#ifndef HV_ENROLMENT_HANDLER_IMPORT_H
#define HV_ENROLMENT_HANDLER_IMPORT_H
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"

#define IMPORT_BYTES_MAX (180 * 1024) /* of the message, packed */
#define STORED_BYTES_MAX (220 * 1024) /* of the programme it makes: that must fit into one event and one reply */

/* Every field of the message: present, long enough, short enough, in its vocabulary, unique where it must be. */
enum err import_check(struct job *job, const Enrolment__Programme *programme) MUST_CHECK;

/* The id of a part nobody named: follows from the programme and the part's code, so that importing twice makes one. */
struct uuid import_id(struct uuid space, const char *kind, const char *code);

/* The programme as it would be: counters, versions and chains are those of `before` (NULL: a new programme). Implementations that
 * the message leaves out stay at the end. Versions are not yet raised. */
struct programme *import_build(struct workset *w, const Enrolment__Programme *message, const struct programme *before, struct uuid id);

/* The report, line by line. */
struct report {
    struct workset *w;
    Enrolment__ImportReport *message;
    size_t room;
    size_t changes; /* lines that create or change */
};
void report_init(struct report *report, struct workset *w);
/* The texts are copied. */
void report_line(struct report *report, Enrolment__ImportReport__Line__Kind kind, const char *field, const char *fi, const char *sv,
                 const char *en);

/* What is new or other than before. */
void import_compare(struct report *report, const struct programme *before, const struct programme *after);
/* What does not add up in the message, whatever stood before: said, neither corrected nor hidden. */
void import_doubts(struct report *report, const struct programme *after, int64_t now_us);

#endif
