/* The grant call, an aside: deploy/kokeilut.json, a small call of a made-up municipality, with its dates moved so that it opened within the
 * last week and closes in a year. Nobody applies in it: it is there for whoever looks around with the demo accounts, after the large call
 * of the story is decided. Its officials are those of the large one. */
#include <stdio.h>

#include "common/base/time.h"
#include "services/hv/shift.h"
#include "services/hv/up_grant.h"

static json_t *read_open(const struct grant *g)
{
    char file[PLACE_PATH + 32];
    const char *bad = NULL;
    int64_t opens_us = 0;

    snprintf(file, sizeof file, "%s/deploy/kokeilut.json", g->steps.up->place.root);
    json_t *content = json_load_file(file, 0, NULL);
    if (content != NULL && shift_first_window(content, &opens_us) &&
        shift_all(content, shift_weeks_until(opens_us, time_now_us() - 7 * TIME_DAY), &bad) > 0)
        return content;
    fprintf(stderr, "hv up: %s cannot be read\n", file);
    json_decref(content);
    return NULL;
}

void grant_announce_open(struct grant *g)
{
    json_t *content = g->steps.failed ? NULL : read_open(g);

    if (content == NULL) {
        g->steps.failed = true;
        return;
    }
    json_t *call = grant_import(g, content, "demo-open-call");
    json_decref(grant_officials(g, call, "demo-open-officials"));
    json_object_set_new(g->steps.up->kept, "openCallId", json_string(api_text(call, "id")));
    json_decref(call);
}
