/* hv account: who may come in. A sub-command each: sign-in, create, list, set, token, tokens, revoke. Passwords never stand on the command
 * line (other users of the machine could read them): they come from a file or from standard input. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/buf.h"
#include "common/base/time.h"
#include "common/base/uuid.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/output.h"
#include "services/hv/solve.h"

#define ROLES_MOST    10
#define PASSWORD_MOST 256

struct account {
    struct common common;
    struct http *http;
    const char *words[2]; /* the sub-command and its name */
    const char *roles[ROLES_MOST];
    size_t role_count;
    const char *password_file, *id, *label, *days;
    bool with_token, close, open;
};

/* The first line of a file, "-" is standard input. */
static bool read_password(const char *file, char out[PASSWORD_MOST])
{
    const bool standard = strcmp(file, "-") == 0;
    FILE *in = standard ? stdin : fopen(file, "re");
    const bool good = in && fgets(out, PASSWORD_MOST, in) != NULL;
    if (!good)
        fprintf(stderr, "hv: no password can be read from %s\n", standard ? "standard input" : file);
    else
        out[strcspn(out, "\r\n")] = 0;
    if (in && !standard)
        fclose(in);
    return good;
}

static json_t *role_list(const struct account *account)
{
    json_t *list = json_array();
    for (size_t i = 0; i < account->role_count; i++)
        json_array_append_new(list, json_string(account->roles[i]));
    return list;
}

static void say_account(const json_t *account)
{
    size_t i = 0;
    json_t *role = NULL;
    printf("%s  %-32s", output_text(account, "id"), output_text(account, "userName"));
    json_array_foreach(json_object_get(account, "roles"), i, role) printf("%s%s", i ? "," : "", json_string_value(role));
    printf("%s\n", json_is_true(json_object_get(account, "closed")) ? "  closed" : "");
    if (*output_text(account, "token"))
        printf("token, shown this once: %s\n", output_text(account, "token"));
}

static void say_token(const json_t *token)
{
    printf("%s  until %s  %s%s\n", output_text(token, "id"), output_text(token, "expiresAt"), output_text(token, "name"),
           json_is_true(json_object_get(token, "revoked")) ? "  revoked" : "");
    if (*output_text(token, "token"))
        printf("token, shown this once: %s\n", output_text(token, "token"));
}

static int show(const struct account *account, int status, json_t *answer, void (*say)(const json_t *))
{
    if (status == HV_YES && account->common.json)
        output_json(answer);
    else if (status == HV_YES)
        say(answer);
    json_decref(answer);
    return status;
}

/* --- finding an account by its name: page by page ------------------------------------------------------------------------- */

static int each_page(struct account *account, char **page, json_t **reply)
{
    struct buf path = {0};
    buf_printf(&path, "/api/accounts?pageSize=200%s%s", **page ? "&pageToken=" : "", *page);
    buf_u8(&path, 0);
    const int status = http_call(account->http, "GET", (const char *)path.data, NULL, reply);
    mem_free(*page);
    *page = http_escape(account->http, output_text(*reply, "nextPageToken"));
    buf_fini(&path);
    return status;
}

/* *found: the account with that name or id, the caller's; NULL and HV_NO when there is none. */
static int find(struct account *account, const char *who, json_t **found)
{
    char *page = mem_strdup("");
    int status = HV_YES;
    *found = NULL;
    do {
        json_t *reply = NULL, *row = NULL;
        size_t i = 0;
        status = each_page(account, &page, &reply);
        json_array_foreach(json_object_get(reply, "accounts"), i,
                           row) if (strcmp(output_text(row, "userName"), who) == 0 || strcmp(output_text(row, "id"), who) == 0) *found =
            json_incref(row);
        json_decref(reply);
    } while (status == HV_YES && !*found && *page);
    mem_free(page);
    if (status == HV_YES && !*found) {
        fprintf(stderr, "hv: there is no account %s\n", who);
        status = HV_NO;
    }
    return status;
}

/* --- the sub-commands ------------------------------------------------------------------------------------------------------- */

static int do_list(struct account *account)
{
    char *page = mem_strdup("");
    json_t *all = json_array(), *row = NULL;
    size_t i = 0;
    int status = HV_YES;
    do {
        json_t *reply = NULL;
        status = each_page(account, &page, &reply);
        if (status == HV_YES)
            json_array_extend(all, json_object_get(reply, "accounts"));
        json_decref(reply);
    } while (status == HV_YES && *page);
    mem_free(page);
    if (status == HV_YES && account->common.json)
        output_json(all);
    else
        json_array_foreach(all, i, row) say_account(row);
    json_decref(all);
    return status;
}

