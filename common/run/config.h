/* Configuration from the environment, checked whole before anything starts: every mistake is said at once, with the
 * variable, what it is for, and what it should look like. */
#ifndef HV_RUN_CONFIG_H
#define HV_RUN_CONFIG_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"

struct config;

struct config *config_new(void);
void config_free(struct config *config);
/* what: a sentence for the reader of an error, and for --help. fallback NULL: the variable must be set. */
const char *config_text(struct config *config, const char *name, const char *what, const char *fallback);
int64_t config_int(struct config *config, const char *name, const char *what, int64_t fallback, int64_t least, int64_t most);
/* One of `choices` (NULL-ended), by its index; fallback is one of them. */
size_t config_choice(struct config *config, const char *name, const char *what, const char *fallback, const char *const *choices);
/* Where people reach us: begins with https:// or http://, and a path can be put behind it, so it ends without "/". Empty: not known. */
const char *config_url(struct config *config, const char *name, const char *what);
/* A comma-separated list; the array and its strings live as long as the config. */
const char *const *config_list(struct config *config, const char *name, const char *what, const char *fallback, size_t *count);
/* ERR_INVALID after printing every mistake to standard error. */
enum err config_check(const struct config *config) MUST_CHECK;
void config_help(const struct config *config); /* prints the variables, one a line */

#endif
