/* The log writes one JSON object a line with a single write(2): the kernel keeps lines of several threads apart, and no
 * buffer is lost when the process dies. A line has at most 8 KiB; what does not fit is cut at a character and the line says
 * "cut":true. Text that is not UTF-8 is written with U+FFFD, so that a line is always valid JSON. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/log.h"
#include "common/base/time.h"
#include "common/base/utf8.h"

#define LOG_LINE 8192
#define LOG_TAIL "\",\"cut\":true}\n" /* always fits: the body stops this far before the end */
#define LOG_BODY (LOG_LINE - sizeof LOG_TAIL)

struct log {
    enum log_level least;
    int fd;
    char *service;
};

struct line {
    char text[LOG_LINE];
    size_t len;
    bool cut; /* nothing more goes in */
};

struct log *log_new(const char *service, enum log_level least, int fd)
{
    struct log *log = mem_new(sizeof *log);

    log->least = least;
    log->fd = fd;
    log->service = mem_strdup(service);
    return log;
}

void log_free(struct log *log)
{
    if (!log)
        return;
    mem_free(log->service);
    mem_free(log);
}

bool log_seldom(struct log_seldom *seldom, int64_t steady_us)
{
    int64_t next_us = atomic_load(&seldom->next_us);

    /* Of two threads that come at once, one wins the exchange and the other stays silent. */
    return steady_us >= next_us && atomic_compare_exchange_strong(&seldom->next_us, &next_us, steady_us + 60 * TIME_SECOND);
}

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_DEBUG:
        return "debug";
    case LOG_INFO:
        return "info";
    case LOG_WARN:
        return "warn";
    case LOG_ERROR:
        return "error";
    }
    bug("a log level that does not exist");
}

/* All of it or nothing. */
static bool line_put(struct line *line, const char *text, size_t len)
{
    if (line->cut || len > LOG_BODY - line->len) {
        line->cut = true;
        return false;
    }
    memcpy(line->text + line->len, text, len);
    line->len += len;
    return true;
}

/* Length of the character at text and what to write for it; `room` holds an escape. */
static size_t line_char(const char *text, const char **out, size_t *out_len, char room[8])
{
    unsigned char c = (unsigned char)text[0];
    size_t len = 1;

    *out = room;
    if (c == '"' || c == '\\') {
        room[0] = '\\';
        room[1] = (char)c;
        *out_len = 2;
    } else if (c < 0x20) {
        *out_len = (size_t)snprintf(room, 8, "\\u%04x", c);
    } else {
        while (len < 4 && ((unsigned char)text[len] & 0xc0) == 0x80)
            len++;
        if (utf8_valid(span_of(text, len))) {
            *out = text;
            *out_len = len;
        } else {
            len = 1;
            *out_len = (size_t)snprintf(room, 8, "\\ufffd");
        }
    }
    return len;
}

static void line_escape(struct line *line, const char *text)
{
    char room[8];
    const char *out;
    size_t out_len;

    while (*text && !line->cut) {
        size_t step = line_char(text, &out, &out_len, room);
        line_put(line, out, out_len);
        text += step;
    }
}

/* `,"name":"text"`. A text that does not fit ends early; a name that does not fit leaves no trace of the field. */
static void line_text(struct line *line, const char *name, const char *text)
{
    size_t before = line->len;

    line_put(line, ",\"", 2);
    line_escape(line, name);
    line_put(line, "\":\"", 3);
    if (line->cut) {
        line->len = before;
        return;
    }
    line_escape(line, text ? text : "");
    /* The closing quote always has its place: the tail begins with one. */
    line->text[line->len++] = '"';
}

static void line_int(struct line *line, const char *name, int64_t number)
{
    size_t before = line->len;
    char digits[24];
    int len = snprintf(digits, sizeof digits, "\":%lld", (long long)number);

    line_put(line, ",\"", 2);
    line_escape(line, name);
    if (!line_put(line, digits, (size_t)len))
        line->len = before;
}

/* 00-<32 hex digits>-<16>-<2>: the trace id is what one searches for. */
static void line_trace(struct line *line, const char *trace)
{
    char id[33];

    if (!trace || strlen(trace) < 36)
        return;
    memcpy(id, trace + 3, 32);
    id[32] = '\0';
    line_text(line, "trace", id);
}

static void line_end(struct line *line)
{
    static const char cut[] = ",\"cut\":true}\n", whole[] = "}\n";
    const char *tail = line->cut ? cut : whole;

    memcpy(line->text + line->len, tail, strlen(tail));
    line->len += strlen(tail);
}

void log_write(const struct log *log, enum log_level level, const char *trace, const char *event, const struct log_field *fields)
{
    struct line line;
    char now[TIME_TEXT];

    if (level < log->least)
        return;
    line.len = 0;
    line.cut = false;
    time_format(time_now_us(), now);
    line_put(&line, "{\"time\":\"", 9);
    line_put(&line, now, strlen(now));
    line_put(&line, "\"", 1);
    line_text(&line, "level", level_name(level));
    line_text(&line, "service", log->service);
    line_text(&line, "event", event);
    line_trace(&line, trace);
    for (const struct log_field *f = fields; f->kind != LOG_FIELD_END; f++) {
        if (f->kind == LOG_FIELD_TEXT)
            line_text(&line, f->name, f->text);
        else
            line_int(&line, f->name, f->number);
    }
    line_end(&line);
    /* A log that cannot be written has nowhere to say so; the work goes on. */
    ssize_t written = write(log->fd, line.text, line.len);
    (void)written;
}
