/* See hooks.h. */
#include "tests/service/notification/hooks.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/service/notification/facts.h"

#define RECEIVER HV_ROOT "/tests/service/notification/receiver"

struct stage stage;
struct line line;
int hooks_port, hooks_stranger_port;
static pid_t receiver, stranger;
char hooks_record[300];

/* --- asking ---------------------------------------------------------------------------------------------------------- */
const Bus__Reply *hooks_ask(const char *method, const ProtobufCMessage *message, uint64_t if_match, const ProtobufCMessageDescriptor *type,
                            ProtobufCMessage **answer)
{
    const struct line_request request = {.method = method,
                                         .message = message,
                                         .roles = BUS__ROLE__ROLE_ADMIN,
                                         .actor = facts_id(99),
                                         .if_match = if_match,
                                         .answer = type,
                                         .write = strstr(method, "Get") == NULL && strstr(method, "List") == NULL};

    return line_ask(&line, &request, answer);
}

const Bus__Reply *hooks_create(const char *url, char **types, size_t type_count, Notification__Webhook **out)
{
    Notification__CreateWebhookRequest request = NOTIFICATION__CREATE_WEBHOOK_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.url = (char *)(uintptr_t)url;
    request.description = "Esimerkki";
    request.types = types;
    request.n_types = type_count;
    request.all_types = types == NULL;
    const Bus__Reply *reply = hooks_ask("notification.CreateWebhook", &request.base, 0, &notification__webhook__descriptor, &answer);
    *out = (Notification__Webhook *)answer;
    return reply;
}

/* One that gets only what is sent to test it, or the type named. */
struct hook hooks_make(const char *path, const char *type)
{
    char *types[] = {(char *)(uintptr_t)type};
    Notification__Webhook *webhook;
    const Bus__Reply *reply = hooks_create(arena_printf(stage.arena, "https://localhost:%d%s", hooks_port, path), types, 1, &webhook);

    assert_int_equal(reply->err, ERR_OK);
    assert_memory_equal(webhook->secret, "whsec_", 6);
    assert_int_equal(webhook->state, NOTIFICATION__WEBHOOK_STATE__WEBHOOK_ENABLED);
    return (struct hook){webhook->id, path, webhook->secret, webhook->version};
}

const Bus__Reply *hooks_ask_of(const char *method, ProtobufCBinaryData id, const ProtobufCMessageDescriptor *type,
                               ProtobufCMessage **answer)
{
    Notification__GetWebhookRequest request = NOTIFICATION__GET_WEBHOOK_REQUEST__INIT;

    request.webhook_id = id;
    return hooks_ask(method, &request.base, 0, type, answer);
}

Notification__Webhook *hooks_get(const struct hook *hook)
{
    ProtobufCMessage *answer = NULL;

    assert_int_equal(hooks_ask_of("notification.GetWebhook", hook->id, &notification__webhook__descriptor, &answer)->err, ERR_OK);
    Notification__Webhook *webhook = (Notification__Webhook *)answer;
    assert_string_equal(webhook->secret, ""); /* it is said once */
    return webhook;
}

void hooks_test(const struct hook *hook)
{
    ProtobufCMessage *answer = NULL;

    assert_int_equal(hooks_ask_of("notification.TestWebhook", hook->id, &notification__webhook_delivery__descriptor, &answer)->err, ERR_OK);
    assert_string_equal(((Notification__WebhookDelivery *)answer)->type, "webhook.test");
}

const Bus__Reply *hooks_edit(const struct hook *hook, uint64_t if_match, const char *url, Notification__WebhookState state,
                             Notification__Webhook **out)
{
    Notification__EditWebhookRequest request = NOTIFICATION__EDIT_WEBHOOK_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.webhook_id = hook->id;
    request.url = (char *)(uintptr_t)url;
    request.state = state;
    request.all_types = true;
    const Bus__Reply *reply = hooks_ask("notification.EditWebhook", &request.base, if_match, &notification__webhook__descriptor, &answer);
    *out = (Notification__Webhook *)answer;
    return reply;
}

/* The newest delivery, once it is in this state after so many tries. */
Notification__WebhookDelivery *hooks_wait(const struct hook *hook, Notification__DeliveryState state, unsigned tries)
{
    Notification__Webhook *webhook = NULL;

    for (int waited = 0; waited < HOOKS_WAIT_MS; waited += 50) {
        webhook = hooks_get(hook);
        if (webhook->n_deliveries > 0 && webhook->deliveries[0]->state == state && webhook->deliveries[0]->tries == tries)
            return webhook->deliveries[0];
        kit_sleep_ms(50);
    }
    fail_msg("%s: no delivery in state %d after %u tries; the newest is in %d after %u", hook->path, (int)state, tries,
             webhook->n_deliveries > 0 ? (int)webhook->deliveries[0]->state : -1,
             webhook->n_deliveries > 0 ? webhook->deliveries[0]->tries : 0);
    return NULL;
}

