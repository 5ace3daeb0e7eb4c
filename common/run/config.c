/* Configuration. Each question is kept, so that --help can print them all; each mistake is kept, so that all are said at once. */
#include "common/run/config.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/buf.h"

#define URL_MAX 200

struct config {
    struct arena *arena;
    struct buf mistakes, help;
    size_t mistake_count;
};

struct config *config_new(void)
{
    struct arena *arena = arena_new(4096);
    struct config *config = arena_alloc(arena, sizeof *config);

    config->arena = arena;
    return config;
}

void config_free(struct config *config)
{
    if (!config)
        return;
    buf_fini(&config->mistakes);
    buf_fini(&config->help);
    arena_free(config->arena);
}

static void config_asked(struct config *config, const char *name, const char *what, const char *fallback)
{
    if (fallback)
        buf_printf(&config->help, "  %-28s %s [%s]\n", name, what, fallback);
    else
        buf_printf(&config->help, "  %-28s %s (must be set)\n", name, what);
}

static void config_mistake(struct config *config, const char *name, const char *what, const char *wrong)
{
    buf_printf(&config->mistakes, "%s %s. It is %s.\n", name, wrong, what);
    config->mistake_count++;
}

/* The variable's text, the fallback, or NULL with the mistake noted. Set but empty counts as not set. */
static const char *config_find(struct config *config, const char *name, const char *what, const char *fallback)
{
    const char *value = getenv(name);

    if (value && *value)
        return arena_strdup(config->arena, value);
    if (!fallback)
        config_mistake(config, name, what, "is not set");
    return fallback;
}

const char *config_text(struct config *config, const char *name, const char *what, const char *fallback)
{
    config_asked(config, name, what, fallback);
    const char *value = config_find(config, name, what, fallback);
    return value ? value : "";
}

/* All of the text is one number in the range. */
static bool number_read(const char *text, int64_t least, int64_t most, int64_t *out)
{
    char *end;

    errno = 0;
    intmax_t number = strtoimax(text, &end, 10);
    if (errno != 0 || end == text || *end || isspace((unsigned char)*text) || number < least || number > most)
        return false;
    *out = number;
    return true;
}

int64_t config_int(struct config *config, const char *name, const char *what, int64_t fallback, int64_t least, int64_t most)
{
    const char *usual = arena_printf(config->arena, "%" PRId64, fallback);
    int64_t number = fallback;

    config_asked(config, name, what, usual);
    const char *value = config_find(config, name, what, usual);
    if (!number_read(value, least, most, &number))
        config_mistake(
            config, name, what,
            arena_printf(config->arena, "must be a whole number from %" PRId64 " to %" PRId64 ", not \"%s\"", least, most, value));
    return number;
}

static bool choice_find(const char *const *choices, const char *value, size_t *index)
{
    for (*index = 0; choices[*index]; (*index)++) {
        if (strcmp(choices[*index], value) == 0)
            return true;
    }
    return false;
}

size_t config_choice(struct config *config, const char *name, const char *what, const char *fallback, const char *const *choices)
{
    const char *value = config_text(config, name, what, fallback);
    char *all = arena_strdup(config->arena, choices[0]);
    size_t index;

    if (choice_find(choices, value, &index))
        return index;
    for (size_t i = 1; choices[i]; i++)
        all = arena_printf(config->arena, "%s, %s", all, choices[i]);
    config_mistake(config, name, what, arena_printf(config->arena, "must be one of %s, not \"%s\"", all, value));
    return choice_find(choices, fallback, &index) ? index : 0;
}

const char *config_url(struct config *config, const char *name, const char *what)
{
    char *url = arena_strdup(config->arena, config_text(config, name, what, ""));
    size_t len = strlen(url);
    const bool web = strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;

    if ((len > 0 && !web) || len >= URL_MAX || strpbrk(url, " \t\r\n?#") != NULL)
        config_mistake(config, name, what, "must begin with https:// or http://, hold at most 200 bytes and bear a path behind it");
    while (len > 0 && url[len - 1] == '/')
        url[--len] = '\0';
    return url;
}

const char *const *config_list(struct config *config, const char *name, const char *what, const char *fallback, size_t *count)
{
    const char *value = config_text(config, name, what, fallback);
    char *text = arena_strdup(config->arena, value);
    size_t most = 1;

    for (const char *c = text; *c; c++)
        most += *c == ',';
    const char **list = arena_array(config->arena, most, sizeof *list);
    *count = 0;
    char *rest = NULL;
    for (char *item = strtok_r(text, ",", &rest); item; item = strtok_r(NULL, ",", &rest)) {
        item += strspn(item, " \t");
        item[strcspn(item, " \t")] = '\0';
        if (*item)
            list[(*count)++] = item;
    }
    if (*value && *count == 0)
        config_mistake(config, name, what, "holds nothing but commas");
    return list;
}

enum err config_check(const struct config *config)
{
    if (config->mistake_count == 0)
        return ERR_OK;
    (void)fprintf(stderr, "The configuration cannot be used (%zu mistake%s):\n%.*s", config->mistake_count,
                  config->mistake_count == 1 ? "" : "s", (int)config->mistakes.len, (const char *)config->mistakes.data);
    return ERR_INVALID;
}

void config_help(const struct config *config)
{
    (void)printf("Environment:\n%.*s", (int)config->help.len, config->help.data ? (const char *)config->help.data : "");
}
