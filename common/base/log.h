/* The log: one JSON object a line on standard error, with the trace id of the request it belongs to.
 *
 *   log_info(log, trace, "rpc.listening", LOG_TEXT("url", url), LOG_INT("contexts", n));
 *   {"time":"2026-...","level":"info","service":"enrolment","event":"rpc.listening","trace":"4bf9...","url":"...","contexts":16}
 *
 * No personal data: ids, never names or addresses. Lines are written with one write(2), so threads do not mix.
 */
#ifndef HV_BASE_LOG_H
#define HV_BASE_LOG_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log; /* level, service name; immutable after log_new, so any thread may use it */

struct log *log_new(const char *service, enum log_level least, int fd);
void log_free(struct log *log);

struct log_field {
    const char *name;
    enum { LOG_FIELD_END, LOG_FIELD_TEXT, LOG_FIELD_INT } kind;
    const char *text;
    int64_t number;
};
#define LOG_TEXT(name, text)  ((struct log_field){name, LOG_FIELD_TEXT, text, 0})
#define LOG_INT(name, number) ((struct log_field){name, LOG_FIELD_INT, 0, (int64_t)(number)})
#define LOG_END               ((struct log_field){0, LOG_FIELD_END, 0, 0})

/* trace: a W3C traceparent or NULL. event: dotted, stable, for searching. */
void log_write(const struct log *log, enum log_level level, const char *trace, const char *event, const struct log_field *fields);

#define log_at(log, level, trace, event, ...)                                                                                              \
    log_write(log, level, trace, event, (const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ) LOG_END})
#define log_debug(log, trace, event, ...) log_at(log, LOG_DEBUG, trace, event, __VA_ARGS__)
#define log_info(log, trace, event, ...)  log_at(log, LOG_INFO, trace, event, __VA_ARGS__)
#define log_warn(log, trace, event, ...)  log_at(log, LOG_WARN, trace, event, __VA_ARGS__)
#define log_error(log, trace, event, ...) log_at(log, LOG_ERROR, trace, event, __VA_ARGS__)

/* Lets one line a minute through, on whichever thread it comes: for what a stranger or a wrong setting can cause with every
 * message. All zero is ready for use. */
struct log_seldom {
    _Atomic int64_t next_us;
};
bool log_seldom(struct log_seldom *seldom, int64_t steady_us);

#endif
