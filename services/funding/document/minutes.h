/* The extract of a board's minutes: one section, with all that the law asks of it and the case tells, in the language of the case. It is
 * built out of the facts once for each of two readings, with names of people and bare, as a list of blocks (letter.h), and rendered from it
 * as HTML and as tagged PDF, so that all say the same.
 *
 * What is confidential is not in it. Texts have names of people in double square brackets (domain/names.h); a bare extract leaves out
 * those, and names that stand by themselves, and what only they would tell (hallintolaki 434/2003, 44-46 s.; kuntalaki 410/2015, 107 and
 * 140 s.). */
#ifndef HV_FUNDING_DOCUMENT_MINUTES_H
#define HV_FUNDING_DOCUMENT_MINUTES_H
#include "services/funding/document/letter.h"
#include "services/funding/domain/minutes.h"
#include "services/funding/domain/municipal_case.h"

struct minutes_facts {
    const struct municipality *municipality;
    const struct board *board;
    const struct meeting *meeting;
    const struct item *item;
    const struct municipal_case *c;        /* whole; its title, texts, impacts, statements, documents, where it was handled before */
    const struct board_proposal *proposal; /* which the board had */
    struct minutes_days days;
    int64_t published_us;
    bool brief; /* without what was prepared, which is too long for one document, and which the registry gives */
};

const struct letter *minutes_build(struct arena *arena, const struct minutes_facts *facts, bool bare);

#endif