/* --- what arrived ------------------------------------------------------------------------------------------------------ */
static char *output_of(const char *command)
{
    char *text = arena_alloc(stage.arena, 4096);
    FILE *pipe = popen(command, "r");
    size_t len;

    assert_non_null(pipe);
    len = fread(text, 1, 4095, pipe);
    const int status = pclose(pipe);
    text[len] = '\0';
    if (status != 0)
        fail_msg("%s: %s", command, text);
    return text;
}

/* How many came to the webhook's path; each has verified with the webhook's secret, and with another one if given. */
int hooks_arrived(const struct hook *hook, const char *also)
{
    return atoi(output_of(arena_printf(stage.arena, "node " RECEIVER "/verify.js %s %s %s %s 2>&1", hooks_record, hook->path, hook->secret,
                                       also ? also : "")));
}

char *hooks_lines(const char *path)
{
    return output_of(arena_printf(stage.arena, "grep -F '\"path\": \"%s\"' %s || true", path, hooks_record));
}

int hooks_ids(const char *path)
{
    return atoi(output_of(arena_printf(
        stage.arena, "grep -F '\"path\": \"%s\"' %s | grep -o '\"webhook-id\": \"[^\"]*\"' | sort -u | wc -l", path, hooks_record)));
}

bool hooks_reached(void *arg)
{
    return *hooks_lines(arg) != '\0';
}

/* --- the stage --------------------------------------------------------------------------------------------------------- */
static void make_certificate(const char *name)
{
    (void)output_of(arena_printf(stage.arena,
                                 "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "
                                 "subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout %s/%s.key -out %s/%s.pem 2>&1",
                                 stage.folder, name, stage.folder, name));
}

static bool listens(void *arg)
{
    char text[20] = "";
    FILE *file = fopen(arg, "r");

    if (file) {
        (void)fgets(text, sizeof text, file);
        (void)fclose(file);
    }
    return strncmp(text, "listening", 9) == 0;
}

static pid_t start_receiver(int at, const char *name, const char *kept)
{
    char *log = arena_printf(stage.arena, "%s/%s.log", stage.folder, name);
    const char *argv[] = {"/usr/bin/python3",
                          RECEIVER "/receiver.py",
                          "--port",
                          arena_printf(stage.arena, "%d", at),
                          "--record",
                          kept,
                          "--certificate",
                          arena_printf(stage.arena, "%s/%s.pem", stage.folder, name),
                          "--key",
                          arena_printf(stage.arena, "%s/%s.key", stage.folder, name),
                          NULL};
    const pid_t pid = kit_spawn(argv, NULL, log);

    assert_true(kit_wait_until(listens, log, HOOKS_WAIT_MS));
    return pid;
}

void hooks_restart(const char *private_allowed, int signal)
{
    (void)stage_notification_stop(&stage, signal);
    assert_int_equal(setenv("HV_WEBHOOK_PRIVATE", private_allowed, 1), 0);
    stage_notification_start(&stage);
}

int hooks_open(void **state)
{
    (void)state;
    if (access(RECEIVER "/node_modules/standardwebhooks", R_OK) != 0 &&
        system("cd " RECEIVER " && npm ci --no-audit --no-fund --loglevel=error >/dev/null 2>&1") != 0)
        kit_give_up("the npm package standardwebhooks cannot be installed: run npm ci in %s", RECEIVER);
    stage_open(&stage);
    make_certificate("receiver");
    make_certificate("stranger");
    (void)snprintf(hooks_record, sizeof hooks_record, "%s/record", stage.folder);
    hooks_port = kit_port();
    receiver = start_receiver(hooks_port, "receiver", hooks_record);
    hooks_stranger_port = kit_port();
    stranger = start_receiver(hooks_stranger_port, "stranger", arena_printf(stage.arena, "%s/strange", stage.folder));
    assert_int_equal(setenv("HV_WEBHOOK_CA", arena_printf(stage.arena, "%s/receiver.pem", stage.folder), 1), 0);
    hooks_restart("1", SIGTERM);
    line_open(&line, &stage);
    return 0;
}

int hooks_close(void **state)
{
    (void)state;
    line_close(&line);
    (void)kit_kill(receiver, SIGKILL);
    (void)kit_kill(stranger, SIGKILL);
    stage_close(&stage);
    return 0;
}
