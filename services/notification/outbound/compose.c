/* Facts of a letter from the rows of its message (step between the queue and the relay; runs in a sender's thread). */
#include "services/notification/outbound/compose.h"

#include "common/base/address.h"

/* The text in this language, or in Finnish where it is not translated. */
static const char *in_language(struct arena *arena, const struct texts *texts, enum language language)
{
    struct span text = texts->fi;

    if (language == LANGUAGE_SV && texts->sv.len > 0)
        text = texts->sv;
    if (language == LANGUAGE_EN && texts->en.len > 0)
        text = texts->en;
    return arena_text(arena, text);
}

static const char *moment(struct arena *arena, struct format *format, enum language language, int64_t us)
{
    return format_moment(format, language, us, arena_alloc(arena, FORMAT_TEXT));
}

/* Webinars that lie behind are left out: nobody can go there any more. */
static void add_sessions(struct letter_facts *facts, const struct due *due, struct format *format, struct arena *arena, int64_t now_us)
{
    for (size_t i = 0; i < due->session_count && facts->session_count < LETTER_SESSIONS_MAX; i++) {
        const struct webinar *w = &due->sessions[i].webinar;
        if ((w->ends_us > 0 ? w->ends_us : w->starts_us) < now_us)
            continue;
        facts->sessions[facts->session_count++] = (struct letter_session){
            .unit = in_language(arena, &due->sessions[i].unit, facts->language),
            .when = format_span(format, facts->language, w->starts_us, w->ends_us, arena_alloc(arena, FORMAT_TEXT)),
            .advance_notice = w->advance_notice,
        };
    }
}

/* A webinar before and after; where only its end changed, or whether the date is certain, there is one moment to tell and not two alike. */
static void add_move(struct letter_facts *facts, const struct message *said, struct format *format, struct arena *arena)
{
    facts->called_off = said->closes_us == 0;
    if (said->opens_us == said->closes_us) {
        facts->same = moment(arena, format, facts->language, said->closes_us);
        return;
    }
    facts->was = moment(arena, format, facts->language, said->opens_us);
    facts->becomes = moment(arena, format, facts->language, said->closes_us);
}

/* Credits in the reader's form: 50 is "5", 25 is "2,5", in English "2.5"; 0: not known. */
static const char *credits_text(struct arena *arena, enum language language, uint32_t tenths)
{
    if (tenths == 0)
        return "";
    if (tenths % 10 == 0)
        return arena_printf(arena, "%u", (unsigned)(tenths / 10));
    return arena_printf(arena, "%u%c%u", (unsigned)(tenths / 10), language == LANGUAGE_EN ? '.' : ',', (unsigned)(tenths % 10));
}

static const char *registration_text(struct arena *arena, struct uuid id)
{
    char *text = arena_alloc(arena, UUID_TEXT);

    if (!uuid_is_nil(id))
        uuid_format(id, text);
    return text;
}

enum compose_result compose_letter(const struct due *due, struct format *format, struct arena *arena, int64_t now_us, struct letter *out,
                                   const char **why)
{
    enum language language = due->person.language;

    if (!due->person_known || due->person.email.len == 0 || !due->training_known)
        return COMPOSE_WAITS;
    if (!address_valid(due->person.email)) {
        *why = "the recipient's address is not an e-mail address";
        return COMPOSE_REFUSED;
    }
    struct letter_facts facts = {
        .kind = due->said.kind,
        .language = language,
        .name = arena_text(arena, due->person.name),
        .training = in_language(arena, &due->training, language),
        .implementation = in_language(arena, &due->implementation, language),
        .organiser = in_language(arena, &due->organiser, language),
        .places = arena_text(arena, due->places),
        .place_count = (uint32_t)due->place_count,
        .order_no = due->said.order_no,
        .position = due->said.position,
        .stood = due->said.stood,
        .reply_due = moment(arena, format, language, due->said.reply_due_us),
        .opens = moment(arena, format, language, due->said.opens_us),
        .closes = moment(arena, format, language, due->said.closes_us),
        .cause = due->said.cause,
        .review = due->said.review,
        .unit_title = in_language(arena, &due->unit, language),
        .announced_subject = in_language(arena, &due->announced_subject, language),
        .announced_body = in_language(arena, &due->announced_body, language),
        .credits = credits_text(arena, language, due->said.credits_tenths),
        .code = arena_text(arena, due->said.code),
        .reason = arena_text(arena, due->said.reason),
        .registration = registration_text(arena, due->said.registration_id),
    };
    if (due->said.kind == KIND_DATE_CHANGED)
        add_move(&facts, &due->said, format, arena);
    add_sessions(&facts, due, format, arena, now_us);
    switch (letter_render(&facts, out, why)) {
    case LETTER_OK:
        return COMPOSE_OK;
    case LETTER_MISSING:
        return COMPOSE_WAITS;
    case LETTER_TOO_LONG:
        *why = "the letter does not fit: one of its facts is too long";
        return COMPOSE_REFUSED;
    }
    return COMPOSE_REFUSED;
}
