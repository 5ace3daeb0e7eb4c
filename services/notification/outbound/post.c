/* See post.h. */
#include "services/notification/outbound/post.h"

#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

struct post {
    struct relays *relays;
    const atomic_bool *hurry;
    struct smtp *lines[RELAYS_MAX];
};

enum err post_open(struct post **out, const struct post_config *config)
{
    struct post *post = mem_new(sizeof *post);
    enum err err = ERR_OK;

    post->relays = config->relays;
    post->hurry = config->hurry;
    for (size_t i = 0; i < relays_count(post->relays) && err == ERR_OK; i++)
        err = smtp_open(&post->lines[i], &(struct smtp_config){.relay = relays_setting(post->relays, i),
                                                               .ca_bundle = config->ca_bundle,
                                                               .domain = config->domain,
                                                               .from = config->from,
                                                               .timeout_s = config->timeout_s,
                                                               .hurry = config->hurry});
    if (err != ERR_OK) {
        post_close(post);
        return err;
    }
    *out = post;
    return ERR_OK;
}

void post_close(struct post *post)
{
    if (post == NULL)
        return;
    for (size_t i = 0; i < RELAYS_MAX; i++)
        smtp_close(post->lines[i]);
    mem_free(post);
}

void post_send(struct post *post, const char *to, struct span mail, struct smtp_result *result, const char **relay)
{
    uint32_t tried = 0;
    int index;

    *relay = NULL;
    *result = (struct smtp_result){.stage = STAGE_SESSION, .relay_down = true};
    (void)snprintf(result->answer, sizeof result->answer, "there is no mail relay");
    while ((index = relays_pick(post->relays, tried)) != RELAY_NONE) {
        int64_t began = time_steady_us();
        smtp_send(post->lines[index], to, mail, result);
        relays_note(post->relays, index, result, time_steady_us() - began);
        *relay = relays_setting(post->relays, (size_t)index)->name;
        tried |= 1u << index;
        if (!result->safe_elsewhere || (post->hurry != NULL && atomic_load(post->hurry)))
            return;
    }
}
