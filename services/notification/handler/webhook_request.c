/* See webhook_request.h. */
#include "services/notification/handler/webhook_request.h"

#include <string.h>

#include "common/base/utf8.h"
#include "services/notification/handler/convert.h"
#include "services/notification/handler/hook.h"
#include "services/notification/handler/page.h"

/* --- which one --------------------------------------------------------------------------------------------------------- */
enum err webhook_want(struct job *job, struct workset *w, ProtobufCBinaryData bytes, bool change)
{
    struct uuid id;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = convert_asked_id(job, &id, bytes, "webhookId");
    if (err != ERR_OK)
        return err;
    struct webhook_ask *ask = webhook_ask(w, job);
    ask->what = change ? WEBHOOK_ASK_LOCK : WEBHOOK_ASK_ONE;
    ask->id = id;
    return ERR_OK;
}

struct webhook *webhook_wanted(struct job *job, const struct workset *w)
{
    struct webhook *webhook = webhook_found(w, job);

    if (webhook == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return webhook;
}

/* --- what was entered -------------------------------------------------------------------------------------------------- */
static const struct problem {
    const char *rule, *fi, *sv, *en;
} URL_PROBLEMS[] = {
    [WEBHOOK_URL_LENGTH] = {"notification.webhook.url-length", "Osoitteessa on 1–500 merkkiä", "Adressen har 1–500 tecken",
                            "A URL has 1 to 500 characters"},
    [WEBHOOK_URL_CHARACTERS] = {"notification.webhook.url-characters", "Osoitteessa on merkki, joka on koodattava (%)",
                                "Adressen innehåller ett tecken som ska kodas (%)", "The URL has a character that must be encoded (%)"},
    [WEBHOOK_URL_SCHEME] = {"notification.webhook.url-scheme", "Osoitteen alussa on oltava https://", "Adressen ska börja med https://",
                            "The URL must begin with https://"},
    [WEBHOOK_URL_HOST] = {"notification.webhook.url-host", "Osoitteessa ei ole kelvollista palvelimen nimeä",
                          "Adressen saknar ett giltigt värdnamn", "The URL has no valid host name"},
    [WEBHOOK_URL_USER] = {"notification.webhook.url-user", "Osoitteessa ei saa olla käyttäjää eikä salasanaa",
                          "Adressen får inte innehålla användare eller lösenord", "The URL must not hold a user or a password"},
    [WEBHOOK_URL_FRAGMENT] = {"notification.webhook.url-fragment", "Osoitteessa ei saa olla merkkiä #", "Adressen får inte innehålla #",
                              "The URL must not hold a #"},
    [WEBHOOK_URL_PORT] = {"notification.webhook.url-port", "Osoitteen portti ei kelpaa", "Adressens port duger inte",
                          "The port of the URL cannot be used"},
    [WEBHOOK_URL_PRIVATE] = {"notification.webhook.url-private", "Osoite on yksityisessä verkossa", "Adressen ligger i ett privat nätverk",
                             "The URL leads into a private network"},
};

static enum err check_url(struct job *job, const struct workset *w, const char *url)
{
    const enum webhook_url wrong = webhook_url_judge(span_text(url), w->webhook_private);

    if (wrong == WEBHOOK_URL_OK)
        return ERR_OK;
    const struct problem *p = &URL_PROBLEMS[wrong];
    return job_fail(job, ERR_INVALID, p->rule, "url", p->fi, p->sv, p->en);
}

static enum err check_description(struct job *job, const char *text)
{
    bool plain = utf8_valid(span_text(text));

    for (const char *p = text; *p != '\0'; p++)
        plain = plain && (uint8_t)*p >= 32 && *p != 127;
    if (plain && utf8_count(span_text(text)) <= WEBHOOK_DESCRIPTION_MAX)
        return ERR_OK;
    return job_fail(job, ERR_INVALID, "notification.webhook.description", "description",
                    "Kuvauksessa on enintään 200 merkkiä yhdellä rivillä", "Beskrivningen har högst 200 tecken på en rad",
                    "A description has at most 200 characters on one line");
}

static const char *known_types(struct arena *arena)
{
    const char *all = hook_type(0);

    for (size_t n = 1; hook_type(n) != NULL; n++)
        all = arena_printf(arena, "%s %s", all, hook_type(n));
    return all;
}

/* Nothing said is not everything: who wants all types says so. */
static enum err check_types(struct job *job, char *const *types, size_t count, bool all_types)
{
    enum err err;

