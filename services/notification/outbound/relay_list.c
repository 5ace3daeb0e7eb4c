/* See relay_list.h. The addresses are taken apart by libcurl, which will use them. */
#include "services/notification/outbound/relay_list.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/alloc.h"

#define BETWEEN        " \t\r\n,"
#define KEY_MAX        400
#define LINE_MAX_BYTES 1024
#define NOT_FOR_ALL    (S_IRWXO | S_IWGRP | S_IXGRP) /* bits the file of passwords must not have; a group may read it (containers) */

/* One part of the address as text of ours, "" when it has none. */
static char *part(CURLU *url, CURLUPart which, unsigned flags)
{
    char *text = NULL, *copy;

    if (curl_url_get(url, which, &text, flags) != CURLUE_OK)
        text = NULL;
    copy = mem_strdup(text != NULL ? text : "");
    curl_free(text);
    return copy;
}

static bool here(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 || strncmp(host, "127.", 4) == 0;
}

static bool read_tls(struct relay_setting *r, bool at_once, const char *host, const char *query)
{
    static const struct {
        const char *query;
        enum relay_tls tls;
    } WAYS[] = {{"tls=off", RELAY_TLS_OFF}, {"tls=try", RELAY_TLS_TRY}, {"tls=require", RELAY_TLS_REQUIRE}};

    if (query[0] == '\0') {
        r->tls = at_once ? RELAY_TLS_AT_ONCE : here(host) ? RELAY_TLS_OFF : RELAY_TLS_REQUIRE;
        return true;
    }
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        if (strcmp(query, WAYS[i].query) == 0) {
            r->tls = WAYS[i].tls;
            return !at_once; /* it is encrypted already */
        }
    }
    return false;
}

struct pieces {
    char *scheme, *host, *port, *user, *password, *query, *path;
};

static void pieces_free(struct pieces *p)
{
    mem_free(p->scheme);
    mem_free(p->host);
    mem_free(p->port);
    mem_free(p->user);
    mem_free(p->password);
    mem_free(p->query);
    mem_free(p->path);
}

/* Why it cannot be a relay; NULL: it can, and *r is it. */
static const char *judge(struct relay_setting *r, const struct pieces *p)
{
    bool at_once = strcmp(p->scheme, "smtps") == 0;

    if (!at_once && strcmp(p->scheme, "smtp") != 0)
        return "must begin with smtp:// or smtps://";
    if (p->host[0] == '\0')
        return "names no host";
    if (p->password[0] != '\0')
        return "holds a password: it belongs into the file of HV_SMTP_PASSWORDS";
    if (strcmp(p->path, "/") != 0 && p->path[0] != '\0')
        return "has a path: a relay is smtp://host:port";
    if (!read_tls(r, at_once, p->host, p->query))
        return at_once ? "has ?tls= : smtps:// is always encrypted" : "may end in ?tls=require, ?tls=try or ?tls=off, and nothing else";
    if (p->user[0] != '\0' && r->tls < RELAY_TLS_REQUIRE && !here(p->host))
        return "signs in without encryption being required: a password must not travel in the clear (?tls=require)";
    return NULL;
}

static char *join(const char *a, const char *b, const char *c)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = mem_new(size);

    (void)snprintf(text, size, "%s%s%s", a, b, c);
    return text;
}

static void take(struct relay_setting *r, const struct pieces *p)
{
    char *scheme = join(p->scheme, "://", "");

    r->name = join(p->host, ":", p->port);
    r->url = join(scheme, r->name, "");
    if (p->user[0] != '\0')
        r->user = mem_strdup(p->user);
    mem_free(scheme);
}

/* The text without what stands before "//" and from "?" on. */
static char *key_of(const char *text)
{
    const char *slashes = strstr(text, "//");
    char *key = mem_strdup(slashes != NULL ? slashes + 2 : text);

    key[strcspn(key, "?/")] = '\0';
    return key;
}

static enum err read_relay(struct relay_setting *r, const char *text, char problem[RELAY_PROBLEM])
{
    CURLU *url = curl_url();
    const char *wrong = "is not an address like smtp://host:port";
    char *key = key_of(text);

    r->key = key;
    if (url != NULL && curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) {
        struct pieces p = {part(url, CURLUPART_SCHEME, 0),
                           part(url, CURLUPART_HOST, 0),
                           part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT),
                           part(url, CURLUPART_USER, CURLU_URLDECODE),
                           part(url, CURLUPART_PASSWORD, 0),
                           part(url, CURLUPART_QUERY, 0),
                           part(url, CURLUPART_PATH, 0)};
        wrong = judge(r, &p);
        if (wrong == NULL)
            take(r, &p);
        pieces_free(&p);
    }
    curl_url_cleanup(url);
    /* Only what stands behind the sign-in is repeated: before it there may be a password. */
    const char *host = strrchr(key, '@');
    if (wrong != NULL)
        (void)snprintf(problem, RELAY_PROBLEM, "HV_SMTP: the relay \"%.300s\" %s", host != NULL ? host + 1 : key, wrong);
    return wrong == NULL ? ERR_OK : ERR_INVALID;
}

