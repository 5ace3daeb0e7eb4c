/* The parts of a programme in words, for the report of an import and for the history of changes. Complete, so that two parts are the
 * same exactly when their words are; what is set or not is called as in the JSON, so that the words serve every language. */
#include <inttypes.h>
#include <string.h>

#include "common/base/time.h"
#include "services/enrolment/handler/import.h"

const char *time_words(struct arena *arena, int64_t us)
{
    char *text = arena_alloc(arena, TIME_TEXT);

    if (us != 0)
        time_format(us, text);
    return text;
}

/* In quotation marks, those inside doubled: where a text ends is never a question of what stands in it. */
static const char *quoted(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, 2 * strlen(text) + 3), *at = out;

    *at++ = '"';
    for (; *text != '\0'; text++) {
        if (*text == '"')
            *at++ = '"';
        *at++ = *text;
    }
    *at = '"';
    return out;
}

static const char *text_words(struct arena *arena, const struct text *text)
{
    return arena_printf(arena, "%s | %s | %s", quoted(arena, text->fi), quoted(arena, text->sv), quoted(arena, text->en));
}

const char *webinar_words(struct arena *arena, const struct webinar *webinar)
{
    return arena_printf(arena, "%s – %s%s%s", time_words(arena, webinar->starts_us), time_words(arena, webinar->ends_us),
                        webinar->advance_notice ? ", advanceNotice" : "", webinar->cancelled ? ", cancelled" : "");
}

const char *window_words(struct arena *arena, const struct window *window)
{
    const char *when = arena_printf(arena, "%s – %s", time_words(arena, window->opens_us), time_words(arena, window->closes_us));

    return window->quota > 0 ? arena_printf(arena, "%s, quota %" PRIu32, when, window->quota) : when;
}

const char *rule_words(struct arena *arena, const struct rule *rule)
{
    return arena_printf(arena, "%s = %s%s: %s", rule->fact, rule->allowed, rule->review ? ", review" : "",
                        text_words(arena, &rule->reason));
}

static const char *kind_word(enum question_kind kind)
{
    switch (kind) {
    case QUESTION_TEXT:
        return "TEXT";
    case QUESTION_CHOICE:
        return "CHOICE";
    case QUESTION_CHOICES:
        return "CHOICES";
    case QUESTION_YES_NO:
        return "YES_NO";
    case QUESTION_NUMBER:
        return "NUMBER";
    }
    return "";
}

const char *question_words(struct arena *arena, const struct question *q)
{
    const char *words = arena_printf(arena, "%s%s%s: %s (%s)", kind_word(q->kind), q->required ? ", required" : "",
                                     q->sensitive ? ", sensitive" : "", text_words(arena, &q->title), text_words(arena, &q->help));

    for (size_t i = 0; i < q->option_count; i++)
        words = arena_printf(arena, "%s; %s = %s", words, q->options[i].value, text_words(arena, &q->options[i].text));
    if (*q->when_code != '\0')
        words = arena_printf(arena, "%s; when %s =", words, q->when_code);
    for (size_t i = 0; i < q->when_count; i++)
        words = arena_printf(arena, "%s %s", words, q->when_values[i]);
    return words;
}
