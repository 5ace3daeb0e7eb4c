/* From facts and a template to a letter: the facts are completed and checked, the patterns written, the lines put in order, the HTML made.
 * Writes into the caller's letter and nothing else: no memory, no clock, no locale. The sender calls it between claiming a message and
 * connecting to the relay. */
#include "services/notification/domain/letter.h"

#include <string.h>

#include "services/notification/domain/hypertext.h"
#include "services/notification/domain/letter_words.h"
#include "services/notification/domain/pen.h"

const char *words_preferences(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return "Valitse, mitä viestejä saat";
    case LANGUAGE_SV:
        return "Välj vilka meddelanden du får";
    case LANGUAGE_EN:
        return "Choose which messages you get";
    }
    return "";
}

const char *words_advance_notice(enum language language)
{
    switch (language) {
    case LANGUAGE_FI:
        return " (ennakkotieto, ajankohta voi vielä muuttua)";
    case LANGUAGE_SV:
        return " (förhandsinformation, tidpunkten kan ännu ändras)";
    case LANGUAGE_EN:
        return " (advance notice, the date may still change)";
    }
    return "";
}

void letter_webinar(struct pen *lines, enum language language, const char *unit, const char *when, bool advance_notice)
{
    pen_words(lines, "- ");
    pen_words(lines, unit);
    pen_words(lines, ": ");
    pen_words(lines, when);
    if (advance_notice)
        pen_words(lines, words_advance_notice(language));
    pen_words(lines, "\n");
}

/* The reader's of a name that was told in three languages; the Finnish one where theirs is not known. */
static void choose(struct facts *facts, enum fact_name out, enum fact_name finnish, enum language language)
{
    const struct fact *theirs = &facts->of[(unsigned)finnish + (unsigned)language];

    if (facts->of[finnish].known)
        facts->of[out] = theirs->known ? *theirs : facts->of[finnish];
}

/* What follows from the other facts. */
static void complete(struct facts *facts, enum language language)
{
    if (facts->of[FACT_POSITION].known)
        facts_number(facts, FACT_AHEAD, facts->of[FACT_POSITION].number - 1);
    choose(facts, FACT_CALL, FACT_CALL_FI, language);
    choose(facts, FACT_AUTHORITY, FACT_AUTHORITY_FI, language);
    choose(facts, FACT_REVIEW, FACT_REVIEW_FI, language);
    choose(facts, FACT_MUNICIPALITY, FACT_MUNICIPALITY_FI, language);
    choose(facts, FACT_BOARD, FACT_BOARD_FI, language);
}

/* A header is one line: whatever would end it becomes a space. */
static void make_one_line(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20)
            *text = ' ';
}

/* No empty line at the beginning, one at most between two others, one line feed at the end. */
static void order_lines(struct pen *text)
{
    size_t to = 0;

    for (size_t from = 0; from < text->len; from++) {
        char c = text->text[from];
        bool empty_after_empty = c == '\n' && (to == 0 || (to > 1 && text->text[to - 1] == '\n' && text->text[to - 2] == '\n'));
        if (!empty_after_empty && c != '\r')
            text->text[to++] = c;
    }
    while (to > 0 && text->text[to - 1] == '\n')
        to--;
    text->len = to;
    text->text[to] = '\0';
    pen_words(text, "\n");
}

static bool write_html(const struct template_texts *texts, const struct facts *facts, const struct manner *manner, enum language language,
                       const char *preferences_link, struct letter *out, bool *full)
{
    struct pen html = pen_init(out->html, sizeof out->html, true);
    bool whole = true;

    hypertext_begin(&html, language, out->subject);
    if (texts->html.len > 0)
        whole = pattern_write(texts->html, facts, manner, &html);
    else
        hypertext_of(&html, out->text);
    hypertext_end(&html, language, preferences_link);
    *full = html.full;
    return whole;
}

static void add_footer(struct pen *text, enum language language, const char *preferences_link)
{
    if (preferences_link[0] == '\0')
        return;
    pen_words(text, "\n");
    pen_words(text, words_preferences(language));
    pen_words(text, ": ");
    pen_words(text, preferences_link);
    pen_words(text, "\n");
}

enum letter_result letter_write(enum message_kind kind, enum language language, const struct template_texts *texts,
                                const struct facts *facts, const struct manner *manner, const char *preferences_link, struct letter *out)
{
    struct facts all = *facts;
    struct pen subject = pen_init(out->subject, sizeof out->subject, false);
    struct pen text = pen_init(out->text, sizeof out->text, false);
    enum fact_name missing;
    bool html_full;

    out->html[0] = '\0';
    complete(&all, language);
    if (!kind_ready(kind, &all, &missing))
        return LETTER_MISSING;
    bool whole = pattern_write(texts->subject, &all, manner, &subject);
    make_one_line(out->subject);
    whole = pattern_write(texts->text, &all, manner, &text) && whole;
    order_lines(&text);
    whole = write_html(texts, &all, manner, language, preferences_link, out, &html_full) && whole;
    add_footer(&text, language, preferences_link);
    if (subject.full || text.full || html_full)
        return LETTER_TOO_LONG;
    return whole ? LETTER_OK : LETTER_MISSING;
}
