/* Facts of a letter from the rows of its message (step between the queue and the relay; runs in a sender's thread). */
#include "services/notification/outbound/compose.h"

#include <string.h>

#include "services/notification/domain/token.h"
#include "services/notification/domain/why.h"
#include "services/notification/outbound/invite.h"

#define WEBINAR_LINE (2000 + FORMAT_TEXT + 100) /* a title of 2000 bytes, its time, and that it may change */

struct span compose_words(const struct texts *texts, enum language language)
{
    if (language == LANGUAGE_SV && texts->sv.len > 0)
        return texts->sv;
    if (language == LANGUAGE_EN && texts->en.len > 0)
        return texts->en;
    return texts->fi;
}

/* Webinars that lie behind are left out: nobody can go there any more. */
static bool lies_ahead(const struct webinar *w, int64_t now_us)
{
    return !w->cancelled && (w->ends_us > 0 ? w->ends_us : w->starts_us) >= now_us;
}

static struct span webinar_lines(const struct composer *composer, const struct due *due, struct arena *arena, int64_t now_us)
{
    size_t size = 1, shown = 0;

    for (size_t i = 0; i < due->session_count; i++)
        size += WEBINAR_LINE;
    struct pen lines = {.text = arena_alloc(arena, size), .size = size};
    for (size_t i = 0; i < due->session_count && shown < LETTER_WEBINARS_MAX; i++) {
        const struct due_session *s = &due->sessions[i];
        char when[FORMAT_TEXT];
        if (!lies_ahead(&s->webinar, now_us))
            continue;
        letter_webinar(&lines, due->person.language, arena_text(arena, compose_words(&s->unit, due->person.language)),
                       format_span(composer->format, due->person.language, s->webinar.starts_us, s->webinar.ends_us, when),
                       s->webinar.advance_notice);
        shown++;
    }
    return span_of(lines.text, lines.len);
}

static struct span registration_text(struct arena *arena, struct uuid id)
{
    char *text = arena_alloc(arena, UUID_TEXT);

    if (!uuid_is_nil(id))
        uuid_format(id, text);
    return span_text(text);
}

/* Only what the kind has: a letter about a window does not say where a webinar of it is held. */
static void look_up(struct facts *facts, enum message_kind kind, enum fact_name fact, struct span text)
{
    bool required;

    if (kind_has(kind, fact, &required))
        facts_text(facts, fact, text);
}

/* What the mail will carry for the reader's calendar. */
static void look_up_entries(struct facts *facts, const struct due *due, struct arena *arena, int64_t now_us)
{
    const struct invite_count count = invite_count(due, arena, now_us);
    bool required;

    if (kind_has(due->said.kind, FACT_ENTRIES_ADDED, &required))
        facts_number(facts, FACT_ENTRIES_ADDED, (int64_t)count.added);
    if (kind_has(due->said.kind, FACT_ENTRIES_REMOVED, &required))
        facts_number(facts, FACT_ENTRIES_REMOVED, (int64_t)count.removed);
}

static struct facts all_facts(const struct composer *composer, const struct due *due, struct arena *arena, int64_t now_us)
{
    const enum message_kind kind = due->said.kind;
    const enum language language = due->person.language;
    struct facts facts = due->said.facts;
    bool required;

    look_up(&facts, kind, FACT_NAME, due->person.name);
    look_up(&facts, kind, FACT_TRAINING, compose_words(&due->training, language));
    look_up(&facts, kind, FACT_IMPLEMENTATION, compose_words(&due->implementation, language));
    look_up(&facts, kind, FACT_ORGANISER, compose_words(&due->organiser, language));
    look_up(&facts, kind, FACT_PLACES, due->places);
    look_up(&facts, kind, FACT_UNIT, compose_words(&due->unit, language));
    look_up(&facts, kind, FACT_REGISTRATION, registration_text(arena, due->said.registration_id));
    look_up(&facts, kind, FACT_LINK, span_text(composer->public_url));
    if (kind_has(kind, FACT_PLACE_COUNT, &required))
        facts_number(&facts, FACT_PLACE_COUNT, due->place_count);
    if (kind_has(kind, FACT_WEBINARS, &required))
        facts_text(&facts, FACT_WEBINARS, webinar_lines(composer, due, arena, now_us));
    look_up_entries(&facts, due, arena, now_us);
    if (!uuid_is_nil(due->said.announcement_id)) {
        look_up(&facts, kind, FACT_SUBJECT, compose_words(&due->announced_subject, language));
        look_up(&facts, kind, FACT_BODY, compose_words(&due->announced_body, language));
    }
    return facts;
}

const char *compose_unsubscribe(const struct composer *composer, const struct due *due, struct arena *arena)
{
    char token[TOKEN_TEXT];

    if (composer->link_key == NULL || composer->public_url[0] == '\0' || topic_fixed(due->topic) || due->said.test)
        return "";
    token_unsubscribe(composer->link_key, due->said.recipient_id, due->topic, token);
    return arena_printf(arena, "%s/api/unsubscribe/%s", composer->public_url, token);
}

/* Where one chooses what one gets, without signing in: the page beside the address that mail programs use. */
static const char *preferences_link(const struct composer *composer, const struct due *due, struct arena *arena)
{
    const char *unsubscribe = compose_unsubscribe(composer, due, arena);

    return *unsubscribe != '\0' ? arena_printf(arena, "%s.html", unsubscribe) : "";
}

static bool copy(char *out, size_t size, struct span text)
{
    if (text.len >= size)
        return false;
    if (text.len > 0)
        memcpy(out, text.data, text.len);
    out[text.len] = '\0';
    return true;
}

/* A test goes out as its preview was shown. */
static enum compose_result as_written(const struct template_texts *written, struct letter *out, const char **why)
{
    if (copy(out->subject, sizeof out->subject, written->subject) && copy(out->text, sizeof out->text, written->text) &&
        copy(out->html, sizeof out->html, written->html))
        return COMPOSE_OK;
    *why = WHY_TEST_LONG;
    return COMPOSE_REFUSED;
}

enum compose_result compose_letter(const struct composer *composer, const struct due *due, struct arena *arena, int64_t now_us,
                                   struct letter *out, const char **why)
{
    if (due->person_known && due->written.subject.len > 0)
        return as_written(&due->written, out, why);
    *why = WHY_UNKNOWN;
    if (!due->person_known || (kind_of(due->said.kind)->training && !due->training_known) || invite_waits(due, now_us))
        return COMPOSE_WAITS;
    struct facts facts = all_facts(composer, due, arena, now_us);
    struct manner manner = format_manner(composer->format, due->person.language);
    switch (letter_write(due->said.kind, due->person.language, &due->texts, &facts, &manner, preferences_link(composer, due, arena), out)) {
    case LETTER_OK:
        return COMPOSE_OK;
    case LETTER_MISSING:
        *why = WHY_MISSING;
        return COMPOSE_WAITS;
    case LETTER_TOO_LONG:
        *why = WHY_LONG;
        return COMPOSE_REFUSED;
    }
    return COMPOSE_REFUSED;
}
