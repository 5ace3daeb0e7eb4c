/* Writes the headers and the shape of mails; encode.c their contents. Lines stay within 76 characters, so that no relay has to break one
 * (an address to unsubscribe at is one word, and may be longer). */
#include "services/notification/outbound/mime.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/time.h"
#include "services/notification/outbound/encode.h"

#define WORD_PREFIX "=?UTF-8?Q?"
#define WORD_SUFFIX "?="

/* May stand as it is in an encoded word of a phrase (RFC 2047 section 5 rule 3, the narrowest set). */
static bool word_plain(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '!' || c == '*' || c == '+';
}

/* Bytes of the character at text: encoded words break between characters only. */
static size_t character(const char *text)
{
    size_t len = 1;

    while (((uint8_t)text[len] & 0xC0) == 0x80)
        len++;
    return len;
}

static size_t word_cost(const char *text, size_t len)
{
    size_t cost = 0;

    for (size_t i = 0; i < len; i++)
        cost += word_plain((uint8_t)text[i]) || text[i] == ' ' ? 1 : 3;
    return cost;
}

/* A control character becomes a space: the end of a line in a name must not end the header. */
static void word_character(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)text[i];
        if (c == ' ' || c < 32 || c == 127)
            buf_u8(out, '_');
        else if (word_plain(c))
            buf_u8(out, c);
        else
            encode_hex(out, c);
    }
}

/* The text as encoded words, folded; the header's name has taken `column` characters of the first line. */
static void encoded_words(struct buf *out, const char *text, size_t column)
{
    buf_text(out, WORD_PREFIX);
    column += strlen(WORD_PREFIX);
    while (*text) {
        size_t len = character(text);
        size_t cost = word_cost(text, len);
        if (column + cost + strlen(WORD_SUFFIX) > ENCODE_LINE) {
            buf_text(out, WORD_SUFFIX "\r\n " WORD_PREFIX);
            column = 1 + strlen(WORD_PREFIX);
        }
        word_character(out, text, len);
        column += cost;
        text += len;
    }
    buf_text(out, WORD_SUFFIX);
}

static bool plain_header(const char *text)
{
    size_t len = strlen(text);

    for (size_t i = 0; i < len; i++)
        if (!word_plain((uint8_t)text[i]) && strchr(" ,.:;()/'", text[i]) == NULL)
            return false;
    return len > 0 && len < ENCODE_LINE - 16 && text[0] != ' ' && text[len - 1] != ' ';
}

static void header_text(struct buf *out, const char *name, const char *text)
{
    buf_printf(out, "%s: ", name);
    if (plain_header(text))
        buf_text(out, text);
    else
        encoded_words(out, text, strlen(name) + 2);
    buf_text(out, "\r\n");
}

static void header_mailbox(struct buf *out, const char *name, const char *person, const char *address)
{
    buf_printf(out, "%s: ", name);
    if (person[0] != '\0') {
        encoded_words(out, person, strlen(name) + 2);
        buf_text(out, "\r\n ");
    }
    buf_printf(out, "<%s>\r\n", address);
}

static void header_date(struct buf *out, int64_t us)
{
    static const char *const DAYS[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t seconds = (time_t)(us / TIME_SECOND);
    struct tm t;

    if (gmtime_r(&seconds, &t) == NULL)
        return;
    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", DAYS[t.tm_wday], t.tm_mday, MONTHS[t.tm_mon], t.tm_year + 1900,
               t.tm_hour, t.tm_min, t.tm_sec);
}

/* A word of a media type or a method (RFC 2045 section 5.1): what may stand there without quotes. */
static bool token_valid(const uint8_t *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t c = text[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && strchr("-+._", c) == NULL)
            return false;
    }
    return len > 0;
}

/* "text/calendar"; whatever is not of that shape is a file of bytes. */
static struct span media_type_of(struct span given)
{
    const uint8_t *slash = given.len > 0 ? memchr(given.data, '/', given.len) : NULL;
    size_t first = slash != NULL ? (size_t)(slash - given.data) : 0;

    if (slash != NULL && given.len <= 100 && token_valid(given.data, first) && token_valid(slash + 1, given.len - first - 1))
        return given;
    return span_text("application/octet-stream");
}

/* The name of a file: as it stands, or as RFC 2231 writes what is not plain ASCII. */
static void header_file_name(struct buf *out, struct span name)
{
    bool plain = name.len <= 50;

    for (size_t i = 0; i < name.len; i++)
        plain = plain && (token_valid(&name.data[i], 1) || name.data[i] == ' ');
    if (plain) {
        buf_text(out, ";\r\n filename=\"");
        buf_add(out, name.data, name.len);
        buf_text(out, "\"");
    } else {
        encode_parameter(out, "filename", name);
    }
}

/* Boundaries hold "=_", which neither encoding ever writes. */
enum level { LEVEL_MIXED = 1, LEVEL_ALTERNATIVE = 2 };

static void multipart(struct buf *out, const char *what, const char *id, enum level level)
{
    buf_printf(out, "Content-Type: multipart/%s;\r\n boundary=\"=_hv%d_%s\"\r\n", what, (int)level, id);
}

/* The line end before a boundary is the boundary's (RFC 2046 section 5.1.1): that of the part before, which a calendar must end with,
 * stays. */
