/* Values as people in Finland read them, in their language and in Finnish time (Europe/Helsinki), by ICU:
 *   torstai 19.9.2024 klo 9.00     torsdag 19.9.2024 kl. 9.00     Thursday 19 September 2024 at 9:00
 *   1 234,50 €                     1 234,50 €                     €1,234.50
 * ICU's formatters are not shared between threads: each sender has its own. */
#ifndef HV_NOTIFICATION_OUTBOUND_FORMAT_H
#define HV_NOTIFICATION_OUTBOUND_FORMAT_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "services/notification/domain/letter.h"

#define FORMAT_TEXT 160 /* room for any of these texts */

struct format;

enum err format_open(struct format **out) MUST_CHECK; /* ERR_INTERNAL: ICU has no data for us */
void format_close(struct format *format);             /* NULL is fine */

/* The manner of a language, for letter_write; lives as long as the format. */
struct manner format_manner(struct format *format, enum language language);

/* Both return out. us 0 gives an empty text. */
const char *format_moment(struct format *format, enum language language, int64_t us, char out[FORMAT_TEXT]);
/* From, to: the end without its day when it is the same day; ends_us 0: the beginning only. */
const char *format_span(struct format *format, enum language language, int64_t starts_us, int64_t ends_us, char out[FORMAT_TEXT]);

#endif
