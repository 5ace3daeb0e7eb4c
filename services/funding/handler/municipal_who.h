/* Who may, in a municipality. The gateway has asked for the coarse role of bus.Role; what is asked here is which office somebody has in
 * this municipality, or which seat on this board. An admin reads everything and changes only the municipality itself. */
#ifndef HV_FUNDING_HANDLER_MUNICIPAL_WHO_H
#define HV_FUNDING_HANDLER_MUNICIPAL_WHO_H
#include "common/work/check.h"
#include "services/funding/domain/municipal_case.h"
#include "services/funding/domain/municipality.h"

/* In needs: ERR_UNAUTHENTICATED for the public, ERR_FORBIDDEN for who has not the role of this office. */
enum err municipal_who(struct job *job, enum office office) MUST_CHECK;
/* The same of several: bits 1 << enum office. */
enum err municipal_who_any(struct job *job, uint32_t offices) MUST_CHECK;
/* The offices that the roles of this job allow: bits 1 << enum office. */
uint32_t municipal_offices(const struct job *job);
/* Whether who asks has the role and this office here. */
bool municipal_has(const struct job *job, const struct municipality *municipality, enum office office);
/* In decide: refuses with ERR_FORBIDDEN (false) who does not have this office here. */
bool municipal_may(struct job *job, const struct municipality *municipality, enum office office);
/* Reads what the public may not: an official of any office here, or an admin. */
bool municipal_sees(const struct job *job, const struct municipality *municipality);
/* The seat on this board of who asks, if they have the role too; NULL: none. */
const struct seat *municipal_seat(const struct job *job, const struct board *board);

#endif