static void say_first(const json_t *list)
{
    say_account(json_array_get(json_object_get(list, "accounts"), 0));
}

static int do_create(struct account *account)
{
    char password[PASSWORD_MOST] = "";
    char id[UUID_TEXT];
    json_t *answer = NULL;
    if (account->password_file && !read_password(account->password_file, password))
        return HV_USAGE;
    uuid_format(uuid_v7(time_now_us()), id); /* ours, so that the same request sent twice makes one account */
    json_t *one = json_pack("{s:s, s:s, s:o}", "id", account->id ? account->id : id, "userName", account->words[1], "roles",
                            account->role_count ? role_list(account) : json_pack("[s]", "participant"));
    if (*password)
        json_object_set_new(one, "password", json_string(password));
    const int status = http_call(account->http, "POST", "/api/accounts",
                                 json_pack("{s:[o], s:b}", "accounts", one, "withTokens", account->with_token), &answer);
    return show(account, status, answer, say_first);
}

static int do_set(struct account *account)
{
    char password[PASSWORD_MOST] = "";
    json_t *present = NULL, *answer = NULL;
    struct buf path = {0};
    if (account->password_file && !read_password(account->password_file, password))
        return HV_USAGE;
    int status = find(account, account->words[1], &present);
    if (status != HV_YES)
        return status;
    const bool closed = account->close || (!account->open && json_is_true(json_object_get(present, "closed")));
    json_t *body =
        json_pack("{s:o, s:b}", "roles", account->role_count ? role_list(account) : json_deep_copy(json_object_get(present, "roles")),
                  "closed", closed);
    if (*password)
        json_object_set_new(body, "password", json_string(password));
    buf_printf(&path, "/api/accounts/%s", output_text(present, "id"));
    buf_u8(&path, 0);
    http_if_match(account->http, output_text(present, "version"));
    status = http_call(account->http, "PUT", (const char *)path.data, body, &answer);
    buf_fini(&path);
    json_decref(present);
    return show(account, status, answer, say_account);
}

/* Asks for a token, of one's own or of the account with this id. */
static int ask_token(struct account *account, const char *account_id)
{
    uint64_t days = 30;
    char until[TIME_TEXT];
    json_t *answer = NULL;
    if (account->days && (!args_number(account->days, 366, &days) || days == 0)) {
        fputs("hv: --days is a number from 1 to 366\n", stderr);
        return HV_USAGE;
    }
    time_format(time_now_us() + (int64_t)days * TIME_DAY - TIME_SECOND, until);
    json_t *body = json_pack("{s:s, s:s}", "name", account->label ? account->label : "hv", "expiresAt", until);
    if (account_id)
        json_object_set_new(body, "accountId", json_string(account_id));
    const int status = http_call(account->http, "POST", "/api/tokens", body, &answer);
    return show(account, status, answer, say_token);
}

static int do_token(struct account *account)
{
    json_t *present = NULL;
    if (!account->words[1])
        return ask_token(account, NULL);
    int status = find(account, account->words[1], &present);
    if (status == HV_YES)
        status = ask_token(account, output_text(present, "id"));
    json_decref(present);
    return status;
}

static void say_tokens(const json_t *list)
{
    size_t i = 0;
    json_t *row = NULL;
    json_array_foreach(json_object_get(list, "tokens"), i, row) say_token(row);
}

static int do_tokens(struct account *account)
{
    struct buf path = {0};
    json_t *present = NULL, *answer = NULL;
    int status = account->words[1] ? find(account, account->words[1], &present) : HV_YES;
    if (status != HV_YES)
        return status;
    buf_printf(&path, "/api/tokens%s%s", present ? "?accountId=" : "", output_text(present, "id"));
    buf_u8(&path, 0);
    status = http_call(account->http, "GET", (const char *)path.data, NULL, &answer);
    buf_fini(&path);
    json_decref(present);
    return show(account, status, answer, say_tokens);
}

static int do_revoke(struct account *account)
{
    struct buf path = {0};
    json_t *answer = NULL;
    char *id = http_escape(account->http, account->words[1]);
    buf_printf(&path, "/api/tokens/%s", id);
    buf_u8(&path, 0);
    const int status = http_call(account->http, "DELETE", (const char *)path.data, NULL, &answer);
    mem_free(id);
    buf_fini(&path);
    return show(account, status, answer, say_token);
}

