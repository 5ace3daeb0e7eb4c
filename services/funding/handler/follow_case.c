/* See follow_case.h. */
#include "services/funding/handler/follow_case.h"

#include "common/base/hash.h"
#include "common/base/workday.h"
#include "common/work/check.h"
#include "services/funding/document/letter_html.h"
#include "services/funding/document/letter_pdf.h"
#include "services/funding/document/letter_words.h"
#include "services/funding/domain/review_instruction.h"
#include "services/funding/handler/convert.h"

static enum err draw(struct arena *arena, const struct follow_facts *facts, struct follow_decision *d)
{
    const struct letter *letter = follow_letter_build(arena, facts);
    struct buf out = {0};

    letter_html(letter, &out);
    d->html = arena_copy(arena, buf_span(&out));
    buf_clear(&out);
    enum err err = letter_pdf(letter, NULL, &out);
    if (err == ERR_OK && out.len > FOLLOW_PDF_MAX)
        err = ERR_TOO_LARGE;
    if (err == ERR_OK) {
        struct hash *hash = arena_alloc(arena, sizeof *hash);
        d->pdf = arena_copy(arena, buf_span(&out));
        *hash = hash_sha256(&d->pdf, 1);
        d->sha256 = span_of(hash->b, sizeof hash->b);
    }
    buf_fini(&out);
    return err;
}

struct follow_decision *follow_make(struct job *job, struct workset *w, struct follow_facts facts)
{
    const struct review_instruction *review = review_instruction_for(facts.call->authority_kind, helsinki_day(w->now_us));
    struct follow_decision *d = arena_alloc(w->arena, sizeof *d);

    facts.decider = call_official(facts.call, job->actor, OFFICIAL_DECIDER);
    facts.review_version = review->version;
    facts.review_days = review->days;
    facts.decided_us = w->now_us;
    *d = (struct follow_decision){.id = uuid_v7(w->now_us),
                                  .award_id = facts.award->id,
                                  .subject_id = facts.amendment != NULL ? facts.amendment->id : facts.recovery->id,
                                  .kind = facts.amendment != NULL ? FOLLOW_AMENDMENT : FOLLOW_RECOVERY,
                                  .decided_us = w->now_us,
                                  .decided_by = job->actor,
                                  .language = facts.award->language,
                                  .review_days = review->days,
                                  .review_version = review->version};
    const enum err err = draw(w->arena, &facts, d);
    if (err == ERR_OK)
        return d;
    (void)job_fail(job, err, "funding.decision.document", NULL, "Päätösasiakirjaa ei voitu laatia: lyhennä perusteluja",
                   "Beslutshandlingen kunde inte göras: förkorta motiveringen", "The document could not be made: shorten the reasons");
    return NULL;
}

/* "muutospaatos-12-20.01-2026.pdf", in the language of the case. */
static char *file_name(struct arena *arena, const struct follow_decision *d, const char *register_number, const char *ending)
{
    static const char *const WORDS[][3] = {
        [FOLLOW_AMENDMENT] = {[LETTER_FI] = "muutospaatos", [LETTER_SV] = "andringsbeslut", [LETTER_EN] = "change-decision"},
        [FOLLOW_RECOVERY] = {[LETTER_FI] = "palautuspaatos", [LETTER_SV] = "aterbetalningsbeslut", [LETTER_EN] = "recovery-decision"}};
    char *name = arena_printf(arena, "%s-%s.%s", WORDS[d->kind][letter_language(d->language)], register_number, ending);

    for (char *at = name; *at != '\0'; at++)
        if (*at == '/')
            *at = '-';
    return name;
}

Bus__File *follow_file(struct arena *arena, const struct follow_decision *decision, const char *register_number, bool pdf)
{
    Bus__File *file = arena_alloc(arena, sizeof *file);

    bus__file__init(file);
    file->name = file_name(arena, decision, register_number, pdf ? "pdf" : "html");
    file->media_type = convert_text(pdf ? "application/pdf" : "text/html; charset=utf-8");
    file->content = convert_bytes(pdf ? decision->pdf : decision->html);
    file->inline_view = true;
    file->one_language = true;
    return file;
}
