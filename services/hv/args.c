/* A command line by a table: see args.h. */
#include "services/hv/args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/hv/commands.h"

static void help_row(const char *name, const char *value, const char *what)
{
    char left[64];
    snprintf(left, sizeof left, "%s%s%s", name, value ? " " : "", value ? value : "");
    printf("  %-24s %s\n", left, what);
}

static void help(const struct usage *usage)
{
    printf("Usage: hv %s\n\n%s\n\nOptions:\n", usage->synopsis, usage->text);
    for (size_t i = 0; i < usage->arg_count; i++)
        help_row(usage->args[i].name, usage->args[i].value, usage->args[i].what);
    help_row("--json", NULL, "answer for scripts");
    if (!usage->no_gateway) {
        help_row("--url", "URL", "the gateway [HV_URL, or http://127.0.0.1:8080]");
        help_row("--token-file", "FILE", "a file with the API token [the variable HV_TOKEN]");
    }
    help_row("--help", NULL, "this");
}

int args_wrong(const struct usage *usage, const char *sentence, const char *word)
{
    fprintf(stderr, "hv: %s%s%s\nUsage: hv %s\nTry: hv %.*s --help\n", sentence, word ? ": " : "", word ? word : "", usage->synopsis,
            (int)strcspn(usage->synopsis, " "), usage->synopsis);
    return HV_USAGE;
}

bool args_number(const char *text, uint64_t most, uint64_t *out)
{
    const size_t len = strlen(text);
    if (len == 0 || len > 19 || strspn(text, "0123456789") != len)
        return false;
    *out = strtoull(text, NULL, 10);
    return *out <= most;
}

int args_status(enum args_result result)
{
    return result == ARGS_WRONG ? HV_USAGE : HV_YES;
}

/* Gives one option its value; `next` is the word behind it, or NULL. *used: words taken beside the option itself. */
static bool take(const struct arg *arg, const char *inline_value, const char *next, int *used)
{
    *used = 0;
    if (arg->flag) {
        *arg->flag = true;
        return inline_value == NULL;
    }
    const char *value = inline_value ? inline_value : next;
    if (!value)
        return false;
    *used = inline_value ? 0 : 1;
    if (arg->text)
        *arg->text = value;
    else if (*arg->count < arg->list_max)
        arg->list[(*arg->count)++] = value;
    else
        return false;
    return true;
}

static const struct arg *find(const struct arg *args, size_t count, const char *word, size_t len)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(args[i].name) == len && strncmp(args[i].name, word, len) == 0)
            return &args[i];
    return NULL;
}

/* Where the parser stands. */
struct parse {
    const struct usage *usage;
    const struct arg *shared;
    size_t shared_count;
    const char **words;
    size_t word_count;
};

static bool wrong(const struct parse *parse, const char *sentence, const char *word)
{
    (void)args_wrong(parse->usage, sentence, word);
    return false;
}

static bool parse_word(struct parse *parse, const char *word)
{
    if (parse->word_count == parse->usage->word_most)
        return wrong(parse, "one word too many", word);
    parse->words[parse->word_count++] = word;
    return true;
}

static bool parse_option(struct parse *parse, const char *word, const char *next, int *used)
{
    const size_t len = strcspn(word, "=");
    const struct arg *arg = find(parse->usage->args, parse->usage->arg_count, word, len);
    if (!arg)
        arg = find(parse->shared, parse->usage->no_gateway ? 1 : parse->shared_count, word, len);
    if (!arg)
        return wrong(parse, "there is no such option", word);
    if (!take(arg, word[len] == '=' ? word + len + 1 : NULL, next, used))
        return wrong(parse, arg->flag ? "this option has no value" : "this option lacks its value, or has too many", arg->name);
    return true;
}

/* Names what the synopsis has in that place: "import FILE [OPTION]..." */
static void missing(const struct usage *usage, size_t place)
{
    const char *word = usage->synopsis;
    char name[32];
    for (size_t i = 0; i <= place && *word; i++) {
        word += strcspn(word, " ");
        word += strspn(word, " ");
    }
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, " "), word);
    (void)args_wrong(usage, "this is missing", name);
}

enum args_result args_parse(const struct usage *usage, int argc, char **argv, struct common *common, const char **words)
{
    const struct arg shared[] = {
        {.name = "--json", .flag = &common->json}, /* first: it is for all, the others for those that ask the gateway */
        {.name = "--url", .value = "URL", .text = &common->url},
        {.name = "--token-file", .value = "FILE", .text = &common->token_file},
    };
    struct parse parse = {.usage = usage, .shared = shared, .shared_count = sizeof shared / sizeof shared[0], .words = words};
    *common = (struct common){0};
    for (size_t i = 0; i < usage->word_most; i++)
        words[i] = NULL;
    for (int i = 1; i < argc; i++) {
        int used = 0;
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            help(usage);
            return ARGS_HELPED;
        }
        const bool option = strncmp(argv[i], "--", 2) == 0;
        if (option ? !parse_option(&parse, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &used) : !parse_word(&parse, argv[i]))
            return ARGS_WRONG;
        i += used;
    }
    if (parse.word_count < usage->word_least) {
        missing(usage, parse.word_count);
        return ARGS_WRONG;
    }
    return ARGS_GO;
}
