/* Writes mails. Lines stay within 76 characters, so that no relay has to break one. */
#include "services/notification/outbound/mime.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/time.h"

#define LINE_MAX_CHARS 76
#define WORD_PREFIX    "=?UTF-8?Q?"
#define WORD_SUFFIX    "?="

static void hex(struct buf *out, uint8_t byte)
{
    static const char DIGITS[] = "0123456789ABCDEF";

    buf_u8(out, '=');
    buf_u8(out, (uint8_t)DIGITS[byte >> 4]);
    buf_u8(out, (uint8_t)DIGITS[byte & 15]);
}

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
            hex(out, c);
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
        if (column + cost + strlen(WORD_SUFFIX) > LINE_MAX_CHARS) {
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
    return len > 0 && len < LINE_MAX_CHARS - 16 && text[0] != ' ' && text[len - 1] != ' ';
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

/* As it is in quoted-printable? A dot that begins a line is not, so that no relay's dot-stuffing is needed for it. */
static bool body_plain(uint8_t c, bool ends_line, size_t column)
{
    if (c == ' ' || c == '\t')
        return !ends_line;
    return c > 32 && c < 127 && c != '=' && !(c == '.' && column == 0);
}

static void quoted_printable(struct buf *out, const char *text)
{
    size_t column = 0;

    for (; *text; text++) {
        uint8_t c = (uint8_t)*text;
        if (c == '\n') {
            buf_text(out, "\r\n");
            column = 0;
            continue;
        }
        bool plain = body_plain(c, text[1] == '\n' || text[1] == '\0', column);
        size_t cost = plain ? 1 : 3;
        if (column + cost > LINE_MAX_CHARS - 1) {
            buf_text(out, "=\r\n");
            column = 0;
            plain = plain && c != '.';
            cost = plain ? 1 : 3;
        }
        if (plain)
            buf_u8(out, c);
        else
            hex(out, c);
        column += cost;
    }
    if (column > 0)
        buf_text(out, "\r\n");
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
    buf_text(out, "MIME-Version: 1.0\r\n"
                  "Content-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n"
                  "Auto-Submitted: auto-generated\r\n");
    buf_printf(out, "Content-Language: %s\r\nX-Hakuvayla-Kind: %s\r\n\r\n", mail->language, mail->kind);
    quoted_printable(out, mail->body);
}
