/* Learning at hand: presence and completions by study unit, plan and certificate of the registrations a batch asks for. A part of the
 * store (part.h).
 *
 * Writers hold the programme's row lock, which these rows hang on. Decisions change a struct learning in place (domain/completion.h) and
 * set its flags; what is flagged is written with the rest of the batch, and jobs of one batch see what those before them did. */
#ifndef HV_ENROLMENT_STORE_LEARNING_H
#define HV_ENROLMENT_STORE_LEARNING_H
#include "services/enrolment/domain/completion.h"
#include "services/enrolment/store/workset.h"

struct learning_list {                     /* the marks of one page of those seated in a programme or implementation */
    struct uuid programme, implementation; /* implementation nil: the whole programme */
    uint32_t after;                        /* order number in that list */
    uint32_t limit;
};
struct learning_count { /* of one implementation */
    struct uuid implementation;
    uint32_t completed; /* valid certificates, whatever became of the registration since */
};

/* --- asking, in needs --- */
void learning_want(struct workset *w, struct uuid registration); /* its person too; any number a job */
void learning_want_list(struct workset *w, const struct job *job, const struct learning_list *list);
void learning_want_counts(struct workset *w, const struct job *job, struct uuid programme);
void learning_want_certificate(struct workset *w, const struct job *job, const char *code);

/* --- looking, in decide --- */
struct learning *learning_of(const struct workset *w, struct uuid registration); /* NULL: not asked for, or nothing of it in a list */
const struct learning_count *learning_counts(const struct workset *w, const struct job *job, size_t *count);
const struct certificate *learning_certificate(const struct workset *w, const struct job *job); /* NULL: there is none with that code */

/* --- changing, in decide --- */
struct unit_mark *learning_mark_at(struct workset *w, struct learning *learning, struct uuid unit); /* an empty one when there is none */
/* A transfer: all that was marked goes along to the new registration. */
void learning_carry(struct workset *w, struct uuid from, struct uuid to);

/* --- the store's own --- */
struct db_result;
#define LEARNING_MARK_COLUMNS 6                                         /* registration, unit, presence, when, credits, when completed */
void learning_rows_marks(struct workset *w, const struct db_result *r); /* any number of rows, each a presence or a completion */

#endif
