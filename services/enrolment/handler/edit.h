/* One way for all edits of a programme: the writer locks it, the use case makes a copy with the part changed, and edit_end compares the
 * two, line by line, and does what follows from any change: the history, a higher version, the events. A use case is left with what
 * is its own: the checks of its part, and the part.
 *
 *   needs:   edit_check(...)                      staff, If-Match, the programme's id, the reason
 *            return edit_lock(...)                when all else is checked too
 *   decide:  p = edit_begin(...)                  NULL: the job has its answer
 *            struct programme after = *p;         the parts that change are copied before they are changed
 *            edit_end(job, w, p, &after, reason)  answers with the programme */
#ifndef HV_ENROLMENT_HANDLER_EDIT_H
#define HV_ENROLMENT_HANDLER_EDIT_H
#include "services/enrolment/handler/import.h"

enum err edit_check(struct job *job, const ProtobufCBinaryData *programme_id, const char *reason) MUST_CHECK;
enum err edit_lock(struct job *job, struct workset *w, const ProtobufCBinaryData *programme_id) MUST_CHECK;
struct programme *edit_begin(struct job *job, struct workset *w, const ProtobufCBinaryData *programme_id);
void edit_end(struct job *job, struct workset *w, struct programme *before, struct programme *after, const char *reason);

/* Whether the programme is still small enough for one event; else the job is failed. */
bool edit_fits(struct job *job, struct workset *w, const struct programme *after);

/* Whether no edit of dates erases people at once (domain/forgetting.h); before NULL: a new programme. False: the job was refused. */
bool edit_forgets_nobody(struct job *job, const struct workset *w, const struct programme *before, const struct programme *after);

/* Puts `after` in the place of the programme at hand (NULL: a new one) with its version raised, writes the history, tells of moved
 * dates. Returns the one at hand; ProgrammeStored is the caller's. */
struct programme *edit_store(struct job *job, struct workset *w, struct programme *before, struct programme *after,
                             const struct report *report, const char *reason);

/* Arrays of the programme that may be changed: copies with room for one more. */
struct implementation *edit_implementations(struct workset *w, struct programme *after);
struct unit *edit_units(struct workset *w, struct programme *after);
struct window *edit_windows(struct workset *w, struct programme *after);

/* The windows of `after` may not overlap, and a quota may not be under what came through. False: the job was refused. */
bool edit_windows_fit(struct job *job, const struct programme *after);
/* A question that stands keeps its kind, and whether it is sensitive: its answers were kept accordingly. False: refused. */
bool edit_questions_fit(struct job *job, const struct programme *before, const struct programme *after);

#endif
