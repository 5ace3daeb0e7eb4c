/* Heads of order chains, published: rows that are only ever added. */
#ifndef HV_ENROLMENT_STORE_PUBLICATION_H
#define HV_ENROLMENT_STORE_PUBLICATION_H
#include "services/enrolment/domain/publication.h"
#include "services/enrolment/store/workset.h"

/* In needs: the newest `limit` of them. In decide: what came, newest first. */
void publication_want(struct workset *w, const struct job *job, uint32_t limit);
const struct publication *publication_list(const struct workset *w, const struct job *job, size_t *count);
/* In decide: the head of each chain that has moved since it was last published is published now. */
void publication_add_moved(struct workset *w);

#endif