    if ((count > 0) == all_types) {
        err = job_fail(job, ERR_INVALID, "notification.webhook.types", "types",
                       "Luettele tapahtumalajit (types) tai valitse kaikki (allTypes: true), ei molempia",
                       "Räkna upp händelsetyperna (types) eller välj alla (allTypes: true), inte båda",
                       "List the event types (types) or choose all of them (allTypes: true), not both");
        job_fact(job, "known", known_types(job->arena));
        return err;
    }
    if (count > WEBHOOK_TYPES_MAX)
        return job_fail(job, ERR_INVALID, "notification.webhook.types-many", "types", "Tapahtumalajeja on liikaa",
                        "För många händelsetyper", "There are too many event types");
    for (size_t i = 0; i < count; i++) {
        if (hook_type_known(types[i]))
            continue;
        err = job_fail(job, ERR_INVALID, "notification.webhook.type-unknown", "types", "Tapahtumalajia ei ole", "Händelsetypen finns inte",
                       "There is no such event type");
        job_fact(job, "type", utf8_valid(span_text(types[i])) && strlen(types[i]) <= 100 ? types[i] : "?");
        job_fact(job, "known", known_types(job->arena));
        return err;
    }
    return ERR_OK;
}

enum err webhook_check(struct job *job, const struct workset *w, const char *url, const char *description, char *const *types,
                       size_t type_count, bool all_types)
{
    enum err err = check_url(job, w, url);

    if (err == ERR_OK)
        err = check_description(job, description);
    return err == ERR_OK ? check_types(job, types, type_count, all_types) : err;
}

struct span webhook_types(struct arena *arena, char *const *types, size_t type_count)
{
    const char *all = "";

    for (size_t i = 0; i < type_count; i++)
        all = arena_printf(arena, "%s%s%s", all, i > 0 ? " " : "", types[i]);
    return span_text(all);
}

/* --- answers ----------------------------------------------------------------------------------------------------------- */
static ProtobufCBinaryData id_bytes(struct arena *arena, struct uuid id)
{
    const struct span copy = arena_copy(arena, uuid_span(&id));

    return (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
}

static void add_types(struct arena *arena, Notification__Webhook *message, struct span types)
{
    size_t from = 0;

    message->types = arena_array(arena, types.len / 2 + 1, sizeof *message->types);
    for (size_t i = 0; i <= types.len && types.len > 0; i++) {
        if (i < types.len && types.data[i] != ' ')
            continue;
        message->types[message->n_types++] = arena_text(arena, span_of(types.data + from, i - from));
        from = i + 1;
    }
}

Notification__Webhook *webhook_message(struct arena *arena, const struct webhook *webhook)
{
    Notification__Webhook *message = arena_alloc(arena, sizeof *message);

    notification__webhook__init(message);
    message->id = id_bytes(arena, webhook->id);
    message->url = arena_text(arena, webhook->url);
    message->description = arena_text(arena, webhook->description);
    add_types(arena, message, webhook->types);
    message->all_types = webhook->types.len == 0;
    message->state = (Notification__WebhookState)webhook->state;
    message->why = arena_text(arena, webhook->why);
    message->created_us = webhook->created_us;
    message->rotated_us = webhook->rotated_us;
    message->version = (uint64_t)webhook->version;
    return message;
}

static Notification__WebhookDelivery *delivery_message(struct arena *arena, const struct delivery *delivery)
{
    Notification__WebhookDelivery *message = arena_alloc(arena, sizeof *message);

    notification__webhook_delivery__init(message);
    message->id = id_bytes(arena, delivery->id);
    message->webhook_id = id_bytes(arena, delivery->webhook_id);
    message->type = arena_text(arena, delivery->type);
    message->state = (Notification__DeliveryState)delivery->state;
    message->tries = (uint32_t)delivery->tries;
    message->http_status = (uint32_t)delivery->http_status;
    message->answer = arena_text(arena, delivery->answer);
    message->created_us = delivery->created_us;
    message->next_us = delivery->next_us;
    message->done_us = delivery->done_us;
    return message;
}

void webhook_answer(struct job *job, const struct webhook *webhook, const uint8_t *secret, const struct delivery *deliveries,
                    size_t delivery_count)
{
    Notification__Webhook *answer = webhook_message(job->arena, webhook);
    char text[WEBHOOK_SECRET_TEXT];

    if (secret != NULL) {
        webhook_secret_text(secret, text);
        answer->secret = arena_strdup(job->arena, text);
    }
    answer->deliveries = arena_array(job->arena, delivery_count + 1, sizeof *answer->deliveries);
    answer->n_deliveries = delivery_count;
    for (size_t i = 0; i < delivery_count; i++)
        answer->deliveries[i] = delivery_message(job->arena, &deliveries[i]);
    job_answer(job, &answer->base, answer->version);
}

void delivery_answer(struct job *job, const struct delivery *delivery)
{
    job_answer(job, &delivery_message(job->arena, delivery)->base, 0);
}
