/* A case that a municipality decides on: its share of a project's cost. It is filed under a register number, prepared (what it is about,
 * statements, impacts), proposed by a presenting official, put on the agenda of a board's meeting (meeting.h) and decided there.
 *
 * Texts are in the language of the case. Names of people in them stand in double square brackets (names.h). Days are day numbers
 * (common/base/day.h), money is in cents. Nothing is allocated here; the lists are the store's or the request's. */
#ifndef HV_FUNDING_DOMAIN_MUNICIPAL_CASE_H
#define HV_FUNDING_DOMAIN_MUNICIPAL_CASE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/day.h"
#include "common/base/uuid.h"
#include "services/funding/domain/finding.h"
#include "services/funding/domain/machine.h"
#include "services/funding/domain/meeting.h"
#include "services/funding/domain/municipality.h"

enum {
    CASE_PREPARERS_MAX = 20,
    CASE_TEXTS_MAX = 40,
    CASE_STATEMENTS_MAX = 50,
    CASE_DOCUMENTS_MAX = 50,
    CASE_DOCUMENT_BYTES_MAX = 240000,
    CASE_ITEMS_MAX = 50, /* how often it can be on an agenda */
    CASE_CHAIN_MAX = 10  /* statements that refer to one another */
};

enum case_text_kind { TEXT_BACKGROUND = 1, TEXT_GOALS, TEXT_RESULTS, TEXT_EFFECTIVENESS, TEXT_WORK_PACKAGES, TEXT_LONG_TERM, TEXT_OTHER };
enum case_document_kind {
    DOCUMENT_APPLICATION = 1,
    DOCUMENT_PLAN,
    DOCUMENT_STATEMENT_REQUEST,
    DOCUMENT_STATEMENT,
    DOCUMENT_CORRESPONDENCE,
    DOCUMENT_OTHER
};
enum impact_effect { IMPACT_POSITIVE = 1, IMPACT_NEUTRAL, IMPACT_NEGATIVE };

struct case_preparer {
    const char *title, *name;
};
struct case_text {
    enum case_text_kind kind;
    const char *heading, *words;
    bool confidential;
};
struct case_impact {
    int32_t dimension; /* impact_dimension.n */
    enum impact_effect effect;
    const char *remark;
};
struct statement {
    struct uuid id;
    struct uuid follows_id; /* the one that named this one; nil: asked by the preparer alone */
    const char *asked;      /* a body or an official */
    struct uuid person_id;  /* nil: no account */
    const char *words_asked;
    int64_t due_on;
    enum statement_state state;
    const char *words; /* stated, or why it is not theirs */
    int64_t given_on;  /* NO_DAY: not yet */
    const char *referred_to;
    int64_t requested_us;
};
struct case_document { /* without its content */
    struct uuid id;
    int32_t n;
    enum case_document_kind kind;
    const char *title, *name, *media_type;
    int32_t size;
    uint8_t sha256[32];
    bool confidential;
    const char *ground; /* the provision by which it is confidential */
    struct uuid added_by;
    int64_t added_us;
};
struct case_item { /* where it was handled */
    struct uuid item_id, meeting_id, board_id;
    struct text board;
    int64_t starts_us;
    int32_t section;      /* 0: not yet */
    enum outcome outcome; /* 0: not yet */
    enum meeting_state meeting_state;
    bool published;
    int64_t names_until; /* the last day on which the public reads names in its minutes; NO_DAY: not published */
};
struct municipal_case {
    struct uuid id, municipality_id;
    const char *register_number;
    enum case_state state;
    const char *title, *language, *applicant;
    struct uuid owner_id; /* the account of the applicant's contact, or the id letters know them by */
    struct uuid project_id, share_id;
    const char *project_title; /* in the language of the case */
    int64_t project_starts_on, project_ends_on, total_cents;
    int64_t applied_cents, granted_cents;
    int64_t filed_us;
    int64_t public_us; /* since it was first on a public agenda; 0: not yet */
    struct uuid decision_event_id;
    int64_t version;

    struct case_preparer *preparers;
    size_t preparer_count;
    struct case_text *texts;
    size_t text_count;
    struct case_impact *impacts;
    size_t impact_count;
    struct statement *statements; /* oldest first */
    size_t statement_count;
    struct case_document *documents;
    size_t document_count;
    struct board_proposal *proposals; /* oldest first */
    size_t proposal_count;
    struct board_proposal *proposal; /* the newest of them; NULL: none */
    struct case_item *items;         /* oldest first */
    size_t item_count;
};

/* A share of this size is carried by a plan whose shares are its whole cost: the schema sees to that; here: whether the case may apply for
 * it, which is open and more than nothing. */
struct statement *case_statement(const struct municipal_case *c, struct uuid statement_id); /* NULL: none */
/* Whether naming this body once more closes a ring, or the chain is at its end: whoever was asked in this chain is not asked again. */
bool case_statement_ring(const struct municipal_case *c, const struct statement *last, const char *next);
/* What keeps it from being proposed (an impact without an answer, no preparer, no background, no application among the documents), and what
 * its preparer should look at (a statement that is late or not given: warnings). */
void case_check(const struct municipal_case *c, const struct municipality *municipality, int64_t today, struct findings *findings);
/* The public sees it once it has been on a public agenda. */
bool case_is_public(const struct municipal_case *c);
/* What it tells is what was on the agenda: not while it is prepared again for another meeting, nor once it is withdrawn. */
bool case_content_is_public(const struct municipal_case *c);
const struct board_proposal *case_proposal(const struct municipal_case *c, struct uuid proposal_id); /* NULL: none */
/* The newest that has been on a public agenda; NULL: none. */
const struct board_proposal *case_proposal_made(const struct municipal_case *c);
/* Whether the public reads names of people in it today: until the last of its published minutes lets go of them, and while it is on a
 * public agenda and not yet in published minutes; of a withdrawn one no longer than on an agenda. */
bool case_names_shown(const struct municipal_case *c, int64_t today);
/* Whether what is about to be asked for a statement, or to be said of it, may still be told: before it is on an agenda. */
bool case_is_prepared(const struct municipal_case *c);      /* filed or in preparation: its content may change */
bool case_takes_statements(const struct municipal_case *c); /* and until it is on an agenda */
/* Its board handles it: from the opening of the meeting until the minutes are published. */
bool case_is_in_meeting(const struct municipal_case *c);
/* The id letters know the applicant by whose application came on paper. */
struct uuid case_paper_owner(struct uuid case_id);
/* One who was asked for a statement about it by their account. */
bool case_asks(const struct municipal_case *c, struct uuid person);

#endif