static struct relay_setting *find(struct relay_list *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->each[i].key, key) == 0)
            return &list->each[i];
    return NULL;
}

/* "user@host:port password"; lines that are empty or begin with # say nothing. */
static enum err read_password(struct relay_list *list, char *line, unsigned number, char problem[RELAY_PROBLEM])
{
    size_t split = strcspn(line, " \t");
    char *password = line + split + strspn(line + split, " \t");

    if (line[0] == '\0' || line[0] == '#')
        return ERR_OK;
    line[split] = '\0';
    struct relay_setting *r = find(list, line);
    if (r == NULL)
        return ERR_OK; /* of a relay that is not in use now */
    const char *wrong = password[0] == '\0'           ? "has no password behind the relay"
                        : r->user == NULL             ? "has a password for a relay without a user"
                        : r->password != NULL         ? "has a second password for the same relay"
                        : strlen(password) >= KEY_MAX ? "has a password of over 400 bytes"
                                                      : NULL;
    if (wrong != NULL) {
        (void)snprintf(problem, RELAY_PROBLEM, "HV_SMTP_PASSWORDS: line %u %s", number, wrong);
        return ERR_INVALID;
    }
    r->password = mem_strdup(password);
    return ERR_OK;
}

static enum err read_lines(struct relay_list *list, FILE *file, char problem[RELAY_PROBLEM])
{
    char line[LINE_MAX_BYTES];
    enum err err = ERR_OK;

    for (unsigned number = 1; err == ERR_OK && fgets(line, sizeof line, file) != NULL; number++) {
        size_t len = strcspn(line, "\r\n");
        if (len + 1 == sizeof line) {
            (void)snprintf(problem, RELAY_PROBLEM, "HV_SMTP_PASSWORDS: line %u is too long", number);
            return ERR_INVALID;
        }
        line[len] = '\0';
        err = read_password(list, line, number, problem);
    }
    return err;
}

static enum err read_passwords(struct relay_list *list, const char *path, char problem[RELAY_PROBLEM])
{
    struct stat about;
    FILE *file = fopen(path, "re");
    enum err err = ERR_INVALID;

    if (file == NULL || fstat(fileno(file), &about) != 0)
        (void)snprintf(problem, RELAY_PROBLEM, "HV_SMTP_PASSWORDS: %.400s cannot be read: %s", path, strerror(errno));
    else if ((about.st_mode & NOT_FOR_ALL) != 0)
        (void)snprintf(problem, RELAY_PROBLEM, "HV_SMTP_PASSWORDS: others may read or change %.400s (mode %03o); chmod 600 it", path,
                       (unsigned)about.st_mode & 0777u);
    else
        err = read_lines(list, file, problem);
    if (file != NULL)
        (void)fclose(file);
    return err;
}

static enum err check_users(const struct relay_list *list, char problem[RELAY_PROBLEM])
{
    for (size_t i = 0; i < list->count; i++) {
        const struct relay_setting *r = &list->each[i];
        if (r->user != NULL && r->password == NULL) {
            (void)snprintf(problem, RELAY_PROBLEM,
                           "HV_SMTP: the relay %.300s has a user, but no line of HV_SMTP_PASSWORDS begins with \"%.200s \"", r->name,
                           r->key);
            return ERR_INVALID;
        }
    }
    return ERR_OK;
}

enum err relay_list_read(struct relay_list *out, const char *relays, const char *passwords, char problem[RELAY_PROBLEM])
{
    char *copy = mem_strdup(relays), *rest = NULL;
    enum err err = ERR_OK;

    *out = (struct relay_list){.count = 0};
    for (char *word = strtok_r(copy, BETWEEN, &rest); word != NULL && err == ERR_OK; word = strtok_r(NULL, BETWEEN, &rest)) {
        if (out->count == RELAYS_MAX || strlen(word) > KEY_MAX) {
            (void)snprintf(problem, RELAY_PROBLEM, "HV_SMTP may name %d relays, of %d characters each", RELAYS_MAX, KEY_MAX);
            err = ERR_INVALID;
            break;
        }
        err = read_relay(&out->each[out->count++], word, problem);
    }
    mem_free(copy);
    if (err == ERR_OK && out->count == 0) {
        (void)snprintf(problem, RELAY_PROBLEM, "HV_SMTP names no relay; write smtp://host:port");
        err = ERR_INVALID;
    }
    if (err == ERR_OK && passwords[0] != '\0')
        err = read_passwords(out, passwords, problem);
    return err == ERR_OK ? check_users(out, problem) : err;
}

/* The bytes go before the memory does. */
static void forget(char *password)
{
    volatile char *p = password;

    while (p != NULL && *p != '\0')
        *p++ = '\0';
    mem_free(password);
}

void relay_list_fini(struct relay_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct relay_setting *r = &list->each[i];
        mem_free(r->key);
        mem_free(r->name);
        mem_free(r->url);
        mem_free(r->user);
        forget(r->password);
    }
    list->count = 0;
}
