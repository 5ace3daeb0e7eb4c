/* See letter_html.h. Texts of people are escaped, and control characters, which no page may hold, are left out. */
#include "services/funding/document/letter_html.h"

#include <stdlib.h>

static const char STYLE[] = "body{font-family:sans-serif;line-height:1.5;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
                            "h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:1.6rem}"
                            "table{border-collapse:collapse;width:100%;margin:.6rem 0}"
                            "th,td{border-bottom:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}"
                            ".n{text-align:right;white-space:nowrap}.t{font-weight:bold}footer{margin-top:2rem;font-size:.85rem}"
                            "@media print{.a{break-before:page}}";

static void escaped(struct buf *out, const char *text, bool breaks)
{
    for (const char *at = text; *at != '\0'; at++) {
        const unsigned char c = (unsigned char)*at;

        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if (c == '"')
            buf_text(out, "&quot;");
        else if (c == '\n')
            buf_text(out, breaks ? "<br>\n" : " ");
        else if (c == '\t')
            buf_u8(out, ' ');
        else if (c >= 0x20 && c != 0x7f)
            buf_u8(out, c);
    }
}

static void cell(struct buf *out, const char *open, const char *close, bool amount, const char *text)
{
    buf_printf(out, "<%s%s>", open, amount ? " class=\"n\"" : "");
    escaped(out, text, true);
    buf_printf(out, "</%s>", close);
}

static void pairs(struct buf *out, const struct letter_block *b)
{
    buf_text(out, "<table>\n<tbody>\n");
    for (size_t row = 0; row < b->rows; row++) {
        buf_text(out, "<tr>");
        cell(out, "th scope=\"row\"", "th", false, b->cells[2 * row]);
        cell(out, "td", "td", false, b->cells[2 * row + 1]);
        buf_text(out, "</tr>\n");
    }
    buf_text(out, "</tbody>\n</table>\n");
}

static bool amounts(const struct letter_block *b, size_t column)
{
    return (b->right >> column & 1) != 0;
}

static void table(struct buf *out, const struct letter_block *b)
{
    buf_text(out, "<table>\n<thead>\n<tr>");
    for (size_t c = 0; c < b->columns; c++)
        cell(out, "th scope=\"col\"", "th", amounts(b, c), b->cells[c]);
    buf_text(out, "</tr>\n</thead>\n<tbody>\n");
    for (size_t row = 1; row < b->rows; row++) {
        buf_text(out, b->total && row + 1 == b->rows ? "<tr class=\"t\">" : "<tr>");
        cell(out, "th scope=\"row\"", "th", amounts(b, 0), b->cells[row * b->columns]);
        for (size_t c = 1; c < b->columns; c++)
            cell(out, "td", "td", amounts(b, c), b->cells[row * b->columns + c]);
        buf_text(out, "</tr>\n");
    }
    buf_text(out, "</tbody>\n</table>\n");
}

static void list(struct buf *out, const struct letter_block *b)
{
    const char *tag = b->rows > 0 && *b->cells[0] != '\0' ? "ol" : "ul";

    buf_printf(out, "<%s>\n", tag);
    for (size_t row = 0; row < b->rows; row++) {
        const char *label = b->cells[2 * row];

        if (*label >= '0' && *label <= '9')
            buf_printf(out, "<li value=\"%ld\">", strtol(label, NULL, 10));
        else
            buf_text(out, "<li>");
        escaped(out, b->cells[2 * row + 1], true);
        buf_text(out, "</li>\n");
    }
    buf_printf(out, "</%s>\n", tag);
}

static void block(struct buf *out, const struct letter_block *b, bool page)
{
    switch (b->kind) {
    case LETTER_HEADING:
        buf_printf(out, "<h%u%s>", b->level, page ? " class=\"a\"" : "");
        escaped(out, b->text, false);
        buf_printf(out, "</h%u>\n", b->level);
        break;
    case LETTER_PARAGRAPH:
        buf_text(out, "<p>");
        escaped(out, b->text, true);
        buf_text(out, "</p>\n");
        break;
    case LETTER_PAIRS:
        pairs(out, b);
        break;
    case LETTER_TABLE:
        table(out, b);
        break;
    case LETTER_LIST:
        list(out, b);
        break;
    case LETTER_PAGE:
        break;
    }
}

void letter_html(const struct letter *letter, struct buf *out)
{
    bool page = false;

    buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", letter->language);
    buf_text(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    escaped(out, letter->title, false);
    buf_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", STYLE);
    for (const struct letter_block *b = letter->blocks; b != NULL; b = b->next) {
        block(out, b, page);
        page = b->kind == LETTER_PAGE;
    }
    buf_text(out, "</main>\n<footer>");
    escaped(out, letter->footer, false);
    buf_text(out, "</footer>\n</body>\n</html>\n");
}
