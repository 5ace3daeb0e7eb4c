/* What the demonstration keeps between starts, as one JSON object in var/demo/demo.json; and running `hv` itself for the chapters that
 * an operator would do by command. */
#include "services/hv/up.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/alloc.h"

void kept_load(struct up *up)
{
    char path[PLACE_PATH];
    up->kept = json_load_file(place_path(&up->place, "demo/demo.json", path), 0, NULL);
    if (!json_is_object(up->kept)) {
        json_decref(up->kept);
        up->kept = json_object();
    }
}

/* Written beside and renamed, so that a reader or a crash never sees half of it. */
bool kept_save(const struct up *up)
{
    char path[PLACE_PATH];
    char draft[PLACE_PATH];
    place_path(&up->place, "demo/demo.json", path);
    place_path(&up->place, "demo/.demo.json", draft);
    char *text = json_dumps(up->kept, JSON_INDENT(2));
    int fd = text ? open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    free(text);
    ok = ok && rename(draft, path) == 0;
    if (!ok)
        fprintf(stderr, "hv up: cannot write %s\n", path);
    return ok;
}

const char *kept_text(const struct up *up, const char *name)
{
    return api_text(up->kept, name);
}

json_t *up_hv(struct up *up, const char *const *arguments, int *status)
{
    char hv[PLACE_PATH + 8];
    char token[PLACE_PATH];
    const char *argv[20] = {hv};
    size_t n = 1;
    snprintf(hv, sizeof hv, "%s/hv", up->place.bin);
    for (; *arguments && n < 14; arguments++)
        argv[n++] = *arguments;
    argv[n++] = "--json";
    if (api_token_of(up->api)[0]) {
        argv[n++] = "--token-file";
        argv[n++] = place_path(&up->place, "demo/token", token);
    }
    char *text = NULL;
    *status = 1;
    json_t *answer = NULL;
    if (place_run(&up->place, argv, programs_env(up), &text, status) == ERR_OK && text)
        answer = json_loads(text, JSON_DISABLE_EOF_CHECK, NULL);
    mem_free(text);
    return answer;
}
