/* The register of a programme or an implementation as a sheet: everybody who enrolled, in order of enrolment, with what a coordinator may
 * see of them in a list. A sensitive answer never comes here: its question has no column, and its answer is not even loaded. */
#ifndef HV_ENROLMENT_DOCUMENT_REGISTER_H
#define HV_ENROLMENT_DOCUMENT_REGISTER_H
#include "common/base/arena.h"
#include "common/doc/sheet.h"
#include "services/enrolment/domain/completion.h"
#include "services/enrolment/domain/person.h"

struct register_line {
    const struct registration *registration;
    const struct person *person;     /* NULL: forgotten, or unknown */
    const char *implementation;      /* its code */
    const char *team;                /* its name; "": none */
    const struct learning *learning; /* NULL: nothing was marked */
    const char *const *answers;      /* one a question of the programme, in its order; NULL: none, or a sensitive one */
};

/* The sheet lives on the arena, as do the lines it borrows words from. */
struct sheet *register_sheet(struct arena *arena, const struct programme *programme, const struct register_line *lines, size_t count,
                             const char *language);

#endif
