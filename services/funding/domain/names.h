/* Names of people in texts of a municipality: "[[Maija Meikäläinen]]". Minutes are published with them, and once their time is over without
 * them (kuntalaki 140 §: personal data leave the network when the time for a review ends; the decision stays).
 *
 * Pure: the caller brings the room. The output is never longer than the input and NAMES_GROWTH bytes for each name. */
#ifndef HV_FUNDING_DOMAIN_NAMES_H
#define HV_FUNDING_DOMAIN_NAMES_H
#include <stdbool.h>
#include <stddef.h>

enum { NAMES_GROWTH = 24 };

/* Whether each "[[" has its "]]" on the same line, with something between them and no "[[" inside. */
bool names_well_formed(const char *text);
size_t names_count(const char *text);
/* The text as people read it: without the brackets. The length; out has room for size bytes with its NUL. */
size_t names_shown(char *out, size_t size, const char *text);
/* The text without the names: each is replaced by `instead` ("[nimi poistettu]"), at most NAMES_GROWTH bytes. */
size_t names_removed(char *out, size_t size, const char *text, const char *instead);

#endif
