/* Steps of the demonstration after the opening: one request each, that either went well or says what it was about and what came. Each has
 * a key of its own, so a start after a half-done one goes on where it was. */
#ifndef HV_HV_UP_STEPS_H
#define HV_HV_UP_STEPS_H
#include "services/hv/up.h"

struct steps {
    struct up *up;
    bool failed; /* a step did not go well: the following ones are not taken */
};

/* Takes the body. NULL when it did not go well; else the answer, the caller's. token: whose request, NULL: the administrator's. */
json_t *step_ask(struct steps *steps, const char *token, const char *method, const char *path, const char *key, uint64_t if_match,
                 json_t *body);
/* The same, and the answer is not looked at. */
void step_do(struct steps *steps, const char *token, const char *method, const char *path, const char *key, json_t *body);
/* Keeps a file of the API under var/demo/; returns its size, 0 when it did not come. */
size_t step_keep(struct steps *steps, const char *token, const char *path, const char *name);
/* An address with one id in it; good until the next but three. */
const char *step_path(const char *format, const char *id) __attribute__((format(printf, 1, 0)));

#endif
