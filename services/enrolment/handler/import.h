/* What ImportProgramme and the edits of a programme piece by piece share: check each field of a part, build the part that the message
 * describes on top of the one that stands, and say in words what that creates, changes and disagrees about. edit.h does the rest. */
#ifndef HV_ENROLMENT_HANDLER_IMPORT_H
#define HV_ENROLMENT_HANDLER_IMPORT_H
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"

#define IMPORT_BYTES_MAX (180 * 1024) /* of the message, packed */
#define STORED_BYTES_MAX (220 * 1024) /* of the programme it makes: that must fit into one event and one reply */

/* --- checking, in needs: present, long enough, short enough, in its vocabulary, unique where it must be -------------------------- */
enum err import_check(struct job *job, const Enrolment__Programme *programme) MUST_CHECK;
/* field: how the caller wrote the part, "programme.units[2]" or "unit". seats: cap or capacity must be there, 1 or more. */
enum err check_head(struct job *job, const Enrolment__Programme *programme, bool seats) MUST_CHECK; /* under "programme" */
enum err check_unit(struct job *job, const char *field, const Enrolment__Unit *unit) MUST_CHECK;
enum err check_implementation(struct job *job, const char *field, const Enrolment__Implementation *implementation, bool seats) MUST_CHECK;
enum err check_rules(struct job *job, const char *field, Enrolment__Rule *const *rules, size_t count) MUST_CHECK;
enum err check_questions(struct job *job, const char *field, Enrolment__Question *const *questions, size_t count) MUST_CHECK;
/* Finnish must be there when least is 1; the others may be empty. */
enum err check_texts(struct job *job, const char *field, const Bus__Text *text, size_t least, size_t most) MUST_CHECK;
const char *field_under(struct job *job, const char *field, const char *name); /* "programme.implementations[3].capacity" */
enum err fail_twice(struct job *job, const char *field);                       /* two parts have the same code */
enum err fail_code_taken(struct job *job);                                     /* a programme has the code already */

/* --- building, in decide ---------------------------------------------------------------------------------------------------------- */
/* The programme as it would be: counters, versions and chains are those of `before` (NULL: a new programme). Implementations that
 * the message leaves out stay at the end. Versions are not yet raised. */
struct programme *import_build(struct workset *w, const struct job *job, const Enrolment__Programme *message,
                               const struct programme *before, struct uuid id);
void head_build(struct programme *programme, const Enrolment__Programme *message); /* all but id, cap, counters and parts */
/* What it says, on top of one that has its id, counters, capacity and waiting cap already. */
void implementation_build(struct workset *w, struct implementation *implementation, const Enrolment__Implementation *message);
/* Webinars keep their ids: by the id the message names, or with by_place the rest in their order; those left out are called off. */
struct unit unit_build(struct workset *w, const Enrolment__Unit *message, const struct unit *was, bool by_place);
void units_build(struct workset *w, const struct job *job, const Enrolment__Programme *m, const struct programme *before,
                 struct programme *after);
const struct rule *rules_build(struct workset *w, Enrolment__Rule *const *rules, size_t count);
const struct question *questions_build(struct workset *w, Enrolment__Question *const *questions, size_t count);
struct text text_build(const Bus__Text *text);

const struct window *import_window(const struct programme *p, struct uuid id); /* NULL: p is, or has none with that id */

/* The id of a part nobody named: follows from the programme and the part's code, so that importing twice makes one. */
struct uuid import_id(struct uuid space, const char *kind, const char *code);
struct uuid implementation_id_of(const struct workset *w, const struct programme *before, struct uuid programme, const char *code);
struct uuid programme_id_of(const struct workset *w, const char *code); /* these two: of a new one */

/* --- what is new or other than before ---------------------------------------------------------------------------------------------- */
struct difference { /* one line of the history of changes */
    const char *field, *was, *becomes;
};
struct report {
    struct workset *w;
    Enrolment__ImportReport *message;
    size_t room, bytes, left_out; /* lines that do not fit into a reply are counted instead */
    struct difference *differences;
    size_t count, difference_room;
};
void report_init(struct report *report, struct workset *w);
void report_line(struct report *report, Enrolment__ImportReport__Line__Kind kind, const char *field, const char *fi, const char *sv,
                 const char *en); /* the texts are copied */
/* Something that is created ("" before), changed or taken away ("" after). Says nothing when the two are the same. */
void report_difference(struct report *report, const char *field, const char *was, const char *becomes);
void report_close(struct report *report); /* says how many lines were left out */

/* before: NULL for a programme that is new. */
void import_compare(struct report *report, const struct programme *before, const struct programme *after);
/* What does not add up in the programme, whatever stood before: said, neither corrected nor hidden. */
void import_doubts(struct report *report, const struct programme *after, int64_t now_us);

/* The parts in plain words, complete: two that differ in anything give different words. */
const char *webinar_words(struct arena *arena, const struct webinar *webinar);
const char *window_words(struct arena *arena, const struct window *window);
const char *rule_words(struct arena *arena, const struct rule *rule);
const char *question_words(struct arena *arena, const struct question *question);
const char *time_words(struct arena *arena, int64_t us); /* 0: "" */

#endif
