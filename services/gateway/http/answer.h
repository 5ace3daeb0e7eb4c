/* Answers: a response of libmicrohttpd with the headers that every answer of this gateway carries. */
#ifndef HV_GATEWAY_ANSWER_H
#define HV_GATEWAY_ANSWER_H
#include "common/base/err.h"
#include "envelope.pb-c.h"
#include "services/gateway/http/exchange.h"

#define ANSWER_FILE_MAX 100 /* bytes of a file's name */

struct answer {
    int status;
    const char *type; /* media type; NULL: application/json */
    struct span body;
    bool shared;            /* public: may be kept and checked again by anybody; else Cache-Control: no-store */
    bool copy;              /* the body does not live as long as the exchange: copy it */
    bool replayed;          /* Idempotency-Replayed: true */
    uint64_t version;       /* ETag; 0: none */
    const char *tag;        /* ETag instead of the version, with its quotes; NULL: none */
    const char *file;       /* Content-Disposition: its name, UTF-8 without quotes or controls; NULL: not a file */
    bool in_place;          /* the file is shown where it is opened; else it is saved */
    const char *style;      /* of a page: the hash of the style it carries (route/style.h), at most 80 bytes; NULL: none */
    bool one_language;      /* the file is the same in whatever language it is asked for: no Vary */
    int retry_s;            /* Retry-After; 0: none */
    const char *allow;      /* of a 405 */
    const char *set_cookie; /* never logged */
};

/* Of every answer: nothing is loaded or run; a page's own forms go back to where it came from. */
#define ANSWER_POLICY "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

struct MHD_Response *answer_make(const struct answer *answer); /* the caller's, to MHD_destroy_response */
void answer_send(struct exchange *x, const struct answer *answer);

/* The problem document of a fault (RFC 9457), in the reader's language with all three texts beside it. problem may be NULL. */
void answer_problem(struct exchange *x, enum err err, const Bus__Problem *problem);

/* A problem on the arena, for the gateway's own refusals. */
Bus__Problem *problem_make(struct arena *arena, const char *rule, const char *field, const char *fi, const char *sv, const char *en);
/* One more fact of it; name and value, which is UTF-8, are copied. */
void problem_fact(struct arena *arena, Bus__Problem *problem, const char *name, const char *value);
/* The document itself, into out. Returns the HTTP status. */
int problem_write(struct buf *out, enum err err, const Bus__Problem *problem, enum language language, const char *trace);

#endif
