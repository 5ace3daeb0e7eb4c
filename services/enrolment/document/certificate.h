/* The certificate as a tagged PDF in the reader's language: who, what, of whom, the study units with their credits and dates, and the
 * code by which anybody can verify it. */
#ifndef HV_ENROLMENT_DOCUMENT_CERTIFICATE_H
#define HV_ENROLMENT_DOCUMENT_CERTIFICATE_H
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/err.h"
#include "services/enrolment/domain/completion.h"

#define CERTIFICATE_VERIFY_PATH "/api/certificates/" /* the code follows */

/* Of a valid certificate. base: what stands before the path in the address where it can be verified; "": the path alone. The arena is for
 * words on the way. ERR_INTERNAL when it could not be drawn. */
enum err certificate_pdf(struct buf *out, struct arena *arena, const struct programme *programme, const struct learning *learning,
                         const char *base, const char *language) MUST_CHECK;

#endif
