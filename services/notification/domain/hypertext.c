/* Text to HTML, line by line: a line opens the block it needs (paragraph or list), an empty line closes it. */
#include "services/notification/domain/hypertext.h"

#include <string.h>

#include "services/notification/domain/letter_words.h"
#include "services/notification/domain/pen.h"

enum block { BLOCK_NONE, BLOCK_PARAGRAPH, BLOCK_LIST };

static size_t scheme_len(const char *at, const char *end)
{
    static const char *const SCHEMES[] = {"https://", "http://"};

    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(SCHEMES[i]);
        if ((size_t)(end - at) > len && memcmp(at, SCHEMES[i], len) == 0)
            return len;
    }
    return 0;
}

/* How long the address is that begins here; 0: there is none. What ends the sentence around it does not belong to it. */
static size_t address_len(const char *at, const char *end)
{
    size_t scheme = scheme_len(at, end), len = scheme;

    if (scheme == 0)
        return 0;
    while (at + len < end && (unsigned char)at[len] > 0x20 && strchr("<>\"'\\^`{|}", at[len]) == NULL)
        len++;
    while (len > scheme && strchr(".,;:!?)]", at[len - 1]) != NULL)
        len--;
    return len > scheme ? len : 0;
}

static void put_link(struct pen *pen, const char *address, size_t len)
{
    pen_words(pen, "<a href=\"");
    pen_escaped(pen, address, len);
    pen_words(pen, "\">");
    pen_escaped(pen, address, len);
    pen_words(pen, "</a>");
}

static void put_line(struct pen *pen, const char *at, const char *end)
{
    const char *from = at;

    while (at < end) {
        size_t len = *at == 'h' ? address_len(at, end) : 0;
        if (len == 0) {
            at++;
            continue;
        }
        pen_escaped(pen, from, (size_t)(at - from));
        put_link(pen, at, len);
        at += len;
        from = at;
    }
    pen_escaped(pen, from, (size_t)(end - from));
}

static void turn(struct pen *pen, enum block *block, enum block to)
{
    static const char *const CLOSE[] = {"", "</p>\n", "</ul>\n"};
    static const char *const OPEN[] = {"", "<p>", "<ul>\n"};

    if (*block == to)
        return;
    pen_words(pen, CLOSE[*block]);
    pen_words(pen, OPEN[to]);
    *block = to;
}

static void put_block_line(struct pen *pen, enum block *block, const char *at, const char *end)
{
    if (at == end) {
        turn(pen, block, BLOCK_NONE);
    } else if (end - at > 2 && memcmp(at, "- ", 2) == 0) {
        turn(pen, block, BLOCK_LIST);
        pen_words(pen, "<li>");
        put_line(pen, at + 2, end);
        pen_words(pen, "</li>\n");
    } else {
        if (*block == BLOCK_PARAGRAPH)
            pen_words(pen, "<br>\n");
        turn(pen, block, BLOCK_PARAGRAPH);
        put_line(pen, at, end);
    }
}

void hypertext_of(struct pen *pen, const char *text)
{
    enum block block = BLOCK_NONE;

    while (*text) {
        size_t len = strcspn(text, "\n");
        put_block_line(pen, &block, text, text + len);
        text += len + (text[len] == '\n');
    }
    turn(pen, &block, BLOCK_NONE);
}

void hypertext_begin(struct pen *pen, enum language language, const char *subject)
{
    pen_words(pen, "<!DOCTYPE html>\n<html lang=\"");
    pen_words(pen, language_code(language));
    pen_words(pen, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    pen_escaped(pen, subject, strlen(subject));
    pen_words(pen, "</title>\n<style>\n"
                   ":root { color-scheme: light dark; }\n"
                   "body { margin: 0 auto; padding: 1em; max-width: 40em; font: 1em/1.5 sans-serif; overflow-wrap: break-word; }\n"
                   "footer { margin-top: 2em; border-top: 1px solid; font-size: 0.875em; }\n"
                   "</style>\n</head>\n<body>\n<main>\n");
}

void hypertext_end(struct pen *pen, enum language language, const char *preferences_link)
{
    pen_words(pen, "</main>\n");
    if (preferences_link[0] != '\0') {
        pen_words(pen, "<footer>\n<p><a href=\"");
        pen_escaped(pen, preferences_link, strlen(preferences_link));
        pen_words(pen, "\">");
        pen_words(pen, words_preferences(language));
        pen_words(pen, "</a></p>\n</footer>\n");
    }
    pen_words(pen, "</body>\n</html>\n");
}
