/* Municipal cases as the store holds them: whole, with preparers, texts, impacts, statements, documents (without their content), proposals
 * and where they were handled; a page goes without texts, impacts, statements and documents. One ask a job:
 *
 *   case_want(w, job, id, true);                                  in needs: one, held
 *   case_want_meeting(w, job, meeting_id, ids, count, true);      all on its agenda, and these
 *   struct municipal_case *c = case_found(w, job);                in decide, where one was asked for; NULL: there is none
 *   struct municipal_case *c = case_of(w, job, id);               of several
 *
 * The structs are the job's own. Whoever changes one changes the struct, counts its version up once, and gives it to case_put or case_move
 * (or case_touch, when only what hangs on it changed). Held ones are locked lowest id first. */
#ifndef HV_FUNDING_STORE_MUNICIPAL_CASE_H
#define HV_FUNDING_STORE_MUNICIPAL_CASE_H
#include "services/funding/domain/municipal_case.h"
#include "services/funding/store/workset.h"

struct case_ask {
    struct part_item item; /* first */
    enum { CASES_WHOLE, CASES_MUNICIPALITY, CASES_OWNER } what;
    bool hold;
    /* Whole ones: those of these ids, of this meeting's agenda, of this item, the one about this share that is not withdrawn; nil: none. */
    const struct uuid *ids;
    size_t id_count;
    struct uuid one; /* room for the only id */
    struct uuid meeting_id, item_id, share_id;
    struct uuid document_id; /* with the content of this document of the case */
    /* Pages, newest first. Of a municipality: those that have been public, and all to its officials. */
    struct uuid page_of; /* the municipality, or the owner */
    struct uuid reader;
    uint32_t offices; /* the offices that the reader's roles allow: 1 << enum office */
    bool all;         /* an admin reads all */
    int state;        /* 0: any */
    struct uuid after;
    int32_t limit;

    struct municipal_case *rows; /* found, lowest id first; of a page newest first */
    size_t count;
    struct span content;                  /* of the document; empty: there is none of that id */
    const struct case_document *document; /* NULL: none */
    struct uuid project_owner;            /* of a share: whose application its project comes from; nil: funded elsewhere */
};

struct case_ask *case_want(struct workset *w, const struct job *job, struct uuid id, bool hold);
struct case_ask *case_want_item(struct workset *w, const struct job *job, struct uuid item_id, bool hold);
struct case_ask *case_want_share(struct workset *w, const struct job *job, struct uuid share_id);
/* All on the meeting's agenda, and those of the ids (borrowed; may be none). */
struct case_ask *case_want_meeting(struct workset *w, const struct job *job, struct uuid meeting_id, const struct uuid *ids, size_t count,
                                   bool hold);
struct case_ask *case_want_page(struct workset *w, const struct job *job, struct uuid municipality_id, struct uuid after, int32_t limit);
struct case_ask *case_want_owner(struct workset *w, const struct job *job, struct uuid owner_id, struct uuid after, int32_t limit);
const struct case_ask *case_asked(const struct workset *w, const struct job *job);
struct municipal_case *case_found(const struct workset *w, const struct job *job);              /* the only one; NULL: none */
struct municipal_case *case_of(const struct workset *w, const struct job *job, struct uuid id); /* NULL: not among those found */

/* Changes: what the struct says when it is given is saved; lists and texts are borrowed until the batch ends. All write the version. */
void case_add(struct workset *w, const struct municipal_case *c, const char *why, struct uuid actor); /* filed, with its texts */
void case_put(struct workset *w, const struct municipal_case *c);                                     /* title, preparers, texts, impacts */
/* Its state, and since when it is public. */
void case_move(struct workset *w, const struct municipal_case *c, const char *why, struct uuid actor);
void case_touch(struct workset *w, const struct municipal_case *c); /* the version, and since when it is public */
void statement_add(struct workset *w, const struct municipal_case *c, const struct statement *s, const char *why, struct uuid actor);
void statement_put(struct workset *w, const struct municipal_case *c, const struct statement *s, const char *why, struct uuid actor);
void case_document_add(struct workset *w, const struct municipal_case *c, const struct case_document *document, struct span content);
/* Saved anew in the place of what is on no public agenda yet (the same id), or beside what was. With made_us it is what it was. */
void proposal_put(struct workset *w, const struct municipal_case *c, const struct board_proposal *proposal);
/* On a public agenda since now_us: from then on it does not change. */
void proposal_made(struct workset *w, struct uuid proposal_id, int64_t now_us);

extern const struct store_part case_part;

#endif
