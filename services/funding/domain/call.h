/* A grant call: what it says, its phase by the clock, who does what in it; what a good call looks like, and what may still change once it
 * is published. The rows are loaded by store/call.c and live as long as the batch; here nothing is allocated.
 *
 * Days are day numbers (common/base/day.h), money is in cents, the permilles are of the project's cost. */
#ifndef HV_FUNDING_DOMAIN_CALL_H
#define HV_FUNDING_DOMAIN_CALL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/day.h"
#include "common/base/uuid.h"
#include "services/funding/domain/finding.h"
#include "services/funding/domain/machine.h"

enum call_phase { PHASE_UNPUBLISHED = 1, PHASE_UPCOMING, PHASE_OPEN, PHASE_CLOSED };
enum grant_kind { GRANT_GENERAL = 1, GRANT_SPECIAL };
enum authority_kind { AUTHORITY_STATE = 1, AUTHORITY_MUNICIPAL };
enum official_role { OFFICIAL_PREPARER = 1, OFFICIAL_EVALUATOR, OFFICIAL_PRESENTER, OFFICIAL_DECIDER };

enum {
    CALL_GROUPS_MAX = 20,
    CALL_THEMES_MAX = 100,
    CALL_CRITERIA_MAX = 20,
    CALL_QUESTIONS_MAX = 50,
    CALL_OFFICIALS_MAX = 100,
    CALL_FILES_MAX = 20
};

struct call_theme {
    struct uuid id;
    struct text title;
    int64_t allocation_cents, granted_cents;
    bool used; /* somebody's application names it (known when the call was asked for with its uses) */
};
struct call_group {
    struct uuid id;
    struct text title;
    struct call_theme *themes;
    size_t theme_count;
};
struct call_criterion {
    struct uuid id;
    struct text title;
    int32_t weight, points; /* 1..100 each: against the others; the most one can give */
    bool used;              /* somebody has scored by it */
};
struct call_question {
    struct uuid id;
    struct text title;
    bool required;
    int32_t most; /* characters of an answer */
};
struct call_official {
    struct uuid person_id;
    enum official_role role;
    bool responsible;
    const char *name, *title; /* as they stand in decisions */
};
struct call_file {
    int32_t n; /* 1..20 */
    const char *name, *media_type;
    int32_t size;
};
struct call {
    struct uuid id;
    const char *code, *register_number;
    enum call_state state;
    bool published; /* the public may see it: it is, or was when it was called off */
    enum grant_kind kind;
    enum authority_kind authority_kind;
    struct text authority; /* its name */
    const char *contact;
    const char *payee, *payee_iban, *payee_reference; /* where recovered money is paid to; "": not told yet, or the register number */
    struct text title, purpose, terms;
    const char *series; /* of register numbers */
    int64_t opens_us, closes_us;
    int64_t use_from, use_until;
    int64_t interim_due; /* NO_DAY: none is asked for */
    int64_t final_due;
    int32_t answer_days, own_permille, sample_permille;
    int64_t allocation_cents, granted_cents;
    int64_t version;
    struct call_group *groups;
    size_t group_count;
    struct call_criterion *criteria;
    size_t criterion_count;
    struct call_question *questions;
    size_t question_count;
    struct call_official *officials; /* by role, then name */
    size_t official_count;
    struct call_file *files;
    size_t file_count;
    /* Known when it was asked for with its uses (the second in lists too): applications that are drafts, that are submitted and not
     * withdrawn, that are decided; awards for which something is still awaited. */
    int64_t drafts, submitted, decided, awards_open;
};

/* Open from opens_us (in) to closes_us (out). A call that is not published has no other phase than that. */
enum call_phase call_phase(const struct call *call, int64_t now_us);
const struct call_theme *call_theme(const struct call *call, struct uuid id);         /* NULL: it has none such */
const struct call_criterion *call_criterion(const struct call *call, struct uuid id); /* the same */
const struct call_question *call_question(const struct call *call, struct uuid id);   /* the same */
size_t call_theme_count(const struct call *call);
int64_t call_themes_cents(const struct call *call); /* the themes' allocations together; -1: more than money may be */

/* An official of the call with this role; NULL: the person is none. */
const struct call_official *call_official(const struct call *call, struct uuid person, enum official_role role);
/* The preparer who answers for it, else its first preparer; NULL: it has none. */
/* The name of an official, whatever they do in the call; "": none of its officials. */
const char *call_official_name(const struct call *call, struct uuid person);
const struct call_official *call_responsible(const struct call *call);
/* Whether a person with the role of a preparer may prepare it: one of its preparers, or anybody of them while it has none. */
bool call_prepared_by(const struct call *call, struct uuid person);

/* What keeps it from being published (errors), and what a good call does otherwise (warnings). */
void call_check(const struct call *call, int64_t now_us, struct findings *findings);
/* What of the change from `before` to `after` is not allowed any more at this time (errors): what harms whoever has read the call, or has
 * applied. `before` was asked for with its uses. */
void call_change_check(const struct call *before, const struct call *after, int64_t now_us, struct findings *findings);
/* Warnings about the words that change (purpose, terms, titles of criteria and questions) once it has opened: nobody is told of them, and a
 * language may be left behind. */
void call_words_changed(const struct call *before, const struct call *after, int64_t now_us, struct findings *findings);

#endif
