/* See tell.h. */
#include "services/funding/handler/tell.h"

#include <string.h>

#include "common/base/workday.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/domain/review_instruction.h"
#include "services/funding/handler/call_message.h"
#include "services/funding/handler/convert.h"

/* How to request a review of what is decided after the grant itself (an amendment, a recovery): the words that decisions carry, but for
 * the paragraph with their own last days ({2}, {3}). */
static const char *review_in(struct arena *arena, const struct review_instruction *review, const struct call *call,
                             enum letter_language language)
{
    const char *const with[] = {letter_in(call->authority, language), call->contact};
    const char *all = letter_in(review->title, language);

    for (size_t i = 0; i < REVIEW_PARAGRAPHS && review->paragraphs[i] != NULL; i++) {
        const char *paragraph = letter_in(*review->paragraphs[i], language);
        if (strstr(paragraph, "{2}") == NULL)
            all = arena_printf(arena, "%s\n\n%s", all, letter_fill(arena, paragraph, with, 2));
    }
    return all;
}

static Bus__Text *review_of(struct arena *arena, const struct call *call, int64_t today)
{
    const struct review_instruction *review = review_instruction_for(call->authority_kind, today);

    if (review == NULL)
        return NULL;
    return convert_texts(arena, (struct text){.fi = review_in(arena, review, call, LETTER_FI),
                                              .sv = review_in(arena, review, call, LETTER_SV),
                                              .en = review_in(arena, review, call, LETTER_EN)});
}

void tell_call(struct workset *w, const struct job *job, const struct call *call)
{
    Funding__CallStored event = FUNDING__CALL_STORED__INIT;

    event.call_id = convert_id(w->arena, call->id);
    event.code = convert_text(call->code);
    event.title = convert_texts(w->arena, call->title);
    event.opens_us = call->opens_us;
    event.closes_us = call->closes_us;
    event.allocation_cents = call->allocation_cents;
    event.themes = call_themes_message(w->arena, call, &event.n_themes);
    event.version = (uint64_t)call->version;
    event.contact = convert_text(call->contact);
    event.review = review_of(w->arena, call, helsinki_day(w->now_us));
    event_add(w->events, job, call->id, call->id, "funding.CallStored.v1", &event.base, w->now_us);
}

void tell_call_moved(struct workset *w, const struct job *job, const struct call *call, enum call_state from, enum call_state to,
                     const char *reason)
{
    Funding__CallMoved event = FUNDING__CALL_MOVED__INIT;

    event.call_id = convert_id(w->arena, call->id);
    event.from = (Funding__CallState)from;
    event.to = (Funding__CallState)to;
    event.reason = convert_text(reason);
    event_add(w->events, job, call->id, call->id, "funding.CallMoved.v1", &event.base, w->now_us);
}
