/* Answers to the extra questions, one row each. What is sensitive lies there sealed (handler/keyring.h) and comes out of the store as
 * it lies there: the store has no key. A part of the store (part.h).
 *
 * The answers of a registration are written whole. Nothing here costs a programme without questions anything. */
#ifndef HV_ENROLMENT_STORE_ANSWER_H
#define HV_ENROLMENT_STORE_ANSWER_H
#include "services/enrolment/store/workset.h"

#define ANSWER_SEPARATOR '\x1f' /* between the values of one answer; no value holds it */

struct answer {
    struct uuid registration;
    const char *code;
    struct span plain;  /* values with ANSWER_SEPARATOR between; data NULL: sealed */
    struct span sealed; /* nonce and ciphertext */
    uint32_t key_no;    /* which key sealed it */
};
struct answer_list {
    const struct answer *rows;
    size_t count;
};

/* In needs: the answers of a registration. */
void answer_want(struct workset *w, const struct job *job, struct uuid registration);
/* In decide: what came, or what a job before in the same batch has put; empty when nothing was asked for. */
struct answer_list answer_list(const struct workset *w, const struct job *job);
/* Replaces the answers of a registration by these; the last one of a batch holds. rows lie on the batch's arena. */
void answer_put(struct workset *w, struct uuid registration, const struct answer *rows, size_t count);

/* In needs: at most `limit` rows sealed with one of `keys`, locked where nobody else holds them, and how many in all are not sealed
 * with `newest`. In decide they come by answer_list. */
void answer_want_older(struct workset *w, const struct job *job, const uint32_t *keys, size_t count, uint32_t newest, uint32_t limit);
uint64_t answer_older_count(const struct workset *w, const struct job *job); /* those in the list among them */
void answer_reseal(struct workset *w, const struct answer *row);             /* the same row, sealed anew */

#endif
