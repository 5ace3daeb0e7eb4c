/* An operator's HTML, looked at tag by tag. What is not on the lists is refused: so no letter of ours loads pictures that tell when it was
 * read, or runs anything. Tags are counted over all branches of the pattern as they stand: whoever opens in one branch what another closes
 * gets a letter that readers mend in their own ways, but nothing that is not on the lists. */
#include "services/notification/domain/hypertext.h"

#define OPEN_MAX 32 /* elements within each other */

static const char ELEMENTS[] =
    "a abbr b blockquote br caption code dd div dl dt em h1 h2 h3 h4 hr i li ol p pre s small span strong sub sup "
    "table tbody td tfoot th thead tr u ul";
static const char ALONE[] = "br hr"; /* have no end tag */
static const char ATTRIBUTES[] = "colspan dir href lang rowspan scope title";

struct tags {
    const char *at, *begin, *end;
    struct span open[OPEN_MAX];
    size_t open_count;
    struct pattern_error *error;
};

static bool say(struct tags *t, const char *at, enum wrong wrong, struct span about)
{
    const struct span allowed = span_text(wrong == WRONG_ATTRIBUTE ? ATTRIBUTES : "");

    return wrong_say(t->error, (size_t)(at - t->begin), wrong, about, allowed, span_text(""));
}

static bool among(const char *words, struct span word)
{
    while (*words) {
        size_t len = strcspn(words, " ");
        if (word.len > 0 && span_equal(word, span_of(words, len)))
            return true;
        words += len + (words[len] == ' ');
    }
    return false;
}

static void skip_blank(struct tags *t)
{
    while (t->at < t->end && (*t->at == ' ' || *t->at == '\n'))
        t->at++;
}

/* Small letters and digits: names in capitals are refused with the others that are on no list. */
static struct span take_name(struct tags *t)
{
    const char *from = t->at;

    while (t->at < t->end && ((*t->at >= 'a' && *t->at <= 'z') || (*t->at >= '0' && *t->at <= '9')))
        t->at++;
    return span_of(from, (size_t)(t->at - from));
}

static bool take(struct tags *t, char c)
{
    bool there = t->at < t->end && *t->at == c;

    t->at += there;
    return there;
}

static bool begins(struct span text, const char *with)
{
    size_t len = strlen(with);

    return text.len > len && memcmp(text.data, with, len) == 0;
}

static bool check_address(struct tags *t, const char *at, struct span value)
{
    if (begins(value, "https://") || begins(value, "http://") || begins(value, "mailto:") || span_equal(value, span_text("{link}")))
        return true;
    return say(t, at, WRONG_LINK, value);
}

/* name="value" */
static bool check_attribute(struct tags *t)
{
    const char *at = t->at;
    struct span name = take_name(t);

    if (!among(ATTRIBUTES, name))
        return say(t, at, WRONG_ATTRIBUTE, name);
    if (!take(t, '=') || !take(t, '"'))
        return say(t, at, WRONG_ATTRIBUTE_FORM, name);
    const char *from = t->at, *to = memchr(from, '"', (size_t)(t->end - from));
    if (to == NULL || memchr(from, '<', (size_t)(to - from)) != NULL || memchr(from, '>', (size_t)(to - from)) != NULL)
        return say(t, at, WRONG_ATTRIBUTE_OPEN, name);
    t->at = to + 1;
    return !span_equal(name, span_text("href")) || check_address(t, at, span_of(from, (size_t)(to - from)));
}

static bool check_start(struct tags *t, const char *tag)
{
    struct span name = take_name(t);

    if (!among(ELEMENTS, name))
        return say(t, tag, WRONG_ELEMENT, name);
    for (skip_blank(t); t->at < t->end && *t->at != '>'; skip_blank(t))
        if (!check_attribute(t))
            return false;
    if (!take(t, '>'))
        return say(t, tag, WRONG_TAG_OPEN, name);
    if (among(ALONE, name))
        return true;
    if (t->open_count == OPEN_MAX)
        return say(t, tag, WRONG_ELEMENTS_DEEP, name);
    t->open[t->open_count++] = name;
    return true;
}

static bool check_end(struct tags *t, const char *tag)
{
    struct span name = take_name(t);

    if (!take(t, '>'))
        return say(t, tag, WRONG_TAG_OPEN, span_of(tag + 1, (size_t)(t->at - tag - 1)));
    if (t->open_count == 0 || !span_equal(t->open[t->open_count - 1], name))
        return say(t, tag, WRONG_END_TAG, name);
    t->open_count--;
    return true;
}

bool hypertext_check(struct span html, struct pattern_error *error)
{
    if (html.len == 0)
        return true; /* made of the text */
    const char *begin = (const char *)html.data;
    struct tags t = {.at = begin, .begin = begin, .end = begin + html.len, .error = error};

    while (t.at < t.end && (t.at = memchr(t.at, '<', (size_t)(t.end - t.at))) != NULL) {
        const char *tag = t.at++;
        if (!(take(&t, '/') ? check_end(&t, tag) : check_start(&t, tag)))
            return false;
    }
    if (t.open_count > 0)
        return say(&t, t.end, WRONG_ELEMENT_OPEN, t.open[t.open_count - 1]);
    return true;
}
