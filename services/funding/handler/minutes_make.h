/* The extracts that publishing a meeting's minutes makes: of each item one with names and one bare, as HTML and PDF. */
#ifndef HV_FUNDING_HANDLER_MINUTES_MAKE_H
#define HV_FUNDING_HANDLER_MINUTES_MAKE_H
#include "services/funding/document/minutes.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/store/extract.h"
#include "services/funding/store/municipal_case.h"

struct pdf_shelf;

struct minutes_made { /* of one item */
    struct minutes_facts facts;
    struct extract extract; /* its event_id is not known yet */
};

/* False: the job was refused, for one of them would be too long to be sent. shelf: of common/doc/pdf.h, for all of a meeting. */
bool minutes_make(struct job *job, struct workset *w, const struct minutes_facts *facts, struct pdf_shelf *shelf,
                  struct minutes_made *made);

#endif