/* Signs in with the password, makes a token by that session, and signs out again. */
static int do_sign_in(struct account *account)
{
    char password[PASSWORD_MOST] = "";
    json_t *session = NULL;
    if (!account->password_file && !account->common.json)
        fprintf(stderr, "password of %s, then Enter: ", account->words[1]);
    if (!read_password(account->password_file ? account->password_file : "-", password))
        return HV_USAGE;
    solve_at_door(account->http);
    int status = http_call(account->http, "POST", "/api/session",
                           json_pack("{s:s, s:s}", "userName", account->words[1], "password", password), &session);
    memset(password, 0, sizeof password);
    http_proof(account->http, "");
    if (status == HV_YES) {
        http_csrf(account->http, output_text(session, "csrfToken"));
        status = ask_token(account, NULL);
        const int signed_out = http_call(account->http, "DELETE", "/api/session", NULL, NULL);
        status = status == HV_YES ? signed_out : status;
    }
    json_decref(session);
    return status;
}

static const struct sub {
    const char *name;
    int (*run)(struct account *account);
    bool needs_name, needs_token;
} SUBS[] = {{"sign-in", do_sign_in, true, false}, {"create", do_create, true, true}, {"list", do_list, false, true},
            {"set", do_set, true, true},          {"token", do_token, false, true},  {"tokens", do_tokens, false, true},
            {"revoke", do_revoke, true, true}};

static int run(struct account *account, const struct usage *usage)
{
    for (size_t i = 0; i < sizeof SUBS / sizeof SUBS[0]; i++) {
        if (strcmp(account->words[0], SUBS[i].name) != 0)
            continue;
        if (SUBS[i].needs_name && !account->words[1])
            return args_wrong(usage, "a name is missing after", SUBS[i].name);
        account->http = http_open(&account->common, SUBS[i].needs_token);
        if (!account->http)
            return HV_USAGE;
        const int status = SUBS[i].run(account);
        http_close(account->http);
        return status;
    }
    return args_wrong(usage, "account does not know", account->words[0]);
}

int account_main(int argc, char **argv)
{
    struct account account = {0};
    const struct arg args[] = {
        {"--role", "ROLE",
         "participant, coordinator, admin; of grants: applicant, evaluator, preparer, presenter, decider; of municipalities also: "
         "secretary, "
         "board-member; several times",
         .list = account.roles, .count = &account.role_count, .list_max = ROLES_MOST},
        {"--password-file", "FILE", "its first line is the password; \"-\": standard input", .text = &account.password_file},
        {"--id", "UUID", "create: the id it gets (the same again changes nothing)", .text = &account.id},
        {"--with-token", NULL, "create: an API token for 30 days, too", .flag = &account.with_token},
        {"--close", NULL, "set: the account may do nothing from now on", .flag = &account.close},
        {"--open", NULL, "set: it may again", .flag = &account.open},
        {"--name", "TEXT", "token: what it is for [hv]", .text = &account.label},
        {"--days", "N", "token, sign-in: how long it holds [30]", .text = &account.days}};
    const struct usage usage = {.synopsis = "account COMMAND [NAME] [OPTION]...",
                                .text = "  sign-in NAME    with the password; prints an API token for HV_TOKEN\n"
                                        "  create NAME     an account; without --role a participant, without a password for tokens only\n"
                                        "  list            all accounts\n"
                                        "  set NAME        roles, password, --close or --open; what is not said stays\n"
                                        "  token [NAME]    a new API token, one's own or, for admins, anybody's\n"
                                        "  tokens [NAME]   which there are\n"
                                        "  revoke ID       a token is void at once\n\n"
                                        "NAME may be an account's id. The very first admin is made by `hv migrate --admin NAME`.\n\n"
                                        "  export HV_TOKEN=$(hv account sign-in operator | sed -n 's/^token, shown this once: //p')\n"
                                        "  hv account create coordinator@example.fi --role coordinator --password-file new.txt",
                                .args = args,
                                .arg_count = sizeof args / sizeof args[0],
                                .word_least = 1,
                                .word_most = 2};
    const enum args_result parsed = args_parse(&usage, argc, argv, &account.common, account.words);
    return parsed != ARGS_GO ? args_status(parsed) : run(&account, &usage);
}
