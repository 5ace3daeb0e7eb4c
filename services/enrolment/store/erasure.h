/* Forgetting people in the tables (ErasePerson, and the retention of old programmes). A part of the store (part.h).
 *
 * Which programmes to lock is not known before a look at the person's registrations, so this part looks first, in a round trip of its
 * own, and asks for the locks; then it locks the people too, so that nobody enrols while they are being forgotten. What it writes it
 * writes over all tables at once, in the transaction of the decision: there is no moment at which half of a person is gone.
 * Its jobs run alone (work_case.alone), because rows of the same people at hand for other jobs would come back. */
#ifndef HV_ENROLMENT_STORE_ERASURE_H
#define HV_ENROLMENT_STORE_ERASURE_H
#include "services/enrolment/store/workset.h"

/* An event about one of the registrations that may hold words of a coordinator. */
struct erasure_told {
    const char *stream, *type;
    int64_t seq;
    struct span payload;
};

struct erasure_person {
    struct uuid id;
    bool elsewhere; /* has registrations beside those at hand */
};

/* What was found, locked. Registrations may have become forgotten between the look and the lock: then they are nobody's. */
struct erasure_found {
    struct uuid programme; /* of erasure_want_due; nil: none is due */
    struct registration **registrations;
    size_t count;
    const struct erasure_person *persons;
    size_t person_count;
    const struct erasure_told *told;
    size_t told_count;
    bool more;  /* of erasure_want_due: as many as asked for were found, so there may be more */
    bool known; /* of erasure_want_person: some table names the person */
    bool noted; /* of erasure_want_person: erased before, with these figures */
    uint32_t noted_registrations, noted_given_up;
};

/* In needs: all registrations of a person, their programmes locked. */
void erasure_want_person(struct workset *w, const struct job *job, struct uuid person);
/* In needs: one programme whose people are due to be forgotten, locked, and `limit` registrations of it that still are somebody's. */
void erasure_want_due(struct workset *w, const struct job *job, uint32_t limit);
const struct erasure_found *erasure_found(const struct workset *w, const struct job *job);

/* In decide, after registration_forget; `person` whose it was. */
void erasure_registration(struct workset *w, const struct registration *registration, struct uuid person);
/* All that is left of a person: particulars, answers kept by key, and their name as an actor. own_key: of the present request. */
void erasure_person(struct workset *w, struct uuid person, struct span own_key);
/* Followers and refusals of a programme whose people are all forgotten. */
void erasure_programme(struct workset *w, struct uuid programme);
/* Numbers the erasure and keeps its figures, for whoever keeps the person's account (ListForgotten) and for a repeated request. */
void erasure_note(struct workset *w, struct uuid person, uint32_t registrations, uint32_t given_up);

/* Those forgotten on request, in order, after number `after`. */
struct forgotten {
    uint64_t n;
    struct uuid person;
    int64_t at_us;
};
void forgotten_want(struct workset *w, const struct job *job, uint64_t after, uint32_t limit);
const struct forgotten *forgotten_list(const struct workset *w, const struct job *job, size_t *count, uint64_t *last);

#endif
