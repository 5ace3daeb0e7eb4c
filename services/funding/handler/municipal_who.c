/* See municipal_who.h. */
#include "services/funding/handler/municipal_who.h"

#include "services/funding/handler/who.h"

static uint32_t role_of(enum office office)
{
    switch (office) {
    case OFFICE_PREPARER:
        return BUS__ROLE__ROLE_PREPARER;
    case OFFICE_PRESENTER:
        return BUS__ROLE__ROLE_PRESENTER;
    case OFFICE_SECRETARY:
        return BUS__ROLE__ROLE_SECRETARY;
    }
    return 0;
}

static uint32_t roles_of(uint32_t offices)
{
    uint32_t roles = 0;

    for (enum office office = OFFICE_PREPARER; office <= OFFICE_SECRETARY; office++)
        if ((offices & (1U << office)) != 0)
            roles |= role_of(office);
    return roles;
}

enum err municipal_who_any(struct job *job, uint32_t offices)
{
    return who_has(job, roles_of(offices));
}

enum err municipal_who(struct job *job, enum office office)
{
    return who_has(job, role_of(office));
}

uint32_t municipal_offices(const struct job *job)
{
    uint32_t offices = 0;

    for (enum office office = OFFICE_PREPARER; office <= OFFICE_SECRETARY; office++)
        if ((job->request->roles & role_of(office)) != 0)
            offices |= 1U << office;
    return offices;
}

bool municipal_has(const struct job *job, const struct municipality *municipality, enum office office)
{
    return (job->request->roles & role_of(office)) != 0 && municipality_official(municipality, job->actor, office) != NULL;
}

bool municipal_may(struct job *job, const struct municipality *municipality, enum office office)
{
    if (municipal_has(job, municipality, office))
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    return false;
}

bool municipal_sees(const struct job *job, const struct municipality *municipality)
{
    return who_is(job, BUS__ROLE__ROLE_ADMIN) || municipal_has(job, municipality, OFFICE_PREPARER) ||
           municipal_has(job, municipality, OFFICE_PRESENTER) || municipal_has(job, municipality, OFFICE_SECRETARY);
}

const struct seat *municipal_seat(const struct job *job, const struct board *board)
{
    return who_is(job, BUS__ROLE__ROLE_BOARD_MEMBER) ? board_seat(board, job->actor) : NULL;
}
