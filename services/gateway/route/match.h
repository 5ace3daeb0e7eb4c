/* Finds the row of the route table for a verb and a path. The patterns are cut into segments once, at start. */
#ifndef HV_GATEWAY_MATCH_H
#define HV_GATEWAY_MATCH_H
#include "common/base/err.h"
#include "common/base/span.h"
#include "services/gateway/route/field.h"
#include "services/gateway/route/routes.h"

#define MATCH_PARAMETERS 3
#define MATCH_NAME_MAX   32

struct match_parameter {
    struct span name;  /* of the pattern: "programmeId", "person.id" */
    struct span value; /* of the path, still percent-encoded */
};
struct match {
    size_t row;
    struct match_parameter parameters[MATCH_PARAMETERS];
    size_t count;
    char allow[40]; /* with ERR_METHOD: the verbs there are, as the header Allow has them */
};

struct matcher;
struct matcher *matcher_new(const struct route *rows, size_t count); /* aborts on a pattern that cannot be */
void matcher_free(struct matcher *matcher);
/* ERR_NOT_FOUND: no such path; ERR_METHOD: the path, but not with this verb. */
enum err matcher_find(const struct matcher *matcher, const char *verb, struct span path, struct match *out) MUST_CHECK;

/* How a parameter is called in public: "person.id" is shown as "personId", "preview.kind" as "kind". */
void match_public_name(struct span name, char out[FIELD_NAME_MAX]);

#endif