static void next_part(struct buf *out, const char *id, enum level level)
{
    buf_printf(out, "\r\n--=_hv%d_%s\r\n", (int)level, id);
}

static void end_parts(struct buf *out, const char *id, enum level level)
{
    buf_printf(out, "\r\n--=_hv%d_%s--\r\n", (int)level, id);
}

/* One text of a part, or of the mail itself. */
static void text_part(struct buf *out, const char *type, struct span text)
{
    buf_printf(out, "Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", type);
    encode_quoted(out, text);
}

/* file: it is one; the one beside the text is not, or mail programs would show it twice, but has its name for those that offer it. */
static void calendar_part(struct buf *out, const struct mail_calendar *calendar, bool file)
{
    const struct span method = span_text(calendar->method != NULL ? calendar->method : "");

    buf_text(out, "Content-Type: text/calendar; charset=utf-8");
    if (token_valid(method.data, method.len))
        buf_printf(out, "; method=%s", calendar->method);
    if (!file && calendar->name != NULL && token_valid((const uint8_t *)calendar->name, strlen(calendar->name)))
        buf_printf(out, "; name=%s", calendar->name);
    if (file && calendar->name != NULL) {
        buf_text(out, "\r\nContent-Disposition: attachment");
        header_file_name(out, span_text(calendar->name));
    }
    buf_text(out, "\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
    encode_quoted(out, calendar->content);
}

static bool has_html(const struct mail *mail)
{
    return mail->html != NULL && mail->html[0] != '\0';
}

/* The words: text alone, or what a reader chooses the best of; the last is the best (RFC 2046 section 5.1.4). */
static void words(struct buf *out, const struct mail *mail, const char *id)
{
    bool alone = !has_html(mail) && mail->calendar_count == 0;

    if (alone) {
        text_part(out, "text/plain", span_text(mail->body));
        return;
    }
    multipart(out, "alternative", id, LEVEL_ALTERNATIVE);
    next_part(out, id, LEVEL_ALTERNATIVE);
    text_part(out, "text/plain", span_text(mail->body));
    if (has_html(mail)) {
        next_part(out, id, LEVEL_ALTERNATIVE);
        text_part(out, "text/html", span_text(mail->html));
    }
    if (mail->calendar_count > 0) {
        next_part(out, id, LEVEL_ALTERNATIVE);
        calendar_part(out, &mail->calendars[0], false);
    }
    end_parts(out, id, LEVEL_ALTERNATIVE);
}

/* Texts stay readable, the rest keeps every byte. */
static void file_part(struct buf *out, const struct attachment *file)
{
    const struct span type = media_type_of(file->media_type);
    const bool text = type.len > 5 && memcmp(type.data, "text/", 5) == 0;

    buf_text(out, "Content-Type: ");
    buf_add(out, type.data, type.len);
    buf_text(out, text ? "; charset=utf-8\r\n" : "\r\n");
    buf_text(out, "Content-Disposition: attachment");
    header_file_name(out, file->name);
    buf_printf(out, "\r\nContent-Transfer-Encoding: %s\r\n\r\n", text ? "quoted-printable" : "base64");
    if (text)
        encode_quoted(out, file->content);
    else
        encode_base64(out, file->content);
}

static void contents(struct buf *out, const struct mail *mail, const char *id)
{
    if (mail->file_count == 0 && mail->calendar_count <= 1) {
        words(out, mail, id);
        return;
    }
    multipart(out, "mixed", id, LEVEL_MIXED);
    next_part(out, id, LEVEL_MIXED);
    words(out, mail, id);
    for (size_t i = 1; i < mail->calendar_count; i++) {
        next_part(out, id, LEVEL_MIXED);
        calendar_part(out, &mail->calendars[i], true);
    }
    for (size_t i = 0; i < mail->file_count; i++) {
        next_part(out, id, LEVEL_MIXED);
        file_part(out, &mail->files[i]);
    }
    end_parts(out, id, LEVEL_MIXED);
}

/* Only an address that can stand between angle brackets as it is. */
static void header_unsubscribe(struct buf *out, const char *url)
{
    for (const char *c = url; *c; c++)
        if (*c <= ' ' || *c >= 127 || *c == '<' || *c == '>')
            return;
    buf_printf(out, "List-Unsubscribe:\r\n <%s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", url);
}

void mime_write(struct buf *out, const struct mail *mail)
{
    char id[UUID_TEXT];

    uuid_format(mail->id, id);
    buf_clear(out);
    header_date(out, mail->date_us);
    header_mailbox(out, "From", mail->from_name, mail->from_address);
    header_mailbox(out, "To", mail->to_name, mail->to_address);
    header_text(out, "Subject", mail->subject);
    buf_printf(out, "Message-ID: <%s@%s>\r\n", id, mail->domain);
    buf_text(out, "Auto-Submitted: auto-generated\r\n");
    buf_printf(out, "Content-Language: %s\r\nX-Hakuvayla-Kind: %s\r\n", mail->language, mail->kind);
    if (mail->unsubscribe != NULL && mail->unsubscribe[0] != '\0')
        header_unsubscribe(out, mail->unsubscribe);
    buf_text(out, "MIME-Version: 1.0\r\n");
    contents(out, mail, id);
}
