/* One step of the demonstration at a time; see the header. */
#include "services/hv/up_steps.h"

#include <stdio.h>

#include "common/base/alloc.h"

#define TRIES    20
#define BUSY_NAP 500

/* A service that starts, or has too much to do, is asked again: the key makes two of a request one. */
static int ask_patiently(struct steps *steps, struct api *api, const char *method, const char *path, const char *key, uint64_t if_match,
                         json_t *body, json_t **answer)
{
    int status = api_call(api, method, path, key, if_match, json_incref(body), answer);

    for (int tries = 1; (status == 503 || status == 504) && tries < TRIES && !atomic_load(&steps->up->stop); tries++) {
        json_decref(*answer);
        *answer = NULL;
        story_nap(BUSY_NAP);
        status = api_call(api, method, path, key, if_match, json_incref(body), answer);
    }
    json_decref(body);
    return status;
}

json_t *step_ask(struct steps *steps, const char *token, const char *method, const char *path, const char *key, uint64_t if_match,
                 json_t *body)
{
    if (steps->failed || atomic_load(&steps->up->stop)) {
        json_decref(body);
        steps->failed = true;
        return NULL;
    }
    struct api *own = token != NULL ? api_open(api_base(steps->up->api)) : NULL;
    if (own != NULL)
        api_token(own, token);
    json_t *answer = NULL;
    const int status = ask_patiently(steps, own != NULL ? own : steps->up->api, method, path, key, if_match, body, &answer);
    api_close(own);
    if (status / 100 == 2)
        return answer;
    fprintf(stderr, "hv up: %s %s answered %d: %s %s\n", method, path, status, api_text(answer, "detail"), api_text(answer, "field"));
    json_decref(answer);
    steps->failed = true;
    return NULL;
}

void step_do(struct steps *steps, const char *token, const char *method, const char *path, const char *key, json_t *body)
{
    json_decref(step_ask(steps, token, method, path, key, 0, body));
}

size_t step_keep(struct steps *steps, const char *token, const char *path, const char *name)
{
    struct api *api = api_open(api_base(steps->up->api));
    struct buf bytes = {0};
    char at[40], file[PLACE_PATH];
    size_t size = 0;

    api_token(api, token != NULL ? token : api_token_of(steps->up->api));
    const int status = steps->failed ? 0 : api_fetch(api, path, &bytes);
    snprintf(at, sizeof at, "demo/%s", name);
    FILE *out = status == 200 ? fopen(place_path(&steps->up->place, at, file), "we") : NULL;
    if (out != NULL && fwrite(bytes.data, 1, bytes.len, out) == bytes.len)
        size = bytes.len;
    if (out != NULL && fclose(out) != 0)
        size = 0;
    if (size == 0 && !steps->failed) {
        fprintf(stderr, "hv up: GET %s answered %d and could not be kept as %s\n", path, status, at);
        steps->failed = true;
    }
    buf_fini(&bytes);
    api_close(api);
    return size;
}

const char *step_path(const char *format, const char *id)
{
    static _Thread_local char paths[4][API_PATH];
    static _Thread_local unsigned turn;
    char *path = paths[turn++ % 4];

    (void)snprintf(path, API_PATH, format, id);
    return path;
}
