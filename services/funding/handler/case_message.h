/* Cases as answers, as far as their reader may see them.
 *
 * An official of the municipality reads all of it, texts with their double square brackets, as they are written. The applicant and whoever
 * was asked for a statement read it without what is confidential, and without impacts and proposal until these are public. The public
 * reads it once it has been on a public agenda, as it was there (while it is prepared again only that it is), and names of people only as
 * long as they stand in the published minutes. */
#ifndef HV_FUNDING_HANDLER_CASE_MESSAGE_H
#define HV_FUNDING_HANDLER_CASE_MESSAGE_H
#include "common/work/job.h"
#include "municipal.pb-c.h"
#include "services/funding/domain/municipal_case.h"

enum case_reader {
    CASE_FOR_NOBODY, /* it is not there for them */
    CASE_FOR_PUBLIC,
    CASE_FOR_ASKED, /* for a statement */
    CASE_FOR_APPLICANT,
    CASE_FOR_OFFICIAL
};
struct case_view {
    enum case_reader reader;
    struct uuid actor; /* a confidential document is shown to whoever added it */
    bool names;        /* names of people are shown */
};

/* What this job's reader may see of it today. municipality: the case's own. */
struct case_view case_view_of(const struct job *job, const struct municipal_case *c, const struct municipality *municipality,
                              int64_t now_us);
Municipal__Case *case_message(struct arena *arena, const struct municipal_case *c, const struct case_view *view);
/* Without texts, impacts, statements, documents: of lists. */
Municipal__Case *case_message_short(struct arena *arena, const struct municipal_case *c, const struct case_view *view);
/* NULL stays NULL. language: of the case. */
Municipal__Proposal *case_message_proposal(struct arena *arena, const struct board_proposal *proposal, const char *language,
                                           const struct case_view *view);
Municipal__Nomination **case_message_nominations(struct arena *arena, const struct nomination *rows, size_t count, const char *language,
                                                 const struct case_view *view);
/* A text with names in double square brackets: to officials as it is written, to others without the brackets or without the names. */
char *case_message_words(struct arena *arena, const char *text, const char *language, const struct case_view *view);
/* A name that stands by itself: shown, or "[nimi poistettu]" in the language of the case. "" stays "". */
char *case_message_name(const char *name, const char *language, const struct case_view *view);
/* Whether this document is told of: one that is not confidential, or is their own. */
bool case_message_shows(const struct municipal_case *c, const struct case_document *document, const struct case_view *view);
/* What an answer may be, of a case with everything in it: one that grows beyond is refused ("municipal.case.large"; true). */
bool case_message_too_large(struct job *job, const Municipal__Case *message);

#endif
