/* A command line by a table: options with or without a value, then plain words. Every command knows --help, --json, --url and
 * --token-file. A mistake is said in one sentence with the option's name. */
#ifndef HV_HV_ARGS_H
#define HV_HV_ARGS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arg {
    const char *name;  /* "--shift-to" */
    const char *value; /* how help calls its value; NULL: it has none */
    const char *what;
    const char **text; /* gets the value */
    bool *flag;        /* or is set */
    const char **list; /* or collects values, at most list_max, counted */
    size_t *count;
    size_t list_max;
};
struct usage {
    const char *synopsis; /* "import FILE [OPTION]..." */
    const char *text;     /* teaches: what for, what happens, an example */
    const struct arg *args;
    size_t arg_count;
    size_t word_least, word_most;
    bool no_gateway; /* asks no gateway: knows neither --url nor --token-file */
};
/* What every command may be told. */
struct common {
    const char *url, *token_file;
    bool json;
};
enum args_result { ARGS_GO, ARGS_HELPED, ARGS_WRONG };
/* argv[0] is the command. words: room for usage->word_most; NULL beyond those given. */
enum args_result args_parse(const struct usage *usage, int argc, char **argv, struct common *common, const char **words);
int args_status(enum args_result result); /* exit status of one that is not ARGS_GO */
/* Says a mistake and returns HV_USAGE. */
int args_wrong(const struct usage *usage, const char *sentence, const char *word);
bool args_number(const char *text, uint64_t most, uint64_t *out); /* decimal digits only */

#endif
